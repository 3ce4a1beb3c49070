//! The words inside components, in both languages. Pages have their own, in `app`.

use crate::{chart::Unfit, tile::FileForm};
use model::{
    board::{ComponentKind, Family, Tone},
    formatting::{Locale, exact_number},
    layout::{GridRect, WallRect},
    metric::{self, BAND_HIGH, BAND_LOW, Calculation, HIGH, LOW, Unit},
    time::{Compare, Festival, SpecialDay},
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

pub(crate) const fn both(zh: &'static str, en: &'static str) -> Words {
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
pub(crate) const COMPARED: Words = both("对比", "Compare with");
pub(crate) const ALL: Words = both("全部", "All");
pub(crate) const EACH_TILES_OWN: Words = both("各组件自定", "Each tile's own");

/// What a day is off for, or that it is worked.
pub(crate) const fn special_day(day: SpecialDay) -> Words {
    match day {
        SpecialDay::Off(Festival::NewYear) => both("元旦", "New Year"),
        SpecialDay::Off(Festival::SpringFestival) => both("春节", "Spring Festival"),
        SpecialDay::Off(Festival::Qingming) => both("清明", "Qingming"),
        SpecialDay::Off(Festival::LabourDay) => both("劳动节", "Labour Day"),
        SpecialDay::Off(Festival::DragonBoat) => both("端午", "Dragon Boat"),
        SpecialDay::Off(Festival::MidAutumn) => both("中秋", "Mid-Autumn"),
        SpecialDay::Off(Festival::NationalDay) => both("国庆", "National Day"),
        SpecialDay::Worked => both("调休上班", "Worked for a holiday"),
    }
}

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

pub(crate) const TARGET: Words = both("目标", "Target");
pub(crate) const TOTAL: Words = both("合计", "Total");
pub(crate) const SO_FAR: Words = both("累计", "So far");
pub(crate) const SHARE: Words = both("占比", "Share");
pub(crate) const MEDIAN: Words = both("中位数", "Median");

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

pub(crate) const DAY: Words = both("天", "Day");
pub(crate) const MEAN: Words = both("平均", "Mean");
pub(crate) const OF_THE_FIRST: Words = both("占首步", "of the first");
pub(crate) const OF_THE_STEP_BEFORE: Words = both("较上一步", "of the step before");
pub(crate) const OF_THE_WHOLE: Words = both("占比", "of the whole");
pub(crate) const HOURS_COUNTED: Words = both("计入小时数", "Hours counted");
pub(crate) const COMES_IN: Words = both("流入", "Comes in");
pub(crate) const GOES_OUT: Words = both("流出", "Goes out");

/// What a share is of, by name.
pub(crate) fn share_of(name: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("占{name}"),
        Locale::En => format!("of {name}"),
    }
}

/// So many days after the first.
pub(crate) fn day_number(number: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("第 {number} 天"),
        Locale::En => format!("Day {number}"),
    }
}

/// `last` is the latest day of which something is known, and the mean on it.
pub(crate) fn retention_summary(
    measure: &str,
    cohorts: usize,
    last: Option<(String, String)>,
    locale: Locale,
) -> String {
    let kind = kind_name(ComponentKind::Retention).in_locale(locale);
    match (last, locale) {
        (Some((day, mean)), Locale::ZhCn) => format!("{kind}：{measure}，{cohorts} 批，{day}平均 {mean}"),
        (Some((day, mean)), Locale::En) => format!("{kind}: {measure}, {cohorts} cohorts, {day} mean {mean}"),
        (None, Locale::ZhCn) => format!("{kind}：{measure}，{cohorts} 批"),
        (None, Locale::En) => format!("{kind}: {measure}, {cohorts} cohorts"),
    }
}

