//! What page and wall share of a published board: its title, how it is read, and its tiles.

use super::{glance::Told, live::LiveBoard, pick_bar::PickBar, reading::reading_of_address};
use crate::{
    i18n::use_locale,
    pages::tile_title::{board_title, fallback_title},
    routes,
};
use components::tile::{FileForm, Inside, MetricsExplained, Names, Picked, TileCard, TileFiles};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use model::{
    board::{Board, BoardId, BoardLink, BoardView, FilterChoices, FilterSubject, Reading, Tile, TileId},
    formatting::Locale,
    metric::{CatalogueView, MetricId},
    time::Calendar,
};

/// A published board whose numbers are kept up to date. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct PublishedBoard {
    pub(super) id: BoardId,
    /// As it was published.
    pub(super) board: StoredValue<Board>,
    pub(super) catalogue: StoredValue<CatalogueView>,
    pub(super) names: Signal<Names>,
    pub(super) live: LiveBoard,
    /// The boards that tiles lead on to, as far as the reader may open them.
    links: StoredValue<Vec<BoardLink>>,
    /// What the filters offered that stand on the board, when it was opened.
    choices: StoredValue<Vec<FilterChoices>>,
    /// What the address asks for and the board accepts.
    pub(super) reading: Memo<Reading>,
    /// The board as it is read.
    read: Memo<Board>,
    pub(super) locale: Signal<Locale>,
    pub(super) calendar: Calendar,
    navigate: StoredValue<Callback<String>>,
}

impl PublishedBoard {
    /// Follows the board's stream; `reload` is called where only a new page shows what changed.
    pub(super) fn follow(view: &BoardView, catalogue: CatalogueView, reload: Callback<()>) -> Self {
        #[cfg(feature = "ssr")]
        crate::shell::preload_charts(&view.board);
        let names = Signal::stored(Names::from_catalogue(&catalogue));
        let live = LiveBoard::new(view);
        let (board, catalogue) = (StoredValue::new(view.board.clone()), StoredValue::new(catalogue));
        let asked = reading_of_address();
        let reading = Memo::new(move |_| board.with_value(|board| board.accepted(asked.get())));
        let read = Memo::new(move |_| {
            board.with_value(|board| catalogue.with_value(|catalogue| board.read_with(&reading.get(), catalogue)))
        });
        live.await_what_changes(read);
        live.follow(reading, reload);
        let navigate = use_navigate();
        let locale = use_locale();
        // Loaded anew and not by the router, which takes the page away under the menu that this was chosen from.
        provide_context(MetricsExplained(Callback::new(|metric: MetricId| {
            let _ = window().location().set_href(&routes::metric(&metric));
        })));
        let id = view.id;
        provide_context(TileFiles(Callback::new(move |(tile, form): (TileId, FileForm)| {
            let address = routes::tile_file(id, tile, form.name(), locale.get_untracked(), &reading.get_untracked());
            let _ = window().location().set_href(&address);
        })));
        // Choosing leads nowhere else: the page stays where it is scrolled to.
        let navigate = Callback::new(move |to: String| {
            navigate(&to, NavigateOptions { scroll: false, ..NavigateOptions::default() });
        });
        Self {
            id: view.id,
            board,
            catalogue,
            names,
            live,
            links: StoredValue::new(view.links.clone()),
            choices: StoredValue::new(view.choices.clone()),
            reading,
            read,
            locale,
            calendar: view.calendar,
            navigate: StoredValue::new(navigate),
        }
    }

    /// What the server's page tells those who only look ([`super::glance`]). Where the browser makes the page itself, the
    /// application is there.
    pub(super) fn told(self) -> Option<String> {
        if !cfg!(feature = "ssr") {
            return None;
        }
        let version = self.live.version();
        let stream = self.reading.with_untracked(|reading| routes::stream(self.id, version, reading));
        self.read.with_untracked(|read| Told::of_board(read, stream))?.written()
    }

