//! Names, in 中文 and in English.

use super::draft::Pairs;

/// First parts of names.
const FIRST: [(&str, &str); 36] = [
    ("翠湖", "Cuihu"),
    ("兰亭", "Lanting"),
    ("书香", "Shuxiang"),
    ("锦绣", "Jinxiu"),
    ("阳光", "Yangguang"),
    ("东方", "Dongfang"),
    ("紫荆", "Zijing"),
    ("金桂", "Jingui"),
    ("柳岸", "Liu'an"),
    ("文苑", "Wenyuan"),
    ("和平", "Heping"),
    ("安居", "Anju"),
    ("新华", "Xinhua"),
    ("向阳", "Xiangyang"),
    ("星河", "Xinghe"),
    ("长安", "Chang'an"),
    ("望江", "Wangjiang"),
    ("青松", "Qingsong"),
    ("白云", "Baiyun"),
    ("红旗", "Hongqi"),
    ("建设", "Jianshe"),
    ("人民", "Renmin"),
    ("胜利", "Shengli"),
    ("花园", "Huayuan"),
    ("滨河", "Binhe"),
    ("学府", "Xuefu"),
    ("龙泉", "Longquan"),
    ("凤山", "Fengshan"),
    ("梅园", "Meiyuan"),
    ("竹林", "Zhulin"),
    ("石桥", "Shiqiao"),
    ("玉泉", "Yuquan"),
    ("天宁", "Tianning"),
    ("永丰", "Yongfeng"),
    ("朝霞", "Zhaoxia"),
    ("清溪", "Qingxi"),
];

/// What is named, in both languages.
pub(super) type Kind = (&'static str, &'static str);

/// Gives a name: the same number has the same first part.
pub(super) fn name(tags: &mut Pairs, number: i64, (zh, en): Kind) {
    let first = FIRST[number.rem_euclid(FIRST.len() as i64) as usize];
    tags.push(("name", format!("{}{zh}", first.0).into()));
    tags.push(("name:en", format!("{} {en}", first.1).into()));
}
