//! A pivot table on its card.

use super::Pivot;
use crate::{
    chart::Source,
    tile::{
        card::{Reader, Shown},
        rows::InCellBars,
        sight::Sight,
        table::{FrameTable, Heading},
        table_frame::{Head, TableFrame},
    },
};
use leptos::prelude::*;
use model::{board::Look, time::Grain};
use std::collections::BTreeSet;

#[component]
pub(in super::super) fn PivotTable(
    frame: Memo<Option<Shown>>,
    look: Memo<Look>,
    grain: Memo<Option<Grain>>,
    reader: Reader,
) -> impl IntoView {
    let pivot = Memo::new(move |_| {
        let (grain, rise_is_red, hidden) =
            (grain.get().unwrap_or(Grain::Day), reader.rise_is_red.get(), BTreeSet::new());
        look.with(|look| {
            reader.read(frame, |frame, reading| {
                Pivot::read(&Source { frame, look, grain, reading, rise_is_red, hidden: &hidden }).ok()
            })
        })
        .flatten()
    });
    let is_one = Memo::new(move |_| pivot.with(Option::is_some));
    move || {
        if is_one.get() {
            view! { <PivotGrid pivot frame reader /> }.into_any()
        } else {
            // One thing alone makes no pivot table, but a table it makes.
            view! { <FrameTable frame look grain bars=InCellBars::None reader /> }.into_any()
        }
    }
}

#[component]
fn PivotGrid(pivot: Memo<Option<Pivot>>, frame: Memo<Option<Shown>>, reader: Reader) -> impl IntoView {
    let heads = Memo::new(move |_| pivot.with(|pivot| pivot.as_ref().map(heads)).unwrap_or_default());
    let order = move |sorting| pivot.with(|pivot| pivot.as_ref().map(|pivot| pivot.order(sorting))).unwrap_or_default();
    let rows = move |order: &[usize], sight: Sight| {
        let markup = |pivot: &Pivot| pivot.markup(order, sight, reader.on_pick.is_some());
        pivot.with(|pivot| pivot.as_ref().map(markup)).unwrap_or_default()
    };
    view! { <TableFrame frame heads order rows reader is_pivot=true /> }.into_any()
}

fn heads(pivot: &Pivot) -> Vec<Head> {
    let in_full = std::iter::once(None).chain(pivot.columns.iter().map(|(_, in_full)| Some(in_full.clone())));
    let head = |(Heading { name, kind, unit }, in_full)| Head { label: name, in_full, kind, unit };
    pivot.headings().into_iter().zip(in_full).map(head).collect()
}
