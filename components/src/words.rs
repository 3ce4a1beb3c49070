//! The words inside components, in both languages. Pages have their own, in `app`.

use model::{
    board::ComponentKind,
    formatting::{Locale, exact_number},
    layout::{GridRect, WallRect},
    metric::{self, BAND_HIGH, BAND_LOW, Calculation, HIGH, LOW, Unit},
    time::Compare,
};

/// The same words in Chinese and in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Words {
    zh: &'static str,
    en: &'static str,
}

impl Words {
    pub(crate) const fn in_locale(self, locale: Locale) -> &'static str {
        match locale {
            Locale::ZhCn => self.zh,
            Locale::En => self.en,
        }
    }
}

const fn both(zh: &'static str, en: &'static str) -> Words {
    Words { zh, en }
}

// Controls
pub(crate) const CLOSE: Words = both("关闭", "Close");
pub(crate) const SEARCH: Words = both("搜索", "Search");
pub(crate) const LOADING: Words = both("正在加载…", "Loading…");
pub(crate) const LET_ALL_IN: Words = both("清除", "Clear");
pub(crate) const NOTHING_FOUND: Words = both("没有匹配项", "Nothing matches");

// Names
pub(crate) const PROVINCE: Words = both("省份", "Province");
pub(crate) const UNKNOWN: Words = both("未知", "Unknown");
pub(crate) const OTHER: Words = both("其他", "Other");
pub(crate) const TIME: Words = both("时间", "Time");

/// What a change is counted from.
pub(crate) const fn compared_with(compare: Compare) -> Words {
    match compare {
        Compare::PreviousPeriod => both("较上期", "vs previous period"),
        Compare::Day => both("较前一日", "vs day before"),
        Compare::Week => both("较上周", "vs week before"),
        Compare::Month => both("较上月", "vs month before"),
        Compare::Year => both("较去年", "vs year before"),
        Compare::YearLunar => both("较去年农历同期", "vs lunar year before"),
    }
}

/// What stands in a column beside that of a metric, by the end of its name.
pub(crate) fn beside(name: &str) -> Option<Words> {
    Some(match name {
        LOW => both("下限", "low"),
        HIGH => both("上限", "high"),
        BAND_LOW => both("预期下限", "expected from"),
        BAND_HIGH => both("预期上限", "expected to"),
        metric::OUTSIDE => both("超出预期（1 偏高，-1 偏低）", "outside (1 above, -1 below)"),
        _ => return None,
    })
}

// Charts
pub(crate) const ABOVE_EXPECTED: Words = both("高于预期区间", "Above the expected range");
pub(crate) const BELOW_EXPECTED: Words = both("低于预期区间", "Below the expected range");
pub(crate) const NO_VALUE: Words = both("—", "—");
pub(crate) const NOT_THERE_YET: Words = both("数据尚未到达", "Not there yet");
pub(crate) const STILL_FILLING: Words = both("统计中，尚不完整", "Still filling");
pub(crate) const OUTSIDE_SCOPE_SHORT: Words = both("不在您的数据范围内", "Outside your scope");
pub(crate) const STEP_THROUGH: Words = both("用方向键逐项查看", "Step through with the arrow keys");
pub(crate) const NOTHING_POINTED_AT: Words = both("未选中", "Nothing selected");

pub(crate) fn more_items(count: usize, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("另有 {count} 项"),
        Locale::En => format!("{count} more"),
    }
}

pub(crate) fn line_summary(lines: usize, steps: usize, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("折线图：{lines} 条线，{steps} 个时点"),
        Locale::En => format!("Line chart: {lines} lines, {steps} steps"),
    }
}

pub(crate) fn bar_summary(measure: &str, bars: usize, first: Option<(&str, String)>, locale: Locale) -> String {
    let first = match (first, locale) {
        (Some((name, value)), Locale::ZhCn) => format!("，最高 {name} {value}"),
        (Some((name, value)), Locale::En) => format!(", led by {name} {value}"),
        (None, _) => String::new(),
    };
    match locale {
        Locale::ZhCn => format!("条形图：{measure}，{bars} 项{first}"),
        Locale::En => format!("Bar chart: {measure}, {bars} bars{first}"),
    }
}

pub(crate) fn map_summary(measure: &str, counted: usize, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("分省地图：{measure}，{counted} 个省份有数据"),
        Locale::En => format!("Province map: {measure}, {counted} provinces with data"),
    }
}

// Tiles

/// What a kind of component is called.
pub(crate) const fn kind_name(kind: ComponentKind) -> Words {
    match kind {
        ComponentKind::Kpi => both("指标卡", "KPI"),
        ComponentKind::Line => both("折线图", "Line chart"),
        ComponentKind::Bar => both("条形图", "Bar chart"),
        ComponentKind::Table => both("表格", "Table"),
        ComponentKind::ProvinceMap => both("分省地图", "Province map"),
        ComponentKind::Text => both("文本", "Text"),
        ComponentKind::Tabs => both("标签页", "Tabs"),
        ComponentKind::Carousel => both("轮播", "Carousel"),
    }
}

