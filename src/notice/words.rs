//! The words of notices that hold names and numbers.

use crate::lang::Lang;

pub(super) fn other_frame(read: &str, fits: &str, [own, other]: [u64; 2], lang: Lang) -> String {
    match lang {
        Lang::Zh => format!(
            "坐标系可能有误：按 {read} 读取时到最近道路的中位距离为 {own} 米，按 {fits} 则为 {other} 米；\
             请核对，必要时在路径后注明 @{fits}。涉及的地点"
        ),
        Lang::En => format!(
            "places whose frame may be another: read as {read} their median distance to the \
             nearest street is {own} m, as {fits} it would be {other} m; check it, and write \
             @{fits} behind the path if so"
        ),
    }
}

pub(super) fn unknown_column(column: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("表格中未读取的列“{column}”"),
        Lang::En => format!("tables with a column '{column}', which is not read"),
    }
}

pub(super) fn unknown_category(key: &str, nearest: Option<&str>, lang: Lang) -> String {
    match (lang, nearest) {
        (Lang::Zh, Some(nearest)) => format!("未知分类“{key}”；是否指“{nearest}”？"),
        (Lang::Zh, None) => format!("未知分类“{key}”"),
        (Lang::En, Some(nearest)) => format!("unknown category '{key}'; is '{nearest}' meant?"),
        (Lang::En, None) => format!("unknown category '{key}'"),
    }
}