/// The first and the last step with their numbers, and the share of the first that is left at the last.
pub(crate) type FunnelEnds<'a> = ((&'a str, String), (&'a str, String), Option<String>);

pub(crate) fn funnel_summary(
    kind: &str,
    measure: &str,
    steps: usize,
    ends: Option<FunnelEnds>,
    locale: Locale,
) -> String {
    let ends = ends.map(|((first, most), (last, least), left)| match locale {
        Locale::ZhCn => {
            let left = left.map_or_else(String::new, |left| format!("，余 {left}"));
            format!("，从 {first} {most} 到 {last} {least}{left}")
        }
        Locale::En => {
            let left = left.map_or_else(String::new, |left| format!(", {left} left"));
            format!(", from {first} {most} to {last} {least}{left}")
        }
    });
    let ends = ends.unwrap_or_default();
    match locale {
        Locale::ZhCn => format!("{kind}：{measure}，{steps} 步{ends}"),
        Locale::En => format!("{kind}: {measure}, {steps} steps{ends}"),
    }
}

/// A chart of a kind that shows so many things, and which of them is the most.
pub(crate) fn items_summary(
    kind: ComponentKind,
    measure: &str,
    items: usize,
    most: Option<(&str, String)>,
    locale: Locale,
) -> String {
    let kind = kind_name(kind).in_locale(locale);
    match locale {
        Locale::ZhCn => format!("{kind}：{measure}，{items} 项{}", most_of(most, locale)),
        Locale::En => format!("{kind}: {measure}, {items} items{}", most_of(most, locale)),
    }
}

/// A chart of cells in rows and columns, and which of them is the most.
pub(crate) fn cells_summary(
    kind: ComponentKind,
    measure: &str,
    (rows, columns): (usize, usize),
    most: Option<(&str, String)>,
    locale: Locale,
) -> String {
    let kind = kind_name(kind).in_locale(locale);
    match locale {
        Locale::ZhCn => format!("{kind}：{measure}，{rows} 行 × {columns} 列{}", most_of(most, locale)),
        Locale::En => format!("{kind}: {measure}, {rows} rows × {columns} columns{}", most_of(most, locale)),
    }
}

fn most_of(most: Option<(&str, String)>, locale: Locale) -> String {
    match (most, locale) {
        (Some((name, value)), Locale::ZhCn) => format!("，最高 {name} {value}"),
        (Some((name, value)), Locale::En) => format!(", most {name} {value}"),
        (None, _) => String::new(),
    }
}

pub(crate) fn columns_summary(
    measure: &str,
    (places, series): (usize, usize),
    most: Option<(&str, String)>,
    locale: Locale,
) -> String {
    let most = led_by(most, locale);
    match (locale, series) {
        (Locale::ZhCn, 0 | 1) => format!("柱状图：{measure}，{places} 项{most}"),
        (Locale::ZhCn, series) => format!("柱状图：{measure}，{places} 项，分 {series} 类{most}"),
        (Locale::En, 0 | 1) => format!("Columns: {measure}, {places} places{most}"),
        (Locale::En, series) => format!("Columns: {measure}, {places} places by {series} kinds{most}"),
    }
}

/// What is most, as the end of a sentence.
fn led_by(most: Option<(&str, String)>, locale: Locale) -> String {
    match (most, locale) {
        (Some((name, value)), Locale::ZhCn) => format!("，最高 {name} {value}"),
        (Some((name, value)), Locale::En) => format!(", led by {name} {value}"),
        (None, _) => String::new(),
    }
}

pub(crate) fn area_summary(
    measure: &str,
    (areas, steps): (usize, usize),
    most: Option<(&str, String)>,
    locale: Locale,
) -> String {
    let most = led_by(most, locale);
    match locale {
        Locale::ZhCn => format!("面积图：{measure}，{areas} 个面积，{steps} 个时点{most}"),
        Locale::En => format!("Area chart: {measure}, {areas} areas, {steps} steps{most}"),
    }
}

pub(crate) fn combo_summary(columns: &str, line: &str, steps: usize, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("柱线组合图：柱为{columns}，线为{line}，{steps} 个时点"),
        Locale::En => format!("Combined chart: {columns} as columns, {line} as a line, {steps} steps"),
    }
}

pub(crate) fn waterfall_summary(measure: &str, parts: usize, total: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("瀑布图：{measure}，{parts} 项，合计 {total}"),
        Locale::En => format!("Waterfall: {measure}, {parts} parts, {total} in total"),
    }
}

