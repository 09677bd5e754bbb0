//! The files of `fixtures/` are what the program draws.

#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

use std::path::Path;

use living_circle::synth::lakeside;

/// `LIVING_CIRCLE_WRITE_FIXTURES=1 cargo test --test fixtures` writes them anew.
#[test]
fn the_sample_city_is_drawn_byte_for_byte() {
    let drawn = lakeside().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let write = std::env::var_os("LIVING_CIRCLE_WRITE_FIXTURES").is_some_and(|set| set == "1");
    for (name, bytes) in [
        ("lakeside.osm.pbf", &*drawn.pbf),
        ("lakeside.blocks.geojson", drawn.blocks.as_bytes()),
        ("lakeside.facilities.csv", drawn.facilities.as_bytes()),
        ("lakeside.zones.geojson", drawn.zones.as_bytes()),
    ] {
        let path = folder.join(name);
        if write {
            std::fs::write(&path, bytes).unwrap();
        }
        let stored = std::fs::read(&path).unwrap();
        assert!(stored == bytes, "{name} differs from what is drawn");
    }
}
