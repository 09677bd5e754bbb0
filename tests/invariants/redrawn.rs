//! How a way is drawn changes nothing: its direction, where it is cut, whether it
//! is drawn twice, what else is said of it.

use living_circle::osm::{Drawing, DrawnWay, Tags};
use proptest::prelude::*;

use super::{files, for_towns_and, same};

/// Where new ways get their ids.
const NEW: i64 = 1_000_000;

/// The same way, drawn from its other end.
fn reversed(way: &mut DrawnWay) {
    way.nodes.reverse();
    way.tags = Tags::new(way.tags.iter().map(|(key, value)| {
        let turned = match (key, value) {
            ("oneway:foot", "yes") => "-1",
            ("oneway:foot", "-1") => "yes",
            ("conveying", "forward") => "backward",
            ("conveying", "backward") => "forward",
            _ => value,
        };
        (key, turned)
    }));
}

fn with_tags(tags: &Tags, more: &[(&'static str, &'static str)]) -> Tags {
    let known = tags
        .iter()
        .map(|(key, value)| (key.to_owned(), value.to_owned()));
    let more = more
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    Tags::new(known.chain(more))
}

/// Whether a way draws an area: that is one way, whole and once.
fn is_area(way: &DrawnWay) -> bool {
    let is_line = |(key, _)| ["highway", "waterway"].contains(&key);
    way.nodes.first() == way.nodes.last() && !way.tags.iter().any(is_line)
}

/// Draws the lines whose bit is set in another way.
fn redrawn(
    drawing: &Drawing,
    chosen: u64,
    how: impl Fn(usize, &mut DrawnWay) -> Option<DrawnWay>,
) -> Drawing {
    let mut drawn = drawing.clone();
    let mut more = Vec::new();
    for (number, way) in drawn.ways.iter_mut().enumerate() {
        if chosen >> (number % 64) & 1 == 1 && !is_area(way) {
            more.extend(how(number, way));
        }
    }
    drawn.ways.extend(more);
    drawn
}

#[test]
fn a_way_drawn_otherwise_changes_no_byte() {
    for_towns_and(60, any::<[u64; 2]>(), |scene, [chosen, cut]| {
        let before = files(&scene.study());
        let redrawn = |how: &dyn Fn(usize, &mut DrawnWay) -> Option<DrawnWay>| {
            let mut scene = scene.clone();
            scene.drawing = redrawn(&scene.drawing, chosen, how);
            files(&scene.study())
        };
        let turned = redrawn(&|_, way| {
            reversed(way);
            None
        });
        same(&before, &turned, "reversed")?;
        let cut_in_two = redrawn(&|number, way| {
            let at = 1 + cut as usize % (way.nodes.len() - 1);
            if at + 1 >= way.nodes.len() {
                return None;
            }
            let rest = way.nodes[at..].to_vec();
            way.nodes.truncate(at + 1);
            // A lower id than any other, or a higher one.
            let id = NEW + i64::try_from(number).unwrap();
            Some(DrawnWay {
                id: if cut % 2 == 0 { id } else { -id },
                nodes: rest,
                tags: way.tags.clone(),
            })
        });
        same(&before, &cut_in_two, "cut at its own node")?;
        let doubled = redrawn(&|number, way| {
            let mut again = way.clone();
            again.id = NEW + i64::try_from(number).unwrap();
            if number % 2 == 0 {
                reversed(&mut again);
            }
            Some(again)
        });
        same(&before, &doubled, "doubled")?;
        let mut scene = scene.clone();
        for node in &mut scene.drawing.nodes {
            if !node.tags.is_empty() {
                node.tags = with_tags(&node.tags, &[("created_by", "x"), ("ele", "31")]);
            }
        }
        let named = |_: usize, way: &mut DrawnWay| {
            way.tags = with_tags(
                &way.tags,
                &[("name", "新 \"路\""), ("lit", "yes"), ("oneway", "yes")],
            );
            None
        };
        scene.drawing = super::redrawn::redrawn(&scene.drawing, chosen, named);
        same(&before, &files(&scene.study()), "unrelated tags")
    });
}
