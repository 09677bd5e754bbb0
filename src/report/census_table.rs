//! What a walk network is made of, for the terminal.

use super::terminal::narrow_table;
use crate::lang::Lang;
use crate::network::Census;
use crate::profile::WalkKind;

/// How many parts of the network are shown.
const SHOWN_PARTS: usize = 5;

/// A line: name, count and, of walks, their length in millimetres.
type Line = (String, u64, Option<u64>);

/// What a walk network is made of.
pub fn census_table(census: &Census, lang: Lang) -> String {
    let mut table = narrow_table(vec![
        lang.pick("步行网络", "walk network").to_owned(),
        lang.pick("数量", "count").to_owned(),
        lang.pick("公里", "km").to_owned(),
    ]);
    let lines = [
        ways(census, lang),
        walks(census, lang),
        nodes(census, lang),
        parts(census, lang),
    ];
    for (name, count, millimetres) in lines.into_iter().flatten() {
        let kilometres = millimetres.map(|length| format!("{:.1}", length as f64 / 1e6));
        table.add_row(vec![
            name,
            count.to_string(),
            kilometres.unwrap_or_default(),
        ]);
    }
    table.trim_fmt()
}

fn line(name: &str, count: u64) -> Line {
    (name.to_owned(), count, None)
}

fn ways(census: &Census, lang: Lang) -> Vec<Line> {
    let mut lines = vec![line(
        lang.pick("可步行道路（OSM way）", "ways walked"),
        census.ways,
    )];
    for (&reason, &count) in &census.refused {
        let refused = lang.pick("未采用：", "refused: ");
        lines.push(line(&format!("  {refused}{}", reason.text(lang)), count));
    }
    let open = lang.pick(
        "限时开放（按白天开放计）",
        "open at certain times, taken as open",
    );
    lines.push(line(open, census.conditional));
    let apart = lang.pick("人行道另绘的道路", "roads with sidewalks mapped apart");
    lines.push(line(apart, census.sidewalks_apart));
    let areas = lang.pick("步行广场", "pedestrian areas");
    lines.push(line(areas, census.areas));
    let crossed = lang.pick("  可直线穿行", "  walked across");
    lines.push(line(crossed, census.areas_crossed));
    let straight = lang.pick("  直线路段", "  straight walks across them");
    lines.push((
        straight.to_owned(),
        census.straight_walks,
        Some(census.straight_millimetres),
    ));
    let missing = lang.pick(
        "可步行道路缺失的节点引用",
        "references of walked ways to missing nodes",
    );
    lines.push(line(missing, census.missing_nodes));
    lines
}

fn walks(census: &Census, lang: Lang) -> Vec<Line> {
    let length = census.millimetres.values().sum();
    let mut lines = vec![
        line(lang.pick("路口", "junctions"), census.junctions),
        (
            lang.pick("路段", "walks").to_owned(),
            census.walks,
            Some(length),
        ),
    ];
    for kind in WalkKind::ALL {
        if let Some(&count) = census.walks_by_kind.get(&kind) {
            let length = census.millimetres.get(&kind).copied();
            lines.push((format!("  {}", kind_name(kind, lang)), count, length));
        }
    }
    if census.private_ways > 0 {
        let ways = lang.pick("内部道路（仅居民）", "ways of private grounds");
        lines.push(line(ways, census.private_ways));
        let walks = lang.pick("  路段", "  walks");
        let length = Some(census.private_millimetres);
        lines.push((walks.to_owned(), census.private_walks, length));
        let contacts = lang.pick("  与公共道路的连接处", "  contacts with the public network");
        lines.push(line(contacts, census.contacts));
    }
    lines.push(line(lang.pick("单向路段", "one-way walks"), census.one_way));
    lines.push(line(lang.pick("断头路端点", "dead ends"), census.dead_ends));
    lines
}

fn nodes(census: &Census, lang: Lang) -> Vec<Line> {
    let obstacles = lang.pick(
        "障碍线段（水、铁路、墙等）",
        "pieces of obstacles (water, railways, walls)",
    );
    vec![
        line(lang.pick("人行横道", "crossings"), census.crossings),
        line(
            lang.pick("信号灯人行横道", "crossings with signals"),
            census.signals,
        ),
        line(lang.pick("大门", "gates"), census.gates),
        line(
            lang.pick("阻断点（关闭的门、墙等）", "nodes that nobody passes"),
            census.stops,
        ),
        line(
            lang.pick("建筑出入口", "building entrances"),
            census.entrances,
        ),
        line(obstacles, census.obstacles),
    ]
}

fn parts(census: &Census, lang: Lang) -> Vec<Line> {
    let count = census.components.len() as u64;
    let mut lines = vec![line(lang.pick("连通分量", "components"), count)];
    for (number, part) in (1..).zip(census.components.iter().take(SHOWN_PARTS)) {
        let name = lang.pick(
            format!("  第 {number} 大（路口数）"),
            format!("  number {number} (junctions)"),
        );
        lines.push((name, part.junctions, Some(part.millimetres)));
    }
    lines
}

fn kind_name(kind: WalkKind, lang: Lang) -> &'static str {
    match kind {
        WalkKind::Street => lang.pick("街道", "streets"),
        WalkKind::Footway => lang.pick("人行道、步行街", "footways"),
        WalkKind::Path => lang.pick("小径", "paths and tracks"),
        WalkKind::Cycleway => lang.pick("自行车道", "cycleways"),
        WalkKind::Steps => lang.pick("台阶", "steps"),
        WalkKind::Elevator => lang.pick("电梯", "elevators"),
    }
}
