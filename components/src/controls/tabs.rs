//! Tabs: one of a few views at a time.

use super::{Icon, IconName};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast as _;

/// One tab.
#[derive(Debug, Clone, Copy)]
pub struct Tab<Value: Send + Sync + 'static> {
    pub value: Value,
    pub icon: IconName,
    pub label: Signal<String>,
}

/// A row of tabs. Arrows move and choose; what is chosen stands in `chosen`.
#[component]
pub fn Tabs<Value>(
    #[prop(into)] label: Signal<String>,
    tabs: Vec<Tab<Value>>,
    #[prop(into)] chosen: Signal<Value>,
    #[prop(into)] on_choose: Callback<Value>,
    /// Only icons; the labels are read aloud and shown on hover.
    #[prop(optional)]
    is_narrow: bool,
) -> impl IntoView
where
    Value: Copy + PartialEq + Send + Sync + 'static,
{
    let row = NodeRef::<html::Div>::new();
    let values: Vec<Value> = tabs.iter().map(|tab| tab.value).collect();
    let press = move |event: ev::KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => 1,
            "ArrowLeft" | "ArrowUp" => values.len().saturating_sub(1),
            _ => return,
        };
        event.prevent_default();
        let now = values.iter().position(|value| *value == chosen.get_untracked()).unwrap_or(0);
        let next = (now + step) % values.len().max(1);
        if let Some(value) = values.get(next) {
            on_choose.run(*value);
            let tab = row.get_untracked().and_then(|row| row.children().item(u32::try_from(next).ok()?));
            // A tab that can't take the focus leaves it where it was.
            let _ = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()).map(|tab| tab.focus());
        }
    };
    let tab = move |tab: Tab<Value>| {
        let is_chosen = move || chosen.get() == tab.value;
        view! {
            <button
                type="button"
                role="tab"
                class="tabs__tab"
                aria-selected=move || is_chosen().to_string()
                aria-label=move || is_narrow.then(|| tab.label.get())
                title=move || is_narrow.then(|| tab.label.get())
                tabindex=move || if is_chosen() { "0" } else { "-1" }
                on:click=move |_| on_choose.run(tab.value)
            >
                <Icon name=tab.icon />
                {(!is_narrow).then(|| view! { <span>{move || tab.label.get()}</span> })}
            </button>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=move || label.get() node_ref=row on:keydown=press>
            {tabs.into_iter().map(tab).collect_view()}
        </div>
    }
    .into_any()
}
