//! Help of `report` in Chinese.

/// Argument (empty for the command itself), text.
pub(super) const ZH: &[(&str, &str)] = &[
    ("", "计算每个街坊、分区、指标的覆盖情况，输出表格与地图"),
    ("extract", "OpenStreetMap 数据文件"),
    (
        "from",
        "按 run.json 重做当时的运行，并说明哪些输入已经改变；另行指定的文件代替记录中的文件",
    ),
    (
        "blocks",
        "住宅用地（GeoJSON、GeoPackage、Shapefile、CSV 或 XLSX）；缺省时取自 OSM",
    ),
    ("facilities", "设施（格式同上）；所列分类以此表为准"),
    (
        "zones",
        "统计分区，如街道、社区（GeoJSON、GeoPackage 或 Shapefile）；每级一个文件时可多次给出",
    ),
    (
        "gates",
        "街坊大门（表格，列为街坊编号、经度、纬度、状态）；所列街坊只由这些门出入",
    ),
    (
        "gates_open",
        "另算大院的门和围墙全部开放时的覆盖情况：gates_open.csv",
    ),
    (
        "sensitivity",
        "另算步速和限值 ±10%、最大连接距离 ±50%、样点间距减半和加倍时的覆盖率，以及仅靠一处设施的街坊：sensitivity.csv",
    ),
    (
        "parcel",
        "拟建住宅的地块（GeoJSON 多边形）：每个地块一页，列出步行可达的设施：parcels.html、parcels.csv",
    ),
    (
        "population",
        "人口栅格（GeoTIFF 或 ASCII 格网，如 WorldPop），逐像元分给街坊；--blocks 有人口列时以该列为准",
    ),
    (
        "people",
        "总人口，按住宅建筑面积（层数 × 占地）分给街坊；--blocks 有人口列时以该列为准",
    ),
    (
        "boundary",
        "研究范围（GeoJSON、GeoPackage 或 Shapefile）；范围外的街坊不计入",
    ),
    ("columns", "列名对照表：表头,含义，每行一个"),
    (
        "standard",
        "标准：living-circle standards 所列代号，或自己的 .toml 文件；可多次给出",
    ),
    ("strict_sizes", "标准有规模要求时，规模未知的设施不计入"),
    (
        "walker",
        "步行者：adult 成年人、elderly 老年人、child 儿童、pram 推婴儿车、wheelchair 轮椅、gb 国标；默认用标准包自带",
    ),
    (
        "within",
        "以这些限值代替通用标准的限值（分钟或米），如 5min,10min 或 300m,500m",
    ),
    (
        "facilities_from",
        "只用一个来源（table 或 osm），或所有分类都用两者（both）；缺省时表格所列分类以表格为准，其余取自 OSM",
    ),
    ("link_limit", "地点到道路的最大直线连接距离（米）"),
    ("sample_spacing", "街坊样点网格的边长（米）"),
    (
        "block_size",
        "大于此面积（公顷）的 OSM 居住用地沿街道切分；用地之外的住宅按所在街坊合并",
    ),
    ("no_cut", "不切分居住用地，也不合并住宅"),
    ("no_trunk", "不允许在快速路/国道（trunk）上步行"),
    (
        "gpkg",
        "另将全部图层写入一个 GeoPackage（report.gpkg），附 QGIS 样式",
    ),
    (
        "shapefile",
        "另将图层写成 Shapefile，字段名对照见 fields.csv",
    ),
    (
        "out_frame",
        "输出坐标系：wgs84、gcj02、bd09、cgcs2000，或投影坐标系，如 epsg:4548（CGCS2000 高斯-克吕格 4491–4554，UTM 32601–32760）",
    ),
    ("out", "输出文件夹；缺省时只显示摘要"),
    ("svg", "另将图表与地图输出为图片（SVG），可放入幻灯片"),
    ("png", "同上，输出为 PNG（1920 × 1080）"),
    (
        "font",
        "PNG 所用字体文件（.ttf、.otf、.ttc）；缺省时用系统字体",
    ),
];
