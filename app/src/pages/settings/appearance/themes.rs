//! The themes of the organisation: which there are, a new one, one changed, one removed and brought back.

use super::{editor::ThemeEditor, workshop::Workshop};
use crate::{
    i18n::{error_words, label, live_text, text, use_locale},
    pages::theme_words::base_name,
    server_functions::{remove_theme, restore_theme},
};
use components::controls::{AddMenu, Button, ButtonKind, Choice, IconButton, IconName, ToastKind, Toasts};
use leptos::{html, prelude::*, web_sys};
use model::{
    appearance::{BaseTheme, KeptTheme, MAX_THEMES, Token},
    time::Calendar,
};

#[component]
pub(super) fn Themes(workshop: Workshop, calendar: Calendar) -> impl IntoView {
    let locale = use_locale();
    let toasts = use_context::<Toasts>();
    let removed = RwSignal::new(None::<KeptTheme>);
    let failed = move |error| {
        let words = error_words(&error, locale.get_untracked());
        if let Some(toasts) = toasts {
            toasts.show(ToastKind::Error, format!("{} {}", words.title, words.advice));
        }
    };
    let remove = Action::new(move |kept: &KeptTheme| {
        let kept = kept.clone();
        async move {
            match remove_theme(kept.id).await {
                Ok(()) => {
                    workshop.themes.update(|themes| themes.retain(|theme| theme.id != kept.id));
                    removed.set(Some(kept));
                }
                Err(error) => failed(error),
            }
        }
    });
    let restore = Action::new(move |kept: &KeptTheme| {
        let kept = kept.clone();
        async move {
            match restore_theme(kept.id).await {
                Ok(()) => {
                    workshop.take(kept);
                    removed.set(None);
                }
                Err(error) => failed(error),
            }
        }
    });
    let bases = Signal::derive(move || {
        let named = |base: BaseTheme| text!(locale.get(), appearance.like, name = base_name(base, locale.get()));
        BaseTheme::ALL.map(|base| Choice::new(base.name(), named(base))).to_vec()
    });
    let has_room = move || workshop.themes.with(Vec::len) < MAX_THEMES;
    let is_empty = move || workshop.themes.with(Vec::is_empty);
    let is_changing = Memo::new(move |_| workshop.draft.with(Option::is_some));
    view! {
        <section class="appearance__section" aria-labelledby="appearance-themes">
            <h2 class="appearance__heading" id="appearance-themes">{live_text!(locale, appearance.themes)}</h2>
            <p class="appearance__note">{live_text!(locale, appearance.themes_hint)}</p>
            <ul class="appearance__themes">
                <For each=move || workshop.themes.get() key=|kept| (kept.id, kept.version) let:kept>
                    <ThemeRow kept workshop on_remove=move |kept: KeptTheme| { remove.dispatch(kept); } />
                </For>
            </ul>
            <Show when=move || is_empty()>
                <p class="appearance__note">{live_text!(locale, appearance.no_themes)}</p>
            </Show>
            <div role="status">
                {move || removed.get().map(|kept| {
                    let name = kept.theme.name.to_string();
                    view! {
                        <p class="appearance__removed">
                            <span>{move || text!(locale.get(), appearance.removed, name = name.clone())}</span>
                            <Button
                                kind=ButtonKind::Quiet
                                icon=IconName::Undo
                                busy=restore.pending()
                                on_click=move |()| { restore.dispatch(kept.clone()); }
                            >
                                {live_text!(locale, appearance.undo)}
                            </Button>
                        </p>
                    }
                })}
            </div>
            <Show when=has_room>
                <AddMenu
                    name="new-theme"
                    label=label!(locale, appearance.new_theme)
                    offered=bases
                    on_add=move |base: String| {
                        if let Some(base) = BaseTheme::named(&base) {
                            workshop.begin(base);
                        }
                    }
                />
            </Show>
        </section>
        <Show when=move || is_changing.get()>
            <ThemeEditor workshop calendar />
        </Show>
    }
    .into_any()
}

#[component]
fn ThemeRow(kept: KeptTheme, workshop: Workshop, #[prop(into)] on_remove: Callback<KeptTheme>) -> impl IntoView {
    let locale = use_locale();
    let KeptTheme { theme, .. } = kept.clone();
    let palette = workshop.palette_of(&theme);
    let shown = [Token::Page, Token::Surface, Token::Text, Token::Accent].into_iter().chain(Token::series());
    let swatches = shown.map(|token| view! { <Swatch colour=palette.chosen(token).to_string() /> }).collect_view();
    let (name, base) = (StoredValue::new(theme.name.to_string()), theme.base);
    let kept = StoredValue::new(kept);
    view! {
        <li class="appearance__theme">
            <span class="appearance__theme-name">{name.get_value()}</span>
            <span class="appearance__theme-base">
                {move || text!(locale.get(), appearance.made_of, name = base_name(base, locale.get()))}
            </span>
            <span class="appearance__swatches" aria-hidden="true">{swatches}</span>
            <IconButton
                icon=IconName::Edit
                label=Signal::derive(move || text!(locale.get(), appearance.change, name = name.get_value()))
                on_click=move |()| kept.with_value(|kept| workshop.change(kept))
            />
            <IconButton
                icon=IconName::Trash
                label=Signal::derive(move || text!(locale.get(), appearance.remove, name = name.get_value()))
                on_click=move |()| on_remove.run(kept.get_value())
            />
        </li>
    }
    .into_any()
}

/// A colour to be seen. Set on the element itself, which the policy allows.
#[component]
fn Swatch(colour: String) -> impl IntoView {
    let element = NodeRef::<html::Span>::new();
    Effect::new(move |_| {
        if let Some(element) = element.get() {
            // Where it can't be set there is a frame without a colour.
            let _ = web_sys::HtmlElement::style(&element).set_property("background", &colour);
        }
    });
    view! { <span class="appearance__swatch" node_ref=element></span> }
}