pub(crate) const UNBOUND: Words = both("还没有选择数据", "No data chosen yet");
pub(crate) const UNBOUND_TODO: Words = both("选中后在右侧选择指标", "Select it and choose a metric on the right");
pub(crate) const NOTHING_INSIDE: Words = both("还没有放入组件", "Nothing in it yet");
pub(crate) const NOTHING_INSIDE_TODO: Words = both("选中后在右侧添加页面", "Select it and add pages on the right");
pub(crate) const STOP_PAGES: Words = both("停止轮播", "Stop turning pages");
pub(crate) const TURN_PAGES: Words = both("继续轮播", "Turn pages again");

pub(crate) fn page_number(number: usize, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("第 {number} 页"),
        Locale::En => format!("Page {number}"),
    }
}

pub(crate) const EMPTY: Words = both("这段时间内没有数据", "Nothing happened in this time");
pub(crate) const EMPTY_TODO: Words = both("放宽时间范围或筛选条件即可看到", "Widen the time or the filters");
pub(crate) const OUTSIDE: Words = both("不在您的数据范围内", "Outside your scope");
pub(crate) const OUTSIDE_TODO: Words = both(
    "贵单位的管理员可以授予所需省份与数据类别",
    "An admin of your organisation can grant these provinces and this kind of data",
);
pub(crate) const EMPTY_TEXT: Words = both("空白文本", "Empty text");
pub(crate) const LAST_GOOD_KEPT: Words = both("，仍显示最近一次的数据。", "; the last good numbers stay. ");
pub(crate) const NEWEST_DATA: Words = both("最新数据的时间", "Age of the newest data");
pub(crate) const SIMULATED: Words = both("含模拟数据", "Holds simulated data");
pub(crate) const OWN_METRIC: Words = both("自建指标的定义版本", "The version of a metric of your own organisation");
pub(crate) const SMALL_SAMPLE: Words = both("样本少", "Small sample");
pub(crate) const CUT_OFF: Words = both("未显示完整", "Cut off");
pub(crate) const NOTHING_TO_COMPARE: Words = both("无可比数据", "nothing to compare");
pub(crate) const CARD_MENU: Words = both("更多操作", "More");
/// What is worked out from a metric's numbers.
pub fn calculation(calculation: Calculation, locale: Locale) -> String {
    match (calculation, locale) {
        (Calculation::Share, Locale::ZhCn) => "占比".to_owned(),
        (Calculation::Share, Locale::En) => "share".to_owned(),
        (Calculation::Tgi, Locale::ZhCn) => "TGI 偏好指数".to_owned(),
        (Calculation::Tgi, Locale::En) => "preference index (TGI)".to_owned(),
        (Calculation::Rank, Locale::ZhCn) => "排名".to_owned(),
        (Calculation::Rank, Locale::En) => "rank".to_owned(),
        (Calculation::RankChange, Locale::ZhCn) => "名次变化".to_owned(),
        (Calculation::RankChange, Locale::En) => "places gained".to_owned(),
        (Calculation::Confidence, Locale::ZhCn) => "95% 置信区间".to_owned(),
        (Calculation::Confidence, Locale::En) => "95% confidence interval".to_owned(),
        (Calculation::Anomaly, Locale::ZhCn) => "异常区间".to_owned(),
        (Calculation::Anomaly, Locale::En) => "expected range".to_owned(),
        (Calculation::Cumulative, Locale::ZhCn) => "累计".to_owned(),
        (Calculation::Cumulative, Locale::En) => "cumulative".to_owned(),
        (Calculation::MovingMean(window), Locale::ZhCn) => format!("{} 期移动平均", window.steps()),
        (Calculation::MovingMean(window), Locale::En) => format!("moving mean of {}", window.steps()),
    }
}

pub(crate) const ABOUT_THE_METRIC: Words = both("指标定义与口径", "About this metric");
pub(crate) const SHOW_AS_TABLE: Words = both("以表格查看", "Show as table");
pub(crate) const COPY_AS_CSV: Words = both("复制为 CSV", "Copy as CSV");
pub(crate) const COPIED: Words = both("已复制", "Copied");
pub(crate) const COPY_NEEDS_HTTPS: Words =
    both("浏览器只允许在 https 页面上复制", "The browser copies on https pages only");
pub(crate) const TABLE: Words = both("数据表", "Data table");

/// Of an own metric's definition.
pub(crate) fn version(number: u32, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("版本 {number}"),
        Locale::En => format!("Version {number}"),
    }
}

