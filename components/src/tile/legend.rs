//! The names over a chart; each hides and shows what it names.

use crate::{
    browser::{KEY, keep_filled, pressed_key},
    chart::{LegendEntry, fill_class},
    markup::Markup,
};
use leptos::{ev, html, prelude::*};
use std::collections::BTreeSet;

/// The entries of a legend.
pub(super) fn legend_markup(entries: &[LegendEntry]) -> String {
    let mut markup = Markup::default();
    for entry in entries {
        draw_entry(&mut markup, entry);
    }
    markup.into_text()
}

fn draw_entry(markup: &mut Markup, entry: &LegendEntry) {
    let button = [
        ("type", "button"),
        ("class", "legend__entry"),
        ("aria-pressed", if entry.is_hidden { "false" } else { "true" }),
        (KEY, entry.name.as_str()),
    ];
    let swatch = [("class", "swatch"), ("viewBox", "0 0 8 8"), ("aria-hidden", "true")];
    let colour = fill_class(entry.ink);
    markup.element("li", &[], |li| {
        li.element("button", &button, |button| {
            button.element("svg", &swatch, |svg| {
                let square = [("class", colour.as_str()), ("width", "8"), ("height", "8"), ("rx", "2")];
                svg.element("rect", &square, |_| ());
            });
            button.text(&entry.name);
        });
    });
}

#[component]
pub(super) fn Legend(
    entries: Memo<Vec<LegendEntry>>,
    /// By name: the series of the next frame may be others.
    hidden: RwSignal<BTreeSet<String>>,
) -> impl IntoView {
    let list = NodeRef::<html::Ul>::new();
    let drawn = Memo::new(move |_| entries.with(|entries| legend_markup(entries)));
    keep_filled(list, drawn);
    let flip = move |event: ev::MouseEvent| {
        if let Some(name) = pressed_key(&event) {
            hidden.update(|hidden| {
                if !hidden.remove(&name) {
                    hidden.insert(name);
                }
            });
        }
    };
    view! { <ul class="legend" node_ref=list inner_html=drawn.get_untracked() on:click=flip></ul> }.into_any()
}
