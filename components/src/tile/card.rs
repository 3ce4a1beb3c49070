//! A tile as a card.

use super::{
    Inside, Names, Picked, TileState,
    body::Body,
    face::Face,
    head::{Badges, CardMenu},
};
use crate::{
    chart::{Reading, needs_other_charts},
    controls::{Icon, IconName},
    words,
};
use leptos::prelude::*;
use model::{
    appearance::{HouseStyle, MapApproval},
    board::{Tile, TileContent},
    formatting::Locale,
    frame::Frame,
    time::Calendar,
};
use std::sync::Arc;

/// A frame in a signal: told apart by its etag, so that an equal frame redraws nothing.
#[derive(Debug, Clone)]
pub(super) struct Shown(pub(super) Arc<Frame>);

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || (!self.0.etag.is_empty() && self.0.etag == other.0.etag)
    }
}

/// What every part of a card reads.
#[derive(Clone, Copy)]
pub(super) struct Reader {
    pub(super) locale: Signal<Locale>,
    pub(super) names: Signal<Names>,
    pub(super) calendar: Signal<Calendar>,
    pub(super) rise_is_red: Signal<bool>,
    pub(super) map_approval: StoredValue<Option<MapApproval>>,
    /// Where something can be done with a number that is pointed out.
    pub(super) on_pick: Option<Callback<Picked>>,
}

impl Reader {
    pub(super) fn say(self, words: words::Words) -> &'static str {
        words.in_locale(self.locale.get())
    }

    /// Runs what reads a frame, with everything it reads beside it.
    pub(super) fn read<T>(self, frame: Memo<Option<Shown>>, read: impl Fn(&Frame, Reading) -> T) -> Option<T> {
        self.names.with(|names| {
            self.map_approval.with_value(|approval| {
                let (locale, calendar) = (self.locale.get(), self.calendar.get());
                let reading = Reading { names, locale, calendar, map_approval: approval.as_ref() };
                frame.with(|frame| frame.as_ref().map(|frame| read(&frame.0, reading)))
            })
        })
    }
}

/// A tile as a card, in whatever state it is.
///
/// Its menu shows the numbers as a table and copies them as CSV; where [`Toasts`] are provided it says so. Where a
/// [`HouseStyle`] is provided it is drawn by that.
#[component]
pub fn TileCard(
    #[prop(into)] tile: Signal<Tile>,
    /// The heading while the tile has no title of its own: the metric's name.
    #[prop(into)]
    title_fallback: Signal<String>,
    #[prop(into)] state: Signal<TileState>,
    #[prop(into)] locale: Signal<Locale>,
    #[prop(into)] names: Signal<Names>,
    #[prop(into)] calendar: Signal<Calendar>,
    /// Runs when a bar, a province, a step or a value is clicked, or chosen by Enter.
    #[prop(optional)]
    on_pick: Option<Callback<Picked>>,
    /// What stands in the tile, where it is a container.
    #[prop(optional)]
    inside: Option<Inside>,
    /// What stands at the foot of the card.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let HouseStyle { rising, map_approval } = use_context().unwrap_or_default();
    let (rise_is_red, map_approval) = (Signal::stored(rising.is_red()), StoredValue::new(map_approval));
    let reader = Reader { locale, names, calendar, rise_is_red, map_approval, on_pick };
    let id = tile.with_untracked(|tile| tile.id);
    let kind = Memo::new(move |_| tile.with(|tile| tile.content.kind()));
    let title = Memo::new(move |_| tile.with(|tile| title_of(tile, &title_fallback.get(), locale.get())));
    let frame = Memo::new(move |_| state.with(|state| state.frame().cloned().map(Shown)));
    let face = Memo::new(move |_| Face::of(kind.get(), &state.get()));
    let metric = Memo::new(move |_| tile.with(|tile| tile.content.first_metric().map(|metric| metric.id.clone())));
    let as_table = RwSignal::new(false);
    let heading = move || {
        // A text without a title speaks for itself, and pages have names of their own.
        let is_bare = matches!(face.get(), Face::Still | Face::Pages) && tile.with(|tile| tile.title.is_empty());
        (!is_bare).then(|| title.get())
    };
    let class = move || format!("card card--{}", kind.get().name().replace('_', "-"));
    view! {
        <article
            class=class
            data-tile=id.to_string()
            data-drawn-by=move || needs_other_charts(kind.get()).then_some("other-charts")
            aria-label=move || title.get() aria-busy=move || (face.get() == Face::Loading).then_some("true")
        >
            <Show when=move || heading().is_some()>
                <header class="card__head">
                    <h3 class="card__title" title=move || title.get()>
                        {move || title.get()}
                    </h3>
                    <Badges kind state reader />
                    <Show when=move || face.get() == Face::Numbers>
                        <CardMenu tile=id frame kind metric as_table reader />
                    </Show>
                </header>
            </Show>
            <div class="card__body">
                <Body tile kind face frame state as_table reader inside />
            </div>
            <FailedNote state frame reader />
            {children.map(|children| children())}
        </article>
    }
    .into_any()
}

