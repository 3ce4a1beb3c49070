//! What applying the draft would do, in a line that stays in sight.

use super::draft::DeskState;
use crate::i18n::{live_text, text, use_locale};
use components::controls::{Button, ButtonKind, IconName};
use leptos::prelude::*;
use model::access::DeskDraft;
use std::collections::BTreeSet;

#[component]
pub(super) fn Bar(state: DeskState, #[prop(into)] on_review: Callback<()>) -> impl IntoView {
    let locale = use_locale();
    let change = Memo::new(move |_| state.draft.with(|draft| draft.change(None)));
    let is_empty = Signal::derive(move || change.with(|change| change.cells() == 0));
    let told = move || {
        change.with(|change| {
            if change.cells() == 0 {
                return text!(locale.get(), desk.nothing_changed).to_owned();
            }
            let people: BTreeSet<_> = change.give.iter().chain(&change.take).map(|cell| cell.person).collect();
            text!(locale.get(), desk.changed, give = change.give.len(), take = change.take.len(), people = people.len())
        })
    };
    view! {
        <div class="desk__bar" class:desk__bar--changed=move || !is_empty.get()>
            <p class="desk__told" role="status">
                {told}
            </p>
            <Button
                icon=IconName::Undo
                disabled=Signal::derive(move || !state.draft.with(DeskDraft::can_undo))
                on_click=move |()| {
                    state
                        .draft
                        .update(|draft| {
                            draft.undo();
                        });
                }
            >
                {live_text!(locale, desk.undo)}
            </Button>
            <Button disabled=is_empty on_click=move |()| state.draft.update(DeskDraft::discard)>
                {live_text!(locale, desk.discard)}
            </Button>
            <Button kind=ButtonKind::Primary disabled=is_empty on_click=move |()| on_review.run(())>
                {live_text!(locale, desk.review)}
            </Button>
        </div>
    }
    .into_any()
}
