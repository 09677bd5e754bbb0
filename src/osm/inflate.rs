//! From a blob to the message it carries, never longer than it says.

use flate2::{Decompress, FlushDecompress, Status};
use osmpbfreader::fileformat::Blob;
use protobuf::Message;

use super::fault::Fault;
use super::framing::MOST_DATA;
use super::wire;

/// The message that a blob carries.
pub(super) fn inflate(blob: &[u8]) -> Result<Vec<u8>, Fault> {
    wire::check(blob, wire::BLOB)?;
    let mut blob = Blob::parse_from_bytes(blob).map_err(|said| Fault::Decoder(said.to_string()))?;
    // The two later codecs have no field of their own in the decoder's schema.
    let unknown = blob.special_fields.unknown_fields();
    let others = [
        ("lzma", blob.has_lzma_data()),
        ("bzip2", blob.has_OBSOLETE_bzip2_data()),
        ("lz4", unknown.get(6).is_some()),
        ("zstd", unknown.get(7).is_some()),
    ];
    if let Some((codec, _)) = others.into_iter().find(|(_, there)| *there) {
        return Err(Fault::Codec(codec));
    }
    match (blob.raw.take(), blob.zlib_data.take()) {
        (Some(raw), None) => {
            if blob
                .raw_size
                .is_some_and(|size| usize::try_from(size) != Ok(raw.len()))
            {
                return Err(Fault::Length {
                    stated: blob.raw_size().max(0) as usize,
                });
            }
            Ok(raw)
        }
        (None, Some(packed)) => zlib(&packed, raw_size(blob.raw_size)?),
        _ => Err(Fault::Payload),
    }
}

fn raw_size(stated: Option<i32>) -> Result<usize, Fault> {
    stated
        .and_then(|size| usize::try_from(size).ok())
        .filter(|size| *size <= MOST_DATA)
        .ok_or(Fault::RawSize(stated))
}

fn zlib(packed: &[u8], size: usize) -> Result<Vec<u8>, Fault> {
    // One byte more than stated, so that a longer stream shows itself and the
    // rest of it is never written anywhere.
    let mut raw = Vec::with_capacity(size + 1);
    let mut stream = Decompress::new(true);
    let status = stream
        .decompress_vec(packed, &mut raw, FlushDecompress::Finish)
        .map_err(|_| Fault::Inflate)?;
    if status == Status::StreamEnd && raw.len() == size {
        return if stream.total_in() == packed.len() as u64 {
            Ok(raw)
        } else {
            Err(Fault::Trailing)
        };
    }
    if status != Status::StreamEnd && raw.len() <= size {
        return Err(Fault::Inflate);
    }
    Err(Fault::Length { stated: size })
}
