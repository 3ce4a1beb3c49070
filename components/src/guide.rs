//! What there is to know of a component before using it: when it is the right one, what it is bound to, what can be
//! adjusted. The gallery says it; the inspector and the palette say parts of it.

use crate::words::both;
use model::{
    board::{ComponentKind, LookPart, Shape},
    formatting::Locale,
};

/// When a kind of component is the right one, in a sentence.
pub fn when_to_use(kind: ComponentKind, locale: Locale) -> &'static str {
    let words = match kind {
        ComponentKind::Kpi => both(
            "一个数，和它与上期的差别：读看板的人先看它。",
            "One number and how it changed: what readers look at first.",
        ),
        ComponentKind::FlipCounter => both(
            "大屏上不断增长的总数，例如累计参与人数。",
            "A total that keeps growing on a wall, such as all who took part.",
        ),
        ComponentKind::Gauge => both(
            "一个有上限或阈值的比率，例如可用率；一块看板最多两三个。",
            "A rate with an end or thresholds, such as availability; two or three on a board at most.",
        ),
        ComponentKind::Bullet => both(
            "实际值与目标值的对比，占地小，可以逐行排列：考核看板首选。",
            "Actual against target in little room, row by row: made for appraisal.",
        ),
        ComponentKind::Line => both(
            "随时间变化的数，尤其是要看走势和比较几条线时。",
            "Numbers along time, to see their course and compare a few.",
        ),
        ComponentKind::Area => both(
            "随时间变化的总量及其构成；部分之间不要求精确比较时。",
            "A total along time and what it is made of, where parts need no exact comparison.",
        ),
        ComponentKind::Combo => both(
            "两个单位不同、应当一起看的数，例如播放量与失败率。",
            "Two numbers of different units that belong together, such as plays and failures.",
        ),
        ComponentKind::MinuteCurve => both(
            "一个频道每分钟的收视，与节目单对齐：哪一分钟来人、哪一分钟走人。",
            "A channel minute by minute above its programmes: when viewers come and when they leave.",
        ),
        ComponentKind::CalendarHeat => both(
            "几个月的每日数，看周期、节假日和异常的日子。",
            "Days of several months: cycles, holidays and odd days.",
        ),
        ComponentKind::WeekHeat => both(
            "一周中每个小时的平均水平：什么时候有人看。",
            "The usual level of each hour of the week: when people watch.",
        ),
        ComponentKind::RankRace => both(
            "名次如何随时间变化，数值本身不重要时。",
            "How places change over time, where the numbers matter less.",
        ),
        ComponentKind::SessionTimeline => both(
            "数字变差时看几个具体会话经历了什么：起播、卡顿、暂停、失败各在何时。仅编辑者可见。",
            "What happened in a few plays behind a bad number: starting, stalling, pausing, failing. Editors only.",
        ),
        ComponentKind::Bar => both(
            "按一个维度的排名，名称较长或项目较多时也清楚。",
            "A ranking by one dimension; clear with long names and many values.",
        ),
        ComponentKind::RankList => both(
            "排名和每项的升降，例如频道收视榜。",
            "A ranking with how each one rose or fell, such as channels by rating.",
        ),
        ComponentKind::Columns => both(
            "按时间或类别比较几个系列：并列、堆叠或占比。",
            "Several series by time or category: beside each other, stacked, or as shares.",
        ),
        ComponentKind::Waterfall => both(
            "合计是怎样由增减得来的，例如净增用户。",
            "How a total comes about by gains and losses, such as net additions.",
        ),
        ComponentKind::Ticker => {
            both("大屏底部滚动的名称和数字。", "Names and numbers that pass by at the foot of a wall.")
        }
        ComponentKind::Pie => both(
            "整体的几个部分，最多六个，差别明显。",
            "A few parts of a whole, six at most, of plainly different size.",
        ),
        ComponentKind::Rose => both(
            "整体的部分，个数较多且要醒目时；面积与数值成正比。",
            "Parts of a whole where there are more of them and it should catch the eye; areas are true.",
        ),
        ComponentKind::Treemap => {
            both("很多部分的大小，占满一块矩形。", "The sizes of many parts, filling one rectangle.")
        }
        ComponentKind::Sunburst => both(
            "两层构成：先按一个维度，再按另一个维度细分。",
            "Parts of parts: by one dimension, and each by another.",
        ),
        ComponentKind::Funnel => both(
            "按先后步骤剩下多少人，在哪一步流失。",
            "How many are left from step to step, and where they are lost.",
        ),
        ComponentKind::WordCloud => {
            both("只求印象，不求读数：热门节目名。", "For an impression and not for reading numbers: what is popular.")
        }
        ComponentKind::Heatmap => both(
            "两个维度的交叉，找出异常的格子；样本少的格子会标出。",
            "Two dimensions crossed, to find the odd cell; cells of few cases are marked.",
        ),
        ComponentKind::Sankey => both(
            "从哪里到哪里、各有多少：频道间流动、状态变化、页面路径。",
            "How much goes from where to where: between channels, states or pages.",
        ),
        ComponentKind::Retention => {
            both("同一天来的用户后来还剩多少。", "How many of those who came on the same day are still there later.")
        }
        ComponentKind::Radar => both(
            "几个对象在同样几个方面的形状对比，方面不少于三个。",
            "A few things compared by the same aspects, at least three of them.",
        ),
        ComponentKind::Scatter => {
            both("两个指标之间的关系，和脱离常规的点。", "How two metrics go together, and which points stand apart.")
        }
        ComponentKind::Histogram => both(
            "单次事件的取值如何分布，例如首帧耗时，附分位线。",
            "How the values of single events are spread, such as start-up times, with quantiles.",
        ),
        ComponentKind::BoxPlot => {
            both("几组分布的比较：中位数、四分位、尾部。", "Several distributions compared: median, quartiles, tails.")
        }
        ComponentKind::PageHeat => {
            both("页面截图上每个推荐位的点击。", "Clicks of each place over the picture of a page.")
        }
        ComponentKind::ProvinceMap => both(
            "各省一格，大小相同：小省也看得清，无需地图审图号。",
            "A tile for each province, all alike: small ones are seen too, and no map approval is needed.",
        ),
        ComponentKind::BoundaryMap => both(
            "按行政边界着色的中国地图；对外展示须填审图号。",
            "China by its boundaries; to be shown in public it needs an approval number.",
        ),
        ComponentKind::FlowMap => {
            both("从一地流向各省的量，例如分发流量。", "What flows from one place to the provinces, such as delivery.")
        }
        ComponentKind::Table => both(
            "需要逐个读数、排序和复制时；数字旁可以带走势。",
            "Where each number is to be read, sorted or copied; its course may stand beside it.",
        ),
        ComponentKind::Pivot => {
            both("两个维度交叉的数，一行一列地读。", "Numbers by two dimensions, read by row and column.")
        }
        ComponentKind::Text => both("标题、说明和口径。", "Headings, explanations, definitions."),
        ComponentKind::Image => both("台标、现场图片。", "A logo, a picture of the place."),
        ComponentKind::Video => both("监看画面或宣传片，默认静音。", "A feed or a film, silent by default."),
        ComponentKind::QrCode => both("把观众带到手机页面。", "Leads viewers to a page on their phones."),
        ComponentKind::Clock => both("大屏上的时间和日期。", "Time and day on a wall."),
        ComponentKind::Frame => both("给一组组件加边框或标题线。", "A border or a heading for a group of tiles."),
        ComponentKind::Filter => both(
            "让读者在看板上直接筛选：时间、对比或某个维度的值；放在它影响的数字旁边。",
            "Lets readers choose on the board itself: time, comparison, or values; beside the numbers that follow.",
        ),
        ComponentKind::Tabs => {
            both("同一处轮流看几组组件，由读者翻页。", "Several groups in one place; readers turn the pages.")
        }
        ComponentKind::Carousel => both(
            "同一处自动轮播几组组件，大屏常用。",
            "Several groups in one place that turn by themselves, for walls.",
        ),
    };
    words.in_locale(locale)
}

