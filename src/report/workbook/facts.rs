//! The sheet of the calibre (口径): what every figure rests on, and what the sheets leave
//! out.

use super::Sheet;
use super::leaf::Shortened;
use crate::lang::Lang;
use crate::report::cell::{Cell, Table};
use crate::report::map::ATTRIBUTION;
use crate::report::page::phrase;
use crate::report::words::denominators;
use crate::report::{calibre, shown};
use crate::study::Study;

/// The sheet; `more` of it, as part, what and value, stands before what is left out.
pub(super) fn sheet(
    study: &Study,
    more: &[[String; 3]],
    shortened: &Shortened,
    lang: Lang,
) -> Sheet {
    let mut rows = Vec::new();
    let mut tell = |about: &str, what: &str, value: String| {
        rows.push([about, what, &value].map(Cell::text).into());
    };
    let about = lang.pick("口径", "calibre");
    for fact in calibre::facts(study, lang) {
        for line in fact.lines {
            let source = line.source.map(|source| format!(" · {source}"));
            tell(
                about,
                fact.name,
                format!("{}{}", line.text, source.unwrap_or_default()),
            );
        }
    }
    let whole = &study.whole;
    for of in denominators(study) {
        let all = phrase::amount(of, whole.amount(of), lang);
        let total = lang.pick("总量", "Total");
        tell(about, total, format!("{} {all}", phrase::whom(of, lang)));
    }
    tell(about, lang.pick("数据来源", "Data"), ATTRIBUTION.to_owned());
    let about = lang.pick("输入文件", "input file");
    for input in study.inputs_of_city() {
        let frame = input.frame.map(|frame| format!("@{frame}"));
        let value = format!(
            "{}{} · {} {} · SHA-256 {}",
            shown(&input.name),
            frame.unwrap_or_default(),
            input.bytes,
            lang.pick("字节", "bytes"),
            input.sha256
        );
        tell(about, calibre::role(input.role, lang), value);
    }
    let about = lang.pick("提示", "notice");
    for (notice, seen) in study.notices.iter() {
        let value = lang.pick(
            format!(
                "{}：{}（例：{}）",
                seen.count,
                notice.text(lang),
                seen.example
            ),
            format!(
                "{} × {} (e.g. {})",
                seen.count,
                notice.text(lang),
                seen.example
            ),
        );
        tell(about, "", shown(&value));
    }
    for [about, what, value] in more {
        tell(about, what, value.clone());
    }
    let about = lang.pick("本工作簿", "this workbook");
    for (sheet, value) in shortened.told(lang) {
        tell(about, &sheet, value);
    }
    Sheet {
        name: lang.pick("口径", "calibre").to_owned(),
        all: rows.len(),
        table: Table {
            columns: ["about", "what", "value"].map(str::to_owned).into(),
            rows,
        },
        frozen: 2,
    }
}
