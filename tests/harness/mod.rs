//! From a drawing and hand-made places to the figures of a study: through the
//! bytes of a `.osm.pbf` file, as a user's extract goes.

// Every test binary uses its own part.
#![allow(dead_code)]

use living_circle::link::Unlinked;
use living_circle::measure::{Scope, State};
use living_circle::notice::Notices;
use living_circle::osm::{self, Drawing, Extract};
use living_circle::places::{
    self, Block, BlockKind, Catalog, Facility, FacilitySource, Groups, Origin, Shape, Size,
    TableGate, Zone,
};
use living_circle::plane::{Area, LonLat};
use living_circle::progress::Silent;
use living_circle::reach::Nearest;
use living_circle::standard::Basis;
use living_circle::study::{
    Answer, BlockAnswer, Files, Materials, ParcelsGiven, PeopleGiven, Settings, Study, Wanted,
    rules,
};
use living_circle::units::{Land, People};

/// What a study is made from.
#[derive(Clone, Debug)]
pub struct Scene {
    pub drawing: Drawing,
    /// Whether the file holds ways before nodes, against the custom.
    pub ways_first: bool,
    pub blocks: Vec<Block>,
    pub table: Vec<Facility>,
    pub zones: Vec<Zone>,
    pub boundary: Option<Area>,
    pub gates: Vec<TableGate>,
    pub parcels: Vec<Block>,
    pub people: PeopleGiven,
    pub settings: Settings,
}

impl Scene {
    pub fn new(drawing: Drawing) -> Self {
        Self {
            drawing,
            ways_first: false,
            blocks: Vec::new(),
            table: Vec::new(),
            zones: Vec::new(),
            boundary: None,
            gates: Vec::new(),
            parcels: Vec::new(),
            people: PeopleGiven::default(),
            settings: Settings {
                facilities_from: FacilitySource::Both,
                ..Settings::default()
            },
        }
    }

    /// Asks for these limits instead of the pack's.
    pub fn within(mut self, limits: &[&str]) -> Self {
        self.settings.within = limits.iter().map(|limit| limit.parse().unwrap()).collect();
        self
    }

    pub fn walker(mut self, key: &str) -> Self {
        self.settings.walker = Some(key.to_owned());
        self
    }

    /// A point block of 100 m² and 10 people.
    pub fn block(mut self, id: &str, at: LonLat) -> Self {
        self.blocks.push(block(id, Shape::Point(at)));
        self
    }

    /// A facility of a table at a point; categories are separated by `;`.
    pub fn facility(mut self, id: &str, categories: &str, at: LonLat) -> Self {
        self.table
            .push(facility(&catalog(), id, categories, Shape::Point(at)));
        self
    }

    pub fn zone(mut self, id: &str, level: Option<&str>, ring: Vec<LonLat>) -> Self {
        self.zones.push(Zone {
            id: id.to_owned(),
            name: None,
            level: level.map(str::to_owned),
            area: Area::from_ring(ring).unwrap(),
        });
        self
    }

    /// The bytes of the extract.
    pub fn pbf(&self) -> Vec<u8> {
        let Drawing {
            nodes,
            ways,
            relations,
            ..
        } = self.drawing.clone();
        let header = Drawing {
            nodes: Vec::new(),
            ways: Vec::new(),
            relations: Vec::new(),
            ..self.drawing.clone()
        };
        let head = header.to_pbf().unwrap();
        let body = |drawing: &Drawing| drawing.to_pbf().unwrap().split_off(head.len());
        let nodes = body(&Drawing {
            nodes,
            ..header.clone()
        });
        let ways = body(&Drawing {
            ways,
            ..header.clone()
        });
        let relations = body(&Drawing {
            relations,
            ..header
        });
        if self.ways_first {
            [head, ways, nodes, relations].concat()
        } else {
            [head, nodes, ways, relations].concat()
        }
    }

    /// What a study keeps of the drawing, read from its bytes.
    pub fn extract(&self) -> (Extract, Notices) {
        let bytes = self.pbf();
        let wanted = Wanted {
            rules: &rules(&self.settings),
            catalog: &catalog(),
        };
        osm::read_bytes("town.osm.pbf", &bytes, &wanted, &Silent).unwrap()
    }

    pub fn study(&self) -> Study {
        Study::from_materials(self.materials(), &self.settings, &Silent).unwrap()
    }

    /// Everything that a study of it reads.
    pub fn materials(&self) -> Materials {
        let catalog = catalog();
        let (extract, mut notices) = self.extract();
        let (found, noted) = places::from_osm(&extract, &catalog);
        notices.absorb(noted);
        let source = self.settings.facilities_from;
        let table = Some(by_id(&self.table, |facility| &facility.id));
        let (list, noted) = places::merge(table, found.facilities, source, &catalog);
        notices.absorb(noted);
        let blocks = if self.blocks.is_empty() {
            found.blocks
        } else {
            by_id(&self.blocks, |block| &block.id)
        };
        Materials {
            extract,
            blocks,
            facilities: list.facilities,
            merged: list.merged,
            left_out: found.left_out,
            zones: self.zones.clone(),
            boundary: self.boundary.clone(),
            gates: self.gates.clone(),
            parcels: (!self.parcels.is_empty()).then(|| ParcelsGiven {
                list: by_id(&self.parcels, |parcel| &parcel.id),
                notices: Notices::default(),
            }),
            people: self.people.clone(),
            files: Files::default(),
            inputs: Vec::new(),
            notices,
        }
    }
}