/// `of` is the value that alone is drawn where there are several.
pub(crate) fn histogram_summary(measure: &str, of: Option<&str>, marks: &str, locale: Locale) -> String {
    match (locale, of) {
        (Locale::ZhCn, None) => format!("直方图：{measure}，{marks}"),
        (Locale::ZhCn, Some(of)) => format!("直方图：{measure}，仅 {of}，{marks}"),
        (Locale::En, None) => format!("Histogram: {measure}, {marks}"),
        (Locale::En, Some(of)) => format!("Histogram: {measure}, {of} only, {marks}"),
    }
}

pub(crate) fn box_plot_summary(measure: &str, boxes: usize, most: Option<(&str, String)>, locale: Locale) -> String {
    match (locale, most) {
        (Locale::ZhCn, Some((name, value))) => format!("箱线图：{measure}，{boxes} 项，中位数最高 {name} {value}"),
        (Locale::ZhCn, None) => format!("箱线图：{measure}，{boxes} 项"),
        (Locale::En, Some((name, value))) => {
            format!("Box plot: {measure}, {boxes} boxes, highest median {name} {value}")
        }
        (Locale::En, None) => format!("Box plot: {measure}, {boxes} boxes"),
    }
}

pub(crate) fn scatter_summary(
    (x, y): (&str, &str),
    points: usize,
    most: Option<(&str, String)>,
    locale: Locale,
) -> String {
    let most = led_by(most, locale);
    match locale {
        Locale::ZhCn => format!("散点图：横轴{x}，纵轴{y}，{points} 个点{most}"),
        Locale::En => format!("Scatter plot: {x} across, {y} upwards, {points} points{most}"),
    }
}

pub(crate) const ATTAINED: Words = both("达成率", "Attained");

pub(crate) const SHARE_OF_WHOLE: Words = both("占比", "Share");

/// One number, and what ought to be reached.
pub(crate) fn figure_summary(
    kind: ComponentKind,
    (measure, value): (&str, &str),
    target: Option<(&str, &str)>,
    locale: Locale,
) -> String {
    let kind = kind_name(kind).in_locale(locale);
    let target = target.map(|(name, value)| format!("{}{name} {value}", comma(locale))).unwrap_or_default();
    format!("{kind}{}{measure} {value}{target}", colon(locale))
}

/// Several parts, and the largest of them.
pub(crate) fn parts_summary(
    kind: ComponentKind,
    measure: &str,
    parts: usize,
    largest: Option<(&str, &str)>,
    locale: Locale,
) -> String {
    let kind = kind_name(kind).in_locale(locale);
    match (locale, largest) {
        (Locale::ZhCn, Some((name, value))) => format!("{kind}：{measure}，{parts} 项，最大 {name} {value}"),
        (Locale::En, Some((name, value))) => format!("{kind}: {measure}, {parts} parts, the largest {name} {value}"),
        (Locale::ZhCn, None) => format!("{kind}：{measure}，{parts} 项"),
        (Locale::En, None) => format!("{kind}: {measure}, {parts} parts"),
    }
}

pub(crate) fn radar_summary(
    measure: &str,
    (axes, series): (usize, usize),
    largest: Option<(&str, &str)>,
    locale: Locale,
) -> String {
    let largest = match (largest, locale) {
        (Some((name, value)), Locale::ZhCn) => format!("，最高 {name} {value}"),
        (Some((name, value)), Locale::En) => format!(", highest {name} {value}"),
        (None, _) => String::new(),
    };
    match locale {
        Locale::ZhCn => format!("雷达图：{measure}，{axes} 个轴，{series} 个系列{largest}"),
        Locale::En => format!("Radar: {measure}, {axes} axes, {series} series{largest}"),
    }
}

const fn comma(locale: Locale) -> &'static str {
    match locale {
        Locale::ZhCn => "，",
        Locale::En => ", ",
    }
}

const fn colon(locale: Locale) -> &'static str {
    match locale {
        Locale::ZhCn => "：",
        Locale::En => ": ",
    }
}

