//! Pages in headless Chromium, without a network, where one is installed.

use std::path::{Path, PathBuf};
use std::process::Command;

use scraper::Html;

/// A page after its scripts ran.
pub struct Opened {
    pub dom: Html,
    /// What the console said.
    pub console: Vec<String>,
}

fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = || {
        std::env::split_paths(&path)
            .flat_map(|folder| {
                ["chromium", "chromium-browser", "google-chrome"].map(|name| folder.join(name))
            })
            .find(|file| file.is_file())
    };
    let found = named.or_else(found);
    if found.is_none() {
        eprintln!("skipped: no Chromium (CHROMIUM names one)");
    }
    found
}

/// What every run is started with. Whatever a page asks for, there is no network.
const SWITCHES: [&str; 12] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--enable-logging=stderr",
    "--window-size=1280,900",
];

/// A page on paper, as PDF.
pub fn printed(page: &Path) -> Option<Vec<u8>> {
    let home = tempfile::tempdir().unwrap();
    let pdf = home.path().join("page.pdf");
    let output = Command::new(chromium()?)
        .args(SWITCHES)
        .args(["--virtual-time-budget=20000", "--no-pdf-header-footer"])
        .arg(format!("--print-to-pdf={}", pdf.display()))
        .arg(format!("--user-data-dir={}", home.path().display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    let Ok(bytes) = std::fs::read(&pdf) else {
        panic!("no paper: {}", String::from_utf8_lossy(&output.stderr));
    };
    Some(bytes)
}

/// How many pages of paper a page takes.
pub fn pages(page: &Path) -> Option<usize> {
    let bytes = printed(page)?;
    let text = String::from_utf8_lossy(&bytes);
    Some(text.matches("/Type /Page").count() - text.matches("/Type /Pages").count())
}

/// Opens a page and waits until its scripts have nothing more to do.
pub fn opened(page: &Path) -> Option<Opened> {
    let home = tempfile::tempdir().unwrap();
    let output = Command::new(chromium()?)
        .args(SWITCHES)
        .args(["--virtual-time-budget=20000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", home.path().display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let console = said.lines().filter(|line| line.contains("CONSOLE"));
    let dom = String::from_utf8_lossy(&output.stdout);
    assert!(dom.len() > 1_000, "no page: {said}");
    Some(Opened {
        dom: Html::parse_document(&dom),
        console: console.map(str::to_owned).collect(),
    })
}