pub(crate) fn fewer_than(minimum: u32, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("样本少于 {minimum}，请谨慎解读"),
        Locale::En => format!("Rests on fewer than {minimum} cases: read with care"),
    }
}

pub(crate) fn incident(id: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("事件编号 {id}"),
        Locale::En => format!("Incident {id}"),
    }
}

pub(crate) fn before(number: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("对比值 {number}"),
        Locale::En => format!("Before: {number}"),
    }
}

/// Of `rows` rows only the first `limit` are there.
pub(crate) fn truncated(limit: u32, rows: u64, locale: Locale) -> String {
    let rows = exact_number(rows as f64, Unit::Count, locale).joined();
    match locale {
        Locale::ZhCn => format!("共 {rows} 行，只取了前 {limit} 行"),
        Locale::En => format!("Only the first {limit} of {rows} rows were taken"),
    }
}

pub(crate) fn show_more_rows(rows: usize, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("显示其余 {rows} 行"),
        Locale::En => format!("Show {rows} more rows"),
    }
}

// Grid
pub(crate) const DRAG_OR_ENTER: Words = both("拖到画布上，或按回车添加", "Drag onto the board, or press Enter to add");
pub(crate) const MOVABLE: Words = both("可移动组件", "movable tile");
pub(crate) const PUT_INTO_IT: Words = both("放入此处", "Put in here");
pub(crate) const DRAG_TO_MOVE: Words = both("拖动以移动", "Drag to move");
pub(crate) const OPEN_INSPECTOR: Words = both("设置", "Settings");
pub(crate) const REMOVE: Words = both("移除", "Remove");
pub(crate) const CANCELLED: Words = both("已取消，恢复原位", "Cancelled, back where it was");
pub(crate) const NOWHERE_TO_GO: Words = both("无法再移动", "It can go no further");
pub(crate) const EMPTY_BOARD: Words = both("这块看板还没有组件", "This board has no tiles yet");
pub(crate) const EMPTY_BOARD_TODO: Words =
    both("从左侧拖入一个组件，或选中它按回车", "Drag a component here from the left, or press Enter on one");
pub(crate) const BOARD_KEYS: Words = both(
    "方向键移动，Shift 加方向键调整大小，空格逐个加选，回车打开设置，Delete 移除，Esc 取消",
    "Arrows move, Shift and arrows resize, Space selects one more, Enter opens the settings, Delete removes, Escape cancels",
);
pub(crate) const PHONE_KEYS: Words = both(
    "方向键前后移动，Shift 加左右键改变宽度，Shift 加上下键改变高度，回车打开设置，Delete 移除，Esc 取消",
    "Arrows move it forward and back, Shift with left or right sets its width, with up or down its height, Enter opens the settings, Delete removes, Escape cancels",
);
pub(crate) const WALL_KEYS: Words = both(
    "方向键移动 10 像素，Alt 加方向键移动 1 像素，Shift 加方向键调整大小，空格逐个加选，回车打开设置，Delete 移除，Esc 取消",
    "Arrows move by 10 pixels, with Alt by one, Shift and arrows resize, Space selects one more, Enter opens the settings, Delete removes, Escape cancels",
);
pub(crate) const LOCKED: Words = both("已锁定", "Locked");
pub(crate) const IS_LOCKED: Words = both("已锁定，请先解锁", "It is locked: unlock it first");
pub(crate) const LIST_SEPARATOR: Words = both("、", ", ");

pub(crate) fn selected_count(count: usize, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("已选中 {count} 个组件"),
        Locale::En => format!("{count} selected"),
    }
}

/// Where a tile stands, counted from 1.
pub(crate) fn stands_at(rect: GridRect, locale: Locale) -> String {
    let (column, row, w, h) = (rect.x() + 1, rect.y() + 1, rect.w(), rect.h());
    match locale {
        Locale::ZhCn => format!("第 {column} 列第 {row} 行，宽 {w} 高 {h}"),
        Locale::En => format!("Column {column}, row {row}, {w} wide, {h} high"),
    }
}

/// Where a frame stands on the wall, in pixels.
pub(crate) fn stands_on_wall(WallRect { x, y, w, h }: WallRect, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("左 {x}，上 {y}，宽 {w}，高 {h} 像素"),
        Locale::En => format!("{x} from the left, {y} from the top, {w} by {h} pixels"),
    }
}

/// Where a card stands on the phone, counted from 1.
pub(crate) fn stands_as(position: usize, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("第 {position} 个"),
        Locale::En => format!("Number {position}"),
    }
}

pub(crate) fn held(label: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("已拿起 {label}"),
        Locale::En => format!("Picked up {label}"),
    }
}

/// `container` is what it is called.
pub(crate) fn put_into(container: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("已放入 {container}"),
        Locale::En => format!("Put into {container}"),
    }
}

pub(crate) fn removed(label: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("已移除 {label}"),
        Locale::En => format!("Removed {label}"),
    }
}
