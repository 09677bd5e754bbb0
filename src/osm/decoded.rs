//! The objects of a data block, decoded by osmpbfreader, every one checked before it is
//! handed on.

use std::cell::Cell;

use osmpbfreader::osmformat::{
    DenseNodes, Info, PrimitiveBlock, PrimitiveGroup, Relation, relation::MemberType,
};
use protobuf::{Message, MessageField};

use super::block::{Grid, Labels, MOST_TEXT, Object};
use super::block_fault::BlockFault;
use super::fault::Fault;
use super::model::MemberKind;
use super::refs::{Refs, packed};
use super::wire;
use crate::plane::LonLat;

/// Hands every object of an inflated data block to `each`.
pub(super) fn objects(bytes: &[u8], mut each: impl FnMut(Object)) -> Result<(), Fault> {
    wire::check(bytes, wire::BLOCK)?;
    let block =
        PrimitiveBlock::parse_from_bytes(bytes).map_err(|said| Fault::Decoder(said.to_string()))?;
    let reader = Reader {
        strings: Strings {
            table: &block.stringtable.s,
            text_left: Cell::new(MOST_TEXT),
        },
        grid: Grid {
            granularity: block.granularity(),
            lon_offset: block.lon_offset(),
            lat_offset: block.lat_offset(),
        },
    };
    if block.granularity() <= 0 {
        return Err(BlockFault::Granularity(block.granularity()).into());
    }
    for group in &block.primitivegroup {
        reader.nodes(group, &mut each)?;
        reader.dense(&group.dense, &mut each)?;
        reader.ways(group, &mut each)?;
        reader.relations(group, &mut each)?;
    }
    Ok(())
}

struct Reader<'a> {
    strings: Strings<'a>,
    grid: Grid,
}

impl<'a> Reader<'a> {
    fn nodes(
        &self,
        group: &PrimitiveGroup,
        each: &mut impl FnMut(Object),
    ) -> Result<(), BlockFault> {
        let mut tags = Vec::new();
        for node in &group.nodes {
            self.tags(&node.keys, &node.vals, &mut tags)?;
            let (version, visible) = info(&node.info);
            each(Object::Node {
                id: node.id(),
                version,
                at: self.at(node.id(), node.lon(), node.lat(), visible)?,
                tags: Labels::alone(&tags),
            });
        }
        Ok(())
    }

    fn dense(
        &self,
        dense: &MessageField<DenseNodes>,
        each: &mut impl FnMut(Object),
    ) -> Result<(), BlockFault> {
        let count = dense.id.len();
        if [dense.lon.len(), dense.lat.len()] != [count; 2] {
            return Err(BlockFault::Unequal("id, lat, lon"));
        }
        let info = &dense.denseinfo;
        let fits = |length: usize| length == 0 || length == count;
        if !fits(info.version.len()) || !fits(info.visible.len()) {
            return Err(BlockFault::Unequal("id, version, visible"));
        }
        let mut tags = Vec::new();
        let mut rest = dense.keys_vals.as_slice();
        let (mut id, mut lon, mut lat) = (0_i64, 0_i64, 0_i64);
        let places = dense.lon.iter().zip(&dense.lat);
        for (index, (id_step, (lon_step, lat_step))) in dense.id.iter().zip(places).enumerate() {
            id = step(id, *id_step, "id")?;
            lon = step(lon, *lon_step, "lon")?;
            lat = step(lat, *lat_step, "lat")?;
            tags.clear();
            if !dense.keys_vals.is_empty() {
                rest = self.dense_tags(rest, &mut tags)?;
            }
            let visible = info.visible.get(index).copied().unwrap_or(true);
            each(Object::Node {
                id,
                version: info.version.get(index).copied().unwrap_or(-1),
                at: self.at(id, lon, lat, visible)?,
                tags: Labels::alone(&tags),
            });
        }
        if rest.is_empty() {
            Ok(())
        } else {
            Err(BlockFault::DenseTags)
        }
    }

