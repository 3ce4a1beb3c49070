//! The fields of the composer, and keeping what was composed.

use super::{draft::Draft, node::NodeEditor};
use crate::{
    i18n::{error_words, label, live_text, text, use_locale},
    pages::catalogue::{rule_words::rule_words, unit_words::unit_name},
    routes,
    server_functions::save_metric,
};
use components::controls::{Button, ButtonKind, Choice, FieldKind, SelectField, Submits, TextField, ToastKind, Toasts};
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use model::metric::{
    Unit,
    own::{OwnMetricId, Saved},
};

#[component]
pub(super) fn ComposerForm(draft: Draft) -> impl IntoView {
    let locale = use_locale();
    let is_new = draft.before.is_none();
    let mistakes = {
        let draft = draft.clone();
        Memo::new(move |_| draft.mistakes())
    };
    let wrong = move |field: &'static str| {
        Signal::derive(move || {
            let found = mistakes.with(|all| all.iter().find(|mistake| mistake.field == field).cloned());
            found.map(|mistake| rule_words(&mistake.rule, locale.get())).unwrap_or_default()
        })
    };
    let unit = draft.unit;
    let derived = {
        let draft = draft.clone();
        Memo::new(move |_| draft.derived().map(|derived| derived.unit))
    };
    let units = Signal::derive(move || {
        let from_formula = match derived.get() {
            Some(unit) => text!(locale.get(), own.unit_derived_as, unit = unit_name(unit, locale.get())),
            None => text!(locale.get(), own.unit_derived).to_owned(),
        };
        let named = Unit::ALL.into_iter().map(|unit| Choice::new(unit.name(), unit_name(unit, locale.get())));
        std::iter::once(Choice::new("", from_formula)).chain(named).collect::<Vec<_>>()
    });
    let choose_unit = move |name: String| unit.set(Unit::ALL.into_iter().find(|unit| unit.name() == name));
    let is_saving = RwSignal::new(false);
    let save = saving(&draft, is_saving);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        save.run(());
    };
    let field = move |name: &'static str, label: Signal<String>, value: RwSignal<String>, path: &'static str| {
        view! {
            <TextField name label value error=wrong(path) on_input=move |text: String| value.set(text) />
        }
    };
    let paragraph = move |name: &'static str, label: Signal<String>, value: RwSignal<String>, path: &'static str| {
        view! {
            <TextField
                name
                label
                value
                kind=FieldKind::Paragraph
                rows=3
                error=wrong(path)
                on_input=move |text: String| value.set(text)
            />
        }
    };
    let id_field = is_new.then(|| {
        let id = draft.id;
        view! {
            <div class="composer__id">
                <TextField
                    name="metric-id"
                    label=label!(locale, own.id)
                    hint=label!(locale, own.id_hint)
                    value=id
                    error=wrong("id")
                    on_input=move |text: String| id.set(text)
                />
            </div>
        }
    });
    let note = draft.note;
    view! {
        <form class="composer__form" on:submit=submit novalidate=true>
            <section class="composer__section">
                <h2 class="composer__heading">{live_text!(locale, own.formula)}</h2>
                <p class="composer__hint">{live_text!(locale, own.formula_hint)}</p>
                <NodeEditor draft=draft.clone() path=Vec::new() />
            </section>
            <section class="composer__section">
                <h2 class="composer__heading">{live_text!(locale, own.naming)}</h2>
                <div class="composer__pair">
                    {field("metric-name-zh", label!(locale, own.name_zh), draft.name_zh, "name.zh")}
                    {field("metric-name-en", label!(locale, own.name_en), draft.name_en, "name.en")}
                    {paragraph("metric-definition-zh", label!(locale, own.definition_zh), draft.definition_zh, "definition.zh")}
                    {paragraph("metric-definition-en", label!(locale, own.definition_en), draft.definition_en, "definition.en")}
                    {id_field}
                    <div class="composer__unit">
                        <SelectField
                            name="metric-unit"
                            label=label!(locale, own.unit)
                            choices=units
                            value=Signal::derive(move || unit.get().map(|unit| unit.name().to_owned()).unwrap_or_default())
                            on_change=choose_unit
                        />
                        <p class="composer__wrong" role="alert" hidden=move || wrong("unit").with(String::is_empty)>
                            {move || wrong("unit").get()}
                        </p>
                    </div>
                </div>
            </section>
            <section class="composer__section">
                <h2 class="composer__heading">{live_text!(locale, own.ownership)}</h2>
                <div class="composer__pair">
                    {field("metric-owner", label!(locale, own.owner), draft.owner, "owner")}
                    {field("metric-source", label!(locale, own.source), draft.source, "source")}
                </div>
                {(!is_new).then(|| field("metric-note", label!(locale, own.note), note, "note"))}
            </section>
            <footer class="composer__foot">
                <p class="composer__wrong" role="status">
                    {move || {
                        let count = mistakes.with(Vec::len);
                        (count > 0).then(|| text!(locale.get(), own.mistakes, count = count))
                    }}
                </p>
                <Button kind=ButtonKind::Primary submits=Submits::Form busy=is_saving>
                    {move || {
                        if is_new { text!(locale.get(), own.save_new) } else { text!(locale.get(), own.save_version) }
                    }}
                </Button>
            </footer>
        </form>
    }
    .into_any()
}

/// Keeps the metric and goes to its page; with a mistake it stays, and what was typed with it.
fn saving(draft: &Draft, is_saving: RwSignal<bool>) -> Callback<()> {
    let locale = use_locale();
    let toasts = use_context::<Toasts>();
    let navigate = use_navigate();
    let draft = draft.clone();
    Callback::new(move |()| {
        draft.is_tried.set(true);
        let Ok(metric) = untrack(|| draft.metric()) else { return };
        let (base, note, refused) = (draft.version, draft.note.get_untracked(), draft.refused);
        let navigate = navigate.clone();
        is_saving.set(true);
        spawn_local(async move {
            let saved = save_metric(metric, base, note).await;
            let _ = is_saving.try_set(false);
            match saved {
                Ok(Saved::Kept { id, version }) => {
                    if let Some(toasts) = toasts {
                        toasts.show(ToastKind::Done, text!(locale.get_untracked(), own.saved, version = version));
                    }
                    navigate(&page_of(&id), NavigateOptions::default());
                }
                Ok(Saved::Refused { mistakes }) => {
                    let _ = refused.try_set(mistakes);
                }
                Err(error) => {
                    if let Some(toasts) = toasts {
                        let words = error_words(&error, locale.get_untracked());
                        toasts.show(ToastKind::Error, format!("{} {}", words.title, words.advice));
                    }
                }
            }
        });
    })
}

fn page_of(id: &OwnMetricId) -> String {
    routes::metric(id.metric())
}
