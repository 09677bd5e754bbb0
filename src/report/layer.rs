//! The layers of a GIS file: tables with a figure a row, of one kind of geometry each.

use std::collections::{BTreeMap, BTreeSet};

use super::block_table::{self, snake};
use super::figure::Figure;
use super::map::{facility_table, walk_figure, walk_table};
use super::words::requirement_name;
use super::{Cell, Outputs, Table, coverage_table, gap_table};
use crate::lang::Lang;
use crate::places::Shape;
use crate::study::{Study, catchments};

/// A layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    /// Blocks that are areas.
    Blocks,
    /// Blocks that are points.
    BlockPoints,
    /// All facilities: the point, or a place inside the area.
    Facilities,
    /// Facilities that are areas.
    FacilityAreas,
    /// Zones with their coverage.
    Zones,
    /// Blocks that lack something required.
    Gaps,
    /// From where what is asked for is reached by network.
    Isochrones,
    /// The walks of the network.
    Network,
}

/// What the figures of a layer are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Geometry {
    Points,
    Lines,
    Areas,
}

/// A layer with what stands in it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Drawn {
    pub layer: Layer,
    pub table: Table,
    /// One a row.
    pub figures: Vec<Figure>,
}

impl Layer {
    /// From the front of a map to its back.
    pub const ALL: [Self; 8] = [
        Self::Blocks,
        Self::BlockPoints,
        Self::Facilities,
        Self::FacilityAreas,
        Self::Zones,
        Self::Gaps,
        Self::Isochrones,
        Self::Network,
    ];

    /// Its name in every language.
    pub fn key(self) -> &'static str {
        match self {
            Self::Blocks => "blocks",
            Self::BlockPoints => "block_points",
            Self::Facilities => "facilities",
            Self::FacilityAreas => "facility_areas",
            Self::Zones => "zones",
            Self::Gaps => "gaps",
            Self::Isochrones => "isochrones",
            Self::Network => "network",
        }
    }

    /// What it shows.
    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Blocks => lang.pick("街坊", "Blocks"),
            Self::BlockPoints => lang.pick("街坊（点）", "Blocks, points"),
            Self::Facilities => lang.pick("设施", "Facilities"),
            Self::FacilityAreas => lang.pick("设施范围", "Facilities, outlines"),
            Self::Zones => lang.pick("分区覆盖", "Coverage by zone"),
            Self::Gaps => lang.pick("缺口", "Gaps"),
            Self::Isochrones => lang.pick("等时圈", "Isochrones"),
            Self::Network => lang.pick("步行网络", "Walk network"),
        }
    }

    pub fn geometry(self) -> Geometry {
        match self {
            Self::Blocks | Self::FacilityAreas | Self::Zones | Self::Isochrones => Geometry::Areas,
            Self::BlockPoints | Self::Facilities | Self::Gaps => Geometry::Points,
            Self::Network => Geometry::Lines,
        }
    }

    /// What stands in it; `None` where there is nothing to show.
    pub fn draw(self, study: &Study, outputs: &Outputs) -> Option<Drawn> {
        let frame = outputs.frame;
        let (table, figures) = match self {
            Self::Blocks => self.places(outputs, block_table::table(study, outputs), blocks(study)),
            Self::BlockPoints => {
                self.places(outputs, block_table::table(study, outputs), blocks(study))
            }
            Self::Facilities => {
                let shapes = study.facilities.iter().map(|facility| &facility.shape);
                let figures = shapes.map(|shape| Figure::point(frame, shape.inner_place()));
                (facility_table(study, outputs.lang), figures.collect())
            }
            Self::FacilityAreas => {
                let shapes = study.facilities.iter().map(|facility| &facility.shape);
                self.places(outputs, facility_table(study, outputs.lang), shapes)
            }
            Self::Zones => zones(study, outputs),
            Self::Gaps => {
                let gaps = study.gaps();
                let blocks = gaps.iter().map(|gap| &study.blocks[gap.block as usize]);
                let figures = blocks.map(|block| Figure::point(frame, block.shape.inner_place()));
                (gap_table::table(study, gaps, outputs), figures.collect())
            }
            Self::Isochrones => isochrones(study, outputs),
            Self::Network => {
                let walks = study.network.walk_ids();
                let figures = walks.map(|id| walk_figure(frame, &study.network, id));
                (walk_table(&study.network), figures.collect())
            }
        };
        // Gaps that there are none of are an answer; a layer of another kind is none.
        let shown = !figures.is_empty() || matches!(self, Self::Facilities | Self::Gaps);
        shown.then_some(Drawn {
            layer: self,
            table,
            figures,
        })
    }

    /// The rows whose shapes are of the layer's own geometry.
    fn places<'a>(
        self,
        outputs: &Outputs,
        table: Table,
        shapes: impl Iterator<Item = &'a Shape>,
    ) -> (Table, Vec<Figure>) {
        let own =
            |shape: &Shape| matches!(shape, Shape::Area(_)) == (self.geometry() == Geometry::Areas);
        let rows = table.rows.into_iter().zip(shapes);
        let (rows, figures) = rows
            .filter(|(_, shape)| own(shape))
            .map(|(row, shape)| (row, Figure::shape(outputs.frame, shape)))
            .unzip();
        let columns = table.columns;
        (Table { columns, rows }, figures)
    }
}

fn blocks(study: &Study) -> impl Iterator<Item = &Shape> {
    study.blocks.iter().map(|block| &block.shape)
}

