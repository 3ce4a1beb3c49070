//! What kinds of components are called, what they are kept as, and what they can't draw.

use super::{Words, both};
use crate::chart::Unfit;
use crate::tile::FileForm;
use model::board::{ComponentKind, Family};

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
        ComponentKind::SessionTimeline => both("会话时间线", "Session timeline"),
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
