//! Kindergartens and schools, as they are tagged and named.

use super::classify_tests::check;

#[test]
fn schools_have_their_level_by_tag_else_by_name() {
    check(&[
        (
            "kindergarten",
            &["amenity=kindergarten", "amenity=school, name=湖滨幼儿园"],
        ),
        (
            "kindergarten nursery",
            &["amenity=kindergarten, name=阳光托儿所"],
        ),
        (
            "nursery",
            &["amenity=childcare", "building=yes, name=社区托育园"],
        ),
        (
            "primary_school",
            &[
                "amenity=school, isced:level=1",
                "amenity=school, isced:level=1, name=湖滨中学",
                "amenity=school, name=湖滨小学",
                "amenity=school, name=Lakeside, name:zh=湖滨小学",
                "amenity=school, name=第一中学附属小学",
                "amenity=school, name=Lakeside Primary School",
            ],
        ),
        (
            "middle_school",
            &[
                "amenity=school, name=湖滨中学",
                "amenity=school, name=湖滨初级中学",
                "amenity=school, isced:level=2;3",
            ],
        ),
        (
            "primary_school middle_school",
            &[
                "amenity=school, name=湖滨九年一贯制学校",
                "amenity=school, name=湖滨实验学校",
                "amenity=school, isced:level=1;2",
            ],
        ),
        (
            "school",
            &[
                "amenity=school",
                "amenity=school, name=湖滨高级中学",
                "amenity=school, isced:level=3",
            ],
        ),
        (
            "",
            &[
                "amenity=school, name=平安驾校",
                "amenity=school, name=技校",
                "building=yes, name=小学教学楼",
            ],
        ),
    ]);
}

#[test]
fn levels_are_numbers_ranges_and_lists() {
    check(&[
        (
            "kindergarten",
            &[
                "amenity=school, isced:level=0",
                // What is stated goes before the name.
                "amenity=school, isced:level=0, name=湖滨小学",
            ],
        ),
        (
            "kindergarten primary_school",
            &[
                "amenity=school, isced:level=0-1",
                "amenity=school, isced:level=0,1",
            ],
        ),
        (
            "primary_school middle_school",
            &[
                "amenity=school, isced:level=1-3",
                "amenity=school, isced:level=1;2;3",
                "amenity=school, isced:level=1 - 2",
                "amenity=school, isced:level=1;2-4",
                "amenity=school, isced:level=1–2",
            ],
        ),
        (
            "middle_school",
            &[
                "amenity=school, isced:level=2-4",
                "amenity=school, isced:level=2;primary",
                // What states no level leaves it to the name.
                "amenity=school, isced:level=secondary, name=湖滨中学",
                "amenity=school, isced:level=99, name=湖滨中学",
            ],
        ),
        (
            "school",
            &[
                "amenity=school, isced:level=3-4, name=湖滨小学",
                "amenity=school, isced:level=1x",
            ],
        ),
        ("primary_school", &["amenity=school, school=primary"]),
        ("middle_school", &["amenity=school, school:FR=collège"]),
    ]);
}

#[test]
fn schools_are_named_in_six_languages() {
    check(&[
        (
            "kindergarten",
            &[
                "amenity=school, name=Escuela Infantil Oso Baloo",
                "amenity=school, name=Scuola dell’Infanzia Clericetti",
                "amenity=school, name=École maternelle des Carmes",
                "amenity=school, name=EMEI Jardim de Infância",
            ],
        ),
        (
            "kindergarten nursery",
            &[
                "amenity=kindergarten, name=Guardería El Arbolito",
                "amenity=kindergarten, name=Asilo Nido Valsesia",
                "amenity=kindergarten, name=Crèche Rosine Sanmori",
            ],
        ),
        (
            "nursery",
            &["amenity=school, name=Pyramid Childcare Center"],
        ),
        (
            "kindergarten primary_school",
            &[
                "amenity=school, name=C.E.I.P. Gran Canaria",
                "amenity=school, name=C. E. I. P. Las Torres",
                "amenity=school, name=Colegio de Educación Infantil y Primaria Iberia",
            ],
        ),
        (
            "kindergarten primary_school middle_school",
            &["amenity=school, name=CPEIPS Sagrado Corazón"],
        ),
        (
            "primary_school",
            &[
                "amenity=school, name=Mosta Primary",
                "amenity=school, name=Skola Primarja Qormi San Ġorġ",
                "amenity=school, name=C.P. Buenavista I",
                "amenity=school, name=École élémentaire du Parc",
                "amenity=school, name=Scuola Elementare Scarpa",
            ],
        ),
        (
            "middle_school",
            &[
                "amenity=school, name=I.E.S La Isleta",
                "amenity=school, name=IES Mesa y López",
                "amenity=school, name=Scuola Media Statale Ungaretti",
                "amenity=school, name=Scuola secondaria di primo grado Marconi",
                "amenity=school, name=Collège Charles III",
                "amenity=school, name=Girl's Junior Lyceum",
                "amenity=school, name=清华附中",
            ],
        ),
        (
            "primary_school middle_school",
            &[
                "amenity=school, name=Istituto Comprensivo Galvani",
                "amenity=school, name=EMEF de Ensino Fundamental",
                "amenity=school, name=C.E.O. Omayra Sánchez",
            ],
        ),
        (
            "school",
            &[
                "amenity=school, name=Liceo Scientifico Vittorio Veneto",
                "amenity=school, name=Scuola secondaria di secondo grado",
                "amenity=school, name=Colegio Hispano Inglés",
                "amenity=school, name=湖滨职业中学",
                // No word of its own.
                "amenity=school, name=Centre for Further Studies Malta",
                "amenity=school, name=The Cities School",
            ],
        ),
        (
            "",
            &[
                "amenity=school, name=Autoescuela Canarias",
                "amenity=school, name=Escuela de Baile",
                "amenity=school, name=EF Language School Malta",
                "amenity=school, name=Centro de F.P. OSCUS",
                "amenity=school, name=E.O.I. Siete Palmas",
                "amenity=school, name=湖滨技工学校",
                "amenity=school, name=小荷舞蹈学校",
            ],
        ),
    ]);
}
