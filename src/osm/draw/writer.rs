//! An extract written as a stream.

use std::io::Write;

use osmpbfreader::osmformat::{HeaderBBox, HeaderBlock, PrimitiveBlock};
use rayon::prelude::*;

use super::encode::{blob, node_block, relation_block, way_block};
use super::{DrawError, DrawnNode, DrawnRelation, DrawnWay};
use crate::plane::LonLat;

/// A usual size of a block.
const OBJECTS_PER_BLOCK: usize = 8_000;
/// Nanodegrees per 10⁻⁷ degree: the unit of the header's box.
const NANODEGREES: i64 = 100;

/// Writes an `.osm.pbf` as it comes: uncompressed blobs, dense nodes, 8,000 objects a
/// block, sorted string tables. Memory holds what one call brings and one block more.
///
/// The bytes depend on the objects and their order alone, neither on how many a call
/// brings nor on the number of threads. Blobs are not compressed, as the output of a
/// compressor depends on its version and on the machine.
///
/// ```
/// use living_circle::osm::{DrawnNode, PbfWriter, Tags};
/// use living_circle::plane::LonLat;
/// let node = |id| DrawnNode { id, at: LonLat { lon: 0, lat: 0 }, tags: Tags::default() };
/// let write = |nodes: Vec<DrawnNode>, calls: usize| {
///     let mut writer = PbfWriter::new(Vec::new(), None, None)?;
///     for part in nodes.chunks(nodes.len() / calls) {
///         writer.nodes(part.iter().cloned())?;
///     }
///     writer.finish()
/// };
/// let nodes: Vec<DrawnNode> = (1..=20_000).map(node).collect();
/// let (file, bytes) = write(nodes.clone(), 1)?;
/// assert_eq!(bytes, file.len() as u64);
/// assert_eq!(file, write(nodes, 7)?.0);
/// # Ok::<(), living_circle::osm::DrawError>(())
/// ```
#[derive(Debug)]
pub struct PbfWriter<W> {
    out: W,
    bytes: u64,
    nodes: Vec<DrawnNode>,
    ways: Vec<DrawnWay>,
    relations: Vec<DrawnRelation>,
}

impl<W: Write> PbfWriter<W> {
    /// Begins a file: south-west and north-east corner and seconds since 1970 for its
    /// header.
    ///
    /// # Errors
    /// [`DrawError::Write`] where `out` takes no bytes.
    pub fn new(
        out: W,
        bounds: Option<(LonLat, LonLat)>,
        timestamp: Option<i64>,
    ) -> Result<Self, DrawError> {
        let mut header = HeaderBlock::new();
        header.required_features = vec!["OsmSchema-V0.6".to_owned(), "DenseNodes".to_owned()];
        header.writingprogram = Some("living-circle".to_owned());
        header.osmosis_replication_timestamp = timestamp;
        header.bbox = bounds.map(boundaries).into();
        let mut writer = Self {
            out,
            bytes: 0,
            nodes: Vec::new(),
            ways: Vec::new(),
            relations: Vec::new(),
        };
        writer.put(&blob("OSMHeader", &header)?)?;
        Ok(writer)
    }

    /// Writes nodes; all of them come before the first way.
    ///
    /// # Errors
    /// Where a block is above 32 MiB or cannot be written.
    pub fn nodes(&mut self, nodes: impl IntoIterator<Item = DrawnNode>) -> Result<(), DrawError> {
        self.nodes.extend(nodes);
        let whole = whole_blocks(&mut self.nodes);
        self.blocks(&whole, node_block)
    }

    /// Writes ways; all of them come before the first relation.
    ///
    /// # Errors
    /// As [`PbfWriter::nodes`].
    pub fn ways(&mut self, ways: impl IntoIterator<Item = DrawnWay>) -> Result<(), DrawError> {
        self.rest_of_nodes()?;
        self.ways.extend(ways);
        let whole = whole_blocks(&mut self.ways);
        self.blocks(&whole, way_block)
    }

    /// Writes relations.
    ///
    /// # Errors
    /// As [`PbfWriter::nodes`].
    pub fn relations(
        &mut self,
        relations: impl IntoIterator<Item = DrawnRelation>,
    ) -> Result<(), DrawError> {
        self.rest_of_ways()?;
        self.relations.extend(relations);
        let whole = whole_blocks(&mut self.relations);
        self.blocks(&whole, relation_block)
    }

    /// Ends the file: where it was written to, and how many bytes it has.
    ///
    /// # Errors
    /// As [`PbfWriter::nodes`].
    pub fn finish(mut self) -> Result<(W, u64), DrawError> {
        self.rest_of_ways()?;
        let rest = std::mem::take(&mut self.relations);
        self.blocks(&rest, relation_block)?;
        self.out.flush().map_err(|error| failed(&error))?;
        Ok((self.out, self.bytes))
    }

    fn rest_of_nodes(&mut self) -> Result<(), DrawError> {
        let rest = std::mem::take(&mut self.nodes);
        self.blocks(&rest, node_block)
    }

    fn rest_of_ways(&mut self) -> Result<(), DrawError> {
        self.rest_of_nodes()?;
        let rest = std::mem::take(&mut self.ways);
        self.blocks(&rest, way_block)
    }

    fn blocks<T: Sync>(
        &mut self,
        objects: &[T],
        block: fn(&[T]) -> PrimitiveBlock,
    ) -> Result<(), DrawError> {
        let blobs: Vec<Vec<u8>> = objects
            .par_chunks(OBJECTS_PER_BLOCK)
            .map(|objects| blob("OSMData", &block(objects)))
            .collect::<Result<_, _>>()?;
        blobs.iter().try_for_each(|blob| self.put(blob))
    }

    fn put(&mut self, blob: &[u8]) -> Result<(), DrawError> {
        self.bytes += blob.len() as u64;
        self.out.write_all(blob).map_err(|error| failed(&error))
    }
}

/// Takes as many objects as fill blocks.
fn whole_blocks<T>(objects: &mut Vec<T>) -> Vec<T> {
    let whole = objects.len() / OBJECTS_PER_BLOCK * OBJECTS_PER_BLOCK;
    let rest = objects.split_off(whole);
    std::mem::replace(objects, rest)
}

fn failed(error: &std::io::Error) -> DrawError {
    DrawError::Write(error.kind(), error.to_string())
}

fn boundaries((south_west, north_east): (LonLat, LonLat)) -> HeaderBBox {
    let mut bbox = HeaderBBox::new();
    bbox.left = Some(i64::from(south_west.lon) * NANODEGREES);
    bbox.bottom = Some(i64::from(south_west.lat) * NANODEGREES);
    bbox.right = Some(i64::from(north_east.lon) * NANODEGREES);
    bbox.top = Some(i64::from(north_east.lat) * NANODEGREES);
    bbox
}
