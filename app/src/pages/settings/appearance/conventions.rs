//! Which colour rises, the approval number of maps, and the theme of boards that choose none.

use super::workshop::Workshop;
use crate::{
    i18n::{error_words, label, live_text, text, use_locale},
    pages::theme_words::theme_choices,
    server_functions::save_appearance,
};
use components::controls::{Button, ButtonKind, SelectField, Submits, TextField, ToastKind, Toasts};
use leptos::{ev, prelude::*};
use model::appearance::{Appearance, AppearanceChange, HouseStyle, MapApproval, RisingColour, ThemeChoice};

#[component]
pub(super) fn Conventions(appearance: Appearance, workshop: Workshop) -> impl IntoView {
    let locale = use_locale();
    let toasts = use_context::<Toasts>();
    let rising = RwSignal::new(appearance.house.rising);
    let approval = RwSignal::new(appearance.house.map_approval.as_ref().map(ToString::to_string).unwrap_or_default());
    let theme = RwSignal::new(appearance.theme);
    let appearance = StoredValue::new(appearance);
    let approval_error = RwSignal::new(false);
    let save = Action::new(move |change: &AppearanceChange| {
        let change = change.clone();
        async move {
            let told = match save_appearance(change).await {
                Ok(()) => (ToastKind::Done, text!(locale.get_untracked(), appearance.saved).to_owned()),
                Err(error) => {
                    let words = error_words(&error, locale.get_untracked());
                    (ToastKind::Error, format!("{} {}", words.title, words.advice))
                }
            };
            if let Some(toasts) = toasts {
                toasts.show(told.0, told.1);
            }
        }
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let typed = approval.get_untracked();
        let map_approval = match typed.trim() {
            "" => Ok(None),
            typed => MapApproval::parse(typed).map(Some),
        };
        approval_error.set(map_approval.is_err());
        if let Ok(map_approval) = map_approval {
            approval.set(map_approval.as_ref().map(ToString::to_string).unwrap_or_default());
            let house = HouseStyle { rising: rising.get_untracked(), map_approval };
            save.dispatch(AppearanceChange { house, theme: theme.get_untracked() });
        }
    };
    let choices = Signal::derive(move || {
        let locale = locale.get();
        let known = appearance.with_value(|appearance| workshop.with_themes(appearance));
        theme_choices(text!(locale, appearance.as_readers_prefer), &known, locale)
    });
    // One that was removed meanwhile is as none.
    let chosen = Signal::derive(move || {
        let chosen = theme.get().map(|theme| theme.to_string()).unwrap_or_default();
        let is_offered = choices.with(|choices| choices.iter().any(|choice| choice.value == chosen));
        if is_offered { chosen } else { String::new() }
    });
    view! {
        <form class="appearance__section" aria-labelledby="appearance-conventions" on:submit=submit>
            <h2 class="appearance__heading" id="appearance-conventions">{live_text!(locale, appearance.conventions)}</h2>
            <fieldset class="appearance__rising">
                <legend class="field__label">{live_text!(locale, appearance.rising)}</legend>
                {RisingColour::ALL.into_iter().map(|colour| view! { <RisingChoice colour chosen=rising /> }).collect_view()}
            </fieldset>
            <TextField
                name="map-approval"
                label=label!(locale, appearance.map_approval)
                hint=label!(locale, appearance.map_approval_hint)
                placeholder=Signal::stored("GS(2024)0650号".to_owned())
                value=approval
                error=Signal::derive(move || {
                    if approval_error.get() { text!(locale.get(), appearance.map_approval_wrong).to_owned() } else { String::new() }
                })
                on_input=move |typed| {
                    approval_error.set(false);
                    approval.set(typed);
                }
            />
            <SelectField
                name="default-theme"
                label=label!(locale, appearance.default_theme)
                choices
                value=chosen
                on_change=move |chosen: String| theme.set(chosen.parse::<ThemeChoice>().ok())
            />
            <p class="appearance__note">{live_text!(locale, appearance.default_theme_hint)}</p>
            <div class="form__actions">
                <Button kind=ButtonKind::Primary submits=Submits::Form busy=save.pending()>
                    {live_text!(locale, appearance.save)}
                </Button>
            </div>
        </form>
    }
    .into_any()
}

/// One of the two conventions, with how it looks.
#[component]
fn RisingChoice(colour: RisingColour, chosen: RwSignal<RisingColour>) -> impl IntoView {
    let locale = use_locale();
    let words = move || match colour {
        RisingColour::Red => text!(locale.get(), appearance.rising_red),
        RisingColour::Green => text!(locale.get(), appearance.rising_green),
    };
    let (up, down) = match colour {
        RisingColour::Red => {
            ("appearance__change appearance__change--red", "appearance__change appearance__change--green")
        }
        RisingColour::Green => {
            ("appearance__change appearance__change--green", "appearance__change appearance__change--red")
        }
    };
    view! {
        <label class="appearance__choice">
            <input
                type="radio"
                name="rising"
                value=colour.name()
                checked=chosen.get_untracked() == colour
                prop:checked=move || chosen.get() == colour
                on:change=move |_| chosen.set(colour)
            />
            <span class="appearance__choice-name">{words}</span>
            <span class=up aria-hidden="true">"▲ 3.2%"</span>
            <span class=down aria-hidden="true">"▼ 1.8%"</span>
        </label>
    }
}
