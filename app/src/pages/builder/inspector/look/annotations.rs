//! What happened along time, to be marked in a chart.

use super::{ListHeading, LookOfTile};
use crate::{
    i18n::{label, live_text, use_locale},
    pages::builder::editor::Editor,
};
use components::controls::{Button, ButtonKind, FieldKind, IconButton, IconName, TextField};
use leptos::prelude::*;
use model::{
    board::{Annotation, Title},
    time::{Calendar, Timestamp},
};

const MOST: usize = 50;

/// A moment as fields of date and time write it, on the organisation's wall clock: `2026-11-27T20:00`.
fn written(moment: Timestamp, calendar: Calendar) -> String {
    let text = moment.to_rfc3339(calendar.offset_minutes).unwrap_or_default();
    text.get(..16).unwrap_or_default().to_owned()
}

/// The moment that such a field holds.
fn typed(words: &str, calendar: Calendar) -> Option<Timestamp> {
    let on_utc = Timestamp::parse(&format!("{}:00Z", words.get(..16)?)).ok()?;
    Some(on_utc.plus_millis(-i64::from(calendar.offset_minutes) * 60_000))
}

#[component]
pub(super) fn AnnotationFields(look: LookOfTile, editor: Editor) -> impl IntoView {
    let locale = use_locale();
    let calendar = editor.calendar();
    let count = Memo::new(move |_| look.read(|look| look.annotations.len()));
    let add = move |()| {
        look.change(|look| {
            let last = look.annotations.last().map(|own| own.at);
            let at = last.unwrap_or_else(|| Timestamp::from_millis(js_sys::Date::now() as i64 / 3_600_000 * 3_600_000));
            look.annotations.push(Annotation { at, until: None, text: Title::default() });
        });
    };
    view! {
        <ListHeading words=label!(locale, look.annotations) />
        <For each=move || 0..count.get() key=|index| *index let:index>
            <AnnotationRow look index calendar />
        </For>
        <Show when=move || count.get() < MOST>
            <Button kind=ButtonKind::Quiet on_click=add>
                {live_text!(locale, look.add_annotation)}
            </Button>
        </Show>
    }
}

#[component]
fn AnnotationRow(look: LookOfTile, index: usize, calendar: Calendar) -> impl IntoView {
    let locale = use_locale();
    let own = move || look.read(|look| look.annotations.get(index).cloned());
    let change = move |change: &dyn Fn(&mut Annotation)| {
        look.change(|look| {
            if let Some(own) = look.annotations.get_mut(index) {
                change(own);
            }
        });
    };
    view! {
        <div class="inspector__row">
            <TextField
                name=format!("look-annotation-at-{index}")
                label=label!(locale, look.at)
                kind=FieldKind::Moment
                value=Signal::derive(move || own().map(|own| written(own.at, calendar)).unwrap_or_default())
                on_change=move |words: String| {
                    if let Some(at) = typed(&words, calendar) {
                        change(&|own| own.at = at);
                    }
                }
            />
            <TextField
                name=format!("look-annotation-{index}")
                label=label!(locale, look.event)
                value=Signal::derive(move || own().map(|own| own.text.to_string()).unwrap_or_default())
                on_change=move |words: String| {
                    if let Ok(text) = Title::parse(&words) {
                        change(&|own| own.text = text.clone());
                    }
                }
            />
            <IconButton
                icon=IconName::Close
                label=label!(locale, look.remove)
                on_click=move |()| look.change(|look| {
                    if index < look.annotations.len() {
                        look.annotations.remove(index);
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
    fn a_moment_is_read_back_as_it_was_written() {
        let moment = Timestamp::parse("2026-11-27T20:00:00+08:00").unwrap();
        assert_eq!(written(moment, Calendar::CHINA), "2026-11-27T20:00");
        assert_eq!(typed("2026-11-27T20:00", Calendar::CHINA), Some(moment));
        assert_eq!(typed("tomorrow", Calendar::CHINA), None);
    }
}
