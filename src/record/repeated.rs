//! What has changed since a run that is repeated.

use std::path::Path;

use super::{Record, RecordedInput};
use crate::lang::Lang;
use crate::report::{Written, narrow_table, shown, thousands};
use crate::study::Study;

/// How an input stands to the one that was read in its place before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputChange {
    /// The same bytes.
    Same,
    /// Other bytes.
    Changed,
    /// There was none before.
    New,
    /// There is none now.
    Gone,
}

impl InputChange {
    /// In words.
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::Same => lang.pick("未变", "unchanged"),
            Self::Changed => lang.pick("已变", "changed"),
            Self::New => lang.pick("新增", "new"),
            Self::Gone => lang.pick("已无", "gone"),
        }
    }
}

/// The inputs of two runs side by side, role by role; the parts of a Shapefile by their
/// endings.
pub fn input_changes<'a>(
    before: &'a [RecordedInput],
    now: &'a [RecordedInput],
) -> Vec<(
    InputChange,
    Option<&'a RecordedInput>,
    Option<&'a RecordedInput>,
)> {
    let mut left: Vec<&RecordedInput> = now.iter().collect();
    let mut changes: Vec<_> = before
        .iter()
        .map(|before| {
            let same_bytes =
                |now: &&RecordedInput| now.role == before.role && now.sha256 == before.sha256;
            let same_place = |now: &&RecordedInput| {
                now.role == before.role && ending(&now.name) == ending(&before.name)
            };
            // A table may have become one of another format.
            let same_role = |now: &&RecordedInput| now.role == before.role;
            let at = left
                .iter()
                .position(same_bytes)
                .or_else(|| left.iter().position(same_place))
                .or_else(|| left.iter().position(same_role));
            match at.map(|at| left.remove(at)) {
                Some(now) if now.sha256 == before.sha256 => {
                    (InputChange::Same, Some(before), Some(now))
                }
                Some(now) => (InputChange::Changed, Some(before), Some(now)),
                None => (InputChange::Gone, Some(before), None),
            }
        })
        .collect();
    changes.extend(
        left.into_iter()
            .map(|now| (InputChange::New, None, Some(now))),
    );
    changes
}

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// The inputs of two runs side by side.
pub fn inputs_table(
    (before, now): (&[RecordedInput], &[RecordedInput]),
    [then, later]: [&str; 2],
    lang: Lang,
) -> String {
    let bytes_of = |run: &str| lang.pick(format!("{run}字节"), format!("bytes {run}"));
    let mut inputs = narrow_table(vec![
        lang.pick("输入", "input").to_owned(),
        lang.pick("文件", "file").to_owned(),
        bytes_of(then),
        bytes_of(later),
        String::new(),
    ]);
    for (change, before, now) in input_changes(before, now) {
        let Some(either) = now.or(before) else {
            continue;
        };
        let bytes = |input: Option<&RecordedInput>| {
            input.map_or("–".to_owned(), |input| thousands(input.bytes))
        };
        inputs.add_row(vec![
            role(&either.role, lang),
            shown(&either.name),
            bytes(before),
            bytes(now),
            change.text(lang).to_owned(),
        ]);
    }
    inputs.trim_fmt()
}

/// What a file is read as, in words.
const ROLES: [(&str, &str); 12] = [
    ("extract", "OSM 数据"),
    ("standard", "标准"),
    ("blocks", "街坊"),
    ("facilities", "设施"),
    ("zones", "分区"),
    ("gates", "大门"),
    ("population", "人口栅格"),
    ("boundary", "研究范围"),
    ("columns", "列名对照"),
    ("parcels", "地块"),
    ("people", "总人口"),
    ("changes", "方案"),
];

/// What a file is read as, in words.
pub fn role(key: &str, lang: Lang) -> String {
    let known = ROLES.iter().find(|(known, _)| *known == key);
    known.map_or_else(|| shown(key), |(en, zh)| lang.pick(*zh, *en).to_owned())
}

/// What has changed since the run of a record that was repeated: its inputs, the program,
/// and which of the files that were written have other bytes.
pub fn repeated(record: &Record, study: &Study, written: Option<&[Written]>, lang: Lang) -> String {
    let now: Vec<RecordedInput> = study.inputs.iter().map(RecordedInput::from).collect();
    let path = shown(&record.path.display().to_string());
    let mut text = lang.pick(format!("重做 {path}：\n"), format!("{path} repeated:\n"));
    let runs = lang.pick(["当时", "现在"], ["then", "now"]);
    text.push_str(&inputs_table((&record.inputs, &now), runs, lang));
    text.push('\n');
    let version = env!("CARGO_PKG_VERSION");
    let then = shown(&record.program.version);
    if then != version {
        text.push_str(&lang.pick(
            format!("程序版本：当时 {then}，现在 {version}\n"),
            format!("version of the program: {then} then, {version} now\n"),
        ));
    }
    if let Some(written) = written {
        text.push_str(&outputs_line(record, written, lang));
    }
    text
}

/// The files of the run that wrote to `folder` before, as its record there has them, that
/// a later run did not write again and that are still there; `None` where there are none.
pub fn left_over(
    before: &Record,
    folder: &Path,
    written: &[Written],
    lang: Lang,
) -> Option<String> {
    let again = |name: &str| written.iter().any(|now| now.name == name);
    let names = before.outputs.iter().map(|then| &*then.name);
    let mut left = names
        .filter(|name| !name.contains(['/', '\\']) && !again(name))
        .filter(|name| folder.join(name).is_file());
    let example = shown(left.next()?);
    let count = 1 + left.count();
    Some(lang.pick(
        format!(
            "注意：此文件夹中上次运行的文件本次未重写，其数字仍是上次的：{count}（例：{example}）"
        ),
        format!(
            "note: {count} × file of the earlier run in this folder was not written again: its \
             figures are those of then (e.g. {example})"
        ),
    ))
}

fn outputs_line(record: &Record, written: &[Written], lang: Lang) -> String {
    let differ = |now: &&Written| !record.outputs.contains(now);
    let others: Vec<&str> = written
        .iter()
        .filter(differ)
        .map(|now| &*now.name)
        .collect();
    let all = written.len();
    if others.is_empty() {
        return lang.pick(
            format!("输出：{all} 个文件与当时逐字节相同\n"),
            format!("outputs: all {all} files have the same bytes as then\n"),
        );
    }
    let (names, count) = (others.join(lang.pick("、", ", ")), others.len());
    lang.pick(
        format!("输出：{all} 个文件中 {count} 个与当时不同：{names}\n"),
        format!("outputs: {count} of {all} files differ from those of then: {names}\n"),
    )
}
