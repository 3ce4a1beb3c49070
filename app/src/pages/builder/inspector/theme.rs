//! What the board is painted in. Shown while no tile is selected.

use crate::{
    i18n::{label, live_text, text, use_locale},
    pages::{builder::editor::Editor, theme_words::theme_choices},
};
use components::controls::{Choice, SelectField};
use leptos::prelude::*;
use model::{
    appearance::{Appearance, ThemeChoice},
    board::{Board, Operation},
};

#[component]
pub(super) fn ThemeSection(editor: Editor) -> impl IntoView {
    let locale = use_locale();
    let board = editor.board();
    let appearance = StoredValue::new(use_context::<Appearance>().unwrap_or_default());
    let chosen = Memo::new(move |_| board.with(Board::theme));
    let value = Signal::derive(move || chosen.get().map(|theme| theme.to_string()).unwrap_or_default());
    let choices = Signal::derive(move || {
        let locale = locale.get();
        let none = text!(locale, theme.of_organisation);
        let mut choices = appearance.with_value(|appearance| theme_choices(none, appearance, locale));
        let value = value.get();
        // One that was removed stays chosen until another is.
        if !choices.iter().any(|choice| choice.value == value) {
            choices.push(Choice::new(value, text!(locale, theme.removed)));
        }
        choices
    });
    view! {
        <section class="inspector__section">
            <h3 class="inspector__heading">{live_text!(locale, theme.of_board)}</h3>
            <SelectField
                name="board-theme"
                label=label!(locale, theme.choose)
                choices
                value
                on_change=move |chosen: String| {
                    editor.edit(|_| Operation::SetTheme { theme: chosen.parse::<ThemeChoice>().ok() });
                }
            />
            <p class="inspector__note">{live_text!(locale, theme.hint)}</p>
        </section>
    }
    .into_any()
}