/// What a component of that shape is bound to.
pub fn bound_to(shape: Shape, locale: Locale) -> &'static str {
    let words = match shape {
        Shape::Scalar => both("一个指标", "One metric"),
        Shape::Series => {
            both("一个指标，按时间；可按一个维度拆分", "One metric along time; may be split by a dimension")
        }
        Shape::Category => both("一个指标，按一个维度", "One metric by one dimension"),
        Shape::Matrix => {
            both("一个指标，按两个维度，或一个维度和时间", "One metric by two dimensions, or by one and time")
        }
        Shape::Pair => both("两个指标，按时间", "Two metrics along time"),
        Shape::Points => both("两个或三个指标，按一个维度", "Two or three metrics by one dimension"),
        Shape::Spread => {
            both("一个有分位数的指标；可按一个维度", "One metric that has quantiles; may be split by a dimension")
        }
        Shape::Table => both("一个或多个指标，按若干维度", "One or more metrics by several dimensions"),
        Shape::Geo => both("一个指标，按省份", "One metric by province"),
        Shape::Sessions => both(
            "一个播放质量指标背后的若干会话，至多七天",
            "A few plays behind a quality metric, of seven days at most",
        ),
        Shape::None => both("不绑定数据", "No data"),
    };
    words.in_locale(locale)
}

/// What a part of the look adjusts.
pub fn adjusts(part: LookPart, locale: Locale) -> &'static str {
    let words = match part {
        LookPart::Numbers => both("数字格式：小数位数，是否缩写", "Numbers: decimals, short or in full"),
        LookPart::Target => both("目标值及其名称", "A target and its name"),
        LookPart::Thresholds => both("阈值：良好、注意、异常", "Thresholds: good, warning, bad"),
        LookPart::Annotations => both("事件标注", "What happened along time"),
        LookPart::Holidays => both("标出节假日", "Days off are marked"),
        LookPart::Stacking => both("并列、堆叠或占比", "Beside each other, stacked, or shares"),
        LookPart::Direction => both("竖直或水平", "Upright or level"),
        LookPart::Hole => both("中间留空显示合计", "A hole with the total in it"),
        LookPart::Hub => both("流向的起点", "Where flows come from"),
        LookPart::Picture => both("页面截图和推荐位的位置", "The picture of the page and its places"),
    };
    words.in_locale(locale)
}
