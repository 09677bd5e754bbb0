//! What can be wrong within a blob, in words, each with its remedy.

use super::block_fault::BlockFault;
use crate::lang::{Explain, Lang};

/// What is wrong with a blob.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The file does not begin like an `.osm.pbf`.
    NotPbf,
    /// The file ends within a blob.
    CutOff,
    /// The length of a blob header is not 1 byte to 64 KiB.
    HeaderLength(u32),
    /// The length of a blob is not 0 to 32 MiB.
    DataSize(i64),
    /// A second `OSMHeader`.
    SecondHeader,
    /// The bytes are no message of the format.
    Wire {
        /// Where, in bytes from the beginning of the (inflated) message.
        within: usize,
        /// What is wrong there.
        what: WireFault,
    },
    /// The protobuf decoder refused the message.
    Decoder(String),
    /// A blob without data, or with data twice.
    Payload,
    /// The data is packed in a way that is not read here.
    Codec(&'static str),
    /// The inflated size that the blob states is missing or not 0 to 32 MiB.
    RawSize(Option<i32>),
    /// The zlib data is damaged.
    Inflate,
    /// The data has another length than the blob states.
    Length {
        /// What the blob states, in bytes.
        stated: usize,
    },
    /// Something follows the end of the zlib data.
    Trailing,
    /// The file needs a feature that is not known here.
    Feature(String),
    /// The file holds the history of the objects.
    History,
    /// An object of a data block, or what the block says of all of them.
    Block(BlockFault),
}

/// What is wrong with the bytes of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WireFault {
    /// A number of more than 64 bits.
    Number,
    /// A field number of 0 or beyond 2²⁹.
    Field,
    /// A field that is longer than the message around it.
    Beyond,
    /// A known field has another wire type than the format gives it.
    Type,
    /// A group (wire types 3 and 4) or an unknown wire type.
    Group,
    /// More parts of one kind than a block may hold.
    TooMany(&'static str),
}

impl From<BlockFault> for Fault {
    fn from(fault: BlockFault) -> Self {
        Self::Block(fault)
    }
}

impl Fault {
    fn what(&self, lang: Lang) -> String {
        let pick = |zh: String, en: String| lang.pick(zh, en);
        match self {
            Self::NotPbf => pick(
                "不是 .osm.pbf 文件".into(),
                "this is not an .osm.pbf file".into(),
            ),
            Self::CutOff => pick(
                "文件在此数据块中间中断".into(),
                "the file is cut off within this blob".into(),
            ),
            Self::HeaderLength(length) => pick(
                format!("块头长度 {length} 不在 1 到 65536 字节之间"),
                format!("its header has {length} bytes, not 1 to 65536"),
            ),
            Self::DataSize(size) => pick(
                format!("数据长度 {size} 不在 0 到 33554432 字节之间"),
                format!("its data has {size} bytes, not 0 to 33554432"),
            ),
            Self::SecondHeader => pick("出现第二个 OSMHeader".into(), "a second OSMHeader".into()),
            Self::Wire { within, what } => pick(
                format!("消息第 {within} 字节：{}", what.explain(lang)),
                format!("byte {within} of the message: {}", what.explain(lang)),
            ),
            Self::Decoder(said) => pick(
                format!("无法解码：{said}"),
                format!("it cannot be decoded: {said}"),
            ),
            Self::Payload => pick(
                "数据缺失或重复".into(),
                "it holds no data, or holds it twice".into(),
            ),
            Self::Codec(codec) => pick(
                format!("用 {codec} 压缩，本程序不读取"),
                format!("it is packed with {codec}, which is not read here"),
            ),
            Self::RawSize(_) => pick(
                "解压后长度未给出或不在 0 到 33554432 字节之间".into(),
                "its inflated size is not given, or is not 0 to 33554432 bytes".into(),
            ),
            Self::Inflate => pick("zlib 数据损坏".into(), "its zlib data is damaged".into()),
            Self::Length { stated } => pick(
                format!("数据长度不是所声明的 {stated} 字节"),
                format!("its data is not of the stated {stated} bytes"),
            ),
            Self::Trailing => pick(
                "zlib 数据之后还有多余字节".into(),
                "bytes follow the end of its zlib data".into(),
            ),
            Self::Feature(name) => pick(
                format!("文件要求的特性“{name}”未知"),
                format!("the file requires the feature '{name}', which is not known here"),
            ),
            Self::History => pick(
                "这是历史文件（HistoricalInformation）".into(),
                "this is a history file (HistoricalInformation)".into(),
            ),
            Self::Block(fault) => fault.explain(lang),
        }
    }

    fn remedy(&self, lang: Lang) -> &'static str {
        match self {
            Self::NotPbf => lang.pick(
                "请先转换：osmium cat 输入文件 -o out.osm.pbf",
                "convert it first: osmium cat INPUT -o out.osm.pbf",
            ),
            Self::CutOff => lang.pick("文件不完整，请重新下载", "download it again"),
            Self::Codec(_) | Self::Feature(_) => lang.pick(
                "请先重写：osmium cat in.osm.pbf -o out.osm.pbf",
                "rewrite it first: osmium cat in.osm.pbf -o out.osm.pbf",
            ),
            Self::History => lang.pick(
                "请先取出某一时刻：osmium time-filter in.osh.pbf -o out.osm.pbf",
                "take one moment out of it first: osmium time-filter in.osh.pbf -o out.osm.pbf",
            ),
            Self::Block(BlockFault::Place { .. }) => lang.pick(
                "请在源数据中改正该节点，或重新下载文件",
                "correct the node in the source, or download the file again",
            ),
            _ => lang.pick(
                "文件已损坏，请重新下载；若仍如此，请先重写：osmium cat in.osm.pbf -o out.osm.pbf",
                "the file is damaged: download it again; if that does not help, rewrite it: osmium cat in.osm.pbf -o out.osm.pbf",
            ),
        }
    }
}

impl Explain for Fault {
    fn explain(&self, lang: Lang) -> String {
        format!(
            "{}{}{}",
            self.what(lang),
            lang.pick("；", "; "),
            self.remedy(lang)
        )
    }
}

impl Explain for WireFault {
    fn explain(&self, lang: Lang) -> String {
        match self {
            Self::Number => lang
                .pick("数值超过 64 位", "a number of more than 64 bits")
                .to_owned(),
            Self::Field => lang
                .pick("字段编号无效", "no valid field number")
                .to_owned(),
            Self::Beyond => lang
                .pick(
                    "字段超出所在消息",
                    "a field is longer than the message around it",
                )
                .to_owned(),
            Self::Type => lang
                .pick("字段类型不符", "a field of the wrong type")
                .to_owned(),
            Self::Group => lang
                .pick(
                    "不应出现的字段类型（group）",
                    "a field type that the format does not use (group)",
                )
                .to_owned(),
            Self::TooMany(parts) => lang.pick(
                format!("一个数据块中的{parts}过多"),
                format!("too many {parts} in one block"),
            ),
        }
    }
}