    /// The board's title, or what a board without one is called.
    pub(super) fn title(self) -> String {
        self.board.with_value(|board| board_title(board.title(), self.locale.get()))
    }

    /// Goes on reading in another way; the way back is the browser's.
    pub(super) fn read_so(self, change: impl FnOnce(Reading) -> Reading) {
        let reading = change(self.reading.get_untracked());
        self.navigate.get_value().run(routes::board_read(self.id, &reading));
    }

    /// The values that a filter offered when the board was opened; `None` where they could not be read. What is no dimension
    /// has none.
    pub(super) fn choices_of(self, about: &FilterSubject) -> Option<Vec<String>> {
        match about {
            FilterSubject::Time | FilterSubject::Compare => Some(Vec::new()),
            FilterSubject::Dimension(dimension) => self.choices.with_value(|choices| {
                choices.iter().find(|choices| choices.dim == *dimension).map(|choices| choices.values.clone())
            }),
        }
    }

    /// The board that leads on from a tile.
    pub(super) fn link_of(self, tile: &Tile) -> Option<BoardLink> {
        self.links.with_value(|links| links.iter().find(|link| Some(link.id) == tile.opens).cloned())
    }

    /// What a tile is called.
    pub(super) fn tile_title(self, id: TileId) -> String {
        self.read.with(|board| {
            board.tile(id).map_or_else(String::new, |tile| {
                let title = tile.title.to_string();
                if title.is_empty() {
                    self.names.with(|names| fallback_title(&tile.content, names, self.locale.get()))
                } else {
                    title
                }
            })
        })
    }

    /// Draws tiles to be looked at; called once for each.
    pub(super) fn tiles(self) -> Callback<TileId, AnyView> {
        Callback::new(move |id: TileId| match self.tile(id) {
            Some(tile) => {
                let state = self.live.tile(id);
                let PublishedBoard { locale, names, calendar, .. } = self;
                let calendar = Signal::stored(calendar);
                let title_fallback = self.title_fallback(tile);
                let inside = self.inside(self.tiles());
                view! { <TileCard tile title_fallback state locale names calendar inside /> }.into_any()
            }
            None => ().into_any(),
        })
    }

    /// Draws tiles whose numbers can be clicked to go on from there; called once for each.
    pub(super) fn tiles_to_pick_from(self) -> Callback<TileId, AnyView> {
        Callback::new(move |id: TileId| match self.tile(id) {
            Some(tile) => {
                let picked = RwSignal::new(None::<Picked>);
                let on_pick = Callback::new(move |now| picked.set(Some(now)));
                let state = self.live.tile(id);
                let PublishedBoard { locale, names, calendar, .. } = self;
                let calendar = Signal::stored(calendar);
                let title_fallback = self.title_fallback(tile);
                let inside = self.inside(self.tiles_to_pick_from());
                view! {
                    <TileCard tile title_fallback state locale names calendar on_pick inside>
                        <PickBar published=self tile picked />
                    </TileCard>
                }
                .into_any()
            }
            None => ().into_any(),
        })
    }

    /// How tiles are drawn that stand in containers.
    fn inside(self, render: Callback<TileId, AnyView>) -> Inside {
        let title_of = Callback::new(move |id: TileId| {
            let is_there = self.board.with_value(|board| board.tile(id).is_some());
            is_there.then(|| self.tile_title(id))
        });
        Inside { render, title_of, page_of: None }
    }

    /// A tile as it is read.
    fn tile(self, id: TileId) -> Option<Signal<Tile>> {
        let first = self.read.with_untracked(|board| board.tile(id).cloned())?;
        let tile = Memo::new(move |_| self.read.with(|board| board.tile(id).cloned()).unwrap_or_else(|| first.clone()));
        Some(tile.into())
    }

    fn title_fallback(self, tile: Signal<Tile>) -> Signal<String> {
        Signal::derive(move || {
            self.names.with(|names| tile.with(|tile| fallback_title(&tile.content, names, self.locale.get())))
        })
    }
}
