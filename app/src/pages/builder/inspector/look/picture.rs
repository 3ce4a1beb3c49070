//! The picture of a page, and where its places lie on it.

use super::{ListHeading, LookOfTile};
use crate::i18n::{label, live_text, text, use_locale};
use components::controls::{Button, ButtonKind, IconButton, IconName, TextField};
use leptos::prelude::*;
use model::board::{PagePlace, Title, WebAddress};

const MOST: usize = 100;
/// Thousandths of the picture.
const WHOLE: u16 = 1_000;

/// Four numbers as somebody types them, in thousandths from the left, the top, and in width and height.
fn typed(words: &str) -> Option<[u16; 4]> {
    let numbers: Vec<u16> = words
        .split(|sign: char| !sign.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    let [x, y, w, h] = <[u16; 4]>::try_from(numbers).ok()?;
    let is_inside = w > 0 && h > 0 && x.checked_add(w)? <= WHOLE && y.checked_add(h)? <= WHOLE;
    is_inside.then_some([x, y, w, h])
}

#[component]
pub(super) fn PictureFields(look: LookOfTile) -> impl IntoView {
    let locale = use_locale();
    let is_wrong = RwSignal::new(false);
    let count = Memo::new(move |_| look.read(|look| look.places.len()));
    let add = move |()| {
        look.change(|look| {
            look.places.push(PagePlace { place: Title::default(), x: 0, y: 0, w: 200, h: 200 });
        });
    };
    view! {
        <TextField
            name="look-picture"
            label=label!(locale, look.picture)
            hint=label!(locale, look.address_hint)
            value=Signal::derive(move || look.read(|look| look.picture.as_ref().map(ToString::to_string).unwrap_or_default()))
            error=Signal::derive(move || {
                if is_wrong.get() { text!(locale.get(), look.address_wrong).to_owned() } else { String::new() }
            })
            on_change=move |words: String| {
                let address = words.trim().parse::<WebAddress>();
                is_wrong.set(address.is_err() && !words.trim().is_empty());
                if !is_wrong.get_untracked() {
                    look.change(|look| look.picture = address.ok());
                }
            }
        />
        <ListHeading words=label!(locale, look.places) />
        <For each=move || 0..count.get() key=|index| *index let:index>
            <PlaceRow look index />
        </For>
        <Show when=move || count.get() < MOST>
            <Button kind=ButtonKind::Quiet on_click=add>
                {live_text!(locale, look.add_place)}
            </Button>
        </Show>
    }
}

#[component]
fn PlaceRow(look: LookOfTile, index: usize) -> impl IntoView {
    let locale = use_locale();
    let own = move || look.read(|look| look.places.get(index).cloned());
    let change = move |change: &dyn Fn(&mut PagePlace)| {
        look.change(|look| {
            if let Some(own) = look.places.get_mut(index) {
                change(own);
            }
        });
    };
    view! {
        <div class="inspector__row">
            <TextField
                name=format!("look-place-{index}")
                label=label!(locale, look.place)
                value=Signal::derive(move || own().map(|own| own.place.to_string()).unwrap_or_default())
                on_change=move |words: String| {
                    if let Ok(place) = Title::parse(&words) {
                        change(&|own| own.place = place.clone());
                    }
                }
            />
            <TextField
                name=format!("look-place-area-{index}")
                label=label!(locale, look.area)
                value=Signal::derive(move || {
                    own().map(|own| format!("{} {} {} {}", own.x, own.y, own.w, own.h)).unwrap_or_default()
                })
                on_change=move |words: String| {
                    if let Some([x, y, w, h]) = typed(&words) {
                        change(&|own| (own.x, own.y, own.w, own.h) = (x, y, w, h));
                    }
                }
            />
            <IconButton
                icon=IconName::Close
                label=label!(locale, look.remove)
                on_click=move |()| look.change(|look| {
                    if index < look.places.len() {
                        look.places.remove(index);
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
    fn a_place_lies_on_its_picture() {
        assert_eq!(typed("0, 0, 500, 250"), Some([0, 0, 500, 250]));
        assert_eq!(typed("900 0 200 100"), None);
        assert_eq!(typed("0 0 0 100"), None);
        assert_eq!(typed("left"), None);
    }
}
