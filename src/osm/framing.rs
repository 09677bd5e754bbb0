//! The blobs of a file, one after another.

use std::io::{self, Read, Seek, SeekFrom};

use osmpbfreader::fileformat::BlobHeader;
use protobuf::Message;

use super::error::OsmError;
use super::fault::Fault;
use super::wire;

/// The longest header of a blob, in bytes.
const MOST_HEADER: u32 = 64 * 1024;
/// The longest blob, packed or inflated, in bytes.
pub(super) const MOST_DATA: usize = 32 * 1024 * 1024;

/// What a blob says it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlobKind {
    Header,
    Data,
    /// To be skipped, as the format demands.
    Unknown,
}

/// A blob as it stands in the file.
#[derive(Debug)]
pub(super) struct Frame {
    /// Where it begins, in bytes.
    pub at: u64,
    /// Where it ends.
    pub end: u64,
    pub kind: BlobKind,
    /// The blob message, still packed.
    pub blob: Vec<u8>,
}

/// Reads frames.
pub(super) struct Frames<S> {
    file: String,
    source: S,
    at: u64,
    size: u64,
}

impl<S: Read + Seek> Frames<S> {
    pub fn new(file: &str, mut source: S) -> Result<Self, OsmError> {
        let file = file.to_owned();
        let size = source
            .seek(SeekFrom::End(0))
            .and_then(|size| source.rewind().map(|()| size));
        match size {
            Ok(size) => Ok(Self {
                file,
                source,
                at: 0,
                size,
            }),
            Err(source) => Err(OsmError::Io { file, source }),
        }
    }

    /// The size of the file in bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The file's name.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The frame that begins at a byte where one was read before.
    pub fn frame_at(&mut self, at: u64) -> Result<Option<Frame>, OsmError> {
        if at != self.at {
            self.source
                .seek(SeekFrom::Start(at))
                .map_err(|source| OsmError::Io {
                    file: self.file.clone(),
                    source,
                })?;
            self.at = at;
        }
        self.next()
    }

    /// The next frame; none at the end of the file. The first is a header, no
    /// other is.
    pub fn next(&mut self) -> Result<Option<Frame>, OsmError> {
        if self.at == self.size && self.size > 0 {
            return Ok(None);
        }
        let start = self.at;
        self.read_frame(start).map(Some).map_err(|trouble| {
            let file = self.file.clone();
            match trouble {
                Trouble::Io(source) => OsmError::Io { file, source },
                Trouble::Fault(fault) => OsmError::Blob {
                    file,
                    byte: start,
                    fault,
                },
            }
        })
    }

    fn read_frame(&mut self, start: u64) -> Result<Frame, Trouble> {
        let not_pbf = |fault| if start == 0 { Fault::NotPbf } else { fault };
        let length = self.read(4).map_err(|trouble| match trouble {
            Trouble::Fault(fault) => Trouble::Fault(not_pbf(fault)),
            other @ Trouble::Io(_) => other,
        })?;
        let length = length
            .iter()
            .fold(0, |sum, byte| sum << 8 | u32::from(*byte));
        if !(1..=MOST_HEADER).contains(&length) {
            return Err(Trouble::Fault(not_pbf(Fault::HeaderLength(length))));
        }
        let header = self.read(length as usize)?;
        wire::check(&header, wire::BLOB_HEADER).map_err(not_pbf)?;
        let header = BlobHeader::parse_from_bytes(&header)
            .map_err(|said| not_pbf(Fault::Decoder(said.to_string())))?;
        let kind = match header.type_() {
            "OSMHeader" => BlobKind::Header,
            "OSMData" => BlobKind::Data,
            _ => BlobKind::Unknown,
        };
        match (start, kind) {
            (0, BlobKind::Data | BlobKind::Unknown) => return Err(Fault::NotPbf.into()),
            (1.., BlobKind::Header) => return Err(Fault::SecondHeader.into()),
            _ => {}
        }
        let size = usize::try_from(header.datasize())
            .ok()
            .filter(|size| *size <= MOST_DATA)
            .ok_or(Fault::DataSize(header.datasize().into()))?;
        Ok(Frame {
            at: start,
            blob: self.read(size)?,
            end: self.at,
            kind,
        })
    }

    /// Exactly `count` bytes, allocated only where the file still has them.
    fn read(&mut self, count: usize) -> Result<Vec<u8>, Trouble> {
        if self.size - self.at < count as u64 {
            return Err(Fault::CutOff.into());
        }
        let mut bytes = vec![0; count];
        match self.source.read_exact(&mut bytes) {
            Ok(()) => {
                self.at += count as u64;
                Ok(bytes)
            }
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(Fault::CutOff.into()),
            Err(error) => Err(Trouble::Io(error)),
        }
    }
}

enum Trouble {
    Io(io::Error),
    Fault(Fault),
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}
