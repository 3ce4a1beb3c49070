//! A counter whose digits flip, like those of a station's board.

use super::{
    card::{Reader, Shown},
    change::draw_change,
    figure::{Number, compare_of, in_full},
};
use crate::{
    browser::{PLACE, keep_filled},
    chart::Reading,
    markup::Markup,
};
use leptos::{html, prelude::*};
use model::{
    board::{Look, Tile},
    formatting::{FormattedNumber, short_number_with},
    frame::Frame,
    time::Compare,
};

/// The widest number that the style sheet has a size for, in half digits.
const MOST_HALVES: usize = 60;

/// About how wide a number is, in halves of a digit: by it the style sheet chooses the size of the type.
fn halves(number: &FormattedNumber) -> usize {
    let figure = number.figure.chars().map(|sign| if sign.is_ascii_digit() { 2 } else { 1 });
    let suffix = number.suffix.chars().map(|sign| if sign.is_ascii() { 1 } else { 2 });
    (figure.sum::<usize>() + suffix.sum::<usize>().div_ceil(2)).clamp(2, MOST_HALVES)
}

/// What the card of a flip counter holds: each digit in an element of its own, which knows its place. The number is read
/// aloud as one.
pub(super) fn flip_markup(
    frame: &Frame,
    compare: Option<Compare>,
    look: &Look,
    reading: Reading,
    rise_is_red: bool,
) -> String {
    let Reading { locale, .. } = reading;
    let Number { figure, value, said: number } =
        Number::read(frame, locale, |value, unit| in_full(value, unit, look, locale));
    let said = number.joined();
    let short = value.map(|(value, unit)| short_number_with(value, unit, 2, locale).joined());
    let class = format!("flip__line flip__line--{}", halves(&number));
    let mut attributes = vec![("class", class.as_str()), ("role", "img"), ("aria-label", said.as_str())];
    attributes.extend(short.as_deref().map(|short| ("title", short)));
    let mut markup = Markup::default();
    markup.element("p", &attributes, |p| {
        draw_digits(p, &number.figure);
        if !number.suffix.trim().is_empty() {
            p.element("span", &[("class", "flip__unit"), ("aria-hidden", "true")], |span| {
                span.text(number.suffix.trim());
            });
        }
    });
    if let Some(compare) = compare {
        draw_change(&mut markup, figure.as_ref(), compare, locale, rise_is_red);
    }
    markup.into_text()
}

/// The digits of a figure. Places are counted from the point, so that the units stay the units when a number grows longer.
fn draw_digits(p: &mut Markup, figure: &str) {
    let whole = figure.split('.').next().unwrap_or_default();
    let mut place = whole.chars().filter(char::is_ascii_digit).count() as i64;
    for sign in figure.chars() {
        let text = sign.to_string();
        if sign.is_ascii_digit() {
            place -= 1;
            let at = place.to_string();
            let digit = [("class", "flip__digit"), ("aria-hidden", "true"), (PLACE, at.as_str())];
            p.element("span", &digit, |span| span.text(&text));
        } else {
            p.element("span", &[("class", "flip__sign"), ("aria-hidden", "true")], |span| span.text(&text));
        }
    }
}

#[component]
pub(super) fn FlipCounter(
    tile: Signal<Tile>,
    frame: Memo<Option<Shown>>,
    look: Memo<Look>,
    reader: Reader,
) -> impl IntoView {
    let counter = NodeRef::<html::Div>::new();
    let compare = Memo::new(move |_| tile.with(|tile| compare_of(&tile.content)));
    let drawn = Memo::new(move |_| {
        let rise_is_red = reader.rise_is_red.get();
        let draw = |frame: &Frame, reading: Reading| {
            look.with(|look| flip_markup(frame, compare.get(), look, reading, rise_is_red))
        };
        reader.read(frame, draw).unwrap_or_default()
    });
    keep_filled(counter, drawn);
    view! { <div class="flip" node_ref=counter inner_html=drawn.get_untracked()></div> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tile::Names;
    use model::{
        formatting::Locale,
        frame::{Cell, Column, ColumnKind, FrameState},
        metric::Unit,
        time::Calendar,
    };
    use proptest::prelude::*;

    fn flipped(cell: Cell, look: &Look) -> String {
        let frame = Frame {
            columns: vec![Column { unit: Some(Unit::Households), ..Column::new("tv.ama", ColumnKind::Number) }],
            rows: vec![vec![cell]],
            as_of: None,
            etag: String::new(),
            simulated: false,
            state: FrameState::Ready,
            warnings: Vec::new(),
        };
        let names = Names::default();
        let reading = Reading { names: &names, locale: Locale::ZhCn, calendar: Calendar::CHINA, map_approval: None };
        flip_markup(&frame, None, look, reading, true)
    }

    #[test]
    fn digits_know_their_place_and_the_number_is_read_once() {
        let html = flipped(Cell::Integer(12_345), &Look::default());
        assert!(html.contains(r#"aria-label="12,345户" title="1.23万户""#), "{html}");
        for digit in [r#"data-place="4">1<"#, r#"data-place="0">5<"#, r#"aria-hidden="true">户<"#] {
            assert!(html.contains(digit), "{digit}: {html}");
        }
        assert_eq!(html.matches("aria-hidden").count(), 7, "all signs are hidden from screen readers: {html}");
        let with_decimals = flipped(Cell::Number(9.5), &Look { decimals: Some(2), ..Look::default() });
        assert!(with_decimals.contains(r#"data-place="0">9<"#), "{with_decimals}");
        assert!(with_decimals.contains(r#"data-place="-2">0<"#), "{with_decimals}");
        assert!(flipped(Cell::Null, &Look::default()).contains("—"));
    }

    proptest! {
        #[test]
        fn any_number_is_there_digit_by_digit(value in proptest::num::f64::ANY, decimals in prop::option::of(0_u8..=4)) {
            let html = flipped(Cell::Number(value), &Look { decimals, ..Look::default() });
            prop_assert!(!html.contains("style="));
            let places: Vec<&str> = html.split("data-place=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            let mut told = places.clone();
            told.dedup();
            prop_assert_eq!(places, told, "no place stands twice");
        }
    }
}
