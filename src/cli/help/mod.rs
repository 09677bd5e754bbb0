//! Help in Chinese.

mod report;
mod scenario;

use clap::{Arg, ArgAction, Command};

use crate::lang::Lang;

/// Chinese help: command, argument (empty for the command itself), text.
const ZH: &[(&str, &str, &str)] = &[
    (
        "",
        "",
        "城市中谁能在 5、10、15 分钟内步行到达什么：由 OpenStreetMap 数据得出精确的覆盖指标",
    ),
    ("", "lang", "界面与输出语言：zh 或 en；默认随系统"),
    ("", "threads", "线程数；默认每核一个。结果与线程数无关"),
    (
        "compare",
        "",
        "并列两份报告：哪些变化出自数据，哪些出自口径",
    ),
    ("compare", "a", "第一份报告：其 run.json，或所在文件夹"),
    ("compare", "b", "第二份报告"),
    (
        "compare",
        "out",
        "CSV 文件，含两份报告的每一行；缺省时只显示摘要",
    ),
    ("generate", "", "生成任意规模的虚拟城市数据，供测速与试用"),
    (
        "generate",
        "junctions",
        "步行网络的路口数（误差在 5 % 以内）：1000 至 20000000",
    ),
    (
        "generate",
        "seed",
        "种子：同一种子在任何机器上生成的文件逐字节相同",
    ),
    (
        "generate",
        "extract",
        "要写出的数据文件；已有的文件会被替换",
    ),
    (
        "bench",
        "",
        "测速：报告的每个阶段用单线程和全部线程各需多久",
    ),
    ("bench", "extract", "OpenStreetMap 数据文件"),
    (
        "bench",
        "runs",
        "每个阶段在每种线程数下运行的次数，取中位数：1 至 1000",
    ),
    ("bench", "out", "JSON 文件；缺省时只显示表格"),
    (
        "bench",
        "answers",
        "输出文件夹，写入 network 所导出网络每个节点的计算结果，供与其他程序核对",
    ),
    ("standards", "", "列出自带的标准，或某一标准的各项要求"),
    (
        "standards",
        "show",
        "show：列出一个标准的全部要求；缺省列出所有标准",
    ),
    ("standards", "standard", "标准代号，或自己的 .toml 文件"),
    ("network", "", "步行网络由什么构成，有哪些问题"),
    ("network", "extract", "OpenStreetMap 数据文件"),
    (
        "network",
        "gap",
        "道路末端与另一条道路相距不超过此值（米）而未相连，即列为问题",
    ),
    (
        "network",
        "out",
        "输出文件夹，写入道路与问题的地图和表格；缺省时只显示摘要",
    ),
    (
        "network",
        "export",
        "输出文件夹，写入节点、边、设施与居住起点的表格，供其他程序读取；费用为成年人的步行时间，整数",
    ),
    ("network", "no_trunk", "不允许在快速路/国道（trunk）上步行"),
    (
        "network",
        "out_frame",
        "输出坐标系：wgs84、gcj02、bd09、cgcs2000，或投影坐标系，如 epsg:4548",
    ),
    (
        "isochrone",
        "",
        "等时圈：若干分钟或米之内可达的范围，输出多边形供制图",
    ),
    ("isochrone", "extract", "OpenStreetMap 数据文件"),
    ("isochrone", "from", "地点（WGS84，经度在前），可多次给出"),
    (
        "isochrone",
        "blocks",
        "住宅用地（CSV、XLSX 或 GeoJSON），由其全部样点出发",
    ),
    ("isochrone", "facilities", "设施（CSV、XLSX 或 GeoJSON）"),
    ("isochrone", "columns", "列名对照表：表头,含义，每行一个"),
    (
        "isochrone",
        "category",
        "只取这些分类的设施，来自表格或 OSM",
    ),
    (
        "isochrone",
        "each_block",
        "表格或 OSM 中的每个街坊，各自输出",
    ),
    (
        "isochrone",
        "within",
        "限值，全部为分钟或全部为米，如 5min,10min 或 300m,500m",
    ),
    (
        "isochrone",
        "walker",
        "步行者：adult 成年人、elderly 老年人、child 儿童、pram 推婴儿车、wheelchair 轮椅、gb 国标",
    ),
    (
        "isochrone",
        "overlap",
        "每个地点、每个限值各一个多边形；缺省时所有地点合并为一",
    ),
    (
        "isochrone",
        "direction",
        "由地点出发（from）或前往地点（towards）；缺省时设施为前往，其他为出发",
    ),
    (
        "isochrone",
        "link_limit",
        "地点到道路的最大直线连接距离（米）",
    ),
    (
        "isochrone",
        "no_trunk",
        "不允许在快速路/国道（trunk）上步行",
    ),
    (
        "isochrone",
        "out_frame",
        "输出坐标系：wgs84、gcj02、bd09、cgcs2000，或投影坐标系，如 epsg:4548",
    ),
    ("isochrone", "out", "GeoJSON 文件；缺省时输出到终端"),
    ("completions", "", "输出命令补全脚本"),
    ("completions", "shell", "命令行环境（shell）"),
    ("man", "", "手册：显示某个命令的一页，或全部写为文件"),
    ("man", "command", "哪个命令；缺省时为总页"),
    ("man", "out", "文件夹，写入全部手册页"),
];

