//! A page about one component: at work, when to use it, what it is bound to, what can be adjusted, and its states.

use super::shown::{Shown, plain, ready, tile_for, tile_of};
use crate::{
    i18n::{component_name, live_text, text, use_locale},
    routes,
};
use components::{
    controls::{Icon, IconName},
    guide, samples,
    tile::{TileState, family_name},
};
use leptos::prelude::*;
use model::{
    board::{ComponentKind, Shape},
    formatting::Locale,
    frame::{Frame, FrameState},
    layout::GridSize,
    problem::{Problem, ProblemCode},
    time::Calendar,
};
use std::sync::Arc;

/// The sizes at which it is shown: on a desk, and as small as it can be.
fn sizes(kind: ComponentKind) -> [(GridSize, &'static str); 2] {
    [(kind.usual_size(), "components__stage--usual"), (kind.least_size(), "components__stage--least")]
}

#[component]
pub(super) fn OneComponent(kind: ComponentKind, calendar: Calendar) -> impl IntoView {
    let locale = use_locale();
    let title = Signal::derive(move || component_name(kind, locale.get()).to_owned());
    let stages = (!kind.is_container()).then(|| {
        sizes(kind)
            .map(|(size, class)| {
                view! {
                    <div class=format!("components__stage {class} at-w{} at-h{}", size.w, size.h)>
                        <Shown
                            tile=Signal::derive(move || tile_for(kind, size, locale.get()))
                            state=Signal::derive(move || ready(kind, locale.get()))
                            title
                            locale
                            calendar
                            size
                        />
                    </div>
                }
            })
            .collect_view()
    });
    view! {
        <main id="content" class="page components">
            <a class="metric__back" href=routes::COMPONENTS>
                <Icon name=IconName::ChevronLeft />
                <span>{live_text!(locale, gallery.title)}</span>
            </a>
            <header class="components__head">
                <h1 class="components__title">{move || title.get()}</h1>
                <p class="components__lead">{move || guide::when_to_use(kind, locale.get())}</p>
            </header>
            <div class="components__stages">{stages}</div>
            <Description kind />
            <Many kind calendar title />
            {(kind.shape() != Shape::None).then(|| view! { <States kind calendar title /> })}
        </main>
    }
    .into_any()
}

#[component]
fn Description(kind: ComponentKind) -> impl IntoView {
    let locale = use_locale();
    let facts = kind.facts();
    let size = |size: GridSize| format!("{} × {}", size.w, size.h);
    let adjusted = move || {
        let parts = facts.look.iter().map(|part| view! { <li>{guide::adjusts(*part, locale.get())}</li> });
        parts.collect_view()
    };
    view! {
        <dl class="components__facts">
            <dt>{live_text!(locale, gallery.shelf)}</dt>
            <dd>{move || family_name(facts.family, locale.get())}</dd>
            <dt>{live_text!(locale, gallery.bound_to)}</dt>
            <dd>{move || guide::bound_to(kind.shape(), locale.get())}</dd>
            {(!facts.look.is_empty())
                .then(|| {
                    view! {
                        <dt>{live_text!(locale, gallery.adjusts)}</dt>
                        <dd>
                            <ul>{adjusted}</ul>
                        </dd>
                    }
                })}
            <dt>{live_text!(locale, gallery.sizes)}</dt>
            <dd>
                {move || {
                    text!(
                        locale.get(), gallery.sizes_said, usual = size(facts.usual_size), least = size(facts.least_size)
                    )
                }}
            </dd>
            <dt>{live_text!(locale, gallery.in_files)}</dt>
            <dd>
                <code>{format!("\"component\": \"{}\"", facts.name)}</code>
            </dd>
        </dl>
    }
    .into_any()
}

/// How many values a component is shown with to see how it bears them.
const MANY: usize = 1_000;

/// The component with many values.
#[component]
fn Many(kind: ComponentKind, calendar: Calendar, title: Signal<String>) -> impl IntoView {
    let locale = use_locale();
    let state = move || many(kind, locale.get());
    state().is_some().then(|| {
        view! {
            <section class="components__family">
                <h2 class="components__family-name">
                    {move || text!(locale.get(), gallery.many, count = MANY)}
                </h2>
                <div class="components__stage components__stage--many">
                    <Shown
                        tile=Signal::derive(move || plain(&tile_of(kind, locale.get())))
                        state=Signal::derive(move || state().unwrap_or(TileState::Loading))
                        title
                        locale
                        calendar
                        size=GridSize { w: 8, h: 8 }
                    />
                </div>
            </section>
        }
    })
}

fn many(kind: ComponentKind, locale: Locale) -> Option<TileState> {
    let sample = samples::large(kind, MANY, locale)?;
    Some(TileState::Ready { frame: Arc::new(sample.frame), age_seconds: Some(2) })
}

/// A frame with nothing in it, in a state.
fn nothing(state: FrameState) -> TileState {
    let frame = Frame {
        columns: Vec::new(),
        rows: Vec::new(),
        as_of: None,
        etag: String::new(),
        simulated: false,
        state,
        warnings: Vec::new(),
    };
    TileState::Ready { frame: Arc::new(frame), age_seconds: None }
}

/// What a tile says when it has no numbers.
#[component]
fn States(kind: ComponentKind, calendar: Calendar, title: Signal<String>) -> impl IntoView {
    let locale = use_locale();
    let failed = Problem { incident: Some("7K3Q".to_owned()), ..Problem::new(ProblemCode::Overloaded, "") };
    let states = [
        TileState::Loading,
        nothing(FrameState::Empty),
        nothing(FrameState::OutsideScope),
        TileState::Failed { problem: failed, last: None },
        TileState::Unbound,
    ];
    let state = move |state: TileState| {
        view! {
            <div class="components__state">
                <Shown
                    tile=Signal::derive(move || plain(&tile_of(kind, locale.get())))
                    state=Signal::stored(state)
                    title
                    locale
                    calendar
                    size=GridSize { w: 4, h: 5 }
                />
            </div>
        }
    };
    view! {
        <section class="components__family">
            <h2 class="components__family-name">{live_text!(locale, gallery.states)}</h2>
            <div class="components__states">{states.map(state).collect_view()}</div>
        </section>
    }
    .into_any()
}
