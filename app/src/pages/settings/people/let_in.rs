//! The link that lets somebody in: shown once, here.

use super::{roll::Roll, row::moment};
use crate::{
    i18n::{label, live_text, text, use_locale},
    routes,
};
use components::controls::{Button, ButtonKind, CopyField, Dialog};
use leptos::prelude::*;
use model::{access::Invited, time::Calendar};

#[component]
pub(super) fn LetInDialog(roll: Roll, invited: RwSignal<Option<Invited>>, calendar: Calendar) -> impl IntoView {
    let locale = use_locale();
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(invited.with(Option::is_some)));
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        // Gone from the page as it is from everywhere else.
        if before == Some(true) && !now {
            invited.set(None);
        }
        now
    });
    let link = Signal::derive(move || {
        let origin =
            if cfg!(feature = "hydrate") { window().location().origin().unwrap_or_default() } else { String::new() };
        let path = invited.with(|invited| invited.as_ref().map(|invited| routes::invitation(&invited.token)));
        path.map(|path| format!("{origin}{path}")).unwrap_or_default()
    });
    let told = move || {
        invited.with(|invited| {
            let invited = invited.as_ref()?;
            let name = roll.person(invited.person).map(|person| person.name).unwrap_or_default();
            Some(text!(locale.get(), people.link_told, name = name, until = moment(invited.until, calendar)))
        })
    };
    view! {
        <Dialog name="let-in" title=label!(locale, people.link_title) locale open>
            <div class="form">
                <p class="dialog__text">{told}</p>
                <CopyField name="invitation-link" label=label!(locale, people.link) text=link locale />
                <p class="dialog__note">{live_text!(locale, people.link_once)}</p>
                <div class="form__actions">
                    <Button kind=ButtonKind::Primary on_click=move |()| open.set(false)>
                        {live_text!(locale, people.done)}
                    </Button>
                </div>
            </div>
        </Dialog>
    }
    .into_any()
}