/// Under numbers that could not be renewed: what happened, that they were kept, what to do.
#[component]
fn FailedNote(state: Signal<TileState>, frame: Memo<Option<Shown>>, reader: Reader) -> impl IntoView {
    let problem = Memo::new(move |_| {
        let has_last = frame.with(Option::is_some);
        state.with(|state| state.problem().cloned()).filter(|_| has_last)
    });
    move || {
        problem.get().map(|problem| {
            let incident = problem.incident.clone();
            view! {
                <div class="card__note" role="status">
                    <Icon name=IconName::Warning />
                    <p>
                        {move || super::problem::explained(&problem, reader.locale.get()).what}
                        {move || reader.say(words::LAST_GOOD_KEPT)}
                        {incident
                            .map(|incident| {
                                view! {
                                    <span class="card__incident">
                                        {move || words::incident(&incident, reader.locale.get())}
                                    </span>
                                }
                            })}
                    </p>
                </div>
            }
        })
    }
}

/// What stands over a tile: its own title, or else what it falls back to, or else what it is.
pub(crate) fn title_of(tile: &Tile, fallback: &str, locale: Locale) -> String {
    let own = tile.title.to_string();
    match (own.is_empty(), fallback.is_empty()) {
        (false, _) => own,
        (true, false) => fallback.to_owned(),
        (true, true) => words::kind_name(tile.content.kind()).in_locale(locale).to_owned(),
    }
}

