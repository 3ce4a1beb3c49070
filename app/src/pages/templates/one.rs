//! A template with the reader's own numbers, before a board begins with it.

use crate::{
    i18n::{label, live_text, use_locale},
    pages::{
        boards::NewBoardDialog,
        builder::Previews,
        tile_title::{fallback_title, spoken_title},
    },
    routes,
    server_functions::begin_with_template,
};
use components::{
    controls::{Button, ButtonKind, Icon, IconName},
    grid::GridView,
    tile::{Inside, Names, TileCard},
};
use leptos::prelude::*;
use model::{
    board::{Board, Reading, TemplateBoard, TileId, Title},
    formatting::Locale,
    metric::CatalogueView,
    time::Calendar,
};

#[component]
pub(super) fn OneTemplate(template: TemplateBoard, catalogue: CatalogueView, calendar: Calendar) -> impl IntoView {
    let locale = use_locale();
    let TemplateBoard { summary, board } = template;
    let names = Signal::stored(Names::from_catalogue(&catalogue));
    let read = Memo::new(move |_| board.read_with(&Reading::default(), &catalogue));
    let previews = Previews::of(read, RwSignal::new(false));
    let drawn = Drawn { read, names, previews, locale, calendar };
    let desk = Signal::from(Memo::new(move |_| read.with(|board| board.desk().clone())));
    let phone = Signal::from(Memo::new(move |_| read.with(Board::phone)));
    let begins = RwSignal::new(false);
    let id = summary.id;
    let make = Action::new(move |title: &Title| {
        let (template, title, locale) = (id.clone(), title.clone(), locale.get_untracked());
        async move { begin_with_template(template, title, locale).await }
    });
    let usual = summary.name.in_locale(locale.get_untracked()).to_owned();
    let (name, about) = (summary.name, summary.about);
    view! {
        <main id="content" class="page board-page template">
            <header class="template__head">
                <a class="metric__back" href=routes::TEMPLATES>
                    <Icon name=IconName::ChevronLeft />
                    <span>{live_text!(locale, templates.title)}</span>
                </a>
                <div class="template__words">
                    <h1 class="components__title">{move || name.in_locale(locale.get()).to_owned()}</h1>
                    <p class="components__lead">{move || about.in_locale(locale.get()).to_owned()}</p>
                </div>
                <Button kind=ButtonKind::Primary icon=IconName::Plus on_click=move |()| begins.set(true)>
                    {live_text!(locale, templates.begin)}
                </Button>
            </header>
            <GridView layout=desk phone locale render_tile=drawn.callback() />
        </main>
        <NewBoardDialog title=label!(locale, templates.begin) usual make open=begins />
    }
    .into_any()
}

/// What drawing a tile takes. Cheap to copy.
#[derive(Clone, Copy)]
struct Drawn {
    read: Memo<Board>,
    names: Signal<Names>,
    previews: Previews,
    locale: Signal<Locale>,
    calendar: Calendar,
}

impl Drawn {
    fn callback(self) -> Callback<TileId, AnyView> {
        Callback::new(move |id: TileId| self.draw(id))
    }

    fn draw(self, id: TileId) -> AnyView {
        let Self { read, names, previews, locale, calendar } = self;
        let Some(tile) = read.with_untracked(|board| board.tile(id).cloned()) else { return ().into_any() };
        let title_of = Callback::new(move |id: TileId| {
            names.with(|names| read.with(|board| board.tile(id).map(|tile| spoken_title(tile, names, locale.get()))))
        });
        let inside = Inside { render: self.callback(), title_of, page_of: None };
        let content = tile.content.clone();
        view! {
            <TileCard
                tile=Signal::stored(tile)
                title_fallback=Signal::derive(move || names.with(|names| fallback_title(&content, names, locale.get())))
                state=previews.state(id)
                locale
                names
                calendar=Signal::stored(calendar)
                inside
            />
        }
        .into_any()
    }
}
