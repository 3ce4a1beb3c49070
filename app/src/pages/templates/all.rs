//! All templates: a department's own, and those that are shipped.

use crate::{
    i18n::{error_words, label, live_text, text, use_locale},
    pages::boards::Thumbnail,
    routes,
    server_functions::remove_template,
};
use components::controls::{Button, ButtonKind, Dialog, IconButton, IconName};
use leptos::{prelude::*, task::spawn_local};
use model::board::{TemplateId, TemplateSummary};

#[component]
pub(super) fn AllTemplates(templates: Vec<TemplateSummary>) -> impl IntoView {
    let locale = use_locale();
    let templates = RwSignal::new(templates);
    let removed = RwSignal::new(None::<TemplateSummary>);
    let of_kind = move |own: bool| {
        let is_own = |template: &TemplateSummary| matches!(template.id, TemplateId::Own(_));
        templates.with(|all| all.iter().filter(|template| is_own(template) == own).cloned().collect::<Vec<_>>())
    };
    let has_own = Memo::new(move |_| !of_kind(true).is_empty());
    let cards = move |own: bool| {
        view! {
            <ul class="templates__cards">
                <For each=move || of_kind(own) key=|template| template.id.clone() let:template>
                    <TemplateCard template removed />
                </For>
            </ul>
        }
    };
    view! {
        <main id="content" class="page templates">
            <header class="components__head">
                <h1 class="components__title">{live_text!(locale, templates.title)}</h1>
                <p class="components__lead">{live_text!(locale, templates.lead)}</p>
            </header>
            <Show when=move || has_own.get()>
                <section class="components__family">
                    <h2 class="components__family-name">{live_text!(locale, templates.own)}</h2>
                    {cards(true)}
                </section>
            </Show>
            <section class="components__family">
                <h2 class="components__family-name">{live_text!(locale, templates.shipped)}</h2>
                {cards(false)}
            </section>
        </main>
        <RemoveDialog removed templates />
    }
    .into_any()
}

#[component]
fn TemplateCard(template: TemplateSummary, removed: RwSignal<Option<TemplateSummary>>) -> impl IntoView {
    let locale = use_locale();
    let TemplateSummary { id, name, about, audience, desk, kinds, kept_by } = template.clone();
    let address = routes::template(&id);
    let (spoken, shown) = (name.clone(), name);
    let for_whom = move || match &kept_by {
        Some(person) => text!(locale.get(), templates.kept_by, name = person.clone()),
        None => audience.in_locale(locale.get()).to_owned(),
    };
    let is_own = matches!(id, TemplateId::Own(_));
    view! {
        <li class="templates__card">
            <div class="templates__picture">
                <Thumbnail desk kinds />
            </div>
            <a class="templates__name" href=address>
                {move || shown.in_locale(locale.get()).to_owned()}
            </a>
            <p class="templates__about">{move || about.in_locale(locale.get()).to_owned()}</p>
            <p class="templates__audience">{for_whom}</p>
            {is_own
                .then(|| {
                    view! {
                        <div class="templates__remove">
                            <IconButton
                                icon=IconName::Trash
                                label=Signal::derive(move || {
                                    text!(locale.get(), templates.remove_named, name = spoken.in_locale(locale.get()).to_owned())
                                })
                                on_click=move |()| removed.set(Some(template.clone()))
                            />
                        </div>
                    }
                })}
        </li>
    }
    .into_any()
}

/// Asks before a template goes.
#[component]
fn RemoveDialog(
    removed: RwSignal<Option<TemplateSummary>>,
    templates: RwSignal<Vec<TemplateSummary>>,
) -> impl IntoView {
    let locale = use_locale();
    let open = RwSignal::new(false);
    let wrong = RwSignal::new(String::new());
    // Each only where it differs, since either is told of the other.
    Effect::new(move |_| {
        let is_asked = removed.with(Option::is_some);
        if open.get_untracked() != is_asked {
            wrong.set(String::new());
            open.set(is_asked);
        }
    });
    Effect::new(move |_| {
        if !open.get() && removed.with_untracked(Option::is_some) {
            removed.set(None);
        }
    });
    let question = move || {
        removed.get().map(|template| {
            text!(locale.get(), templates.remove_question, name = template.name.in_locale(locale.get()).to_owned())
        })
    };
    let remove = move |()| {
        let Some(TemplateSummary { id, .. }) = removed.get_untracked() else { return };
        spawn_local(async move {
            match remove_template(id.clone()).await {
                Ok(()) => {
                    templates.update(|all| all.retain(|template| template.id != id));
                    open.set(false);
                }
                Err(error) => wrong.set(error_words(&error, locale.get_untracked()).title),
            }
        });
    };
    view! {
        <Dialog name="remove-template" title=label!(locale, templates.remove) locale open>
            <p class="dialog__text">{question}</p>
            <p class="dialog__note" role="alert">
                {move || wrong.get()}
            </p>
            <div class="form__actions">
                <Button on_click=move |()| open.set(false)>{live_text!(locale, common.cancel)}</Button>
                <Button kind=ButtonKind::Danger on_click=remove>
                    {live_text!(locale, templates.remove)}
                </Button>
            </div>
        </Dialog>
    }
    .into_any()
}
