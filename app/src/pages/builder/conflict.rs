//! Two people edited the same thing: both versions side by side, and this editor decides.

use super::{
    describe::{Difference, differences},
    editor::Editor,
};
use crate::i18n::{label, live_text, text, use_locale};
use components::{
    controls::{Button, ButtonKind, Dialog},
    tile::Names,
};
use leptos::prelude::*;

/// Shows both and asks. Closing it keeps the other's: nobody's published work is overwritten by a stray key.
#[component]
pub(crate) fn ConflictDialog(editor: Editor, names: Signal<Names>) -> impl IntoView {
    let locale = use_locale();
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(editor.conflict().is_some()));
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now && untrack(|| editor.conflict()).is_some() {
            editor.keep_theirs();
        }
        now
    });
    let told = Memo::new(move |_| {
        let conflict = editor.conflict()?;
        let (locale, theirs) = (locale.get(), editor.confirmed_board());
        let differences = names.with(|names| differences(&conflict.mine, &theirs, names, locale));
        let joined = |part: fn(&Difference) -> &String| {
            let parts: Vec<&str> = differences.iter().map(|difference| part(difference).as_str()).collect();
            parts.join("\n")
        };
        let told = [
            joined(|difference| &difference.subject).replace('\n', text!(locale, common.list_separator)),
            joined(|difference| &difference.mine),
            joined(|difference| &difference.theirs),
        ];
        let who = conflict.who.unwrap_or_else(|| text!(locale, conflict.somebody).to_owned());
        Some((told, who))
    });
    let part = move |index: usize| {
        told.with(|told| told.as_ref().and_then(|(told, _)| told.get(index).cloned())).unwrap_or_default()
    };
    let who = move || told.with(|told| told.as_ref().map(|(_, who)| who.clone())).unwrap_or_default();
    view! {
        <Dialog name="conflict" title=label!(locale, conflict.title) locale open>
            <p class="dialog__text">{move || text!(locale.get(), conflict.what, name = who(), subject = part(0))}</p>
            <div class="conflict">
                <section class="conflict__side">
                    <h3 class="conflict__heading">{live_text!(locale, conflict.mine)}</h3>
                    <p class="conflict__state">{move || part(1)}</p>
                </section>
                <section class="conflict__side">
                    <h3 class="conflict__heading">{live_text!(locale, conflict.theirs)}</h3>
                    <p class="conflict__state">{move || part(2)}</p>
                </section>
            </div>
            <div class="form__actions">
                <Button on_click=move |()| editor.keep_theirs()>{live_text!(locale, conflict.keep_theirs)}</Button>
                <Button kind=ButtonKind::Primary on_click=move |()| editor.keep_mine()>
                    {live_text!(locale, conflict.keep_mine)}
                </Button>
            </div>
        </Dialog>
    }
}
