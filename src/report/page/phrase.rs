//! Words of the page, in both languages at once: a switch shows one of them.

use maud::{Markup, Render, html};

use crate::lang::Lang;
use crate::places::Group;
use crate::report::shown;
use crate::report::words::{denominator_name, thousands};
use crate::standard::Denominator;
use crate::units::{Limit, trimmed};

/// A text in both languages.
pub(in crate::report) fn both(zh: impl Render, en: impl Render) -> Markup {
    html! { span lang="zh-CN" { (zh) } span lang="en" { (en) } }
}

/// A text that is made for a language.
pub(in crate::report) fn said<T: Render>(text: impl Fn(Lang) -> T) -> Markup {
    both(text(Lang::Zh), text(Lang::En))
}

/// A limit as people say it.
pub(crate) fn limit(limit: Limit, lang: Lang) -> String {
    match limit {
        Limit::Time(time) => {
            let minutes = trimmed(time.minutes());
            lang.pick(format!("{minutes} 分钟"), format!("{minutes} min"))
        }
        Limit::Length(length) => {
            let metres = thousands(length.metres().round() as u64);
            lang.pick(format!("{metres} 米"), format!("{metres} m"))
        }
    }
}

/// A level of zones: what one zone is called, and what several are.
pub(crate) fn level(key: &str, many: bool, lang: Lang) -> String {
    let (zh, one, more) = match key {
        "subdistrict" => ("街道", "subdistrict", "subdistricts"),
        "community" => ("社区", "community", "communities"),
        "district" => ("区县", "district", "districts"),
        "circle" => ("生活圈", "living circle", "living circles"),
        "circle_15min" => ("15 分钟生活圈", "15-minute circle", "15-minute circles"),
        "circle_10min" => ("10 分钟生活圈", "10-minute circle", "10-minute circles"),
        "circle_5_10min" => (
            "5–10 分钟生活圈",
            "5–10-minute circle",
            "5–10-minute circles",
        ),
        "circle_5min" => ("5 分钟生活圈", "5-minute circle", "5-minute circles"),
        "zone" => ("分区", "zone", "zones"),
        _ => {
            let known = key.strip_prefix("admin_");
            let zh = known.map(|level| format!("行政区（{level} 级）"));
            let en = known.map(|level| {
                format!(
                    "administrative area{} of level {level}",
                    if many { "s" } else { "" }
                )
            });
            return lang.pick(zh, en).unwrap_or_else(|| shown(key));
        }
    };
    lang.pick(zh, if many { more } else { one }).to_owned()
}

/// Those whom a share counts.
pub(crate) fn whom(of: Denominator, lang: Lang) -> &'static str {
    match of {
        Denominator::Land => lang.pick("居住用地", "residential land"),
        Denominator::People => lang.pick("居民", "residents"),
        Denominator::Group(Group::Elderly) => lang.pick("老年人", "elderly residents"),
        Denominator::Group(_) => denominator_name(of, lang),
    }
}

/// A share of 1 as a whole percentage; never 0 or 100 where something is, or is missing.
pub(crate) fn percent(share: f64) -> String {
    let rounded = (share * 100.0).round();
    if rounded >= 100.0 && share < 1.0 {
        ">99%".to_owned()
    } else if rounded <= 0.0 && share > 0.0 {
        "<1%".to_owned()
    } else {
        format!("{rounded}%")
    }
}

/// An amount of land or people, with its unit.
pub(crate) fn amount(of: Denominator, amount: f64, lang: Lang) -> String {
    if of == Denominator::Land {
        // Below ten hectares a whole number says too little.
        let hectares = match amount / 10_000.0 {
            small if small < 10.0 => trimmed(small),
            large => thousands(large.round() as u64),
        };
        lang.pick(format!("{hectares} 公顷"), format!("{hectares} ha"))
    } else {
        let people = thousands(amount.round() as u64);
        lang.pick(format!("{people} 人"), format!("{people} people"))
    }
}

/// A figure that a program can read as it stands in the tables.
pub(in crate::report) fn figure(value: &str, shown: impl Render) -> Markup {
    html! { data value=(value) { (shown) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Length, WalkTime};

    #[test]
    fn shares_are_not_rounded_to_all_or_nothing() {
        for (share, text) in [
            (0.0, "0%"),
            (0.001, "<1%"),
            (0.678, "68%"),
            (0.997, ">99%"),
            (1.0, "100%"),
        ] {
            assert_eq!(percent(share), text);
        }
    }

    #[test]
    fn limits_and_levels_are_said_in_both_languages() {
        let minutes = Limit::Time(WalkTime::from_tenths(9_000));
        let metres = Limit::Length(Length::from_decimetres(10_000));
        assert_eq!(limit(minutes, Lang::Zh), "15 分钟");
        assert_eq!(limit(metres, Lang::En), "1,000 m");
        assert_eq!(level("community", true, Lang::En), "communities");
        assert_eq!(level("admin_8", false, Lang::Zh), "行政区（8 级）");
        assert_eq!(level("<b>", true, Lang::En), "<b>");
        assert_eq!(
            both("<", "&").0,
            "<span lang=\"zh-CN\">&lt;</span><span lang=\"en\">&amp;</span>"
        );
    }
}
