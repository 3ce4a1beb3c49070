//! How well a number does: said by a sign and a word, and not by colour alone.

use crate::{
    controls::{IconName, draw_icon},
    markup::Markup,
    words,
};
use model::{board::Tone, formatting::Locale};

/// The sign of a tone.
pub(crate) const fn tone_icon(tone: Tone) -> IconName {
    match tone {
        Tone::Good => IconName::Check,
        Tone::Warning => IconName::Warning,
        Tone::Danger => IconName::Alarm,
    }
}

/// The class of what a tone colours.
pub(super) const fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "tone tone--good",
        Tone::Warning => "tone tone--warning",
        Tone::Danger => "tone tone--danger",
    }
}

/// The sign alone, where there is no room for its word: it is read aloud, and shown on hover.
pub(super) fn draw_tone_sign(markup: &mut Markup, tone: Tone, locale: Locale) {
    let said = words::tone(tone).in_locale(locale);
    let attributes = [("class", tone_class(tone)), ("role", "img"), ("title", said), ("aria-label", said)];
    markup.element("span", &attributes, |span| draw_icon(span, tone_icon(tone)));
}

/// The sign and its word.
pub(super) fn draw_tone(markup: &mut Markup, tone: Tone, locale: Locale) {
    markup.element("span", &[("class", tone_class(tone))], |span| {
        draw_icon(span, tone_icon(tone));
        span.text(words::tone(tone).in_locale(locale));
    });
}
