//! Rasters as GDAL writes them: whatever their layout, the cells are the same.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use living_circle::plane::LonLat;
use living_circle::raster::{Cell, Raster, Window};

/// The cells of a window that lies across strips and tiles, by place; NaN as `None`.
fn cells(raster: &mut Raster) -> BTreeMap<Cell, Option<u32>> {
    let window = Window {
        rows: 100..290,
        columns: 17..400,
    };
    let mut found = BTreeMap::new();
    raster
        .read(&window, &mut |cell, value| {
            let value = (!value.is_nan()).then_some(value as f32).map(f32::to_bits);
            assert_eq!(found.insert(cell, value), None, "{cell:?} twice");
        })
        .unwrap();
    assert_eq!(found.len(), 190 * 383);
    found
}

#[test]
fn strips_tiles_and_packing_change_no_cell() {
    let home = tempfile::tempdir().unwrap();
    let here = |name: &str| home.path().join(name);
    let mut grid = "ncols 400\nnrows 300\nxllcorner 116\nyllcorner 36\ncellsize 0.000833333333\n\
                    NODATA_value -99999\n"
        .to_owned();
    for cell in 0_u32..400 * 300 {
        let end = if cell % 400 == 399 { '\n' } else { ' ' };
        match cell % 7 {
            0 => write!(grid, "-99999{end}").unwrap(),
            some => write!(grid, "{}.{}{end}", some * cell % 1_013, cell % 10).unwrap(),
        }
    }
    fs::write(here("people.asc"), grid).unwrap();
    let mut plain = Raster::open(&here("people.asc"), None).unwrap();
    let (place, known) = (
        LonLat::from_degrees(116.1, 36.1).unwrap(),
        cells(&mut plain),
    );
    for (name, options) in [
        ("plain.tif", "-ot Float64"),
        ("rows.tif", "-co COMPRESS=LZW"),
        (
            "tiles.tif",
            "-co TILED=YES -co COMPRESS=DEFLATE -co PREDICTOR=3",
        ),
        (
            "big.tif",
            "-co BIGTIFF=YES -co BLOCKYSIZE=37 -co COMPRESS=LZW -co PREDICTOR=3",
        ),
        (
            "motorola.tif",
            "-co ENDIANNESS=BIG -co TILED=YES -co BLOCKXSIZE=64 -co BLOCKYSIZE=32",
        ),
    ] {
        let mut command = Command::new("gdal_translate");
        command.args(["-q", "-a_srs", "EPSG:4326"]);
        command.args(options.split(' '));
        let ended = match command.arg(here("people.asc")).arg(here(name)).output() {
            Ok(ended) => ended,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                eprintln!("skipped: there is no gdal_translate (GDAL) here");
                return;
            }
            Err(error) => panic!("{error}"),
        };
        assert!(ended.status.success(), "{ended:?}");
        let mut raster = Raster::open(&here(name), None).unwrap();
        assert_eq!(raster.cell(place), plain.cell(place), "{name}");
        assert!(cells(&mut raster) == known, "{name}");
    }
}
