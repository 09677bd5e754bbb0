//! Facilities: a table of the city's own, and what the map shows.

use std::fmt::Write as _;

use super::City;
use super::plan::{COLUMNS, ROWS, Rect};
use crate::synth::layout::{DEFAULT_ORIGIN, placed};
use crate::synth::sketch::{Joins, Pairs, pairs};

/// The city's own table: name, categories, metres east and north, size in
/// square metres, capacity; 0 where not known.
const TABLE: &str = "
明湖实验学校|primary_school;middle_school|-1982|1000|21000|2400
翠湖幼儿园|kindergarten|-2225|868|3600|270
柳林幼儿园|kindergarten|-425|868|3300|240
滨河幼儿园|kindergarten|-1325|1282|3200|240
望湖幼儿园|kindergarten|-425|-68|3400|270
湖南幼儿园|kindergarten|-1775|-518|3150|240
南湖幼儿园|kindergarten|-1325|-968|2800|180
运河幼儿园|kindergarten|-20|382|3200|210
鼓楼幼儿园|kindergarten|560|300|2600|180
府学幼儿园|kindergarten|1200|-420|2700|180
河北幼儿园|kindergarten|880|1282|3200|240
南关幼儿园|kindergarten|890|-968|3000|210
东湾幼儿园|kindergarten|2218|620|3900|300
望湖第二幼儿园|kindergarten|1985|-518|3300|240
湖西小学|primary_school|-2018|300|12000|1200
柳林小学|primary_school|-668|1100|11000|1080
湖南小学|primary_school|-1340|-482|11500|1200
柳园小学|primary_school|-182|-700|9800|900
古城小学|primary_school|700|150|6400|720
南关小学|primary_school|1100|-700|7000|810
新城小学|primary_school|2182|100|13000|1350
东湾小学|primary_school|2415|832|12500|1260
明湖中学|middle_school|-1082|-700|24000|1800
古城中学|middle_school|440|620|16000|1500
新桥中学|middle_school|1975|-932|26000|2100
湖滨街道社区卫生服务中心|health_centre|-668|200|2600|0
古城街道社区卫生服务中心|health_centre|820|-22|1900|0
东湾街道社区卫生服务中心|health_centre|2218|-200|2800|0
湖南社区卫生服务站|health_station|-1982|-700|180|0
湖北社区卫生服务站|health_station|-1325|868|150|0
运河东社区卫生服务站|health_station|380|-725|140|0
鼓楼社区卫生服务站|health_station|1250|600|160|0
新桥社区卫生服务站|health_station|2415|-968|200|0
量尺路卫生室|health_station|-1450|-1920|120|0
湖西日间照料中心|elderly_day_care|-2225|382|420|40
柳园日间照料中心|elderly_day_care|-425|-482|360|35
柳林日间照料中心|elderly_day_care|-20|868|380|35
鼓楼日间照料中心|elderly_day_care|620|500|350|30
府学日间照料中心|elderly_day_care|1150|-150|340|30
望湖日间照料中心|elderly_day_care|2415|-32|450|45
夕阳红养老院|nursing_home|-1325|-1382|6200|220
东湾颐养院|nursing_home|2415|1282|7400|260
南湖农贸市场|market|-875|-968|2200|0
运河农贸市场|market|-425|418|1800|0
湖西农贸市场|market|-1775|868|1500|0
南关菜市场|market|650|-480|900|0
鼓楼菜市场|market|1000|420|850|0
东湾农贸市场|market|1985|382|2600|0
柳林邻里中心|community_service_station;elderly_day_care;community_canteen;nursery|-875|832|1200|60
南关邻里中心|community_service_station;community_canteen|640|-70|800|80
望湖邻里中心|community_service_station;community_canteen;cultural_station|2415|-518|1100|120
明湖社区服务站|community_service_station|-1775|-68|650|0
湖滨街道便民服务中心|service_centre|-632|620|900|0
古城街道便民服务中心|service_centre|900|-420|760|0
东湾街道便民服务中心|service_centre|2182|300|1000|0
湖畔文化活动中心|cultural_centre|-632|-250|4200|0
鼓楼文化站|cultural_station|720|220|320|0
湖西健身场|fitness_site|-2432|100|800|0
南关健身点|fitness_site|980|-560|200|0
东湾足球场|football_pitch;sports_large|1790|-700|8000|0
";

/// The rows of the table: name, categories, place, size, capacity.
fn rows() -> impl Iterator<Item = [&'static str; 6]> {
    TABLE.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').collect();
        cells.try_into().ok()
    })
}

fn metres(cell: &str) -> f64 {
    cell.parse().unwrap_or(f64::NAN)
}

/// The table of facilities, CSV.
pub(super) fn table() -> String {
    let mut csv = "id,name,category,lon,lat,size_m2,capacity\n".to_owned();
    let known = |cell: &'static str| if cell == "0" { "" } else { cell };
    for (number, [name, categories, east, north, size, capacity]) in (1..).zip(rows()) {
        let place = placed(DEFAULT_ORIGIN, [metres(east), metres(north)]);
        let (size, capacity) = (known(size), known(capacity));
        let _ = writeln!(
            csv,
            "F{number:02},{name},{categories},{place},{size},{capacity}"
        );
    }
    csv
}

