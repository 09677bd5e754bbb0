//! Small rasters, written here, and what is read of them.

#![allow(clippy::float_cmp, clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use tiff::encoder::{TiffEncoder, colortype};
use tiff::tags::Tag;

use super::*;

/// What a GeoTIFF of 4 columns and 3 rows says besides its cells, which are 0 to 11.
struct Drawn {
    scale: Option<[f64; 3]>,
    matrix: Option<[f64; 16]>,
    keys: &'static [u16],
    no_data: Option<&'static str>,
}

/// Cells of a hundredth of a degree from 116.0° E, 36.5° N.
const PLAIN: Drawn = Drawn {
    scale: Some([0.01, 0.01, 0.0]),
    matrix: None,
    keys: &[1, 1, 0, 2, 1024, 0, 1, 2, 2048, 0, 1, 4326],
    no_data: None,
};

fn written(home: &Path, name: &str, drawn: &Drawn) -> PathBuf {
    let path = home.join(name);
    let mut file = TiffEncoder::new(fs::File::create(&path).unwrap()).unwrap();
    let mut image = file.new_image::<colortype::Gray32Float>(4, 3).unwrap();
    image.rows_per_strip(2).unwrap();
    let tags = image.encoder();
    if let Some(scale) = drawn.scale {
        tags.write_tag(Tag::ModelPixelScaleTag, &scale[..]).unwrap();
        let tie = [0.0, 0.0, 0.0, 116.0, 36.5, 0.0];
        tags.write_tag(Tag::ModelTiepointTag, &tie[..]).unwrap();
    }
    if let Some(matrix) = drawn.matrix {
        tags.write_tag(Tag::ModelTransformationTag, &matrix[..])
            .unwrap();
    }
    if !drawn.keys.is_empty() {
        tags.write_tag(Tag::GeoKeyDirectoryTag, drawn.keys).unwrap();
    }
    if let Some(text) = drawn.no_data {
        tags.write_tag(Tag::GdalNodata, text).unwrap();
    }
    let cells: Vec<f32> = (0_u8..12).map(f32::from).collect();
    image.write_data(&cells).unwrap();
    path
}

fn at(lon: f64, lat: f64) -> LonLat {
    LonLat::from_degrees(lon, lat).unwrap()
}

fn cell(row: u32, column: u32) -> Cell {
    Cell { row, column }
}

fn read(raster: &mut Raster, rows: Range<u32>, columns: Range<u32>) -> Vec<(Cell, f64)> {
    let mut found = Vec::new();
    let window = Window { rows, columns };
    raster
        .read(&window, &mut |cell, value| found.push((cell, value)))
        .unwrap();
    found.sort_by_key(|(cell, _)| *cell);
    found
}

fn refused(path: &Path, asked: Option<Frame>) -> String {
    match Raster::open(path, asked) {
        Err(error) => error.to_string(),
        Ok(_) => panic!("{} is taken", path.display()),
    }
}

#[test]
fn a_window_of_a_geotiff_is_read_and_its_cells_lie_where_the_tags_say() {
    let home = tempfile::tempdir().unwrap();
    let drawn = Drawn {
        no_data: Some("6"),
        ..PLAIN
    };
    let mut raster = Raster::open(&written(home.path(), "a.tif", &drawn), None).unwrap();
    assert_eq!(raster.cell(at(116.0001, 36.4999)), Some(cell(0, 0)));
    assert_eq!(raster.cell(at(116.0399, 36.4701)), Some(cell(2, 3)));
    assert_eq!(raster.middle(cell(1, 2)), Some(at(116.025, 36.485)));
    for beyond in [
        at(115.9999, 36.49),
        at(116.0401, 36.49),
        at(116.01, 36.5001),
    ] {
        assert_eq!(raster.cell(beyond), None);
    }
    // Row 1 stands in the first strip, row 2 in the second.
    let found = read(&mut raster, 1..3, 1..3);
    let cells: Vec<Cell> = found.iter().map(|(cell, _)| *cell).collect();
    assert_eq!(cells, [cell(1, 1), cell(1, 2), cell(2, 1), cell(2, 2)]);
    assert_eq!(found[0].1, 5.0);
    assert!(found[1].1.is_nan(), "6 stands for nothing");
    assert_eq!([found[2].1, found[3].1], [9.0, 10.0]);
    let window = Window::around([cell(2, 1), cell(1, 3), cell(1, 2)]).unwrap();
    assert_eq!((window.rows, window.columns), (1..3, 1..4));
    assert_eq!(Window::around([]), None);
}

#[test]
fn positions_of_middles_matrices_and_grids_are_known() {
    let home = tempfile::tempdir().unwrap();
    let points = Drawn {
        keys: &[1, 1, 0, 1, 1025, 0, 1, 2],
        ..PLAIN
    };
    let raster = Raster::open(&written(home.path(), "points.tif", &points), None).unwrap();
    assert_eq!(raster.middle(cell(0, 0)), Some(at(116.0, 36.5)));
    // South at the top, 500 m a cell, in the grid of 117°.
    let mut matrix = [0.0; 16];
    [matrix[0], matrix[3], matrix[5], matrix[7]] = [500.0, 410_000.0, 500.0, 4_040_000.0];
    let grid = Drawn {
        scale: None,
        matrix: Some(matrix),
        keys: &[1, 1, 0, 2, 1024, 0, 1, 1, 3072, 0, 1, 4548],
        ..PLAIN
    };
    let path = written(home.path(), "grid.tiff", &grid);
    let raster = Raster::open(&path, None).unwrap();
    let frame: Frame = "epsg:4548".parse().unwrap();
    let [lon, lat] = frame.inverse([410_750.0, 4_041_250.0]).unwrap();
    assert_eq!(raster.cell(at(lon, lat)), Some(cell(2, 1)));
    assert_eq!(raster.middle(cell(2, 1)), Some(at(lon, lat)));
    let other = refused(&path, Some(Frame::Wgs84));
    assert!(
        other.contains("epsg:4548") && other.contains("@wgs84"),
        "{other}"
    );
}

