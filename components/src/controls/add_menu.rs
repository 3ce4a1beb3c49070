//! A menu that adds what is chosen from it.

use super::{Choice, SelectField};
use leptos::prelude::*;

/// Says what it adds, and says it again after each choice.
#[component]
pub fn AddMenu(
    /// Unique on the page.
    #[prop(into)]
    name: String,
    #[prop(into)] label: Signal<String>,
    /// What can still be added.
    #[prop(into)]
    offered: Signal<Vec<Choice>>,
    #[prop(into)] on_add: Callback<String>,
) -> impl IntoView {
    let choices = Signal::derive(move || {
        let itself = Choice::new("", label.get());
        std::iter::once(itself).chain(offered.get()).collect::<Vec<_>>()
    });
    let value = Signal::derive(move || {
        offered.track();
        String::new()
    });
    view! {
        <div class="add-menu">
            <SelectField name label choices value on_change=on_add />
        </div>
    }
}
