//! The same files give the same bytes, for any number of threads.

use living_circle::lang::Lang;
use living_circle::progress::Silent;
use living_circle::report::{CARD, Folder, Outputs, write_all};
use living_circle::study::{Files, Settings, Study};

use super::cities;

/// The report of a study made by so many threads: the calibre card, which names
/// every other file with its SHA-256.
fn card(files: &Files, threads: usize) -> Vec<u8> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap();
    let home = tempfile::tempdir().unwrap();
    pool.install(|| {
        let study = Study::run(files, &Settings::default(), &Silent).unwrap();
        let outputs = Outputs::plain(Lang::Zh);
        write_all(&study, &outputs, Folder::open(home.path()).unwrap()).unwrap();
    });
    std::fs::read(home.path().join(CARD)).unwrap()
}

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let cities = [
        ("laspalmas", None),
        ("malta", None),
        ("beijing_haidian", None),
        ("porto_alegre", cities::GRID),
        ("triana_shuffled", None),
    ];
    for (city, blocks) in cities {
        let Some(files) = cities::files(city, blocks) else {
            continue;
        };
        let alone = card(&files, 1);
        let text = std::str::from_utf8(&alone).unwrap();
        for name in [
            "blocks.csv",
            "reach.csv",
            "coverage.csv",
            "gaps.csv",
            "report.html",
        ] {
            assert!(text.contains(name), "{city}");
        }
        for threads in [2, 7] {
            assert!(card(&files, threads) == alone, "{city}, {threads} threads");
        }
    }
}