pub(crate) const SINCE_MINUTE_BEFORE: Words = both("较前一分钟", "Since the minute before");

pub(crate) const PEAK: Words = both("峰值", "Peak");

/// `programmes` is how many bands lie beneath the curve, `peak` when it was highest and how high.
pub(crate) fn minute_curve_summary(
    measure: &str,
    minutes: usize,
    programmes: Option<usize>,
    peak: Option<(String, String)>,
    locale: Locale,
) -> String {
    let programmes = match (programmes, locale) {
        (Some(count), Locale::ZhCn) => format!("，{count} 段节目"),
        (Some(count), Locale::En) => format!(", {count} programmes"),
        (None, _) => String::new(),
    };
    let peak = match (peak, locale) {
        (Some((time, value)), Locale::ZhCn) => format!("，峰值 {time} {value}"),
        (Some((time, value)), Locale::En) => format!(", peak {value} at {time}"),
        (None, _) => String::new(),
    };
    match locale {
        Locale::ZhCn => format!("逐分钟曲线：{measure}，{minutes} 个时点{programmes}{peak}"),
        Locale::En => format!("Minute curve: {measure}, {minutes} steps{programmes}{peak}"),
    }
}

pub(crate) const PLACE: Words = both("名次", "Place");

pub(crate) fn rank_list_summary(
    measure: &str,
    entries: usize,
    first: Option<(&str, String)>,
    locale: Locale,
) -> String {
    let first = match (first, locale) {
        (Some((name, value)), Locale::ZhCn) => format!("，首位 {name} {value}"),
        (Some((name, value)), Locale::En) => format!(", led by {name} {value}"),
        (None, _) => String::new(),
    };
    match locale {
        Locale::ZhCn => format!("排行榜：{measure}，{entries} 项{first}"),
        Locale::En => format!("Ranking: {measure}, {entries} places{first}"),
    }
}

pub(crate) fn rank_race_summary(
    measure: &str,
    entries: usize,
    steps: usize,
    first: Option<&str>,
    locale: Locale,
) -> String {
    let first = match (first, locale) {
        (Some(name), Locale::ZhCn) => format!("，最后时点第一 {name}"),
        (Some(name), Locale::En) => format!(", {name} first in the end"),
        (None, _) => String::new(),
    };
    match locale {
        Locale::ZhCn => format!("名次变化：{measure}，{entries} 项，{steps} 个时点{first}"),
        Locale::En => format!("Rank race: {measure}, {entries} entries, {steps} steps{first}"),
    }
}

/// The approval number of a map, or that it is still to be entered.
pub(crate) fn map_approval(number: Option<&str>, locale: Locale) -> String {
    match (number, locale) {
        (Some(number), Locale::ZhCn) => format!("审图号：{number}"),
        (Some(number), Locale::En) => format!("Map approval number: {number}"),
        (None, Locale::ZhCn) => "审图号：待填写".to_owned(),
        (None, Locale::En) => "Map approval number: to be entered".to_owned(),
    }
}

pub(crate) fn boundary_map_summary(
    measure: &str,
    counted: usize,
    most: Option<(&str, String)>,
    locale: Locale,
) -> String {
    let most = match (most, locale) {
        (Some((name, value)), Locale::ZhCn) => format!("，最多 {name} {value}"),
        (Some((name, value)), Locale::En) => format!(", led by {name} {value}"),
        (None, _) => String::new(),
    };
    match locale {
        Locale::ZhCn => format!("边界地图：{measure}，{counted} 个省份有数据{most}"),
        Locale::En => format!("Boundary map: {measure}, {counted} provinces with data{most}"),
    }
}

pub(crate) fn flow_map_summary(
    measure: &str,
    hub: &str,
    flows: usize,
    most: Option<(&str, String)>,
    locale: Locale,
) -> String {
    let most = match (most, locale) {
        (Some((name, value)), Locale::ZhCn) => format!("，最多 {name} {value}"),
        (Some((name, value)), Locale::En) => format!(", led by {name} {value}"),
        (None, _) => String::new(),
    };
    match locale {
        Locale::ZhCn => format!("流向地图：{measure}，{hub} 到 {flows} 个省份{most}"),
        Locale::En => format!("Flow map: {measure}, {hub} to {flows} provinces{most}"),
    }
}

