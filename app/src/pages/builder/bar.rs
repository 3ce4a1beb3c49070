//! What the builder puts into the bar: the board's title, how it is saved, and what can be done with it.

use super::editor::{Editor, SaveStatus};
use crate::{
    i18n::{label, live_text, text, use_locale},
    routes,
};
use components::controls::{Button, ButtonKind, Icon, IconButton, IconName, Tab, Tabs};
use leptos::prelude::*;
use model::{
    board::{Operation, Title},
    formatting::Locale,
    layout::LayoutName,
};

/// The title, to be changed in place, and the save status.
#[component]
pub(crate) fn BuilderHeading(editor: Editor) -> impl IntoView {
    let locale = use_locale();
    let board = editor.board();
    let title = Memo::new(move |_| board.with(|board| board.title().to_string()));
    let rename = move |text: String| {
        // Longer ones are not taken by the field.
        if let Ok(title) = Title::parse(&text) {
            editor.apply(Operation::RenameBoard { title });
        }
    };
    view! {
        <h1 class="topbar__title topbar__title--edited">
            <input
                class="topbar__title-field"
                type="text"
                name="board-title"
                autocomplete="off"
                maxlength="120"
                aria-label=live_text!(locale, builder.board_title)
                placeholder=live_text!(locale, boards.untitled)
                value=title.get_untracked()
                prop:value=move || title.get()
                on:change:target=move |event| rename(event.target().value())
            />
        </h1>
        <SaveState editor />
    }
}

impl SaveStatus {
    const fn class(self) -> &'static str {
        match self {
            Self::Saved => "save-state save-state--saved",
            Self::Saving => "save-state save-state--saving",
            Self::Offline { .. } | Self::NotSaved { .. } | Self::SignedOut { .. } => "save-state save-state--waiting",
        }
    }

    fn words(self, locale: Locale) -> String {
        match self {
            Self::Saved => text!(locale, builder.saved).to_owned(),
            Self::Saving => text!(locale, builder.saving).to_owned(),
            Self::Offline { waiting } => text!(locale, builder.offline, count = waiting),
            Self::NotSaved { waiting } => text!(locale, builder.not_saved, count = waiting),
            Self::SignedOut { waiting } => text!(locale, builder.signed_out, count = waiting),
        }
    }
}

#[component]
fn SaveState(editor: Editor) -> impl IntoView {
    let locale = use_locale();
    let status = Memo::new(move |_| editor.status());
    let is_signed_out = Memo::new(move |_| matches!(status.get(), SaveStatus::SignedOut { .. }));
    let may_be_retried =
        Memo::new(move |_| matches!(status.get(), SaveStatus::SignedOut { .. } | SaveStatus::NotSaved { .. }));
    view! {
        <p class=move || status.get().class() role="status" data-testid="save-state">
            {move || status.get().words(locale.get())}
        </p>
        <Show when=move || is_signed_out.get()>
            <a class="button button--secondary" href=routes::SIGN_IN target="_blank" rel="noopener external">
                <span class="button__label">{live_text!(locale, sign_in.submit)}</span>
            </a>
        </Show>
        <Show when=move || may_be_retried.get()>
            <Button on_click=move |()| editor.send()>{live_text!(locale, common.try_again)}</Button>
        </Show>
    }
}

/// Undo, redo, shortcuts, preview, publish.
#[component]
pub(crate) fn BuilderActions(
    editor: Editor,
    is_publishing: RwSignal<bool>,
    is_explaining: RwSignal<bool>,
    is_keeping: RwSignal<bool>,
) -> impl IntoView {
    let locale = use_locale();
    let is_published = Memo::new(move |_| editor.draft().published.is_some());
    let may_publish = Memo::new(move |_| {
        let draft = editor.draft();
        draft.has_unpublished_edits || draft.published.is_none() || editor.status() != SaveStatus::Saved
    });
    let layouts = vec![
        Tab { value: LayoutName::Desk, icon: IconName::Desk, label: label!(locale, builder.desk) },
        Tab { value: LayoutName::Wall, icon: IconName::Wall, label: label!(locale, builder.wall) },
        Tab { value: LayoutName::Phone, icon: IconName::Phone, label: label!(locale, builder.phone) },
    ];
    view! {
        <Tabs
            label=label!(locale, builder.layout)
            tabs=layouts
            chosen=editor.layout
            on_choose=move |layout| editor.layout.set(layout)
            is_narrow=true
        />
        <IconButton
            icon=IconName::Undo
            label=label!(locale, builder.undo)
            disabled=Signal::derive(move || !editor.may_undo())
            on_click=move |()| editor.undo()
        />
        <IconButton
            icon=IconName::Redo
            label=label!(locale, builder.redo)
            disabled=Signal::derive(move || !editor.may_redo())
            on_click=move |()| editor.redo()
        />
        <IconButton icon=IconName::Info label=label!(locale, shortcuts.title) on_click=move |()| is_explaining.set(true) />
        <span class="builder__keep">
            <IconButton icon=IconName::Layers label=label!(locale, templates.keep) on_click=move |()| is_keeping.set(true) />
        </span>
        <Show when=move || is_published.get()>
            <a class="button button--secondary" href=routes::board(editor.id)>
                <Icon name=IconName::Eye />
                <span class="button__label">{live_text!(locale, builder.view)}</span>
            </a>
        </Show>
        <Button
            kind=ButtonKind::Primary
            icon=IconName::Publish
            disabled=Signal::derive(move || !may_publish.get())
            on_click=move |()| is_publishing.set(true)
        >
            {live_text!(locale, builder.publish)}
        </Button>
    }
}
