//! The rows of a pivot table as markup.

use super::{Pivot, PivotCell, Shade};
use crate::{
    browser::KEY,
    markup::Markup,
    tile::{
        rows::key_of_cell,
        sight::Sight,
        tone::{draw_tone_sign, tone_class},
    },
};
use model::formatting::Locale;

impl Pivot {
    /// The rows in sight, in that order. Where names can be pressed, `are_picked_from` says so.
    pub(in super::super) fn markup(&self, order: &[usize], sight: Sight, are_picked_from: bool) -> String {
        let mut markup = Markup::default();
        sight.draw(&mut markup, order, self.columns.len() + 1, |tr, row| {
            let Some(row) = self.rows.get(row) else { return };
            tr.element("td", &[("role", "rowheader"), ("title", &row.name)], |td| {
                match row.place.filter(|_| are_picked_from) {
                    Some((at, column)) => {
                        let key = key_of_cell(at, column);
                        let button = [("type", "button"), ("class", "table__pick"), (KEY, key.as_str())];
                        td.element("button", &button, |button| button.text(&row.name));
                    }
                    None => td.text(&row.name),
                }
            });
            for cell in &row.cells {
                cell.draw(tr, self.locale);
            }
        });
        markup.into_text()
    }
}

impl PivotCell {
    fn draw(&self, tr: &mut Markup, locale: Locale) {
        let mut class = "table__number".to_owned();
        if self.is_small {
            class.push_str(" table__small");
        }
        if let Shade::Step(step) = self.shade {
            class.push_str(" cell--step-");
            class.push_str(&step.to_string());
        }
        let attributes = [("class", class.as_str()), ("title", self.in_full.as_str())];
        let attributes = if self.in_full.is_empty() { attributes.get(..1) } else { Some(attributes.as_slice()) };
        tr.element("td", attributes.unwrap_or_default(), |td| match self.shade {
            Shade::Tone(tone) => {
                draw_tone_sign(td, tone, locale);
                td.element("span", &[("class", tone_class(tone))], |span| span.text(&self.text));
            }
            Shade::Plain | Shade::Step(_) => td.text(&self.text),
        });
    }
}