pub(crate) fn page_heat_summary(
    measure: &str,
    slots: usize,
    placed: usize,
    most: Option<(&str, String)>,
    locale: Locale,
) -> String {
    let most = match (most, locale) {
        (Some((name, value)), Locale::ZhCn) => format!("，最多 {name} {value}"),
        (Some((name, value)), Locale::En) => format!(", led by {name} {value}"),
        (None, _) => String::new(),
    };
    match locale {
        Locale::ZhCn => format!("页面热力图：{measure}，{slots} 个位置，{placed} 个在图上{most}"),
        Locale::En => format!("Page heat: {measure}, {slots} places, {placed} of them on the picture{most}"),
    }
}

// Tiles

/// What a kind of component is called.
pub(crate) const fn kind_name(kind: ComponentKind) -> Words {
    match kind {
        ComponentKind::Kpi => both("指标卡", "KPI"),
        ComponentKind::FlipCounter => both("翻牌器", "Flip counter"),
        ComponentKind::Gauge => both("仪表盘", "Gauge"),
        ComponentKind::Bullet => both("目标条", "Bullet chart"),
        ComponentKind::Line => both("折线图", "Line chart"),
        ComponentKind::Area => both("面积图", "Area chart"),
        ComponentKind::Combo => both("柱线组合图", "Combined chart"),
        ComponentKind::MinuteCurve => both("分钟收视曲线", "Minute curve"),
        ComponentKind::CalendarHeat => both("日历热力图", "Calendar heat"),
        ComponentKind::WeekHeat => both("时段热力图", "Week by hour"),
        ComponentKind::RankRace => both("名次变化图", "Rank race"),
        ComponentKind::Bar => both("条形图", "Bar chart"),
        ComponentKind::RankList => both("排行榜", "Ranking"),
        ComponentKind::Columns => both("柱状图", "Columns"),
        ComponentKind::Waterfall => both("瀑布图", "Waterfall"),
        ComponentKind::Ticker => both("滚动条", "Ticker"),
        ComponentKind::Pie => both("饼图", "Pie"),
        ComponentKind::Rose => both("玫瑰图", "Rose"),
        ComponentKind::Treemap => both("矩形树图", "Treemap"),
        ComponentKind::Sunburst => both("旭日图", "Sunburst"),
        ComponentKind::Funnel => both("漏斗图", "Funnel"),
        ComponentKind::WordCloud => both("词云", "Word cloud"),
        ComponentKind::Heatmap => both("热力矩阵", "Heatmap"),
        ComponentKind::Sankey => both("流向图", "Sankey diagram"),
        ComponentKind::Retention => both("留存三角", "Retention triangle"),
        ComponentKind::Radar => both("雷达图", "Radar"),
        ComponentKind::Scatter => both("散点图", "Scatter plot"),
        ComponentKind::Histogram => both("直方图", "Histogram"),
        ComponentKind::BoxPlot => both("箱线图", "Box plot"),
        ComponentKind::PageHeat => both("页面热力图", "Page heat"),
        ComponentKind::ProvinceMap => both("分省地图", "Province map"),
        ComponentKind::BoundaryMap => both("边界地图", "Boundary map"),
        ComponentKind::FlowMap => both("流向地图", "Flow map"),
        ComponentKind::Table => both("表格", "Table"),
        ComponentKind::Pivot => both("交叉表", "Pivot table"),
        ComponentKind::Text => both("文本", "Text"),
        ComponentKind::Image => both("图片", "Image"),
        ComponentKind::Video => both("视频", "Video"),
        ComponentKind::QrCode => both("二维码", "QR code"),
        ComponentKind::Clock => both("时钟", "Clock"),
        ComponentKind::Frame => both("装饰框", "Frame"),
        ComponentKind::Filter => both("筛选控件", "Filter"),
        ComponentKind::Tabs => both("标签页", "Tabs"),
        ComponentKind::Carousel => both("轮播", "Carousel"),
    }
}