/// As the readers of tables sort them.
fn by_id<T: Clone>(list: &[T], id: impl Fn(&T) -> &String) -> Vec<T> {
    let mut sorted = list.to_vec();
    sorted.sort_by(|one, other| id(one).cmp(id(other)));
    sorted
}

pub fn catalog() -> Catalog {
    Catalog::builtin().unwrap()
}

/// A block of 100 m² and 10 people.
pub fn block(id: &str, shape: Shape) -> Block {
    Block {
        id: id.to_owned(),
        name: None,
        shape,
        land: Land::from_square_metres(100.0),
        people: People::from_count(10.0),
        groups: Groups::default(),
        community: None,
        subdistrict: None,
        origin: Origin::Table(1),
        kind: BlockKind::Area,
    }
}

pub fn facility(catalog: &Catalog, id: &str, categories: &str, shape: Shape) -> Facility {
    let mut categories: Vec<_> = categories
        .split(';')
        .map(|key| catalog.id(key).unwrap())
        .collect();
    categories.sort_unstable();
    Facility {
        id: id.to_owned(),
        name: None,
        categories,
        entrances: vec![shape.inner_place()],
        entrances_assumed: false,
        shape,
        size: Size::default(),
        origin: Origin::Table(1),
    }
}

/// The rectangle between two places.
pub fn rectangle(south_west: LonLat, north_east: LonLat) -> Vec<LonLat> {
    let corner = |lon, lat| LonLat { lon, lat };
    vec![
        south_west,
        corner(north_east.lon, south_west.lat),
        north_east,
        corner(south_west.lon, north_east.lat),
    ]
}

pub fn block_number(study: &Study, id: &str) -> usize {
    let found = study.blocks.iter().position(|block| block.id == id);
    found.unwrap_or_else(|| panic!("no block {id}"))
}

pub fn facility_number(study: &Study, id: &str) -> usize {
    let found = study.facilities.iter().position(|site| site.id == id);
    found.unwrap_or_else(|| panic!("no facility {id}"))
}

fn set_number(study: &Study, set: &str) -> usize {
    let found = study.sets.iter().position(|asked| asked.key == set);
    found.unwrap_or_else(|| panic!("nobody asks for {set}"))
}

/// The answer to the requirement with a key such as `clinic-500m`.
pub fn answer<'a>(study: &'a Study, key: &str) -> &'a Answer {
    let found = study
        .answered()
        .find(|(requirement, _)| requirement.key == key);
    found.unwrap_or_else(|| panic!("no requirement {key}")).1
}

pub fn block_answer<'a>(study: &'a Study, key: &str, block: &str) -> BlockAnswer<'a> {
    study.of_block(answer(study, key), block_number(study, block))
}

/// The state by network.
pub fn state(study: &Study, key: &str, block: &str) -> State {
    block_answer(study, key, block).state(Basis::Network)
}

fn nearest_of(all: &[Option<Nearest>], study: &Study, block: &str) -> Option<Nearest> {
    let samples = study.samples.of_block(block_number(study, block));
    assert_eq!(samples.len(), 1, "{block} has several samples");
    all[samples.start]
}

/// Decimetres from a point block to the nearest facility, however far.
pub fn walk(study: &Study, set: &str, block: &str) -> Option<u32> {
    let all = study.walked[0].length.nearest(set_number(study, set));
    nearest_of(all, study, block).map(|found| found.cost)
}

/// Tenths of a second from a point block to the nearest facility, however far.
pub fn time(study: &Study, set: &str, block: &str) -> Option<u32> {
    let all = study.walked[0].time.nearest(set_number(study, set));
    nearest_of(all, study, block).map(|found| found.cost)
}

/// The id of the facility that is nearest to a point block in metres.
pub fn nearest_id(study: &Study, set: &str, block: &str) -> Option<String> {
    let all = study.walked[0].length.nearest(set_number(study, set));
    let found = nearest_of(all, study, block)?;
    Some(study.facilities[found.facility() as usize].id.clone())
}

pub fn facility_unlinked(study: &Study, id: &str) -> Option<Unlinked> {
    study.walked[0]
        .facilities
        .unlinked(facility_number(study, id))
}

/// Land in dm² and people in thousandths of a scope: whole, by network, by radius.
pub fn sums(study: &Study, key: &str, scope: Scope) -> [[u64; 2]; 3] {
    let coverage = answer(study, key).coverage.iter();
    let mut found = coverage.filter(|coverage| coverage.scope == scope);
    let coverage = found.next().unwrap_or_else(|| panic!("no {scope:?}"));
    [coverage.whole, coverage.network, coverage.radius]
        .map(|sums| [sums.land.square_decimetres(), sums.people.thousandths()])
}
