//! The names of the lines over a chart; each hides and shows its line.

use crate::{
    browser::{KEY, keep_filled, pressed_key},
    chart::{LineSeries, LineSpec, series_fill_class},
    markup::Markup,
};
use leptos::{ev, html, prelude::*};
use std::collections::BTreeSet;

/// The entries of the legend. Empty where the lines are few enough to carry their names themselves.
pub(super) fn legend_markup(spec: &LineSpec, hidden: &BTreeSet<String>, width: f64) -> String {
    let mut markup = Markup::default();
    if spec.series.len() > 1 && !spec.names_its_lines(width) {
        for series in &spec.series {
            draw_entry(&mut markup, series, !hidden.contains(&series.name));
        }
    }
    markup.into_text()
}

fn draw_entry(markup: &mut Markup, series: &LineSeries, is_shown: bool) {
    let button = [
        ("type", "button"),
        ("class", "legend__entry"),
        ("aria-pressed", if is_shown { "true" } else { "false" }),
        (KEY, series.name.as_str()),
    ];
    let swatch = [("class", "swatch"), ("viewBox", "0 0 8 8"), ("aria-hidden", "true")];
    let colour = series_fill_class(series.colour);
    markup.element("li", &[], |li| {
        li.element("button", &button, |button| {
            button.element("svg", &swatch, |svg| {
                let square = [("class", colour.as_str()), ("width", "8"), ("height", "8"), ("rx", "2")];
                svg.element("rect", &square, |_| ());
            });
            button.text(&series.name);
        });
    });
}

#[component]
pub(super) fn Legend(
    whole: Memo<LineSpec>,
    /// By name: the lines of the next frame may be others.
    hidden: RwSignal<BTreeSet<String>>,
    width: RwSignal<f64>,
) -> impl IntoView {
    let list = NodeRef::<html::Ul>::new();
    let entries = Memo::new(move |_| whole.with(|spec| hidden.with(|hidden| legend_markup(spec, hidden, width.get()))));
    keep_filled(list, entries);
    let flip = move |event: ev::MouseEvent| {
        if let Some(name) = pressed_key(&event) {
            hidden.update(|hidden| {
                if !hidden.remove(&name) {
                    hidden.insert(name);
                }
            });
        }
    };
    view! { <ul class="legend" node_ref=list inner_html=entries.get_untracked() on:click=flip></ul> }.into_any()
}
