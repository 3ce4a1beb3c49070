//! The body of a card: the component in its state.

use super::{
    Inside, Picked, TileSpace, TileState,
    card::{Reader, Shown, grain_of},
    face::Face,
    kpi::Kpi,
    legend::Legend,
    message::{EmptyMessage, FailedMessage, OutsideMessage, UnboundMessage},
    pages::PagesBody,
    rows::InCellBars,
    space::nominal_body,
    table::FrameTable,
    text::TextBody,
};
use crate::{
    chart::{BarSpec, ChartSpec, LineSpec, MapSpec, Plot, bar_spec, line_spec, map_spec},
    controls::{Skeleton, SkeletonShape},
};
use leptos::prelude::*;
use model::{
    board::{ComponentKind, Tile, TileContent},
    time::Grain,
};
use std::collections::BTreeSet;

const fn skeleton(kind: ComponentKind) -> SkeletonShape {
    match kind {
        ComponentKind::Kpi => SkeletonShape::Figure,
        ComponentKind::Line => SkeletonShape::Plot,
        ComponentKind::Bar => SkeletonShape::Bars,
        ComponentKind::Table => SkeletonShape::Rows,
        ComponentKind::ProvinceMap => SkeletonShape::Tiles,
        ComponentKind::Text | ComponentKind::Tabs | ComponentKind::Carousel => SkeletonShape::Lines,
    }
}

#[component]
pub(super) fn Body(
    tile: Signal<Tile>,
    kind: Memo<ComponentKind>,
    face: Memo<Face>,
    frame: Memo<Option<Shown>>,
    state: Signal<TileState>,
    as_table: RwSignal<bool>,
    reader: Reader,
    inside: Option<Inside>,
) -> impl IntoView {
    let problem = Memo::new(move |_| state.with(|state| state.problem().cloned()));
    let text = Memo::new(move |_| {
        tile.with(|tile| match &tile.content {
            TileContent::Text { text } => text.clone(),
            TileContent::Kpi { .. }
            | TileContent::Line { .. }
            | TileContent::Bar { .. }
            | TileContent::Table { .. }
            | TileContent::ProvinceMap { .. }
            | TileContent::Tabs { .. }
            | TileContent::Carousel { .. } => String::new(),
        })
    });
    let grain = Memo::new(move |_| tile.with(|tile| grain_of(&tile.content)));
    let numbers = move || {
        let bars = if kind.get() == ComponentKind::Table { InCellBars::FirstMetric } else { InCellBars::None };
        match (kind.get(), as_table.get()) {
            (ComponentKind::Table | ComponentKind::Text | ComponentKind::Tabs | ComponentKind::Carousel, _)
            | (_, true) => view! { <FrameTable frame grain bars reader /> }.into_any(),
            (ComponentKind::Kpi, false) => view! { <Kpi tile frame reader /> }.into_any(),
            (ComponentKind::Line, false) => view! { <LineBody frame grain reader /> }.into_any(),
            (ComponentKind::Bar, false) => view! { <BarBody frame reader /> }.into_any(),
            (ComponentKind::ProvinceMap, false) => view! { <MapBody frame reader /> }.into_any(),
        }
    };
    move || match face.get() {
        Face::Text => view! { <TextBody text reader /> }.into_any(),
        Face::Pages => inside.map(|inside| view! { <PagesBody tile inside reader /> }).into_any(),
        Face::Unbound => view! { <UnboundMessage kind reader /> }.into_any(),
        Face::Loading => view! { <Skeleton shape=skeleton(kind.get()) /> }.into_any(),
        Face::Empty => view! { <EmptyMessage reader /> }.into_any(),
        Face::Outside => view! { <OutsideMessage reader /> }.into_any(),
        Face::Failed => view! { <FailedMessage problem reader /> }.into_any(),
        Face::Numbers => numbers.into_any(),
    }
}

/// What a chart is drawn for before it can be measured.
fn nominal(kind: ComponentKind) -> crate::chart::Size {
    let size = use_context::<TileSpace>().map_or_else(|| kind.usual_size(), |space| space.0.get_untracked());
    nominal_body(size)
}

/// What a chart does with the mark that is clicked, where anything can be done with it.
fn pick(reader: Reader, picked: impl Fn(usize) -> Option<Picked> + Send + Sync + 'static) -> Option<Callback<usize>> {
    let on_pick = reader.on_pick?;
    Some(Callback::new(move |index| {
        if let Some(picked) = picked(index) {
            on_pick.run(picked);
        }
    }))
}

fn picked(frame: Memo<Option<Shown>>, picked: impl Fn(&model::frame::Frame) -> Option<Picked>) -> Option<Picked> {
    frame.with_untracked(|frame| frame.as_ref().and_then(|frame| picked(&frame.0)))
}

#[component]
fn LineBody(frame: Memo<Option<Shown>>, grain: Memo<Option<Grain>>, reader: Reader) -> impl IntoView {
    let nominal = nominal(ComponentKind::Line);
    let width = RwSignal::new(nominal.w);
    // By name: the lines of the next frame may be others.
    let hidden = RwSignal::new(BTreeSet::<String>::new());
    let whole = Memo::new(move |_| {
        let read = reader.read(frame, |frame, reading| line_spec(frame, grain.get().unwrap_or(Grain::Day), reading));
        read.flatten().unwrap_or_else(|| LineSpec::empty(reader.locale.get(), reader.calendar.get()))
    });
    let spec = Memo::new(move |_| {
        let mut spec = whole.get();
        hidden.with(|hidden| spec.series.retain(|series| !hidden.contains(&series.name)));
        ChartSpec::Line(spec)
    });
    let on_pick =
        pick(reader, move |index| whole.with_untracked(|spec| Picked::of_step(&spec.steps, index, spec.grain, reader)));
    view! {
        <Legend whole hidden width />
        <Plot spec nominal locale=reader.locale on_width=move |px| width.set(px) on_pick />
    }
    .into_any()
}

#[component]
fn BarBody(frame: Memo<Option<Shown>>, reader: Reader) -> impl IntoView {
    let spec = Memo::new(move |_| {
        let read = reader.read(frame, bar_spec).flatten();
        ChartSpec::Bar(read.unwrap_or_else(|| BarSpec::empty(reader.locale.get())))
    });
    let on_pick = pick(reader, move |index| picked(frame, |frame| Picked::of_row(frame, index)));
    view! { <Plot spec nominal=nominal(ComponentKind::Bar) locale=reader.locale on_pick /> }
}

#[component]
fn MapBody(frame: Memo<Option<Shown>>, reader: Reader) -> impl IntoView {
    let spec = Memo::new(move |_| {
        let read = reader.read(frame, map_spec).flatten();
        ChartSpec::Map(read.unwrap_or_else(|| MapSpec::empty(reader.locale.get())))
    });
    let on_pick = pick(reader, move |index| picked(frame, |frame| Picked::of_province(frame, index)));
    view! { <Plot spec nominal=nominal(ComponentKind::ProvinceMap) locale=reader.locale on_pick /> }
}
