//! How fresh the board is: a dot, its age, and what the numbers are made of.

use super::live::{LiveBoard, STALE_AFTER_SECONDS};
use crate::i18n::{live_text, text, use_locale};
use leptos::prelude::*;
use model::formatting::{self, Locale};

/// Whether the numbers can be taken for the present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Condition {
    Fresh,
    Stale,
    /// The stream is broken; what is shown is the last that came.
    Disconnected,
    /// Nothing has arrived yet.
    Nothing,
}

impl Condition {
    pub(crate) const fn of(age_seconds: Option<i64>, is_connected: bool) -> Self {
        match age_seconds {
            _ if !is_connected => Self::Disconnected,
            None => Self::Nothing,
            Some(age) if age > STALE_AFTER_SECONDS => Self::Stale,
            Some(_) => Self::Fresh,
        }
    }

    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Fresh => "freshness freshness--fresh",
            Self::Stale => "freshness freshness--stale",
            Self::Disconnected => "freshness freshness--disconnected",
            Self::Nothing => "freshness freshness--nothing",
        }
    }

    pub(crate) fn words(self, age_seconds: Option<i64>, locale: Locale) -> String {
        let age = || formatting::age(age_seconds.unwrap_or_default(), locale);
        match self {
            Self::Fresh => text!(locale, freshness.fresh, age = age()),
            Self::Stale => text!(locale, freshness.stale, age = age()),
            Self::Disconnected => text!(locale, freshness.disconnected).to_owned(),
            Self::Nothing => text!(locale, freshness.nothing).to_owned(),
        }
    }
}

/// The dot in the bar. It goes stale by itself, also when nothing is heard any more.
#[component]
pub(crate) fn Freshness(live: LiveBoard) -> impl IntoView {
    let locale = use_locale();
    let age = Memo::new(move |_| live.age_seconds());
    let condition = Memo::new(move |_| Condition::of(age.get(), live.is_connected()));
    let words = move || condition.get().words(age.get(), locale.get());
    view! {
        <p class=move || condition.get().class() data-testid="freshness">
            <span class="freshness__dot" aria-hidden="true"></span>
            <span class="freshness__text">{words}</span>
        </p>
        <Show when=move || live.is_simulated()>
            <p class="badge badge--simulated" title=live_text!(locale, freshness.simulated_why)>
                {live_text!(locale, freshness.simulated)}
            </p>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_number_never_looks_fresh() {
        assert_eq!(Condition::of(Some(2), true), Condition::Fresh);
        assert_eq!(Condition::of(Some(61), true), Condition::Stale);
        assert_eq!(Condition::of(Some(2), false), Condition::Disconnected);
        assert_eq!(Condition::of(None, true), Condition::Nothing);
    }
}