#[test]
fn what_does_not_say_where_it_lies_is_refused_with_the_remedy() {
    let home = tempfile::tempdir().unwrap();
    let told = |drawn: &Drawn| refused(&written(home.path(), "a.tif", drawn), None);
    let nowhere = told(&Drawn {
        scale: None,
        ..PLAIN
    });
    assert!(nowhere.contains("does not say where it lies"), "{nowhere}");
    let mut matrix = [0.0; 16];
    [matrix[0], matrix[1], matrix[5]] = [0.01, 0.001, -0.01];
    let rotated = told(&Drawn {
        matrix: Some(matrix),
        ..PLAIN
    });
    assert!(rotated.contains("gdalwarp"), "{rotated}");
    let mollweide = told(&Drawn {
        keys: &[1, 1, 0, 2, 1024, 0, 1, 1, 3072, 0, 1, 32_767],
        ..PLAIN
    });
    assert!(mollweide.contains("'user-defined'"), "{mollweide}");
    let mercator = told(&Drawn {
        keys: &[1, 1, 0, 2, 1024, 0, 1, 1, 3072, 0, 1, 3857],
        ..PLAIN
    });
    assert!(mercator.contains("EPSG:3857"), "{mercator}");
    let path = home.path().join("b.tif");
    let mut file = TiffEncoder::new(fs::File::create(&path).unwrap()).unwrap();
    file.write_image::<colortype::RGB8>(1, 1, &[1, 2, 3])
        .unwrap();
    assert!(refused(&path, None).contains("3 bands"));
    fs::write(&path, "II").unwrap();
    assert!(refused(&path, None).contains("cannot be read"));
    assert!(refused(&home.path().join("c.png"), None).contains("unknown format"));
    assert!(refused(&home.path().join("c.asc"), None).contains("c.asc cannot be read"));
}

const GRID: &str = "ncols 3\nNROWS 2\nxllcorner 116.0\nyllcorner 36.48\ncellsize 0.01\n";

#[test]
fn an_ascii_grid_is_read_wherever_its_lines_end() {
    let home = tempfile::tempdir().unwrap();
    let open = |name: &str, text: &str| {
        let path = home.path().join(name);
        fs::write(&path, text).unwrap();
        Raster::open(&path, None)
    };
    let cells = "1 2\n3 -9999 5.5\r\n\n 6";
    let mut raster = open("a.asc", &format!("{GRID}{cells}")).unwrap();
    assert_eq!(raster.cell(at(116.029, 36.481)), Some(cell(1, 2)));
    assert_eq!(raster.cell(at(116.001, 36.499)), Some(cell(0, 0)));
    for _ in 0..2 {
        let found = read(&mut raster, 0..2, 0..3);
        let values: Vec<String> = found.iter().map(|(_, value)| value.to_string()).collect();
        assert_eq!(values, ["1", "2", "3", "NaN", "5.5", "6"]);
    }
    // The middle of the first cell and another mark.
    let text = "ncols 1\nnrows 1\nxllcenter 116.005\nyllcenter 36.485\ndx 0.01\ndy 0.01\n\
                NODATA_value -1\n-9999";
    let mut raster = open("b.asc", text).unwrap();
    assert_eq!(raster.middle(cell(0, 0)), Some(at(116.005, 36.485)));
    assert_eq!(read(&mut raster, 0..1, 0..1)[0].1, -9999.0);
    let damaged = |cells: &str| {
        let mut raster = open("c.asc", &format!("{GRID}{cells}")).unwrap();
        let window = Window {
            rows: 0..2,
            columns: 0..3,
        };
        raster
            .read(&window, &mut |_, _| ())
            .unwrap_err()
            .to_string()
    };
    assert!(damaged("1 2 3\n4 5\n").contains("line 8: the cells end too early"));
    assert!(damaged("1 2 3 9\n4 5 6\n").contains("line 7: more cells"));
    assert!(damaged("1 2 3\n4 five 6\n").contains("line 7: 'five'"));
    let metres = open("d.asc", &GRID.replace("116.0", "410000"));
    assert!(metres.err().unwrap().to_string().contains("beyond ±180"));
    let nowhere = open("e.asc", "ncols 3\nnrows 2\ncellsize 0.01\n1 2 3");
    assert!(nowhere.err().unwrap().to_string().contains("where it lies"));
    assert!(
        open("f.asc", "ncols 3")
            .err()
            .unwrap()
            .to_string()
            .contains("nrows")
    );
    fs::write(home.path().join("g.prj"), "PROJCS[\"Mars\"]").unwrap();
    assert!(
        open("g.asc", GRID)
            .err()
            .unwrap()
            .to_string()
            .contains("Mars")
    );
}

/// A byte changed anywhere is an error or another raster, never a panic.
#[test]
fn a_damaged_geotiff_never_panics() {
    let home = tempfile::tempdir().unwrap();
    let path = written(home.path(), "a.tif", &PLAIN);
    let bytes = fs::read(&path).unwrap();
    for at in 0..bytes.len() {
        for value in [1, 0xff] {
            let mut other = bytes.clone();
            other[at] = value;
            fs::write(&path, &other).unwrap();
            if let Ok(mut raster) = Raster::open(&path, None) {
                let window = Window {
                    rows: 0..3,
                    columns: 0..4,
                };
                let _ = raster.read(&window, &mut |_, _| ());
            }
        }
    }
}
