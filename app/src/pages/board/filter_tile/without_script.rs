//! A filter where no script runs: a form that asks for the page again, read otherwise. The style sheet shows it only there.

use super::{super::published::PublishedBoard, chosen_words, name_of};
use crate::{
    i18n::live_text,
    pages::filter_offers::{Asked, Offered},
    routes,
};
use components::controls::{Icon, IconName};
use leptos::prelude::*;
use model::board::FilterSubject;

#[component]
pub(super) fn WithoutScript(published: PublishedBoard, about: FilterSubject) -> impl IntoView {
    let locale = published.locale;
    let key = about.to_string();
    // Of values several may be let in, of anything else one.
    let input = match &about {
        FilterSubject::Time | FilterSubject::Compare => "radio",
        FilterSubject::Dimension(_) => "checkbox",
    };
    let (offered, kept) = published.reading.with_untracked(|reading| {
        published.board.with_value(|board| {
            published.names.with_untracked(|names| {
                let (locale, calendar) = (locale.get_untracked(), published.calendar);
                let values = published.choices_of(&about).unwrap_or_default();
                let offered = Asked { board, reading, names, locale, calendar }.offered(&about, &values);
                let is_own = |name: &str| name == key || name.strip_suffix(".from") == Some(&key);
                let kept = reading.pairs().into_iter().filter(|(name, _)| !is_own(name)).collect::<Vec<_>>();
                (offered, kept)
            })
        })
    });
    let hidden = |(name, value): (String, String)| view! { <input type="hidden" name=name value=value /> };
    let choice = |Offered { words, written, is_chosen, .. }: Offered| {
        view! {
            <label class="checks__entry">
                <input type=input class="checks__box" name=key.clone() value=written checked=is_chosen />
                <span class="checks__name">{words}</span>
            </label>
        }
    };
    let about = StoredValue::new(about);
    view! {
        <form class="filter-tile__form" method="get" action=routes::board(published.id)>
            {kept.into_iter().map(hidden).collect_view()}
            <details class="checks">
                <summary class="checks__button">
                    <span class="checks__label">{name_of(published, about)}</span>
                    <span class="checks__summary">
                        {move || about.with_value(|about| chosen_words(published, about))}
                    </span>
                    <Icon name=IconName::ChevronDown />
                </summary>
                <div class="checks__panel">
                    <div class="checks__list">{offered.into_iter().map(choice).collect_view()}</div>
                    <button type="submit" class="button button--primary">
                        {live_text!(locale, filters.apply)}
                    </button>
                </div>
            </details>
        </form>
    }
    .into_any()
}