/// Chinese examples: command, text.
const EXAMPLES_ZH: &[(&str, &str)] = &[
    (
        "compare",
        "\
示例：
  living-circle compare 2025/run.json 2026/run.json
  living-circle compare 2025 2026 --out 对比.csv
      连同每个分区",
    ),
    (
        "generate",
        "\
示例：
  living-circle generate --junctions 10000 town.osm.pbf
  living-circle generate --junctions 1000000 --seed 7 city.osm.pbf
      另一座城市，省会规模",
    ),
    (
        "bench",
        "\
示例：
  living-circle bench city.osm.pbf
  living-circle bench city.osm.pbf --runs 5 --out bench.json
      连同每一次运行，供其他程序读取",
    ),
    (
        "standards",
        "\
示例：
  living-circle standards
  living-circle standards show gb50180-2018
  living-circle standards show ours.toml",
    ),
    (
        "report",
        "\
示例：
  living-circle report city.osm.pbf
      全部取自 OpenStreetMap，按通用标准包
  living-circle report city.osm.pbf --blocks blocks.geojson --facilities sites.csv \\
      --zones zones.geojson --out report --lang zh
      自有住宅用地、设施和分区，中文输出
  living-circle report city.osm.pbf --standard gb50180-2018 --standard park-500m
      两个标准并列
  living-circle report city.osm.pbf --walker elderly --within 300m,500m,1000m
      老年人步行，改用其他限值",
    ),
    (
        "isochrone",
        "\
示例：
  living-circle isochrone city.osm.pbf --from 115.98,36.45 --out walk.geojson
      由一点出发，5、10、15 分钟能走多远
  living-circle isochrone city.osm.pbf --category library --walker elderly \\
      --within 10min --out libraries.geojson
      老年人在哪些地方 10 分钟内能到达某个图书馆，合并为一个多边形
  living-circle isochrone city.osm.pbf --each-block --within 500m --out blocks.geojson
      每个街坊一个多边形",
    ),
    (
        "network",
        "\
示例：
  living-circle network city.osm.pbf
  living-circle network city.osm.pbf --gap 5 --out network
      道路与问题写为图层，可用 QGIS 打开
  living-circle network city.osm.pbf --export tables
      同一网络，供 networkx、pandana 等程序读取",
    ),
    (
        "completions",
        "\
示例：
  living-circle completions bash > ~/.local/share/bash-completion/completions/living-circle
  living-circle completions fish > ~/.config/fish/completions/living-circle.fish
  living-circle completions powershell >> $PROFILE",
    ),
    (
        "man",
        "\
示例：
  living-circle man report | man -l -
  living-circle man --out ~/.local/share/man/man1
      写出全部手册页，此后可用 man living-circle-report 查看",
    ),
];

/// The help of all commands: command, argument, text.
fn entries() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let report = report::ZH
        .iter()
        .map(|&(argument, text)| ("report", argument, text));
    // Both are asked of a city as a report is.
    let of_city = |command| {
        let shared = report::ZH
            .iter()
            .filter(|(argument, _)| OF_CITY.contains(argument));
        shared.map(move |&(argument, text)| (command, argument, text))
    };
    report
        .chain(scenario::ZH.iter().copied())
        .chain(of_city("scenario"))
        .chain(of_city("links"))
        .chain(ZH.iter().copied())
}

/// What is typed of a city, for whatever is asked of it.
const OF_CITY: [&str; 18] = [
    "blocks",
    "facilities",
    "zones",
    "gates",
    "population",
    "people",
    "boundary",
    "columns",
    "standard",
    "strict_sizes",
    "walker",
    "within",
    "facilities_from",
    "link_limit",
    "sample_spacing",
    "block_size",
    "no_cut",
    "no_trunk",
];

/// The Chinese help of an argument: the command's own, else that of all commands.
pub(super) fn in_chinese(command: &str, argument: &str) -> Option<&'static str> {
    let of = |command: &str| entries().find(|entry| (entry.0, entry.1) == (command, argument));
    of(command).or_else(|| of("")).map(|entry| entry.2)
}

/// The command with its help in a language. Without a translation the English
/// text stays.
pub(super) fn localized(mut command: Command, lang: Lang) -> Command {
    if lang == Lang::En {
        return command;
    }
    for (name, argument, text) in entries() {
        let change = |command: Command| {
            if argument.is_empty() {
                command.about(text)
            } else {
                command.mut_arg(argument, |found| found.help(text))
            }
        };
        command = if name.is_empty() {
            change(command)
        } else {
            command.mut_subcommand(name, change)
        };
    }
    for &(name, examples) in EXAMPLES_ZH.iter().chain(scenario::EXAMPLES) {
        command = command.mut_subcommand(name, |found| headings(found.after_help(examples)));
    }
    headings(command)
        .disable_help_subcommand(true)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
}

/// Chinese headings, and help of what every command has.
fn headings(command: Command) -> Command {
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help);
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version);
    command
        .help_template("{about}\n\n用法：{usage}\n\n{all-args}{after-help}\n")
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(help.help("显示帮助").help_heading("选项"))
        .arg(version.help("显示版本").help_heading("选项"))
        .mut_args(|argument| {
            let heading = if argument.is_positional() {
                "文件"
            } else {
                "选项"
            };
            argument.help_heading(heading)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Cli;
    use clap::CommandFactory as _;

    #[test]
    fn everything_has_chinese_help() {
        let command = Cli::command();
        let known = |name: &str, argument: &str| {
            entries().any(|entry| entry.0 == name && entry.1 == argument)
        };
        assert!(
            command
                .get_arguments()
                .all(|argument| known("", argument.get_id().as_str()))
        );
        for sub in command.get_subcommands() {
            assert!(known(sub.get_name(), ""));
            for argument in sub.get_arguments() {
                assert!(
                    known(sub.get_name(), argument.get_id().as_str()),
                    "{argument}"
                );
            }
        }
        localized(command, Lang::Zh).debug_assert();
    }
}
