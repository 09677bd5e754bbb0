//! Help of `scenario` and `links` in Chinese.

/// Command, argument (empty for the command itself), text.
pub(super) const ZH: &[(&str, &str, &str)] = &[
    (
        "scenario",
        "",
        "比较方案：新设施、桥、大门、住宅会改变什么，与现状并列",
    ),
    ("scenario", "extract", "OpenStreetMap 数据文件"),
    (
        "scenario",
        "changes",
        "方案文件（TOML，写法见 docs/inputs.md）；可多次给出，最多八个方案并列",
    ),
    (
        "scenario",
        "schema",
        "只显示方案文件的 JSON Schema，供编辑器边写边查",
    ),
    ("scenario", "gpkg", "每个方案的报告另写成 GeoPackage"),
    (
        "scenario",
        "out_frame",
        "输出坐标系：wgs84、gcj02、bd09、cgcs2000，或投影坐标系，如 epsg:4548",
    ),
    (
        "scenario",
        "out",
        "输出文件夹：对比结果，以及现状和每个方案各自文件夹中的报告；缺省时只显示摘要",
    ),
    (
        "links",
        "",
        "打通断头路、围墙开门：逐处试算缺失的连线与大门，按受益人数排序",
    ),
    ("links", "extract", "OpenStreetMap 数据文件"),
    ("links", "gap", "断头路、围墙与对面道路的最大距离（米）"),
    (
        "links",
        "propose",
        "拟建的连线（GeoJSON 线；其他坐标系写作 文件@gcj02），与其他各处一并试算",
    ),
    (
        "links",
        "only",
        "只试算其中几类，用逗号分隔：dead-ends（断头路）、walls（围墙开门）、gates（开放已有大门）、proposed（拟建）；--propose 给出的总会试算",
    ),
    ("links", "top", "显示前多少条"),
    (
        "links",
        "best",
        "合选多少条：逐条选取，每次取新增受益最多的一条",
    ),
    (
        "links",
        "out_frame",
        "输出坐标系：wgs84、gcj02、bd09、cgcs2000，或投影坐标系，如 epsg:4548",
    ),
    (
        "links",
        "out",
        "输出文件夹：全部连线的表格与地图，以及合选各条写成的方案文件；缺省时只显示最优各条",
    ),
];

/// Chinese examples.
pub(super) const EXAMPLES: &[(&str, &str)] = &[
    (
        "scenario",
        "\
示例：
  living-circle scenario city.osm.pbf --changes bridge.toml
  living-circle scenario city.osm.pbf --blocks blocks.geojson --facilities sites.csv \\
      --changes plan-a.toml --changes plan-b.toml --out plans
      两个方案与现状并列：表格、网页、工作簿
  living-circle scenario --schema > scenario.schema.json
      供编辑器检查方案文件",
    ),
    (
        "links",
        "\
示例：
  living-circle links city.osm.pbf
  living-circle links city.osm.pbf --blocks blocks.geojson --facilities sites.csv \\
      --gap 80 --best 10 --out links
      合选最优的十条，另写成方案：links/best.toml
  living-circle links city.osm.pbf --propose streets.geojson --only proposed
      只试算自己画的道路",
    ),
];
