//! Odd but usable input, counted: nothing is dropped in silence.

mod words;

use std::collections::BTreeMap;

use crate::lang::Lang;
use words::{other_frame, unknown_category, unknown_column};

/// How often something was noticed, and where first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// How many times.
    pub count: u64,
    /// The place of the smallest example, such as `blocks.csv, line 7` or `way 42`.
    pub example: String,
}

/// Counted notices of a reader or a stage, in a stable order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notices(BTreeMap<Notice, Seen>);

impl Notices {
    /// Notes `notice` once, at `place`.
    pub fn note(&mut self, notice: Notice, place: impl Into<String>) {
        self.add(notice, 1, place);
    }

    /// Notes `notice` `count` times; of all places the smallest is kept, so that
    /// the example does not depend on the order of reading.
    pub fn add(&mut self, notice: Notice, count: u64, place: impl Into<String>) {
        if count == 0 {
            return;
        }
        let place = place.into();
        let seen = self.0.entry(notice).or_default();
        // Shorter first: "way 7" comes before "way 42".
        if seen.count == 0 || (place.len(), &place) < (seen.example.len(), &seen.example) {
            seen.example = place;
        }
        seen.count += count;
    }

    /// Adds all notices of another stage.
    pub fn absorb(&mut self, other: Self) {
        for (notice, seen) in other.0 {
            self.add(notice, seen.count, seen.example);
        }
    }

    /// Adds what another look at the same data noticed: nothing is counted twice.
    pub fn join(&mut self, other: Self) {
        for (notice, seen) in other.0 {
            self.0.entry(notice).or_insert(seen);
        }
    }

    /// How often `notice` was noted.
    pub fn count(&self, notice: &Notice) -> u64 {
        self.0.get(notice).map_or(0, |seen| seen.count)
    }

    /// All notices, in the order of the enum.
    pub fn iter(&self) -> impl Iterator<Item = (&Notice, &Seen)> {
        self.0.iter()
    }