    /// Takes the tags of one node off `rest`.
    fn dense_tags<'r>(
        &self,
        mut rest: &'r [i32],
        tags: &mut Vec<(&'a str, &'a str)>,
    ) -> Result<&'r [i32], BlockFault> {
        loop {
            match rest {
                [0, after @ ..] => return Ok(after),
                // String 0 is the delimiter: a value of 0 is a key without one.
                [key, value, after @ ..] if *value != 0 => {
                    let key = self.strings.text((*key).into())?;
                    tags.push((key, self.strings.text((*value).into())?));
                    rest = after;
                }
                _ => return Err(BlockFault::DenseTags),
            }
        }
    }

    fn ways(
        &self,
        group: &PrimitiveGroup,
        each: &mut impl FnMut(Object),
    ) -> Result<(), BlockFault> {
        let (mut tags, mut ids) = (Vec::new(), Vec::new());
        for way in &group.ways {
            self.tags(&way.keys, &way.vals, &mut tags)?;
            sums(&way.refs, "refs", &mut ids)?;
            let refs = packed(&ids);
            let (version, visible) = info(&way.info);
            each(Object::Way {
                id: way.id(),
                version,
                visible,
                tags: Labels::alone(&tags),
                refs: Refs::of(&refs),
            });
        }
        Ok(())
    }

    fn relations(
        &self,
        group: &PrimitiveGroup,
        each: &mut impl FnMut(Object),
    ) -> Result<(), BlockFault> {
        let (mut tags, mut ids, mut members) = (Vec::new(), Vec::new(), Vec::new());
        for relation in &group.relations {
            self.tags(&relation.keys, &relation.vals, &mut tags)?;
            sums(&relation.memids, "memids", &mut ids)?;
            self.members(relation, &ids, &mut members)?;
            let (version, visible) = info(&relation.info);
            each(Object::Relation {
                id: relation.id(),
                version,
                visible,
                tags: Labels::alone(&tags),
                members: &members,
            });
        }
        Ok(())
    }

    fn members(
        &self,
        relation: &Relation,
        ids: &[i64],
        members: &mut Vec<(MemberKind, i64, &'a str)>,
    ) -> Result<(), BlockFault> {
        if [relation.roles_sid.len(), relation.types.len()] != [ids.len(); 2] {
            return Err(BlockFault::Unequal("roles_sid, memids, types"));
        }
        members.clear();
        let roles = relation.roles_sid.iter().zip(&relation.types);
        for (id, (role, kind)) in ids.iter().zip(roles) {
            let kind = match kind.enum_value() {
                Ok(MemberType::NODE) => MemberKind::Node,
                Ok(MemberType::WAY) => MemberKind::Way,
                Ok(MemberType::RELATION) => MemberKind::Relation,
                Err(other) => return Err(BlockFault::MemberKind(other)),
            };
            members.push((kind, *id, self.strings.text((*role).into())?));
        }
        Ok(())
    }

    fn tags(
        &self,
        keys: &[u32],
        values: &[u32],
        tags: &mut Vec<(&'a str, &'a str)>,
    ) -> Result<(), BlockFault> {
        if keys.len() != values.len() {
            return Err(BlockFault::Unequal("keys, vals"));
        }
        tags.clear();
        for (key, value) in keys.iter().zip(values) {
            let key = self.strings.text((*key).into())?;
            tags.push((key, self.strings.text((*value).into())?));
        }
        Ok(())
    }

    /// Where a node is. The place of a deleted one means nothing.
    fn at(&self, id: i64, lon: i64, lat: i64, visible: bool) -> Result<Option<LonLat>, BlockFault> {
        visible.then(|| self.grid.at(id, lon, lat)).transpose()
    }
}

/// The block's string table. Strings that no tag uses (names of users) may be
/// any bytes.
struct Strings<'a> {
    table: &'a [Vec<u8>],
    text_left: Cell<usize>,
}

impl<'a> Strings<'a> {
    fn text(&self, index: i64) -> Result<&'a str, BlockFault> {
        let string = usize::try_from(index).map_err(|_| BlockFault::StringIndex(index))?;
        let bytes = self
            .table
            .get(string)
            .ok_or(BlockFault::StringIndex(index))?;
        let left = self.text_left.get().checked_sub(bytes.len());
        self.text_left.set(left.ok_or(BlockFault::Text)?);
        std::str::from_utf8(bytes).map_err(|error| BlockFault::Utf8 {
            string,
            byte: error.valid_up_to(),
        })
    }
}

/// The version of an object and whether it is visible, by default it is.
fn info(info: &MessageField<Info>) -> (i32, bool) {
    (info.version(), info.visible.unwrap_or(true))
}

fn step(from: i64, difference: i64, of: &'static str) -> Result<i64, BlockFault> {
    from.checked_add(difference).ok_or(BlockFault::Delta(of))
}

fn sums(differences: &[i64], of: &'static str, sums: &mut Vec<i64>) -> Result<(), BlockFault> {
    sums.clear();
    let mut sum = 0;
    for difference in differences {
        sum = step(sum, *difference, of)?;
        sums.push(sum);
    }
    Ok(())
}