/// The catchment of every requirement that has data, the widest limits first, so that
/// narrower ones are drawn over them.
fn isochrones(study: &Study, outputs: &Outputs) -> (Table, Vec<Figure>) {
    let columns = ["requirement", "name", "limit", "walker", "categories"];
    let mut table = Table {
        columns: columns.map(str::to_owned).into(),
        rows: Vec::new(),
    };
    let mut drawn: Vec<_> = study
        .answered()
        .zip(catchments(study))
        .filter_map(|(answered, polygons)| Some((answered, polygons?)))
        .filter(|(_, polygons)| !polygons.is_empty())
        .collect();
    drawn.sort_by_key(|((_, answer), _)| std::cmp::Reverse(answer.straight_limit));
    let mut figures = Vec::new();
    for ((requirement, answer), polygons) in drawn {
        figures.push(Figure::polygons(outputs.frame, &polygons));
        table.rows.push(vec![
            Cell::text(&*requirement.key),
            Cell::text(requirement_name(requirement, outputs.lang)),
            Cell::text(answer.limit.to_string()),
            Cell::text(&*study.walked[answer.walker].walker.key),
            Cell::text(&*study.sets[answer.set].key),
        ]);
    }
    (table, figures)
}

/// The zones that have a shape: what there is of each, and the covered share of every
/// requirement by the basis that it prescribes. The cells are those of `coverage.csv`.
fn zones(study: &Study, outputs: &Outputs) -> (Table, Vec<Figure>) {
    let coverage = coverage_table::table(study, outputs.lang);
    let at = |name: &str| coverage.columns.iter().position(|column| column == name);
    let columns = [
        "level",
        "zone",
        "zone_name",
        "requirement",
        "prescribed",
        "denominator",
        "unit",
        "total",
        "share",
    ];
    let Some(places) = columns.map(at).into_iter().collect::<Option<Vec<usize>>>() else {
        return Default::default();
    };
    let mut shapes: BTreeMap<(String, String), &crate::plane::Area> = BTreeMap::new();
    for zone in study.zones.iter() {
        let level = zone.level.clone().unwrap_or_else(|| "zone".to_owned());
        shapes.insert((level, zone.id.clone()), &zone.area);
    }
    let mut table = Table::default();
    table
        .columns
        .extend(["level", "zone", "zone_name"].map(str::to_owned));
    let mut columns: BTreeMap<String, usize> = BTreeMap::new();
    let mut rows: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut figures = Vec::new();
    for cells in &coverage.rows {
        let [
            level,
            zone,
            zone_name,
            requirement,
            prescribed,
            denominator,
            unit,
            total,
            share,
        ] = std::array::from_fn(|part| &cells[places[part]]);
        let (Cell::Text(level_text), Cell::Text(zone_text)) = (level, zone) else {
            continue;
        };
        let key = (level_text.clone(), zone_text.clone());
        let Some(area) = shapes.get(&key).filter(|_| *prescribed == Cell::Flag(true)) else {
            continue;
        };
        let row = *rows.entry(key).or_insert_with(|| {
            figures.push(Figure::area(outputs.frame, area));
            table
                .rows
                .push(vec![level.clone(), zone.clone(), zone_name.clone()]);
            table.rows.len() - 1
        });
        let of = word(denominator);
        let amount = if of == "land" {
            format!("land_{}", word(unit))
        } else {
            of.to_owned()
        };
        let name = format!("{}_{of}_share", snake(word(requirement)));
        for (name, cell) in [(amount, total), (name, share)] {
            let next = table.columns.len();
            let column = *columns.entry(name).or_insert_with_key(|name| {
                table.columns.push(name.clone());
                next
            });
            let row = &mut table.rows[row];
            if row.len() <= column {
                row.resize(column + 1, Cell::Empty);
            }
            row[column] = cell.clone();
        }
    }
    let width = table.columns.len();
    table
        .rows
        .iter_mut()
        .for_each(|row| row.resize(width, Cell::Empty));
    (table, figures)
}

fn word(cell: &Cell) -> &str {
    match cell {
        Cell::Text(text) => text,
        _ => "",
    }
}

/// Names of columns as a database takes them: no two the same but for capitals.
pub(super) fn distinct(columns: &[String], taken: &[&str]) -> Vec<String> {
    let mut seen: BTreeSet<String> = taken.iter().map(|&name| name.to_owned()).collect();
    columns
        .iter()
        .map(|column| {
            let numbered = (2..).map(|number| format!("{column}_{number}"));
            let mut names = std::iter::once(column.clone()).chain(numbered);
            let free = names.find(|name| seen.insert(name.to_lowercase()));
            free.unwrap_or_default()
        })
        .collect()
}

/// The column that a layer is coloured by: of the first requirement that is required and
/// has data.
pub(super) struct Shown {
    /// The state of a block.
    pub state: String,
    /// The share of a zone.
    pub share: String,
    /// What is asked for.
    pub name: String,
}

impl Shown {
    pub fn of(study: &Study, lang: Lang) -> Option<Self> {
        let required = |data: bool| {
            study.answered().find(|(requirement, answer)| {
                requirement.required && (!data || study.has_data(answer))
            })
        };
        let (requirement, answer) = required(true)
            .or_else(|| required(false))
            .or_else(|| study.answered().next())?;
        let key = snake(&requirement.key);
        let known = super::words::denominators(study);
        let of = [
            crate::standard::Denominator::People,
            crate::standard::Denominator::Land,
        ]
        .into_iter()
        .find(|of| known.contains(of))?;
        Some(Self {
            state: format!("{key}_state"),
            share: format!("{key}_{}_share", of.key()),
            name: format!(
                "{}{}{}",
                super::words::requirement_name(requirement, lang),
                lang.pick("，", ", "),
                answer.limit
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_distinct_whatever_their_capitals() {
        let columns = ["a", "A", "fid", "a_2", "街"].map(str::to_owned);
        assert_eq!(
            distinct(&columns, &["fid", "geom"]),
            ["a", "A_2", "fid_2", "a_2_2", "街"]
        );
    }
}
