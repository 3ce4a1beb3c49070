//! What ought to be reached, and how much of it is.

use super::figure::written;
use crate::{markup::Markup, words};
use model::{
    board::{Look, Target, Tone},
    formatting::{Locale, change_percent},
    metric::Unit,
};

/// What ought to be reached, and how much of it is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ought {
    /// In percent.
    pub(crate) share: Option<f64>,
    pub(crate) said: String,
}

impl Ought {
    pub(crate) fn of(target: &Target, value: f64, unit: Unit, look: &Look, locale: Locale) -> Self {
        let label =
            if target.label.is_empty() { words::TARGET.in_locale(locale).to_owned() } else { target.label.to_string() };
        let ought = written(target.value.get(), unit, look, locale).joined();
        let share = share_reached(value, target);
        let reached = share.map(|share| words::reached(change_percent(share).trim_start_matches('+'), locale));
        let said: Vec<String> = std::iter::once(format!("{label} {ought}")).chain(reached).collect();
        Self { share, said: said.join(" · ") }
    }
}

/// What share of a target is reached, in percent. Of nothing, and of less than nothing, there is no share.
fn share_reached(value: f64, target: &Target) -> Option<f64> {
    let target = target.value.get();
    (target > 0.0 && value.is_finite()).then(|| value / target * 100.0)
}

/// The target, and how much of it is reached; a bar shows the same to the eye.
pub(super) fn draw_target(markup: &mut Markup, Ought { share, said }: &Ought, tone: Option<Tone>) {
    markup.element("div", &[("class", "kpi__target")], |div| {
        if let Some(share) = share {
            let frame = [
                ("class", "kpi__progress"),
                ("viewBox", "0 0 100 4"),
                ("preserveAspectRatio", "none"),
                ("aria-hidden", "true"),
            ];
            let width = format!("{:.1}", share.clamp(0.0, 100.0));
            let ink = match tone {
                Some(Tone::Good) => "fill-good",
                Some(Tone::Warning) => "fill-warning",
                Some(Tone::Danger) => "fill-danger",
                None => "fill-series-1",
            };
            div.element("svg", &frame, |svg| {
                svg.element("rect", &[("class", "fill-track"), ("width", "100"), ("height", "4")], |_| ());
                svg.element("rect", &[("class", ink), ("width", &width), ("height", "4")], |_| ());
            });
        }
        div.element("p", &[("class", "kpi__ought"), ("title", said)], |p| p.text(said));
    });
}
