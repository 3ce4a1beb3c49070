//! A component on its own, with made-up numbers or in a state.

use components::{
    samples::{self, Sample},
    tile::{TileCard, TileSpace, TileState},
};
use leptos::prelude::*;
use model::{
    board::{
        Bound, ComponentKind, FilterDisplay, FrameStyle, Look, Still, StillKind, Tile, TileContent, TileId, Title,
    },
    formatting::Locale,
    layout::GridSize,
    time::{Calendar, Grain},
};
use std::sync::Arc;

/// A tile of that kind, bound to what its sample is made of.
pub(crate) fn tile_of(kind: ComponentKind, locale: Locale) -> Tile {
    let sample = samples::sample(kind, locale);
    let mut content = with_grain(kind.blank(), sample.as_ref().map_or(Grain::Day, |sample| sample.grain));
    if let (Some(look), Some(sample)) = (content.look_mut(), sample) {
        *look = sample.look;
    }
    Tile::new(TileId::from_u128(1), Title::default(), filled(content, locale))
}

/// The same as somebody would fill it who has no more room than `size`.
pub(super) fn tile_for(kind: ComponentKind, size: GridSize, locale: Locale) -> Tile {
    let mut tile = tile_of(kind, locale);
    if let TileContent::Still(Still::Text { text }) = &mut tile.content
        && size.h < kind.usual_size().h
    {
        match locale {
            Locale::ZhCn => "**直播**占六成",
            Locale::En => "**Live** makes up 60%",
        }
        .clone_into(text);
    }
    tile
}

/// Content that draws no numbers, with something in it.
fn filled(content: TileContent, locale: Locale) -> TileContent {
    let said = |zh: &str, en: &str| match locale {
        Locale::ZhCn => zh.to_owned(),
        Locale::En => en.to_owned(),
    };
    let TileContent::Still(still) = &content else { return content };
    TileContent::Still(match still.kind() {
        StillKind::Text => Still::Text {
            text: said(
                "# 本周要点\n\n收视平稳，**直播**占六成。\n\n- 周六晚间为峰值\n- 回看持续上升",
                "# This week\n\nAudience is steady; **live** makes up 60%.\n\n- Saturday evening was the peak\n- Catch-up keeps rising",
            ),
        },
        StillKind::QrCode => Still::QrCode { text: "https://example.org/vote".to_owned() },
        StillKind::Frame => Still::Frame { style: FrameStyle::Corners },
        StillKind::Image => Still::Image { address: "/favicon.svg".parse().ok(), description: Title::default() },
        StillKind::Filter => Still::Filter { about: "province".parse().ok(), display: FilterDisplay::Segments },
        StillKind::Video | StillKind::Clock => still.clone(),
    })
}

/// The grain of a sample, where a component needs to know it.
fn with_grain(content: TileContent, grain: Grain) -> TileContent {
    use model::board::{PairBinding, SeriesBinding};
    use model::{
        metric::MetricRef,
        time::{CalendarWord, TimeRange},
    };
    let Ok(metric) = "content.plays".parse().map(MetricRef::plain) else { return content };
    let time = TimeRange::Word(CalendarWord::Today);
    match content {
        TileContent::Series(bound) => {
            let binding = SeriesBinding { metric, grain, split: None, filters: Vec::new(), time };
            TileContent::Series(Bound { binding: Some(binding), ..bound })
        }
        TileContent::Pair(bound) => {
            let binding = PairBinding { second: metric.clone(), metric, grain, filters: Vec::new(), time };
            TileContent::Pair(Bound { binding: Some(binding), ..bound })
        }
        TileContent::Scalar(_)
        | TileContent::Category(_)
        | TileContent::Matrix(_)
        | TileContent::Points(_)
        | TileContent::Spread(_)
        | TileContent::Table(_)
        | TileContent::Geo(_)
        | TileContent::Sessions(_)
        | TileContent::Still(_)
        | TileContent::Tabs { .. }
        | TileContent::Carousel { .. } => content,
    }
}

/// The state in which a tile shows its sample.
pub(crate) fn ready(kind: ComponentKind, locale: Locale) -> TileState {
    match samples::sample(kind, locale) {
        Some(Sample { frame, .. }) => TileState::Ready { frame: Arc::new(frame), age_seconds: Some(2) },
        None => TileState::Unbound,
    }
}

/// A card of the gallery.
#[component]
pub(crate) fn Shown(
    #[prop(into)] tile: Signal<Tile>,
    #[prop(into)] state: Signal<TileState>,
    title: Signal<String>,
    locale: Signal<Locale>,
    calendar: Calendar,
    size: GridSize,
) -> impl IntoView {
    provide_context(TileSpace(Memo::new(move |_| size)));
    view! {
        <TileCard
            tile
            title_fallback=title
            state
            locale
            names=Signal::stored(samples::names())
            calendar=Signal::stored(calendar)
        />
    }
    .into_any()
}

/// The look of a sample, plain or as it is made.
pub(super) fn plain(tile: &Tile) -> Tile {
    let mut plain = tile.clone();
    if let Some(look) = plain.content.look_mut() {
        *look = Look::default();
    }
    plain
}