/// What a shelf of the palette is called.
pub(crate) const fn family_name(family: Family) -> Words {
    match family {
        Family::Figures => both("数字", "Figures"),
        Family::Trends => both("趋势", "Trends"),
        Family::Rankings => both("排名与比较", "Rankings"),
        Family::Parts => both("构成", "Parts of a whole"),
        Family::Relations => both("关系与分布", "Relations and spread"),
        Family::Maps => both("地图", "Maps"),
        Family::Tables => both("表格", "Tables"),
        Family::Decorations => both("文字与装饰", "Text and decoration"),
        Family::Controls => both("控件", "Controls"),
        Family::Containers => both("容器", "Containers"),
    }
}

/// Having a tile as a file.
pub(crate) const fn file_of(form: FileForm) -> Words {
    match form {
        FileForm::Png => both("下载图片（PNG）", "Download as PNG"),
        FileForm::Svg => both("下载矢量图（SVG）", "Download as SVG"),
        FileForm::Csv => both("下载数据（CSV）", "Download as CSV"),
    }
}

/// Why numbers can't be drawn as they are asked for, and what to do about it.
pub(crate) const fn unfit(unfit: Unfit) -> (Words, Words) {
    match unfit {
        Unfit::Shape => (
            both("数据的形状与组件不符", "The data has another shape than this component draws"),
            both("在右侧重新选择维度，或换一种组件", "Choose its dimensions again, or another component"),
        ),
        Unfit::AllUndefined => (
            both("所有数值均无定义", "None of the numbers is defined"),
            both("分母为零时没有数值；请换时间范围", "There is none where nothing was counted; try another range"),
        ),
        Unfit::Negative => (
            both("含有负数，无法表示为整体的部分", "Negative numbers are no parts of a whole"),
            both("请改用条形图或瀑布图", "A bar chart or a waterfall shows them"),
        ),
        Unfit::ZeroTotal => (
            both("合计为零，没有可分的部分", "The whole is zero: there is nothing to share out"),
            both("请换时间范围或筛选条件", "Try another range or other filters"),
        ),
    }
}

pub(crate) const NO_PICTURE_YET: Words = both("还没有图片", "No picture yet");
pub(crate) const NO_FILM_YET: Words = both("还没有视频", "No video yet");
pub(crate) const NO_CODE_YET: Words = both("还没有内容", "Nothing to encode yet");
pub(crate) const NO_FILTER_YET: Words = both("还没有选择筛选", "No filter chosen yet");
pub(crate) const CHOOSE_ON_THE_RIGHT: Words = both("选中后在右侧填写", "Select it and fill it in on the right");

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

/// How well a number does.
pub(crate) const fn tone(tone: Tone) -> Words {
    match tone {
        Tone::Good => both("良好", "Good"),
        Tone::Warning => both("预警", "Warning"),
        Tone::Danger => both("告警", "Alert"),
    }
}

/// Of a target; `share` is in percent.
pub(crate) fn reached(share: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("达成 {share}"),
        Locale::En => format!("{share} reached"),
    }
}

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

// Export
pub(crate) const PICTURE_LEFT_OUT: Words = both("图片不在文件中", "Picture left out");

/// How new the numbers of a file are.
pub(crate) fn as_of(moment: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("数据截至 {moment}"),
        Locale::En => format!("Data as of {moment}"),
    }
}

/// Of `rows` rows there was room for so many.
pub(crate) fn rows_shown(shown: usize, rows: usize, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("共 {rows} 行，此处为前 {shown} 行"),
        Locale::En => format!("First {shown} of {rows} rows"),
    }
}

/// So many columns had no room.
pub(crate) fn columns_left_out(count: usize, locale: Locale) -> String {
    match (locale, count) {
        (Locale::ZhCn, _) => format!("另有 {count} 列未显示"),
        (Locale::En, 1) => "1 more column".to_owned(),
        (Locale::En, _) => format!("{count} more columns"),
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
