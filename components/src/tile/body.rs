//! The body of a card: the component in its state.

use super::{
    Inside, Picked, TileSpace, TileState,
    card::{Reader, Shown, grain_of},
    drawing::Drawing,
    face::Face,
    flip::FlipCounter,
    kpi::Kpi,
    legend::Legend,
    message::{EmptyMessage, FailedMessage, OutsideMessage, UnboundMessage, UnfitMessage},
    pages::PagesBody,
    pivot::PivotTable,
    rows::InCellBars,
    space::nominal_body,
    still::StillBody,
    table::FrameTable,
    ticker::Ticker,
};
use crate::{
    chart::{ChartSpec, Plot, Source, Unfit, chart_of, row_of_hit},
    controls::{Skeleton, SkeletonShape},
};
use leptos::prelude::*;
use model::{
    board::{ComponentKind, Family, Look, Tile},
    frame::Frame,
    time::Grain,
};
use std::collections::BTreeSet;

const fn skeleton(kind: ComponentKind) -> SkeletonShape {
    match kind.facts().family {
        Family::Figures => SkeletonShape::Figure,
        Family::Trends => SkeletonShape::Plot,
        Family::Rankings | Family::Parts | Family::Relations => SkeletonShape::Bars,
        Family::Tables => SkeletonShape::Rows,
        Family::Maps => SkeletonShape::Tiles,
        Family::Decorations | Family::Controls | Family::Containers => SkeletonShape::Lines,
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
    let grain = Memo::new(move |_| tile.with(|tile| grain_of(&tile.content)));
    let look = Memo::new(move |_| tile.with(|tile| tile.content.look().cloned().unwrap_or_default()));
    let numbers = move || {
        let rows = |bars| view! { <FrameTable frame look grain bars reader /> }.into_any();
        match (Drawing::of(kind.get()), as_table.get()) {
            (Drawing::Rows, _) => rows(InCellBars::FirstMetric),
            (_, true) => rows(InCellBars::None),
            (Drawing::Figure, false) => view! { <Kpi tile frame look reader /> }.into_any(),
            (Drawing::Flip, false) => view! { <FlipCounter tile frame look reader /> }.into_any(),
            (Drawing::Pivot, false) => view! { <PivotTable frame look grain reader /> }.into_any(),
            (Drawing::Ticker, false) => view! { <Ticker frame reader /> }.into_any(),
            (
                Drawing::Chart
                | Drawing::Text
                | Drawing::Image
                | Drawing::Video
                | Drawing::QrCode
                | Drawing::Clock
                | Drawing::Frame
                | Drawing::Filter
                | Drawing::Pages,
                false,
            ) => view! { <ChartBody kind frame look grain reader /> }.into_any(),
        }
    };
    move || match face.get() {
        Face::Still => view! { <StillBody tile reader /> }.into_any(),
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

/// How far a chart has come.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    /// Its code is on its way.
    Coming,
    Unfit(Unfit),
    Drawn,
}

/// Any chart, with its legend.
#[component]
fn ChartBody(
    kind: Memo<ComponentKind>,
    frame: Memo<Option<Shown>>,
    look: Memo<Look>,
    grain: Memo<Option<Grain>>,
    reader: Reader,
) -> impl IntoView {
    let nominal = nominal(kind.get_untracked());
    let width = RwSignal::new(nominal.w);
    // By name: the series of the next frame may be others.
    let hidden = RwSignal::new(BTreeSet::<String>::new());
    let read = Memo::new(move |_| {
        reader
            .read(frame, |frame, reading| {
                look.with(|look: &Look| {
                    hidden.with(|hidden| {
                        let grain = grain.get().unwrap_or(Grain::Day);
                        let rise_is_red = reader.rise_is_red.get();
                        chart_of(kind.get(), &Source { frame, look, grain, reading, rise_is_red, hidden })
                    })
                })
            })
            .flatten()
    });
    let stage = Memo::new(move |_| {
        read.with(|read| match read {
            None => Stage::Coming,
            Some(Err(unfit)) => Stage::Unfit(*unfit),
            Some(Ok(_)) => Stage::Drawn,
        })
    });
    let spec = Memo::new(move |before: Option<&ChartSpec>| {
        read.with(|read| match read {
            Some(Ok(spec)) => spec.clone(),
            None | Some(Err(_)) => before.cloned().unwrap_or_else(|| ChartSpec::empty(reader.locale.get_untracked())),
        })
    });
    let entries = Memo::new(move |_| spec.with(|spec| spec.legend(width.get())));
    let on_pick = reader.on_pick.map(|on_pick| {
        Callback::new(move |hit: usize| {
            let picked =
                frame.with_untracked(|frame| spec.with_untracked(|spec| picked(spec, &frame.as_ref()?.0, hit, reader)));
            if let Some(picked) = picked {
                on_pick.run(picked);
            }
        })
    });
    move || match stage.get() {
        Stage::Coming => view! { <Skeleton shape=skeleton(kind.get()) /> }.into_any(),
        Stage::Unfit(unfit) => view! { <UnfitMessage unfit reader /> }.into_any(),
        Stage::Drawn => view! {
            <Legend entries hidden />
            <Plot spec nominal locale=reader.locale on_width=move |px| width.set(px) on_pick />
        }
        .into_any(),
    }
}

/// What the mark that is clicked stands for, where the rest of the board can follow it.
fn picked(spec: &ChartSpec, frame: &Frame, hit: usize, reader: Reader) -> Option<Picked> {
    match spec {
        ChartSpec::Line(line) => Picked::of_step(&line.steps, hit, line.grain, reader),
        ChartSpec::Map(_) => Picked::of_province(frame, hit),
        ChartSpec::Bar(_) | ChartSpec::Other(_) => {
            row_of_hit(spec, frame, hit).and_then(|row| Picked::of_row(frame, row))
        }
    }
}
