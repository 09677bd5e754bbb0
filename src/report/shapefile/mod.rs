//! Shapefiles: for programs that read nothing newer. Blocks, facilities, gaps and zones,
//! each as `.shp`, `.shx`, `.dbf`, `.prj`, `.cpg` and `.qml`, and `fields.csv`, which says
//! what became of every column.

mod dbf;
mod shp;

use super::layer::{Drawn, Layer, Shown};
use super::{Cell, Outputs, Rendered, ReportError, Table, style};
use crate::study::Study;

/// The names of a layer's files.
macro_rules! names {
    ($layer:literal) => {
        [
            concat!($layer, ".shp"),
            concat!($layer, ".shx"),
            concat!($layer, ".dbf"),
            concat!($layer, ".prj"),
            concat!($layer, ".cpg"),
            concat!($layer, ".qml"),
        ]
    };
}

/// Layers that are written, with the names of their files.
const LAYERS: [(Layer, [&str; 6]); 6] = [
    (Layer::Blocks, names!("blocks")),
    (Layer::BlockPoints, names!("block_points")),
    (Layer::Facilities, names!("facilities")),
    (Layer::FacilityAreas, names!("facility_areas")),
    (Layer::Gaps, names!("gaps")),
    (Layer::Zones, names!("zones")),
];

/// The largest file that every program reads: 2 GB.
const MOST_BYTES: usize = i32::MAX as usize;

/// The table of fields.
const FIELDS: &str = "fields.csv";

/// All names that may be written.
pub(super) const NAMES: [&str; 37] = {
    let mut names = [FIELDS; 37];
    let mut at = 0;
    while at < 36 {
        names[at] = LAYERS[at / 6].1[at % 6];
        at += 1;
    }
    names
};

/// The files.
pub(super) fn files(study: &Study, outputs: &Outputs) -> Result<Vec<Rendered>, ReportError> {
    let shown = Shown::of(study, outputs.lang);
    let mut files = Vec::new();
    let columns = [
        "file", "field", "column", "type", "width", "decimals", "cut",
    ];
    let mut told = Table {
        columns: columns.map(str::to_owned).into(),
        rows: Vec::new(),
    };
    for (layer, names) in LAYERS {
        let Some(drawn) = layer.draw(study, outputs) else {
            continue;
        };
        let fields = dbf::fields(&drawn.table);
        tell(&mut told, &drawn, &fields);
        let [shapes, index] =
            shp::files(layer.geometry(), &drawn.figures).ok_or(ReportError::TooLarge(names[0]))?;
        let short = fields.iter().map(|field| {
            let name = field.as_ref().map(|field| field.name.clone());
            name.unwrap_or_default()
        });
        let short: Vec<String> = short.collect();
        let contents = [
            shapes,
            index,
            dbf::file(&drawn.table, &fields),
            outputs.frame.esri_wkt().into_bytes(),
            b"UTF-8".to_vec(),
            style::qml(&drawn, &short, shown.as_ref(), outputs.lang).into_bytes(),
        ];
        for (name, content) in names.into_iter().zip(contents) {
            if content.len() > MOST_BYTES {
                return Err(ReportError::TooLarge(name));
            }
            let name = name.into();
            files.push(Rendered { name, content });
        }
    }
    files.push(Rendered {
        name: FIELDS.into(),
        content: told.csv(outputs.lang),
    });
    Ok(files)
}

/// What became of the columns of a layer.
fn tell(told: &mut Table, drawn: &Drawn, fields: &[Option<dbf::Field>]) {
    for (column, field) in drawn.table.columns.iter().zip(fields) {
        let of = |cell: fn(&dbf::Field) -> Cell| field.as_ref().map_or(Cell::Empty, cell);
        told.rows.push(vec![
            Cell::text(drawn.layer.key()),
            of(|field| Cell::text(&*field.name)),
            Cell::text(&**column),
            of(|field| Cell::text(field.kind)),
            of(|field| Cell::Whole(field.width as u64)),
            of(|field| Cell::Whole(field.decimals as u64)),
            of(|field| Cell::Whole(field.cut as u64)),
        ]);
    }
}