/// The step of a tile's time axis, where it has one.
pub(crate) fn grain_of(content: &TileContent) -> Option<model::time::Grain> {
    content.query().and_then(|query| query.grain())
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use model::{
        board::{ComponentKind, ContainerPage, Pages, Shape, TileId, Title},
        frame::{Cell, Column, ColumnKind, FrameState},
        problem::{Problem, ProblemCode},
    };

    fn ranking(state: FrameState) -> Arc<Frame> {
        let column = |name: &str, kind| Column::new(name, kind);
        Arc::new(Frame {
            columns: vec![column("channel", ColumnKind::Dimension), column("content.plays", ColumnKind::Number)],
            rows: vec![vec![Cell::Text("<b>浙江卫视</b>".to_owned()), Cell::Integer(12)]],
            as_of: None,
            etag: "1".to_owned(),
            simulated: true,
            state,
            warnings: Vec::new(),
        })
    }

    fn html(content: TileContent, state: TileState) -> String {
        let tile = Tile::new(TileId::from_u128(1), Title::default(), content);
        Owner::new().with(|| {
            // What stands in a container is drawn by whoever draws the card.
            let inside = Inside {
                render: Callback::new(|tile: TileId| view! { <p>"组件 " {tile.to_string()}</p> }.into_any()),
                title_of: Callback::new(|tile: TileId| (tile != TileId::from_u128(9)).then(|| format!("甲 {tile}"))),
                page_of: None,
            };
            view! {
                <TileCard
                    tile=Signal::stored(tile)
                    title_fallback="播放次数"
                    state=Signal::stored(state)
                    locale=Signal::stored(Locale::ZhCn)
                    names=Signal::stored(Names::default())
                    calendar=Signal::stored(Calendar::CHINA)
                    inside
                />
            }
            .to_html()
        })
    }

    #[test]
    fn every_kind_in_every_state_is_named_and_keeps_the_policy() {
        let problem = Problem { incident: Some("7K3Q".to_owned()), ..Problem::new(ProblemCode::Overloaded, "") };
        let ready = |state| TileState::Ready { frame: ranking(state), age_seconds: Some(3) };
        let states = [
            TileState::Unbound,
            TileState::Loading,
            ready(FrameState::Ready),
            ready(FrameState::Empty),
            ready(FrameState::OutsideScope),
            TileState::Failed { problem: problem.clone(), last: Some(ranking(FrameState::Ready)) },
            TileState::Failed { problem, last: None },
        ];
        for kind in ComponentKind::ALL {
            for state in &states {
                let html = html(kind.blank(), state.clone());
                assert!(html.contains(r#"aria-label="播放次数""#), "{kind:?} {state:?}: {html}");
                assert!(!html.contains("style="), "{kind:?} {state:?}: {html}");
                assert!(!html.contains("<b>"), "{kind:?} {state:?}: {html}");
            }
        }
    }

    #[test]
    fn a_failure_keeps_the_last_numbers_and_gives_the_incident() {
        let problem = Problem { incident: Some("7K3Q".to_owned()), ..Problem::new(ProblemCode::Overloaded, "") };
        let last = Some(ranking(FrameState::Ready));
        let html = html(ComponentKind::Bar.blank(), TileState::Failed { problem, last });
        for part in ["服务器正忙", "仍显示最近一次的数据", "事件编号 7K3Q", "&lt;b&gt;", "模拟"] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }

    #[test]
    fn every_card_says_when_rows_are_missing() {
        let mut frame = (*ranking(FrameState::Ready)).clone();
        frame.warnings = vec![model::frame::Warning::Truncated { limit: 7, rows: 40_000 }];
        let frame = Arc::new(frame);
        for kind in ComponentKind::ALL.into_iter().filter(|kind| kind.shape() != Shape::None) {
            let html = html(kind.blank(), TileState::Ready { frame: frame.clone(), age_seconds: None });
            assert!(html.contains(&words::truncated(7, 40_000, Locale::ZhCn)), "{kind:?}: {html}");
        }
    }

    #[test]
    fn a_container_has_its_pages_and_turns_them_without_script() {
        let page = |title: &str, tiles: &[u128]| ContainerPage {
            title: Title::parse(title).unwrap(),
            tiles: tiles.iter().copied().map(TileId::from_u128).collect(),
        };
        let pages = Pages::new(vec![page("", &[2, 9]), page("直播", &[3]), page("", &[])]).unwrap();
        let html = html(TileContent::Tabs { pages }, TileState::Unbound);
        assert_eq!(html.matches("type=\"radio\"").count(), 3, "{html}");
        assert_eq!(html.matches(" checked").count(), 1, "{html}");
        for part in
            ["甲 00000000-0000-0000-0000-000000000002", ">直播<", "第 3 页", "pages__page--of-1", "pages__page--3"]
        {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(!html.contains("000000000009"), "it is not on the board: {html}");
        assert!(!html.contains("style="), "{html}");
    }

    #[test]
    fn a_card_holds_what_its_picture_says() {
        use crate::tile::{BodyPicture, CardPicture, Sketch};
        let names = Names::default();
        let reading = Reading { names: &names, locale: Locale::ZhCn, calendar: Calendar::CHINA, map_approval: None };
        let mut frame = (*ranking(FrameState::Ready)).clone();
        frame.warnings = vec![model::frame::Warning::SmallSample { minimum: 30 }];
        let state = TileState::Ready { frame: Arc::new(frame), age_seconds: Some(180) };
        for kind in ComponentKind::ALL {
            let picture = CardPicture::draw(&Sketch::of(&kind.blank()), &state, reading, true, false);
            let html = html(kind.blank(), state.clone());
            if kind.shape() != Shape::None {
                assert!(html.contains(&format!(r#"<span class="card__badges">{}</span>"#, picture.badges)), "{html}");
                assert!(["3 分钟", "样本少", "模拟"].iter().all(|part| picture.badges.contains(part)), "{picture:?}");
            }
            let expected = match picture.body {
                BodyPicture::Still | BodyPicture::Coming => continue,
                BodyPicture::Flip(markup) => format!(r#"<div class="flip">{markup}</div>"#),
                BodyPicture::Ticker(markup) => format!(r#"<div class="ticker">{markup}</div>"#),
                BodyPicture::Figure(markup) => format!(r#"<div class="kpi">{markup}</div>"#),
                BodyPicture::Rows(markup) => format!("<tbody>{markup}</tbody>"),
                BodyPicture::Chart(spec) => {
                    let size = super::super::space::nominal_body(kind.usual_size());
                    format!(">{}</div>", crate::chart::svg(&spec.scene(size)))
                }
            };
            assert!(html.contains(&expected), "{kind:?}: {expected}\n{html}");
        }
    }

    #[test]
    fn an_equal_frame_is_the_same() {
        let (one, other) = (Shown(ranking(FrameState::Ready)), Shown(ranking(FrameState::Ready)));
        assert!(one == other);
        let mut changed = (*ranking(FrameState::Ready)).clone();
        changed.etag = "2".to_owned();
        assert!(one != Shown(Arc::new(changed)));
    }
}
