//! The built-in catalog against sites as they are tagged.
#![allow(clippy::unwrap_used)]

use super::Catalog;
use crate::osm::Tags;

/// Checks that sites, written as `key=value, key=value`, have just these
/// categories.
pub(super) fn check(expected_sites: &[(&str, &[&str])]) {
    let catalog = Catalog::builtin().unwrap();
    for (expected, sites) in expected_sites {
        for site in *sites {
            let tags = site.split(", ").filter_map(|tag| tag.split_once('='));
            let found: Vec<&str> = catalog
                .classify(&Tags::new(tags))
                .into_iter()
                .map(|id| catalog.category(id).key.as_str())
                .collect();
            assert_eq!(found.join(" "), *expected, "{site}");
        }
    }
}

#[test]
fn health_and_elderly_are_named_in_other_languages() {
    check(&[
        (
            "health_centre",
            &[
                "amenity=hospital, healthcare=hospital, name=Centro de Salud de San José",
                "amenity=hospital, name:en=Health Centre",
                "building=hospital, name=Centro de Salud La Isleta",
            ],
        ),
        (
            "health_station",
            &["amenity=hospital, name=Consultorio Local de Tafira"],
        ),
        (
            "outpatient",
            &[
                "amenity=hospital, name=Qormi Polyclinic",
                "amenity=clinic, name=Policlínico León y Castillo",
            ],
        ),
        (
            "hospital",
            &[
                "amenity=hospital, name=Policlinico di Milano",
                "amenity=hospital, name=Hospital Insular",
            ],
        ),
        (
            "clinic",
            &[
                "amenity=health_post",
                "amenity=clinic, name=Centro de Salud Mental",
            ],
        ),
        (
            "nursing_home",
            &[
                "building=yes, name=Residencia de Ancianos",
                "amenity=social_facility, social_facility=group_home, name=Casa di Riposo",
            ],
        ),
        (
            "elderly_day_care",
            &[
                "amenity=social_facility, social_facility=group_home, social_facility:for=senior, \
                 name=Centro de Día para Mayores La Finca",
                "building=yes, name=Centro de día para mayores La Isleta",
            ],
        ),
        (
            "elderly",
            &[
                "amenity=social_facility, social_facility:for=senior",
                "amenity=social_facility, social_facility=outreach, social_facility:for=senior",
            ],
        ),
        (
            "",
            &[
                "amenity=clinic, name=ICEO Clínica Dental",
                "amenity=clinic, name=Laboratorio Análisis Clínicos",
            ],
        ),
    ]);
}

#[test]
fn health_and_elderly_have_their_kind_by_name() {
    check(&[
        (
            "health_centre",
            &[
                "amenity=clinic, name=湖滨社区卫生服务中心",
                "amenity=hospital, name=湖滨社区卫生服务中心",
                "building=yes, name=湖滨社区卫生服务中心",
            ],
        ),
        ("health_station", &["amenity=doctors, name=南苑卫生服务站"]),
        ("outpatient", &["amenity=clinic, name=仁和门诊部"]),
        (
            "clinic",
            &[
                "amenity=clinic",
                "healthcare=doctor;centre, amenity=doctors",
                "healthcare=doctor",
            ],
        ),
        ("hospital", &["amenity=hospital", "healthcare=hospital"]),
        ("pharmacy", &["amenity=pharmacy", "healthcare=pharmacy"]),
        (
            "nursing_home",
            &[
                "amenity=social_facility, social_facility=nursing_home, social_facility:for=senior",
                "amenity=social_facility, social_facility=group_home, social_facility:for=disabled;senior",
                "amenity=social_facility, social_facility=assisted_living, name=Residencia de Mayores",
                "amenity=nursing_home",
                "building=yes, name=湖滨养老院",
            ],
        ),
        (
            "elderly_day_care",
            &[
                "amenity=social_facility, social_facility=day_care, social_facility:for=senior",
                "amenity=social_facility, name=社区日间照料中心",
            ],
        ),
        (
            "elderly_nursing",
            &["amenity=social_facility, name=湖滨老年养护院"],
        ),
        (
            "elderly",
            &[
                "amenity=social_facility, name=养老服务驿站",
                "amenity=social_centre, name=长者之家",
            ],
        ),
        (
            "",
            &[
                "amenity=social_facility, social_facility=group_home, social_facility:for=homeless",
                "amenity=social_facility, social_facility=nursing_home",
                "amenity=dentist",
                "amenity=veterinary, healthcare=clinic",
                "amenity=clinic, name=爱牙口腔诊所",
                "highway=bus_station, name=养老院",
                "highway=residential, name=敬老院路",
            ],
        ),
    ]);
}

