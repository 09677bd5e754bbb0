//! Changes in words: what is changed, where, for how much, and from when on.

use crate::lang::Lang;
use crate::plane::{LonLat, distance_metres};
use crate::report::shown;
use crate::report::words::thousands;
use crate::scenario::{Admitted, Change, KindOfWalk, Place, Scenario, SizeGiven, Which};
use crate::study::Study;
use crate::units::trimmed;

/// What is done.
pub(super) fn kind(change: &Change, lang: Lang) -> &'static str {
    match change {
        Change::AddFacility(_) => lang.pick("新增设施", "new facility"),
        Change::CloseFacility(_) => lang.pick("关闭设施", "facility closed"),
        Change::MoveFacility(_) => lang.pick("迁移设施", "facility moved"),
        Change::ChangeFacility(_) => lang.pick("调整设施", "facility changed"),
        Change::AddWalk(it) => match it.kind {
            KindOfWalk::Street => lang.pick("新建街道", "new street"),
            KindOfWalk::Footway => lang.pick("新建步道", "new footway"),
            KindOfWalk::Footbridge => lang.pick("新建步行桥或地道", "new footbridge or underpass"),
            KindOfWalk::Crossing => lang.pick("新设过街通道", "new crossing"),
            KindOfWalk::Steps => lang.pick("新建台阶", "new steps"),
        },
        Change::CloseWalk(_) => lang.pick("封闭通道", "walk closed"),
        Change::AddGate(_) => lang.pick("新开出入口", "new gate"),
        Change::OpenGate(_) => lang.pick("打开出入口", "gate opened"),
        Change::CloseGate(_) => lang.pick("关闭出入口", "gate closed"),
        Change::AddBlock(_) => lang.pick("新增街坊", "new block"),
        Change::ChangePeople(_) => lang.pick("人口变化", "other number of people"),
    }
}

/// What it is done to: its name and its id, as far as they are given or known.
pub(super) fn subject(change: &Change, base: &Study) -> String {
    let named = |name: Option<&str>, id: Option<&str>| match (name, id) {
        (Some(name), Some(id)) => shown(&format!("{name} [{id}]")),
        (one, other) => shown(one.or(other).unwrap_or_default()),
    };
    let which = |which: &Which| {
        let known = which.id.as_ref().and_then(|id| {
            let found = base.facilities.iter().find(|known| known.id == *id);
            found.and_then(|known| known.name.as_deref())
        });
        named(which.named.as_deref().or(known), which.id.as_deref())
    };
    match change {
        Change::AddFacility(it) => named(it.name.as_deref(), Some(&it.id)),
        Change::CloseFacility(it) => which(&it.which),
        Change::MoveFacility(it) => which(&it.which),
        Change::ChangeFacility(it) => which(&it.which),
        Change::AddWalk(it) => named(it.name.as_deref(), None),
        Change::CloseWalk(it) => it.way.map(|way| format!("way/{way}")).unwrap_or_default(),
        Change::AddGate(_) | Change::OpenGate(_) | Change::CloseGate(_) => String::new(),
        Change::AddBlock(it) => named(it.name.as_deref(), Some(&it.id)),
        Change::ChangePeople(it) => {
            let known = base.blocks.iter().find(|known| known.id == it.block);
            named(
                known.and_then(|block| block.name.as_deref()),
                Some(&it.block),
            )
        }
    }
}

/// What else is to be said of it.
pub(super) fn details(change: &Change, scenario: &Scenario, base: &Study, lang: Lang) -> String {
    let parts = match change {
        Change::AddFacility(it) => [
            vec![categories(base, &it.categories, lang)],
            size(&it.size, lang),
        ]
        .concat(),
        Change::ChangeFacility(it) => {
            let words = it.categories.as_deref();
            let now = words.map(|words| {
                let words = categories(base, words, lang);
                lang.pick(format!("改为：{words}"), format!("from now on: {words}"))
            });
            [now.into_iter().collect(), size(&it.size, lang)].concat()
        }
        Change::AddWalk(it) => {
            let mut parts = vec![length(scenario, &it.line, lang)];
            if it.ramp {
                parts.push(lang.pick("有坡道", "with a ramp").to_owned());
            }
            if it.signals {
                parts.push(lang.pick("信号灯控制", "with signals").to_owned());
            }
            parts
        }
        Change::CloseWalk(it) => {
            let line = it.line.iter();
            line.map(|line| length(scenario, line, lang)).collect()
        }
        Change::AddGate(it) => vec![admitted(it.admits, lang).to_owned()],
        Change::OpenGate(it) => vec![admitted(it.admits, lang).to_owned()],
        Change::AddBlock(it) => it.people.iter().map(|&count| people(count, lang)).collect(),
        Change::ChangePeople(it) => {
            let known = base.blocks.iter().find(|known| known.id == it.block);
            let was = known.and_then(|block| block.people);
            let was = was.map(|was| format!("{} → ", people(was.count(), lang)));
            let is = people(it.people, lang);
            vec![format!("{}{is}", was.unwrap_or_default())]
        }
        Change::CloseFacility(_) | Change::MoveFacility(_) | Change::CloseGate(_) => Vec::new(),
    };
    shown(&parts.join(lang.pick("；", "; ")))
}

