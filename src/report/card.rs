//! `run.json`: the calibre card (口径). What every figure of the report rests
//! on; without a clock and without a thread count, so that the same input gives
//! the same bytes.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Outputs;
use super::asked::Asked;
use super::folder::Written;
use super::map::ATTRIBUTION;
use super::words::denominators;
use crate::frame::Frame;
use crate::lang::Lang;
use crate::link::ISLAND_METRES;
use crate::places::{BlockKind, FLOORS_OF_HOUSES, FLOORS_OF_OTHERS, FacilitySource, LeftOut};
use crate::standard::Fitness;
use crate::study::{InputFile, PeopleFrom, Study};
use crate::units::{CostKind, Limit};

pub(super) fn card(study: &Study, written: &[Written], outputs: &Outputs) -> String {
    let lang = outputs.lang;
    let of_parcels = study
        .parcels
        .iter()
        .flat_map(|parcels| parcels.notices.iter());
    let mut card = json!({
        "program": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        "language": lang.pick("zh", "en"),
        "asked": Asked::of(study, outputs),
        "standards": study.standard.packs.iter().map(|pack| json!({
            "key": pack.key,
            "zh": pack.zh,
            "en": pack.en,
            "edition": pack.edition,
        })).collect::<Value>(),
        "requirements": requirements(study),
        "walkers": walkers(study),
        "calibre": calibre(study),
        "inputs": study.inputs.iter().map(input).collect::<Value>(),
        "osm_timestamp": study.osm_timestamp,
        "counts": counts(study),
        "notices": study.notices.iter().chain(of_parcels).map(|(notice, seen)| json!({
            "key": notice.key(),
            "text": notice.text(lang),
            "count": seen.count,
            "example": seen.example,
        })).collect::<Value>(),
        "frame": frame(outputs.frame),
        "outputs": written.iter().map(|output| json!({
            "name": output.name,
            "bytes": output.bytes,
            "sha256": output.sha256,
        })).collect::<Value>(),
        "attribution": ATTRIBUTION,
    });
    if let Some(plan) = &study.plan {
        card["scenario"] = json!({
            "name": plan.name,
            "notes": plan.notes,
            "changes": plan.changes,
        });
    }
    // Keys are sorted, so the text is the same for the same figures.
    format!("{card:#}\n")
}

/// The frame of every coordinate of the other files.
fn frame(frame: Frame) -> Value {
    let [east, north] = frame.columns();
    json!({
        "key": frame.to_string(),
        "name": frame.name(),
        "epsg": frame.epsg(),
        "columns": [east, north],
    })
}

/// A file; its frame only where one was asked for.
fn input(input: &InputFile) -> Value {
    let mut told = json!({
        "role": input.role,
        "name": input.name,
        "bytes": input.bytes,
        "sha256": input.sha256,
    });
    if let Some(frame) = input.frame {
        told["frame"] = frame.to_string().into();
    }
    told
}

fn requirements(study: &Study) -> Value {
    study
        .answered()
        .map(|(requirement, answer)| {
            json!({
                "standard": requirement.pack,
                "key": requirement.key,
                "zh": requirement.zh,
                "en": requirement.en,
                "tier": requirement.tier,
                "categories": study.sets[answer.set].key,
                "limit": answer.limit.to_string(),
                "straight_limit_m": answer.straight_limit.metres(),
                "basis": requirement.basis.key(),
                "walker": study.walked[answer.walker].walker.key,
                "required": requirement.required,
                "denominator": requirement.denominator.key(),
                "size": requirement.fit.text(Lang::En),
                "target": requirement.target,
                "source": requirement.source.text(Lang::En),
                "confidence": requirement.confidence.key(),
                "facilities": study.sets[answer.set].facilities.0.len(),
                "facilities_too_small": study.sets[answer.set].judged(Fitness::TooSmall),
                "facilities_of_unknown_size": study.sets[answer.set].judged(Fitness::Unknown),
                "blocks_at_edge": study.blocks_at_edge(answer),
            })
        })
        .collect()
}

