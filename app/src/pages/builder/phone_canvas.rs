//! The phone in the builder: the cards, and the way to try them in the hand.

use super::editor::Editor;
use crate::{
    i18n::{live_text, text, use_locale},
    routes,
};
use components::{
    arranging::ArrangingTiles,
    controls::{Icon, IconName, QrCode},
    phone::{PhoneBoard, PhoneEditing},
};
use leptos::prelude::*;
use model::{
    board::{Board, TileId},
    layout::PhoneCard,
};

/// The phone with a code beside it that leads a real one to the draft.
#[component]
pub(super) fn PhoneCanvas(
    editor: Editor,
    tiles: ArrangingTiles,
    render_tile: Callback<TileId, AnyView>,
) -> impl IntoView {
    let locale = use_locale();
    let board = editor.board();
    let layout = Signal::from(Memo::new(move |_| board.with(Board::phone)));
    let editing = PhoneEditing {
        tiles,
        on_put: Callback::new(move |(card, position): (PhoneCard, usize)| {
            editor.edit(|board| board.putting_card(card, position));
        }),
    };
    view! {
        <div class="phone-desk">
            <PhoneBoard layout locale render_tile editing />
            <HandPreview editor />
        </div>
    }
}

#[component]
fn HandPreview(editor: Editor) -> impl IntoView {
    let locale = use_locale();
    // Known in the browser only: the server may be reached under many names.
    let site = RwSignal::new(None::<Site>);
    Effect::new(move |_| {
        let location = window().location();
        if let (Ok(origin), Ok(host)) = (location.origin(), location.hostname()) {
            site.set(Some(Site { origin, is_this_machine: is_this_machine(&host) }));
        }
    });
    let path = routes::preview(editor.id);
    let href = path.clone();
    let address = Signal::derive(move || {
        let origin = site.with(|site| site.as_ref().map(|site| site.origin.clone()));
        origin.map(|origin| format!("{origin}{path}")).unwrap_or_default()
    });
    let is_this_machine = Memo::new(move |_| site.with(|site| site.as_ref().is_some_and(|site| site.is_this_machine)));
    view! {
        <aside class="hand-preview" aria-label=live_text!(locale, preview.title)>
            <h2 class="hand-preview__title">{live_text!(locale, preview.title)}</h2>
            <Show when=move || site.with(Option::is_some)>
                <QrCode text=address label=Signal::derive(move || text!(locale.get(), preview.code, address = address.get())) />
            </Show>
            <p class="hand-preview__words">{live_text!(locale, preview.hint)}</p>
            <Show when=move || is_this_machine.get()>
                <p class="hand-preview__words hand-preview__words--warning">{live_text!(locale, preview.this_machine)}</p>
            </Show>
            <a class="button button--secondary" href=href target="_blank" rel="noopener">
                <Icon name=IconName::Eye />
                <span class="button__label">{live_text!(locale, preview.open)}</span>
            </a>
        </aside>
    }
    .into_any()
}

/// Under which name the browser reaches the server.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Site {
    origin: String,
    /// Nobody else reaches it under that name.
    is_this_machine: bool,
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") || host == "[::1]"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_no_phone_can_reach_are_known() {
        for host in ["localhost", "127.0.0.1", "[::1]", "boards.localhost"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["192.168.1.7", "boards.example.cn", "localhost.example.cn"] {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