/// Where: the first place that is given, in the frame of the file.
pub(super) fn place(change: &Change, scenario: &Scenario) -> String {
    let place = match change {
        Change::AddFacility(it) => it.at.or_else(|| corner(it.area.as_deref())),
        Change::CloseFacility(it) => it.which.near,
        Change::MoveFacility(it) => it.to.or_else(|| corner(it.to_area.as_deref())),
        Change::ChangeFacility(it) => it.which.near,
        Change::AddWalk(it) => corner(Some(&it.line)),
        Change::CloseWalk(it) => corner(it.line.as_deref()),
        Change::AddGate(it) => Some(it.at),
        Change::OpenGate(it) => Some(it.at),
        Change::CloseGate(it) => Some(it.at),
        Change::AddBlock(it) => corner(Some(&it.area)),
        Change::ChangePeople(_) => None,
    };
    let decimals = if scenario.frame.in_metres() { 1 } else { 6 };
    place.map_or(String::new(), |[x, y]| {
        format!("{x:.decimals$}, {y:.decimals$}")
    })
}

fn corner(line: Option<&[Place]>) -> Option<Place> {
    line?.first().copied()
}

/// The year in which it opens, where that is given.
pub(super) fn opens(change: &Change) -> Option<u16> {
    match change {
        Change::AddFacility(it) => it.opens,
        _ => None,
    }
}

/// A cost, in whatever money the file has it.
pub(super) fn cost(cost: f64) -> String {
    if cost > 0.0 && cost < 0.005 {
        return "<0.01".to_owned();
    }
    let hundredths = (cost.abs() * 100.0).round() as u64;
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    let sign = if cost < 0.0 && hundredths > 0 {
        "−"
    } else {
        ""
    };
    let rest = match rest {
        0 => String::new(),
        rest => format!(".{rest:02}"),
    };
    format!("{sign}{}{rest}", thousands(whole))
}

/// A place of a scenario's file on earth.
pub(super) fn on_earth(scenario: &Scenario, place: Place) -> Option<LonLat> {
    let [lon, lat] = scenario.frame.inverse(place)?;
    LonLat::from_degrees(lon, lat)
}

fn categories(base: &Study, words: &[String], lang: Lang) -> String {
    let name = |word: &String| {
        let known = base.catalog.all_named(word);
        let names: Vec<&str> = known
            .iter()
            .map(|&id| {
                let category = base.catalog.category(id);
                lang.pick(&*category.zh, &*category.en)
            })
            .collect();
        names.join(lang.pick("、", ", "))
    };
    let names: Vec<String> = words.iter().map(name).collect();
    names.join(lang.pick("、", ", "))
}

fn size(size: &SizeGiven, lang: Lang) -> Vec<String> {
    let area = |zh, en, metres: Option<f64>| {
        metres.map(|metres| format!("{} {} m²", lang.pick(zh, en), trimmed(metres)))
    };
    let beds = size
        .beds
        .map(|beds| lang.pick(format!("{beds} 床"), format!("{beds} beds")));
    let capacity = size.capacity.map(|places| {
        let places = trimmed(places);
        lang.pick(format!("容量 {places}"), format!("{places} places"))
    });
    let class = size.class.as_ref();
    [
        area("规模", "size", size.size_m2),
        area("建筑面积", "floor", size.floor_m2),
        area("用地面积", "land", size.land_m2),
        beds,
        capacity,
        class.map(|class| format!("{} {class}", lang.pick("等级", "class"))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn length(scenario: &Scenario, line: &[Place], lang: Lang) -> String {
    let places = line.iter().map(|&place| on_earth(scenario, place));
    let places: Vec<LonLat> = places.flatten().collect();
    let metres: f64 = places
        .windows(2)
        .map(|pair| distance_metres(pair[0], pair[1]))
        .sum();
    let metres = thousands(metres.round() as u64);
    lang.pick(format!("长 {metres} 米"), format!("{metres} m long"))
}

fn admitted(admitted: Admitted, lang: Lang) -> &'static str {
    match admitted {
        Admitted::Everybody => lang.pick("对所有人开放", "for everybody"),
        Admitted::Residents => lang.pick("仅限居民", "for residents"),
    }
}

fn people(count: f64, lang: Lang) -> String {
    let count = thousands(count.round() as u64);
    lang.pick(format!("{count} 人"), format!("{count} people"))
}
