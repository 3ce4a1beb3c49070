//! Which single play sessions a tile shows, and how many.

use super::data::Binding;
use crate::{
    i18n::{label, session_order_name, use_locale},
    pages::builder::choice::SESSIONS,
};
use components::controls::{Choice, SelectField};
use leptos::prelude::*;
use model::metric::{SessionCount, SessionOrder};

#[component]
pub(super) fn SessionFields(binding: Binding) -> impl IntoView {
    let locale = use_locale();
    let orders = Signal::derive(move || {
        let named = |order: SessionOrder| Choice::new(order.name(), session_order_name(order, locale.get()));
        SessionOrder::ALL.into_iter().map(named).collect::<Vec<_>>()
    });
    let count = Memo::new(move |_| binding.read(|choices| choices.sessions));
    let counts = Signal::derive(move || {
        // A number that is not offered, from an imported board, stays a choice.
        let own = Some(u32::from(count.get().get())).filter(|own| !SESSIONS.contains(own));
        let numbers = own.into_iter().chain(SESSIONS);
        numbers.map(|number| Choice::new(number.to_string(), number.to_string())).collect::<Vec<_>>()
    });
    view! {
        <SelectField
            name="tile-session-order"
            label=label!(locale, inspector.session_order)
            choices=orders
            value=Signal::derive(move || binding.read(|choices| choices.session_order).name().to_owned())
            on_change=move |name: String| {
                if let Some(order) = SessionOrder::ALL.into_iter().find(|order| order.name() == name) {
                    binding.change(|choices| choices.session_order = order);
                }
            }
        />
        <SelectField
            name="tile-sessions"
            label=label!(locale, inspector.sessions)
            choices=counts
            value=Signal::derive(move || count.get().get().to_string())
            on_change=move |number: String| {
                if let Some(count) = number.parse().ok().and_then(|number| SessionCount::new(number).ok()) {
                    binding.change(|choices| choices.sessions = count);
                }
            }
        />
    }
}
