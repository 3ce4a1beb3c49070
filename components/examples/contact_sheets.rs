//! Contact sheets: every component with its sample, with many values and in each state, a page for each shelf, theme and
//! language. `cargo xtask contact-sheets` takes their pictures, to be looked at.
//!
//! `cargo run -p components --example contact_sheets --features ssr -- FOLDER`

use components::{
    samples::{self, Sample},
    tile::{TileCard, TileState, family_name, kind_name},
};
use leptos::prelude::*;
use model::{
    board::{
        Bound, ComponentKind, Family, FilterDisplay, Look, PairBinding, SeriesBinding, Still, Tile, TileContent,
        TileId, Title,
    },
    formatting::Locale,
    frame::{Frame, FrameState, Warning},
    metric::MetricRef,
    problem::{Problem, ProblemCode},
    time::{Calendar, CalendarWord, Grain, TimeRange},
};
use std::{fs, io, path::Path, sync::Arc};

/// How wide and high cards are shown, in pixels.
const SIZES: [(u16, u16); 3] = [(560, 320), (320, 240), (220, 150)];
const MANY: usize = 1_000;

fn main() -> io::Result<()> {
    #[allow(clippy::disallowed_methods)] // a tool to look with, not the program
    let folder = std::env::args().nth(1).unwrap_or_else(|| "contact-sheets".to_owned());
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    for (theme, class) in [("light", ""), ("dark", ""), ("wall", "wall")] {
        for locale in [Locale::ZhCn, Locale::En] {
            // What holds other tiles is looked at on boards.
            let families = Family::ALL.into_iter().filter(|family| kinds(*family).next().is_some());
            for (place, family) in families.enumerate() {
                let body = Owner::new().with(|| sheet(family, locale).to_html());
                let name = format!("{theme}-{}-{}-{family:?}.html", locale.tag(), place + 1);
                fs::write(folder.join(name), document(&body, theme, class, locale))?;
            }
        }
    }
    Ok(())
}

fn document(body: &str, theme: &str, class: &str, locale: Locale) -> String {
    let sizes = SIZES.map(|(w, h)| format!(".sheet__card--{w} {{ width: {w}px; height: {h}px; }}"));
    let page = "body { background: var(--page); color: var(--text); padding: 16px; } \
                .sheet { display: grid; gap: 24px; } .sheet__row { display: flex; flex-wrap: wrap; gap: 12px; align-items: start; } \
                .sheet__card { display: grid; } .sheet__card > .card { min-width: 0; min-height: 0; }";
    let style = [
        include_str!("../../style/tokens.css"),
        include_str!("../../style/base.css"),
        include_str!("../../style/controls.css"),
        include_str!("../../style/card.css"),
        include_str!("../../style/charts.css"),
        include_str!("../../style/table.css"),
        include_str!("../../style/wall.css"),
        include_str!("../../style/still.css"),
        include_str!("../../style/filters.css"),
        include_str!("../../style/filter-tile.css"),
    ];
    format!(
        "<!doctype html><html lang=\"{}\" data-theme=\"{theme}\"><head><meta charset=\"utf-8\"><style>{}{page}{}</style></head>\
         <body class=\"{class}\">{body}</body></html>",
        locale.tag(),
        style.concat(),
        sizes.concat(),
    )
}

fn kinds(family: Family) -> impl Iterator<Item = ComponentKind> {
    ComponentKind::ALL.into_iter().filter(move |kind| kind.facts().family == family && !kind.is_container())
}

fn sheet(family: Family, locale: Locale) -> impl IntoView {
    let rows = kinds(family).map(|kind| row(kind, locale)).collect_view();
    view! {
        <main class="sheet">
            <h1>{family_name(family, locale)}</h1>
            {rows}
        </main>
    }
}

