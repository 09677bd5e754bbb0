//! Whether a page names the columns that a file has.

/// The columns of a file by `docs/outputs.md`: first cells of the tables under its heading.
fn documented(page: &str, heading: &str) -> Vec<String> {
    let section = page
        .split("\n## ")
        .find(|section| section.starts_with(heading))
        .unwrap();
    section
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(column, _)| column.to_owned())
        .collect()
}

/// Whether a name is the documented one, `<…>` standing for any part.
fn fits(name: &str, pattern: &str) -> bool {
    match (pattern.find('<'), pattern.find('>')) {
        (Some(from), Some(to)) => {
            let (start, end) = (&pattern[..from], &pattern[to + 1..]);
            name.len() > start.len() + end.len() && name.starts_with(start) && name.ends_with(end)
        }
        _ => name == pattern,
    }
}

/// Every name stands in one line under the heading, and every line stands for a name.
pub fn agree(page: &str, heading: &str, names: &[String]) {
    let documented = documented(page, heading);
    for name in names {
        let rows = documented
            .iter()
            .filter(|pattern| fits(name, pattern))
            .count();
        assert_eq!(rows, 1, "{name} has {rows} lines under {heading}");
    }
    for pattern in &documented {
        assert!(
            names.iter().any(|name| fits(name, pattern)),
            "{heading} has no {pattern}"
        );
    }
}
