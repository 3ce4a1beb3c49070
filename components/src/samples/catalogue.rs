//! What the columns of samples are called.

use crate::tile::Names;
use model::{
    metric::{Additivity, CatalogueView, DimensionInfo, DimensionKind, MetricInfo, Unit},
    text::LocalText,
};

fn text(zh: &str, en: &str) -> LocalText {
    LocalText { zh: zh.to_owned(), en: en.to_owned() }
}

const METRICS: [(&str, &str, &str); 8] = [
    ("content.plays", "播放次数", "Plays"),
    ("content.play_users", "播放用户", "Users"),
    ("content.watch_h", "观看时长", "Watch hours"),
    ("tv.rating_pct", "收视率", "Rating"),
    ("tv.ama", "平均每分钟收视户数", "Average minute audience"),
    ("qoe.startup_s", "首帧耗时", "Start-up time"),
    ("qoe.fail_pct", "播放失败率", "Failed plays"),
    ("iptv.retention_pct", "留存率", "Retention"),
];

const DIMENSIONS: [(&str, &str, &str, DimensionKind); 15] = [
    ("province", "省份", "Province", DimensionKind::Province),
    ("channel", "频道", "Channel", DimensionKind::Text),
    ("genre", "类型", "Genre", DimensionKind::Text),
    ("view_mode", "收看方式", "Way of watching", DimensionKind::Text),
    ("isp", "运营商", "Network", DimensionKind::Text),
    ("programme", "节目", "Programme", DimensionKind::Text),
    ("from_channel", "来自频道", "From channel", DimensionKind::Text),
    ("to_channel", "转到频道", "To channel", DimensionKind::Text),
    ("guide_step", "步骤", "Step", DimensionKind::Text),
    ("day_number", "第几天", "Day", DimensionKind::Text),
    ("origin", "产地", "Origin", DimensionKind::Text),
    ("slot", "推荐位", "Place", DimensionKind::Text),
    ("content", "内容", "Title", DimensionKind::Text),
    ("platform", "终端", "Platform", DimensionKind::Text),
    ("cdn_node", "CDN 节点", "CDN node", DimensionKind::Text),
];

/// Names for all samples.
pub fn names() -> Names {
    let metric = |(id, zh, en): (&str, &str, &str)| {
        Some(MetricInfo {
            id: id.parse().ok()?,
            name: text(zh, en),
            definition: text("", ""),
            formula: text("", ""),
            unit: Unit::Count,
            additivity: Additivity::Additive,
            domains: Vec::new(),
            dimensions: Vec::new(),
            grains: Vec::new(),
            stats: Vec::new(),
            profiles: Vec::new(),
            is_share_of_cases: false,
            parts_by: Vec::new(),
            has_sessions: false,
            minimum_sample: 0,
            owner: String::new(),
            source: String::new(),
            version: 1,
            sounds: String::new(),
        })
    };
    let dimension = |(id, zh, en, kind): (&str, &str, &str, DimensionKind)| {
        Some(DimensionInfo { id: id.parse().ok()?, name: text(zh, en), kind, written: None, values: Vec::new() })
    };
    Names::from_catalogue(&CatalogueView {
        metrics: METRICS.into_iter().filter_map(metric).collect(),
        dimensions: DIMENSIONS.into_iter().filter_map(dimension).collect(),
    })
}
