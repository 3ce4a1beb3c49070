//! From which number on a number is good, nearly missed, or missed.

use super::{ListHeading, LookOfTile, typed_number, written_number};
use crate::i18n::{label, live_text, text, use_locale};
use components::controls::{Button, ButtonKind, Choice, IconButton, IconName, SelectField, TextField};
use leptos::prelude::*;
use model::board::{Given, Look, Threshold, Tone};

const MOST: usize = 6;

/// Puts thresholds in their order; of two from the same number the later one stays.
fn in_order(look: &mut Look) {
    look.thresholds.sort_by(|one, other| one.from.get().total_cmp(&other.from.get()));
    look.thresholds.reverse();
    look.thresholds.dedup_by(|one, other| one.from == other.from);
    look.thresholds.reverse();
}

/// A further threshold: above the others, and as good as none of them is yet.
fn added(look: &mut Look) {
    let from = look.thresholds.last().map_or(0.0, |last| last.from.get() + 1.0);
    let tone = Tone::ALL.into_iter().find(|tone| look.thresholds.iter().all(|own| own.tone != *tone));
    if let Some(from) = Given::new(from) {
        look.thresholds.push(Threshold { from, tone: tone.unwrap_or(Tone::Good) });
        in_order(look);
    }
}

#[component]
pub(super) fn ThresholdFields(look: LookOfTile) -> impl IntoView {
    let locale = use_locale();
    let count = Memo::new(move |_| look.read(|look| look.thresholds.len()));
    view! {
        <ListHeading words=label!(locale, look.thresholds) />
        <For each=move || 0..count.get() key=|index| *index let:index>
            <ThresholdRow look index />
        </For>
        <Show when=move || count.get() < MOST>
            <Button kind=ButtonKind::Quiet on_click=move |()| look.change(added)>
                {live_text!(locale, look.add_threshold)}
            </Button>
        </Show>
    }
}

#[component]
fn ThresholdRow(look: LookOfTile, index: usize) -> impl IntoView {
    let locale = use_locale();
    let own = move || look.read(|look| look.thresholds.get(index).copied());
    let tones = Signal::derive(move || {
        let named = |tone: Tone| match tone {
            Tone::Good => text!(locale.get(), look.good),
            Tone::Warning => text!(locale.get(), look.warning),
            Tone::Danger => text!(locale.get(), look.danger),
        };
        Tone::ALL.into_iter().map(|tone| Choice::new(tone.name(), named(tone))).collect::<Vec<_>>()
    });
    let change = move |change: &dyn Fn(&mut Threshold)| {
        look.change(|look| {
            if let Some(own) = look.thresholds.get_mut(index) {
                change(own);
            }
            in_order(look);
        });
    };
    view! {
        <div class="inspector__row">
            <TextField
                name=format!("look-threshold-{index}")
                label=label!(locale, look.from)
                value=Signal::derive(move || own().map(|own| written_number(own.from)).unwrap_or_default())
                on_change=move |words: String| {
                    if let Some(from) = typed_number(&words) {
                        change(&|own| own.from = from);
                    }
                }
            />
            <SelectField
                name=format!("look-tone-{index}")
                label=label!(locale, look.tone)
                choices=tones
                value=Signal::derive(move || own().map(|own| own.tone.name().to_owned()).unwrap_or_default())
                on_change=move |name: String| {
                    if let Some(tone) = Tone::ALL.into_iter().find(|tone| tone.name() == name) {
                        change(&|own| own.tone = tone);
                    }
                }
            />
            <IconButton
                icon=IconName::Close
                label=label!(locale, look.remove)
                on_click=move |()| look.change(|look| {
                    if index < look.thresholds.len() {
                        look.thresholds.remove(index);
                    }
                })
            />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_stand_in_order_and_the_next_is_above_the_last() {
        let mut look = Look::default();
        for _ in 0..3 {
            added(&mut look);
        }
        let from: Vec<f64> = look.thresholds.iter().map(|own| own.from.get()).collect();
        assert_eq!(from, [0.0, 1.0, 2.0]);
        look.thresholds[0].from = Given::new(7.0).unwrap();
        in_order(&mut look);
        assert!(look.thresholds.windows(2).all(|pair| pair[0].from < pair[1].from));
        look.thresholds[0].from = look.thresholds[1].from;
        in_order(&mut look);
        assert_eq!(look.thresholds.len(), 2);
    }
}
