//! `living-circle generate`.

use std::fs;

use super::program::{names, run, text};

#[test]
fn a_city_is_written_and_told_in_one_line() {
    let home = tempfile::tempdir().unwrap();
    let [one, two] = ["one.osm.pbf", "two.osm.pbf"].map(|name| home.path().join(name));
    let asked = ["generate", "--junctions", "2000", "--seed", "5"];
    let english = run(&[&asked[..], &["--threads", "1", text(&one)]].concat());
    assert_eq!((english.code, english.stderr.as_str()), (Some(0), ""));
    let bytes = fs::read(&one).unwrap();
    let line = english.stdout.trim_end();
    assert!(
        !line.contains('\n') && line.ends_with("bytes, seed 5"),
        "{line}"
    );
    assert!(line.contains(" junctions, ") && line.contains(" people, "));
    let chinese = run(&[&asked[..], &["--lang", "zh", "--threads", "2", text(&two)]].concat());
    assert!(chinese.stdout.contains(" 个路口，") && chinese.stdout.ends_with("种子 5\n"));
    assert!(bytes == fs::read(&two).unwrap());
    let size = line
        .split(", ")
        .find_map(|part| part.strip_suffix(" bytes"));
    assert_eq!(size.unwrap().replace(',', ""), bytes.len().to_string());
    let network = run(&["network", text(&one)]);
    assert_eq!((network.code, network.stderr.as_str()), (Some(0), ""));
}

#[test]
fn what_cannot_be_written_leaves_nothing() {
    let home = tempfile::tempdir().unwrap();
    let path = |name: &str| {
        home.path()
            .join(name)
            .into_os_string()
            .into_string()
            .unwrap()
    };
    fs::create_dir(home.path().join("folder")).unwrap();
    for (junctions, out, told) in [
        ("999", "city.osm.pbf", "from 1000 to 20000000"),
        ("20000001", "city.osm.pbf", "from 1000 to 20000000"),
        ("-1", "city.osm.pbf", "--junctions"),
        ("many", "city.osm.pbf", "--junctions"),
        (
            "1000",
            "nowhere/city.osm.pbf",
            "nowhere/city.osm.pbf: cannot be written",
        ),
        ("1000", "folder", "folder: cannot be written"),
    ] {
        let asked = format!("--junctions={junctions}");
        let ended = run(&["generate", &asked, &path(out)]);
        assert_eq!(
            (ended.code, ended.stdout.as_str()),
            (Some(2), ""),
            "{junctions}"
        );
        assert!(ended.stderr.contains(told), "{}", ended.stderr);
        assert_eq!(names(home.path()), ["folder"]);
    }
    assert_eq!(run(&["generate", &path("city.osm.pbf")]).code, Some(2));
}