type Spot = (&'static str, f64, f64);

const PHARMACIES: [Spot; 10] = [
    ("明湖大药房", -2225.0, 832.0),
    ("百姓药房", -632.0, 330.0),
    ("南湖药店", -860.0, -968.0),
    ("建设路药店", -1700.0, -482.0),
    ("古城堂药店", 560.0, -36.0),
    ("府学药房", 1080.0, 180.0),
    ("东环大药房", 1448.0, -600.0),
    ("新城药房", 2182.0, 500.0),
    ("新桥药店", 2182.0, -800.0),
    ("量尺路药店", -1850.0, -1920.0),
];

const SUPERMARKETS: [Spot; 6] = [
    ("柳林超市", -632.0, 980.0),
    ("湖西超市", -2018.0, -250.0),
    ("建设路超市", -425.0, -518.0),
    ("古城超市", 900.0, -66.0),
    ("东湾超市", 2218.0, 330.0),
    ("新桥超市", 2218.0, -1100.0),
];

const CONVENIENCE: [Spot; 16] = [
    ("便民店一店", -2432.0, 900.0),
    ("便民店二店", -1775.0, 1282.0),
    ("便民店三店", -1082.0, 1150.0),
    ("便民店四店", -182.0, 640.0),
    ("便民店五店", -2225.0, -932.0),
    ("便民店六店", -1568.0, -1180.0),
    ("便民店七店", -875.0, -482.0),
    ("便民店八店", -405.0, -1425.0),
    ("鼓楼烟酒店", 760.0, 620.0),
    ("米市街小卖部", 500.0, 60.0),
    ("南关小卖部", 760.0, -820.0),
    ("东关小卖部", 1300.0, 120.0),
    ("河北便利店", 722.0, 1120.0),
    ("铁北便利店", 722.0, -1250.0),
    ("望湖便利店", 1985.0, -68.0),
    ("河北村小卖部", 660.0, 1560.0),
];

pub(super) fn draw(city: &mut City) {
    let kinds: [(&[Spot], &str, &str); 3] = [
        (&PHARMACIES, "amenity", "pharmacy"),
        (&SUPERMARKETS, "shop", "supermarket"),
        (&CONVENIENCE, "shop", "convenience"),
    ];
    for (spots, key, value) in kinds {
        for &(name, east, north) in spots {
            city.sketch
                .point([east, north], &[(key, value), ("name", name)]);
        }
    }
    bus_stops(city);
    campuses(city);
    outskirts(city);
}

/// One stop a superblock along the wide streets.
fn bus_stops(city: &mut City) {
    for (row, side) in [(ROWS[2], -9.0), (ROWS[4], 9.0), (ROWS[6], 9.0)] {
        for (west, east) in COLUMNS {
            let middle = f64::midpoint(west, east) + 30.0;
            let on_lake = row == ROWS[2] && (-1860.0..-800.0).contains(&middle);
            if !on_lake {
                let stop = [("highway", "bus_stop"), ("public_transport", "platform")];
                city.sketch.point([middle, row + side], &stop);
            }
        }
    }
}

/// Closed ways of facilities; the table knows the school too.
fn campuses(city: &mut City) {
    let mut area = |ground: Rect, tags: &[(&str, &str)]| {
        let tags: Vec<Pairs> = vec![pairs(tags)];
        city.sketch
            .line(&ground.ring(), Joins::Border(Vec::new()), tags);
    };
    area(
        Rect::new(-1520.0, 1325.0, -1400.0, 1395.0),
        &[
            ("amenity", "hospital"),
            ("name", "湖畔市人民医院"),
            ("name:en", "Lakeside Hospital"),
        ],
    );
    area(
        Rect::new(-2112.0, -790.0, -2062.0, -752.0),
        &[("leisure", "pitch"), ("sport", "basketball")],
    );
    area(
        Rect::new(1100.0, -1850.0, 1165.0, -1790.0),
        &[
            ("leisure", "pitch"),
            ("sport", "soccer"),
            ("name", "工人球场"),
        ],
    );
    area(
        Rect::new(-300.0, 1322.0, -230.0, 1380.0),
        &[("amenity", "school"), ("name", "湖畔职业高中")],
    );
}

/// Blocks at the edge of the city: two beside the works, one on streets of its
/// own, one far from any street, and the points on the measured mile.
fn outskirts(city: &mut City) {
    city.block(
        "铁南一宿舍",
        Rect::new(430.0, -1730.0, 690.0, -1650.0).ring(),
    );
    city.block(
        "铁南二宿舍",
        Rect::new(1090.0, -1730.0, 1380.0, -1650.0).ring(),
    );
    city.block("外庄", Rect::new(2290.0, -1840.0, 2390.0, -1770.0).ring());
    city.block("林场宿舍", Rect::new(2250.0, 1820.0, 2330.0, 1890.0).ring());
    for (name, east) in [
        ("量尺路甲", -2250.0),
        ("量尺路乙", -2050.0),
        ("量尺路丙", -1250.0),
    ] {
        city.block(name, vec![[east, -1870.0]]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_read() {
        assert_eq!(rows().count(), TABLE.trim().lines().count());
        assert!(
            rows().all(
                |[_, _, east, north, ..]| metres(east).is_finite() && metres(north).is_finite()
            )
        );
    }
}
