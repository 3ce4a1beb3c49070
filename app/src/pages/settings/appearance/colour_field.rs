//! One colour of a theme: picked or typed, with what is wrong with it and a colour that does.

use super::{
    finding_words::{finding_words, instead_words},
    workshop::Workshop,
};
use crate::{
    i18n::{text, use_locale},
    pages::theme_words::token_name,
};
use components::controls::{Button, ButtonKind, IconButton, IconName, TextField};
use leptos::{ev, prelude::*, wasm_bindgen::JsCast as _, web_sys};
use model::{
    appearance::{Finding, GRAPHICS_CONTRAST, TEXT_CONTRAST, Token},
    colour::Colour,
};

#[component]
pub(super) fn ColourField(token: Token, workshop: Workshop) -> impl IntoView {
    let locale = use_locale();
    let colour = Memo::new(move |_| workshop.palette.with(|palette| palette.chosen(token)));
    let name = Signal::derive(move || token_name(token, locale.get()));
    let is_no_colour = RwSignal::new(false);
    let finding = Memo::new(move |_| {
        workshop.findings.with(|findings| findings.iter().find(|finding| finding.token == token).copied())
    });
    let told = Signal::derive(move || finding.get().map(|finding| finding_words(&finding, locale.get())));
    let is_grave = move || finding.with(|finding| finding.as_ref().is_some_and(Finding::is_grave));
    let error = Signal::derive(move || {
        if is_no_colour.get() {
            text!(locale.get(), appearance.no_colour).to_owned()
        } else if is_grave() {
            told.get().unwrap_or_default()
        } else {
            String::new()
        }
    });
    let hint = Signal::derive(move || told.get().unwrap_or_else(|| contrast_words(token, workshop, locale.get())));
    let paint = move |text: &str| match text.parse::<Colour>() {
        Ok(colour) => {
            is_no_colour.set(false);
            workshop.paint(token, colour);
        }
        Err(_) => is_no_colour.set(true),
    };
    // Enter takes the colour, and does not keep the theme yet.
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" {
            let typed = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
            if let Some(field) = typed {
                event.prevent_default();
                paint(&field.value());
            }
        }
    };
    view! {
        <div
            class="appearance__colour"
            class:appearance__colour--told=move || told.with(Option::is_some)
            on:keydown=on_key
        >
            <input
                class="appearance__picker"
                type="color"
                aria-label=move || text!(locale.get(), appearance.pick, name = name.get())
                value=colour.get_untracked().to_string()
                prop:value=move || colour.get().to_string()
                on:input:target=move |event| paint(&event.target().value())
            />
            <TextField
                name=format!("colour-{}", token.name())
                label=name
                value=Signal::derive(move || colour.get().to_string())
                hint
                error
                on_change=move |text: String| paint(&text)
            />
            <Show when=move || workshop.is_changed(token)>
                <IconButton
                    icon=IconName::Undo
                    label=Signal::derive(move || text!(locale.get(), appearance.as_shipped, name = name.get()))
                    on_click=move |()| {
                        is_no_colour.set(false);
                        workshop.update(|draft| {
                            draft.theme.colours.remove(&token);
                        });
                    }
                />
            </Show>
            {move || finding.get().and_then(|finding| finding.instead).map(|instead| view! {
                <div class="appearance__instead">
                    <Button kind=ButtonKind::Quiet on_click=move |()| workshop.paint(token, instead)>
                        {move || instead_words(instead, locale.get())}
                    </Button>
                </div>
            })}
        </div>
    }
    .into_any()
}

/// How far a colour stands out: `7.2 : 1`. What is a ground has nothing to stand out from.
fn contrast_words(token: Token, workshop: Workshop, locale: model::formatting::Locale) -> String {
    let (grounds, least): (&[Token], f64) = match token {
        Token::Page | Token::Surface => return String::new(),
        Token::Text | Token::Muted | Token::Accent => (&[Token::Page, Token::Surface], TEXT_CONTRAST),
        Token::Series(_) => (&[Token::Surface], GRAPHICS_CONTRAST),
    };
    workshop.palette.with(|palette| {
        let colour = palette.chosen(token);
        let worst = grounds.iter().map(|ground| colour.contrast(palette.chosen(*ground))).fold(f64::INFINITY, f64::min);
        text!(
            locale,
            appearance.contrast,
            contrast = super::finding_words::ratio(worst),
            least = super::finding_words::ratio(least)
        )
    })
}