#[test]
fn the_other_sites_follow_their_tags() {
    check(&[
        (
            "market",
            &["amenity=marketplace", "building=retail, name=南门菜市场"],
        ),
        ("market supermarket", &["shop=supermarket, name=生鲜超市"]),
        (
            "convenience",
            &[
                "shop=grocery",
                "shop=convenience",
                "landuse=retail, name=澜院便利店",
            ],
        ),
        ("supermarket", &["building=retail, name=物美超市"]),
        ("mall", &["shop=department_store"]),
        (
            "supermarket library",
            &["shop=supermarket, amenity=library"],
        ),
        (
            "community_canteen",
            &[
                "amenity=restaurant, name=湖滨社区食堂",
                "amenity=social_facility, name=长者食堂",
            ],
        ),
        (
            "cultural_centre",
            &["amenity=theatre", "building=yes, name=区文化馆"],
        ),
        (
            "cultural_station",
            &["amenity=community_centre, name=社区文化站"],
        ),
        (
            "elderly",
            &["amenity=community_centre, community_centre:for=senior"],
        ),
        (
            "service_centre",
            &[
                "amenity=townhall",
                "office=government, name=湖滨街道办事处",
                "amenity=community_centre, name=Victoria Local Council",
                "building=yes, name=Junta de Distrito Centro",
            ],
        ),
        (
            "community_service_station",
            &[
                "amenity=townhall, name=南苑居委会",
                "amenity=community_centre, name=党群服务中心",
            ],
        ),
    ]);
}

#[test]
fn open_space_and_transport_follow_their_tags() {
    check(&[
        (
            "sport",
            &[
                "leisure=pitch, sport=tennis",
                "leisure=stadium",
                "leisure=sports_hall",
                "leisure=fitness_centre, access=customers",
            ],
        ),
        ("football_pitch", &["leisure=pitch, sport=athletics;soccer"]),
        ("fitness_site", &["leisure=fitness_station"]),
        (
            "park",
            &[
                "leisure=park",
                "leisure=garden, access=yes",
                "landuse=village_green",
            ],
        ),
        ("square", &["place=square, highway=pedestrian"]),
        ("forest", &["natural=wood"]),
        (
            "bus_stop",
            &["highway=bus_stop", "public_transport=platform, bus=yes"],
        ),
        (
            "rail_station",
            &[
                "railway=subway_entrance",
                "railway=tram_stop",
                "railway=halt",
            ],
        ),
        (
            "",
            &[
                "leisure=park, access=private",
                "leisure=park, access=customers",
                "leisure=garden, garden:type=residential",
                "leisure=golf_course",
                "leisure=pitch, access=private",
                "amenity=restaurant, building=yes, name=超市餐厅",
                "shop=vacant, name=菜市场",
                "sport=soccer",
                "public_transport=platform",
                "highway=residential, name=菜市场路",
                "",
            ],
        ),
    ]);
}

#[test]
fn what_is_no_more_or_not_yet_is_nothing() {
    check(&[
        (
            "",
            &[
                "disused:amenity=school",
                "amenity=school, disused=yes",
                "leisure=park, proposed=yes",
                "building=yes, abandoned:amenity=hospital, name=养老院",
            ],
        ),
        ("supermarket", &["shop=supermarket, was:amenity=bank"]),
    ]);
}