    /// Whether nothing was noted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The table of notices: for each what it means, its key for machines, and its
/// words in both languages.
macro_rules! notices {
    ($($(#[$doc:meta])* $name:ident $key:literal $zh:literal $en:literal;)*) => {
        /// What can be noticed. One variant per kind of oddity, across all
        /// readers, so that both languages are complete by construction.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Notice {
            $($(#[$doc])* $name,)*
            /// A column of a table that is not read, by its name.
            UnknownColumn(String),
            /// A category that the catalog does not know, and the nearest it knows.
            UnknownCategory {
                /// As it stands in the table.
                key: String,
                /// The nearest known key.
                nearest: Option<String>,
            },
            /// The places of a table lie clearly nearer to the streets in another frame.
            OtherFrame {
                /// The frame in which they were read.
                read: String,
                /// That which fits better.
                fits: String,
                /// The median distance to the nearest street in either, in metres.
                metres: [u64; 2],
            },
        }

        impl Notice {
            /// The notice in words.
            pub fn text(&self, lang: Lang) -> String {
                match self {
                    $(Self::$name => lang.pick($zh, $en).to_owned(),)*
                    Self::UnknownColumn(column) => unknown_column(column, lang),
                    Self::UnknownCategory { key, nearest } => {
                        unknown_category(key, nearest.as_deref(), lang)
                    }
                    Self::OtherFrame { read, fits, metres } => {
                        other_frame(read, fits, *metres, lang)
                    }
                }
            }

            /// A stable key for machines (`run.json`).
            pub fn key(&self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                    Self::UnknownColumn(_) => "unknown_column",
                    Self::UnknownCategory { .. } => "unknown_category",
                    Self::OtherFrame { .. } => "other_frame",
                }
            }
        }
    };
}

notices! {
    /// A way refers to a node that is not in the file; the way keeps its other parts.
    MissingNodes "missing_nodes"
        "道路引用了文件中没有的节点，保留其余部分"
        "references of ways to nodes that are not in the file; the other parts are kept";
    /// An object stands more than once in the file; the newest version is taken.
    DuplicateObjects "duplicate_objects"
        "文件中重复出现的对象，取最新版本"
        "objects that stand more than once in the file; the newest version is taken";
    /// A deleted object (`visible=false`) of a history file was left out.
    DeletedObjects "deleted_objects"
        "已删除的对象（visible=false），未采用"
        "deleted objects (visible=false), left out";
    /// The same piece of a way is drawn more than once; it counts once.
    DoubledSegments "doubled_segments"
        "重复绘制的路段，只计一次"
        "pieces of ways that are drawn more than once; each counts once";
    /// A relation that draws no area of interest was not read.
    RelationsNotRead "relations_not_read"
        "不描绘所需面的关系（relation），未读取"
        "relations that draw no area of interest, not read";
    /// A way or relation that a relation is made of is not in the file; the
    /// relation keeps what closes without it.
    MissingMembers "missing_members"
        "文件中没有的关系成员，保留仍能闭合的部分"
        "members of relations that are not in the file; what closes without them is kept";
    /// Rings of a relation do not close; those that close are kept.
    OpenRings "open_rings"
        "有环未闭合的关系，保留其闭合的环"
        "relations with rings that do not close; those that close are kept";
    /// No ring of a relation closes; it was left out.
    UnclosedRelation "unclosed_relation"
        "没有闭合环的关系，未采用"
        "relations of which no ring closes, left out";
    /// Rings of a relation cross; they are cut there, and what an odd number of
    /// them encloses is taken.
    CrossingRings "crossing_rings"
        "环线相交的关系，在交点处切分，取奇数层环所围部分"
        "relations whose rings cross; they are cut there, and what an odd number encloses is taken";
    /// Rings of a relation cross too often to be cut; it was left out.
    TangledRelation "tangled_relation"
        "环线交错过多的关系，未采用"
        "relations whose rings cross too often to be sorted out, left out";
    /// A coastline ends before the border of the data; it was led straight on to it.
    LedCoast "led_coast"
        "未到数据边界即中断的海岸线，直线延伸至边界"
        "coastlines that end before the border of the data, led straight on to it";
    /// A coastline ends inside the data: which side of it is sea cannot be told.
    OpenCoast "open_coast"
        "在数据范围内中断的海岸线，其旁的海面未采用"
        "coastlines that end inside the data; the sea beside them is left out";
    /// A pedestrian area has so many entries that only its rings are walked.
    ManyEntries "many_entries"
        "入口过多的步行广场，只沿边界步行"
        "pedestrian areas with more than 100 entries, walked along their rings only";
    /// The rings of a pedestrian area do not close or cross; only what closes is walked.
    BrokenPlaza "broken_plaza"
        "环线未闭合或相交的步行广场关系，只采用闭合部分"
        "relations of pedestrian areas whose rings do not close or cross; what closes is walked";
    /// A blob of a type that the format leaves to others was skipped.
    UnknownBlobs "unknown_blobs"
        "类型未知的数据块，已跳过"
        "blobs of an unknown type, skipped";
    /// The header's box lies beyond the earth or is upside down; it is not used.
    UnusableBounds "unusable_bounds"
        "文件头的范围无效，未采用"
        "a box in the header that is no place on the earth, not used";
    /// A text is not in UTF-8; it was read as GB18030, the letters of Chinese Windows.
    Gb18030 "gb18030"
        "不是 UTF-8 编码的文件，按 GB18030（GBK）读取"
        "files that are not in UTF-8, read as GB18030 (GBK)";
    /// A header that the user explains stands in no table.
    UnusedHeader "unused_header"
        "列名对照表中有、而各表中没有的表头"
        "headers that are explained and stand in no table";
    /// A row of a table without any value was left out.
    EmptyRows "empty_rows"
        "表格中的空行，已略过"
        "empty rows of a table, left out";
    /// A cell stands in a column without a name; it was not read.
    UnnamedColumn "unnamed_column"
        "无列名的单元格，未读取"
        "cells in a column without a name, not read";
    /// A facility of a table has no category of the catalog; it was left out.
    FacilityWithoutCategory "facility_without_category"
        "表格中没有可用分类的设施，未采用"
        "facilities of a table without a known category, left out";
    /// A point block without `area_m2`: its land is not known.
    UnknownLand "unknown_land"
        "没有 area_m2 的点状街坊，用地面积未知"
        "point blocks without area_m2; their land is not known";
    /// `area_m2` differs from the polygon's surface by more than 10 %; the column is taken.
    AreaDiffers "area_differs"
        "area_m2 与多边形面积相差超过 10 %，以该列为准"
        "blocks whose area_m2 differs from their polygon by more than 10 %; the column is taken";
    /// More elderly people or children than people.
    MoreThanPopulation "more_than_population"
        "老年人或儿童多于总人口"
        "blocks with more elderly people or children than people";
    /// People of a raster and of a total are not used: the blocks tell them themselves.
    PeopleOfBlocks "people_of_blocks"
        "街坊自带人口列，以该列为准，未采用 --population 或 --people"
        "blocks have a column of people, which counts; --population and --people are not used";
    /// A sample lies beyond the raster of people: nobody is counted there.
    BeyondRaster "beyond_raster"
        "位于人口栅格之外的样点，不计人口"
        "samples beyond the raster of people, where nobody is counted";
    /// A cell with samples has no figure of people.
    CellsWithoutData "cells_without_data"
        "有街坊而无数据（NoData）的人口栅格像元，按无人计"
        "cells of the raster with blocks and no figure (NoData), where nobody is counted";
    /// A cell has less than nobody.
    NegativeCells "negative_cells"
        "人口为负数的栅格像元，按无人计"
        "cells of the raster with fewer people than none, where nobody is counted";
    /// People of cells in which no block lies, in persons.
    PeopleWithoutBlocks "people_without_blocks"
        "人口栅格中没有街坊的像元，其人口（人）未计入"
        "people of the raster in cells without a block, not counted";
    /// A dwelling in a block has no `building:levels` that can be read.
    UnknownLevels "unknown_levels"
        "没有层数的住宅：独立住宅按 2 层、其他按 6 层计"
        "dwellings without levels: houses count with 2 floors, others with 6";
    /// No dwelling is drawn in a block: of a total nobody is put there.
    BlocksWithoutFloors "blocks_without_floors"
        "没有画出住宅的街坊，不分配人口"
        "blocks in which no dwelling is drawn; nobody of the total is put there";
    /// A gate of a table is of a block that is not there; it was left out.
    GatesOfNoBlock "gates_of_no_block"
        "所属街坊不存在的大门，未采用"
        "gates of blocks that are not there, left out";
    /// A gate of a table is of a block without an outline; it was left out.
    GatesOfPoints "gates_of_points"
        "点状街坊的大门，未采用：没有边界"
        "gates of blocks that are points, left out: they have no outline";
    /// A way with facility tags is no closed ring; it was left out.
    OpenFacility "open_facility"
        "未闭合的设施线，未采用"
        "facilities drawn as ways that are not closed, left out";
    /// A residential area or building is no closed ring; it was left out.
    OpenBlock "open_block"
        "未闭合的居住用地或住宅，未采用"
        "residential areas or buildings drawn as ways that are not closed, left out";
    /// A place's ring lacks nodes that are not in the file; it was left out.
    IncompleteRing "incomplete_ring"
        "边界缺少节点的居住用地、住宅或设施，未采用"
        "residential areas, buildings or facilities whose ring lacks nodes, left out";
    /// A place's ring has no surface; it was left out.
    NoSurface "no_surface"
        "没有面积的居住用地、住宅或设施，未采用"
        "residential areas, buildings or facilities without a surface, left out";
    /// A way is part of the outer ring of a relation that is the same place; the
    /// relation counts.
    OutlineOfRelation "outline_of_relation"
        "与所属关系为同一地点的外环线，以关系为准"
        "ways that draw the outline of a relation for the same place; the relation counts";
    /// A residential area lies inside a larger one, which is kept.
    NestedResidential "nested_residential"
        "位于更大居住用地之内的居住用地，只保留较大者"
        "residential areas inside a larger one; the larger is kept";
    /// An OSM facility whose id the table uses: the row stands for it.
    ReplacedByTable "replaced_by_table"
        "表格以相同 id 取代的 OSM 设施"
        "OSM facilities replaced by a row of the table with their id";
    /// A node inside an area of the same category and not named differently is the
    /// same facility.
    SameAsArea "same_as_area"
        "与所在面为同一设施的节点，以面为准（见 merged.csv）"
        "nodes that are the same facility as the area they lie in (see merged.csv)";
    /// An OSM facility near a row of the same category and name, or without one.
    SameAsRow "same_as_row"
        "与表格中某行为同一设施的 OSM 对象，以表格为准（见 merged.csv）"
        "OSM objects that are the same facility as a row of the table (see merged.csv)";
    /// An OSM facility all of whose categories the table speaks for; it was left out.
    LeftToTable "left_to_table"
        "分类均由表格提供的 OSM 设施，未采用"
        "OSM facilities whose categories the table speaks for, left out";
    /// A residential building inside a residential area: the area stands for it.
    HomesInAreas "homes_in_areas"
        "位于居住用地之内的住宅，由居住用地代表"
        "residential buildings inside residential areas, which stand for them";
    /// A large residential area was cut along streets.
    CutAreas "cut_areas"
        "沿街道切分的大型居住用地"
        "large residential areas, cut along streets";
    /// A large residential area that no street parts; it stays whole.
    UncutAreas "uncut_areas"
        "没有街道穿过的大型居住用地，未切分"
        "large residential areas that no street parts; they stay whole";
    /// A piece of a cut area less than 10 m wide on average: part of its neighbour.
    NarrowPieces "narrow_pieces"
        "切分后平均宽度不足 10 米的窄条，并入相邻地块"
        "pieces of cut areas less than 10 m wide on average, joined to a neighbour";
    /// A residential building outside residential areas, grouped with those of its
    /// street block.
    GroupedHomes "grouped_homes"
        "居住用地之外、按所在街坊合并的住宅"
        "residential buildings outside residential areas, grouped by street block";
    /// A residential building around which streets do not close, or only around open
    /// country: a block of its own.
    BeyondStreetBlocks "beyond_street_blocks"
        "周围街道不闭合、或围合超过 100 公顷的住宅，各自为一个街坊"
        "residential buildings with no streets around them, or only around more than 100 ha; each is a block of its own";
    /// Streets cross so often that no end is seen: nothing is cut or grouped.
    TangledStreets "tangled_streets"
        "街道交错过多，未切分居住用地，也未合并住宅"
        "streets that cross too often to be sorted out: nothing is cut or grouped";
    /// A polygon crosses itself, or a hole lies outside: its surface may be wrong.
    TangledPolygon "tangled_polygon"
        "自相交的多边形，面积可能有误；请在 QGIS 中“修正几何图形”"
        "polygons that cross themselves: their surface may be wrong; mend them, in QGIS with 'Fix geometries'";
    /// A block is larger than a city: a corner may be mistyped.
    HugeBlocks "huge_blocks"
        "大于 100 平方公里的街坊；坐标是否有误？"
        "blocks of more than 100 km²; is a corner mistyped?";
    /// A block lies outside the study area; it was left out.
    OutsideStudyArea "outside_study_area"
        "位于研究范围之外的街坊，未计入"
        "blocks outside the study area, left out";
    /// A parcel lies outside the data; it was left out.
    ParcelsOutside "parcels_outside"
        "位于 OSM 数据范围之外的地块，未采用"
        "parcels outside the extract, left out";
    /// A parcel has no link to the walk network.
    UnlinkedParcels "unlinked_parcels"
        "未能连接步行网络的地块"
        "parcels without a link to the walk network";
    /// A block has no link to the walk network; it stays in every denominator.
    UnlinkedBlocks "unlinked_blocks"
        "未能连接步行网络的街坊，仍计入分母"
        "blocks without a link to the walk network; they stay in every denominator";
    /// Some samples of a block have no link.
    PartlyUnlinkedBlocks "partly_unlinked_blocks"
        "部分样点未能连接步行网络的街坊"
        "blocks of which some samples have no link";
    /// A place has no link to the walk network; it has no isochrone.
    UnlinkedPlaces "unlinked_places"
        "未能连接步行网络的地点，没有等时圈"
        "places without a link to the walk network; they have no isochrone";
    /// A facility has no link to the walk network; by network nobody reaches it.
    UnlinkedFacilities "unlinked_facilities"
        "未能连接步行网络的设施，按路网无人可达"
        "facilities without a link to the walk network; by network nobody reaches them";
    /// A class that no requirement names, though some ask for classes.
    UnknownClasses "unknown_classes"
        "设施类别（class 列）不在标准所列之中，按类别的要求均不计入；请核对写法（living-circle standards show）"
        "facilities whose class no requirement names, so that none that asks for a class counts them; check the word (living-circle standards show)";
    /// A standard says what every community has, and no zone is drawn.
    ProvisionsWithoutZones "provisions_without_zones"
        "标准规定了每个社区应有的设施，但没有分区面；请用 --zones 给出社区范围"
        "a standard says what every community has, and no zone is drawn; give them with --zones";
    /// A facility is smaller than a standard asks.
    TooSmallFacilities "too_small_facilities"
        "小于标准最小规模的设施，不计入相应要求（见 sizes.csv）"
        "facilities smaller than a standard asks; they do not count for it (sizes.csv)";
    /// A standard asks for a size that is not known; the facility counts.
    UnknownSizesCounted "unknown_sizes_counted"
        "标准有规模要求而规模未知的设施，暂计入（--strict-sizes 则不计；见 sizes.csv）"
        "facilities of unknown size where a standard asks for one; they count (not with --strict-sizes; sizes.csv)";
    /// A standard asks for a size that is not known; the facility does not count.
    UnknownSizesLeftOut "unknown_sizes_left_out"
        "标准有规模要求而规模未知的设施，按 --strict-sizes 不计入（见 sizes.csv）"
        "facilities of unknown size where a standard asks for one; left out as --strict-sizes asks (sizes.csv)";
}