fn row(kind: ComponentKind, locale: Locale) -> impl IntoView {
    let sizes = SIZES.map(|size| card(kind, sample(kind, locale), size, locale)).collect_view();
    let large = samples::large(kind, MANY, locale).map(|large| {
        let shown = (tile(kind, large.grain, Look::default(), locale), ready(large.frame));
        card(kind, shown, (560, 320), locale)
    });
    let states = (samples::sample(kind, locale).is_some()).then(|| {
        let grain = samples::sample(kind, locale).map_or(Grain::Day, |sample| sample.grain);
        let in_state = |state| card(kind, (tile(kind, grain, Look::default(), locale), state), (220, 150), locale);
        states(kind, locale).map(in_state).collect_view()
    });
    view! {
        <section>
            <h2>{kind_name(kind, locale)}</h2>
            <div class="sheet__row">{sizes} {large}</div>
            <div class="sheet__row">{states}</div>
        </section>
    }
}

fn ready(frame: Frame) -> TileState {
    TileState::Ready { frame: Arc::new(frame), age_seconds: Some(2) }
}

/// A tile bound to what its sample is made of.
fn tile(kind: ComponentKind, grain: Grain, look: Look, locale: Locale) -> Tile {
    let metric = || "content.plays".parse().map_or_else(|_| unreachable!("a valid id"), MetricRef::plain);
    let time = TimeRange::Word(CalendarWord::Today);
    let mut content = match kind.blank() {
        TileContent::Series(bound) => {
            let binding = SeriesBinding { metric: metric(), grain, split: None, filters: Vec::new(), time };
            TileContent::Series(Bound::to(bound.kind, binding))
        }
        TileContent::Pair(bound) => {
            let binding = PairBinding { metric: metric(), second: metric(), grain, filters: Vec::new(), time };
            TileContent::Pair(Bound::to(bound.kind, binding))
        }
        TileContent::Still(Still::Text { .. }) => {
            TileContent::text("# 本周要点\n\n收视平稳，**直播**占六成。\n\n- 周六晚间为峰值\n- 回看持续上升".to_owned())
        }
        TileContent::Still(Still::QrCode { .. }) => {
            TileContent::Still(Still::QrCode { text: "https://example.org/vote".to_owned() })
        }
        TileContent::Still(Still::Filter { .. }) => {
            let display = FilterDisplay::Segments;
            TileContent::Still(Still::Filter { about: "province".parse().ok(), display })
        }
        other => other,
    };
    if let Some(own) = content.look_mut() {
        *own = look;
    }
    let title = Title::parse(kind_name(kind, locale)).unwrap_or_default();
    Tile::new(TileId::from_u128(1), title, content)
}

fn sample(kind: ComponentKind, locale: Locale) -> (Tile, TileState) {
    match samples::sample(kind, locale) {
        Some(Sample { frame, look, grain }) => (tile(kind, grain, look, locale), ready(frame)),
        None => (tile(kind, Grain::Day, Look::default(), locale), TileState::Unbound),
    }
}

/// Each state that a tile can be in without its usual numbers, and numbers of few cases.
fn states(kind: ComponentKind, locale: Locale) -> [TileState; 7] {
    let nothing = |state| {
        ready(Frame {
            columns: Vec::new(),
            rows: Vec::new(),
            as_of: None,
            etag: String::new(),
            simulated: false,
            state,
            warnings: Vec::new(),
        })
    };
    let problem = || Problem { incident: Some("7K3Q".to_owned()), ..Problem::new(ProblemCode::Overloaded, "") };
    let few = samples::sample(kind, locale).map(|sample| Frame {
        warnings: vec![Warning::SmallSample { minimum: 30 }],
        simulated: true,
        ..sample.frame
    });
    let few = few.map_or(TileState::Loading, ready);
    [
        TileState::Unbound,
        TileState::Loading,
        nothing(FrameState::Empty),
        nothing(FrameState::OutsideScope),
        nothing(FrameState::Ready),
        TileState::Failed { problem: problem(), last: None },
        few,
    ]
}

fn card(kind: ComponentKind, (tile, state): (Tile, TileState), (w, _): (u16, u16), locale: Locale) -> impl IntoView {
    view! {
        <div class=format!("sheet__card sheet__card--{w}")>
            <TileCard
                tile=Signal::stored(tile)
                title_fallback=Signal::stored(kind_name(kind, locale).to_owned())
                state=Signal::stored(state)
                locale=Signal::stored(locale)
                names=Signal::stored(samples::names())
                calendar=Signal::stored(Calendar::CHINA)
            />
        </div>
    }
}
