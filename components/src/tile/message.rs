//! What a card says when it has no numbers: what is so, and what to do about it.

use super::{card::Reader, problem::explained};
use crate::{
    chart::Unfit,
    controls::{Icon, IconName},
    words::{self, Words},
};
use leptos::prelude::*;
use model::{
    board::{ComponentKind, Family},
    problem::Problem,
};

/// The icon of a kind of component.
pub const fn kind_icon(kind: ComponentKind) -> IconName {
    match kind.facts().family {
        Family::Figures => IconName::Kpi,
        Family::Trends => IconName::Line,
        Family::Rankings | Family::Parts | Family::Relations => IconName::Bar,
        Family::Maps => IconName::Map,
        Family::Tables => IconName::Table,
        Family::Decorations => IconName::Text,
        Family::Controls => IconName::Filter,
        Family::Containers if matches!(kind, ComponentKind::Carousel) => IconName::Carousel,
        Family::Containers => IconName::Tabs,
    }
}

#[component]
fn Message(icon: IconName, what: Words, what_to_do: Words, reader: Reader) -> impl IntoView {
    view! {
        <div class="message">
            <Icon name=icon />
            <p class="message__what">{move || reader.say(what)}</p>
            <p class="message__todo">{move || reader.say(what_to_do)}</p>
        </div>
    }
    .into_any()
}

#[component]
pub(super) fn UnboundMessage(kind: Memo<ComponentKind>, reader: Reader) -> impl IntoView {
    move || view! { <Message icon=kind_icon(kind.get()) what=words::UNBOUND what_to_do=words::UNBOUND_TODO reader /> }
}

#[component]
pub(super) fn EmptyContainerMessage(kind: Memo<ComponentKind>, reader: Reader) -> impl IntoView {
    move || {
        view! {
            <Message icon=kind_icon(kind.get()) what=words::NOTHING_INSIDE what_to_do=words::NOTHING_INSIDE_TODO reader />
        }
    }
}

#[component]
pub(super) fn EmptyMessage(reader: Reader) -> impl IntoView {
    view! { <Message icon=IconName::Info what=words::EMPTY what_to_do=words::EMPTY_TODO reader /> }
}

#[component]
pub(super) fn OutsideMessage(reader: Reader) -> impl IntoView {
    view! { <Message icon=IconName::Lock what=words::OUTSIDE what_to_do=words::OUTSIDE_TODO reader /> }
}

#[component]
pub(super) fn FailedMessage(problem: Memo<Option<Problem>>, reader: Reader) -> impl IntoView {
    let said = move || {
        problem.get().map(|problem| {
            let explained = explained(&problem, reader.locale.get());
            let incident = problem.incident.as_ref().map(|incident| words::incident(incident, reader.locale.get()));
            view! {
                <p class="message__what">{explained.what}</p>
                <p class="message__todo">{explained.what_to_do}</p>
                {incident.map(|incident| view! { <p class="card__incident">{incident}</p> })}
            }
        })
    };
    view! {
        <div class="message message--failed" role="alert">
            <Icon name=IconName::Warning />
            {said}
        </div>
    }
    .into_any()
}

/// Numbers that can't be drawn as they are asked for.
#[component]
pub(super) fn UnfitMessage(unfit: Unfit, reader: Reader) -> impl IntoView {
    let (what, what_to_do) = words::unfit(unfit);
    view! { <Message icon=IconName::Info what what_to_do reader /> }
}