fn walkers(study: &Study) -> Value {
    study
        .walked
        .iter()
        .map(|walked| {
            let walker = &walked.walker;
            json!({
                "key": walker.key,
                "zh": walker.zh,
                "en": walker.en,
                "metres_per_second": walker.speed,
                "steps_factor": walker.steps,
                "gravel_factor": walker.gravel,
                "loose_factor": walker.loose,
                "signals_wait_s": walker.signals,
                "elevator_wait_s": walker.elevator,
                "source": walker.source.text(Lang::En),
                "confidence": walker.confidence.key(),
                "metres_in_limits": metres_in_limits(study, walker),
            })
        })
        .collect()
}

/// Beside every minute limit its metres on firm, level ground.
fn metres_in_limits(study: &Study, walker: &crate::profile::Walker) -> Value {
    let limits: std::collections::BTreeSet<Limit> = study
        .answers
        .iter()
        .map(|answer| answer.limit)
        .filter(|limit| limit.kind() == CostKind::Time)
        .collect();
    limits
        .into_iter()
        .filter_map(|limit| match limit {
            Limit::Time(time) => {
                Some(json!({ "limit": limit.to_string(), "metres": walker.metres_in(time) }))
            }
            Limit::Length(_) => None,
        })
        .collect()
}

fn calibre(study: &Study) -> Value {
    let settings = &study.settings;
    let has_input = |role| study.inputs.iter().any(|input| input.role == role);
    let kinds = study.blocks_by_kind();
    let blocks_by_kind: BTreeMap<&str, usize> = BlockKind::ALL
        .map(|kind| (kind.key(), kinds.get(&kind).copied().unwrap_or(0)))
        .into();
    json!({
        "measured_from": "samples of the blocks, by network to the facilities' entrances and by \
                          straight line side by side",
        "denominators": denominators(study).iter().map(|of| of.key()).collect::<Value>(),
        "blocks_from": if has_input("blocks") { "table" } else { "osm" },
        "gates_from": if has_input("gates") { "table for the blocks it names, else osm" } else { "osm" },
        "gates_open_compared": settings.gates_open,
        "people_from": study.people_from.key(),
        "people_spread": (study.people_from == PeopleFrom::Total).then(|| json!({
            "total": settings.people,
            "floors_assumed": { "houses": FLOORS_OF_HOUSES, "others": FLOORS_OF_OTHERS },
        })),
        "blocks_by_kind": blocks_by_kind,
        "areas_cut_above_ha": settings.block_size.filter(|_| !has_input("blocks")),
        "buildings_grouped_by_street_block": settings.block_size.is_some() && !has_input("blocks"),
        "land_of_a_building": "footprint",
        "facilities_from": match settings.facilities_from {
            FacilitySource::ByCategory => "table for the categories it names, else osm",
            FacilitySource::Table => "table",
            FacilitySource::Osm => "osm",
            FacilitySource::Both => "both",
        },
        "study_area": if has_input("boundary") {
            "boundary file"
        } else {
            "all blocks"
        },
        "categories_sha256": study.catalog_sha256,
        "sample_spacing_m": settings.sample_spacing,
        "link_limit_m": settings.link_limit,
        "tiny_island_m": ISLAND_METRES,
        "limits_replaced": !settings.within.is_empty(),
        "unknown_sizes": if settings.strict_sizes { "left out" } else { "counted" },
        "trunk_walkable": settings.trunk,
        "network_rounding": "lengths to 1 dm and times to 0.1 s, once a walk",
        "states": ["covered", "partly", "uncovered", "unlinked", "no_data"],
    })
}

fn counts(study: &Study) -> Value {
    let links = &study.main_walk().samples;
    let samples = study.samples.all().len();
    let unlinked = (0..samples)
        .filter(|&sample| links.unlinked(sample).is_some())
        .count();
    let blocks = 0..study.blocks.len();
    let unlinked_blocks = blocks
        .filter(|&block| study.unlinked_reason(block).is_some())
        .count();
    let facilities = &study.main_walk().facilities;
    json!({
        "blocks": study.blocks.len(),
        "samples": samples,
        "facilities": study.facilities.len(),
        "merged_facilities": study.merged.len(),
        "left_out_objects": study.left_out.iter().map(LeftOut::objects).sum::<u64>(),
        "unlinked_blocks": unlinked_blocks,
        "unlinked_samples": unlinked,
        "unlinked_facilities":
            (0..facilities.len()).filter(|&at| facilities.unlinked(at).is_some()).count(),
        "junctions": study.census.junctions,
        "walks": study.census.walks,
    })
}
