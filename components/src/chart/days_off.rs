//! Days off along time: pale bands with the festival's name, and words beside the day that is pointed at.

use super::{
    Align, Area, Ink, Mark, SeriesColour,
    label_room::LabelRoom,
    scene::{FONT_PX, LABEL_PX},
    shortened, text_width_px,
    time_axis::step_in_full,
    time_plot::{StepReading, TimePlot},
    value_ticks::label,
};
use crate::words;
use model::time::{DaysOff, Grain, SpecialDay, Timestamp, days_off_between};

impl TimePlot<'_> {
    /// Where days off are marked, a pale band over each run of days off, with the festival's name above the plot where there is room. Steps longer than
    /// a day hold days of both kinds, so nothing is drawn over them.
    pub(super) fn draw_days_off(&self, marks: &mut Vec<Mark>, room: &mut LabelRoom, reading: StepReading) {
        let StepReading { grain, calendar, locale, marks_days_off } = reading;
        let has_days = match grain {
            Grain::Minute | Grain::Hour | Grain::Day => marks_days_off,
            Grain::Week | Grain::Month => false,
        };
        let Some((first, last)) = self.first_and_last().filter(|_| has_days) else {
            return;
        };
        for DaysOff { festival, first, last } in days_off_between(calendar.day_of(first), calendar.day_of(last)) {
            let Some(area) = self.days(calendar.start_of(first), calendar.start_of(last.plus(1)), grain) else {
                continue;
            };
            marks.push(Mark::Rect { area, ink: Ink::Under(SeriesColour::REST) });
            let text = shortened(words::special_day(SpecialDay::Off(festival)).in_locale(locale), FONT_PX, self.plot.w);
            let half = text_width_px(&text, FONT_PX) / 2.0;
            let x = (area.x + area.w / 2.0).min(self.plot.right() - half).max(self.plot.x + half);
            if !text.is_empty() {
                room.write(marks, label(x, self.plot.y - LABEL_PX, text, Ink::Muted, Align::Middle));
            }
        }
    }

    /// From the start of a day to the end of another, cut to the plot. Where a day is one step, the band reaches half a step
    /// to either side of those that it is about.
    fn days(&self, from: Timestamp, until: Timestamp, grain: Grain) -> Option<Area> {
        let half = if grain == Grain::Day {
            (self.x_of(until) - self.x_of(from)) / days_between(from, until) / 2.0
        } else {
            0.0
        };
        let (x, right) = (self.x_of(from) - half, self.x_of(until) - half);
        let (x, right) = (x.max(self.plot.x), right.min(self.plot.right()));
        (right > x).then_some(Area { x, y: self.plot.y, w: right - x, h: self.plot.h })
    }
}

fn days_between(from: Timestamp, until: Timestamp) -> f64 {
    const DAY_MS: f64 = 86_400_000.0;
    (until.millis_since(from) as f64 / DAY_MS).max(1.0)
}

impl StepReading {
    /// A step as it is pointed at; where days off are marked, with what its day is off for, or that it is worked for a
    /// holiday.
    pub(super) fn heading(self, step: Timestamp) -> String {
        let Self { grain, calendar, locale, marks_days_off } = self;
        let heading = step_in_full(step, grain, calendar, locale);
        let special = match grain {
            Grain::Minute | Grain::Hour | Grain::Day => calendar.day_of(step).special().filter(|_| marks_days_off),
            Grain::Week | Grain::Month => None,
        };
        match special {
            Some(special) => format!("{heading} · {}", words::special_day(special).in_locale(locale)),
            None => heading,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Size, scene::tests::assert_labels_stand_apart};
    use super::*;
    use model::{formatting::Locale, time::Calendar, time::Day};
    use proptest::prelude::*;

    const PLOT: Area = Area { x: 40.0, y: 24.0, w: 600.0, h: 100.0 };

    fn steps(from: &str, grain: Grain, count: usize) -> Vec<Timestamp> {
        let first = Calendar::CHINA.start_of(Day::parse(from).unwrap());
        std::iter::successors(Some(first), |step| Some(Calendar::CHINA.next(*step, grain))).take(count).collect()
    }

    fn reading(grain: Grain, locale: Locale) -> StepReading {
        StepReading { grain, calendar: Calendar::CHINA, locale, marks_days_off: true }
    }

    /// Where bands stand, and what is written.
    fn drawn(from: &str, grain: Grain, count: usize) -> (Vec<(f64, f64)>, Vec<String>) {
        let steps = steps(from, grain, count);
        let time = TimePlot::end_to_end(PLOT, &steps);
        let (mut marks, mut room) = (Vec::new(), LabelRoom::among(&[], Size { w: 660.0, h: 150.0 }));
        time.draw_days_off(&mut marks, &mut room, reading(grain, Locale::ZhCn));
        let mut drawn = (Vec::new(), Vec::new());
        for mark in marks {
            match mark {
                Mark::Rect { area, .. } => drawn.0.push((area.x.round(), area.right().round())),
                Mark::Label { text, .. } => drawn.1.push(text),
                other => panic!("{other:?}"),
            }
        }
        drawn
    }

    #[test]
    fn days_are_around_their_points() {
        // 31 days from 15 September: 20 px each; Mid-Autumn is the 25th to 27th, National Day the first to the seventh.
        let (bands, names) = drawn("2026-09-15", Grain::Day, 31);
        assert_eq!(bands, [(40.0 + 9.5 * 20.0, 40.0 + 12.5 * 20.0), (40.0 + 15.5 * 20.0, 40.0 + 22.5 * 20.0)]);
        assert_eq!(names, ["中秋", "国庆"]);
    }

    #[test]
    fn hours_lie_within_their_days_and_the_plot() {
        // 25 hours, the first of them on the last day of the holiday.
        let (bands, names) = drawn("2026-10-07", Grain::Hour, 25);
        assert_eq!(bands, [(40.0, 640.0)]);
        assert_eq!(names, ["国庆"]);
        assert_eq!(drawn("2026-10-08", Grain::Hour, 25), (vec![], vec![]));
    }

    #[test]
    fn longer_steps_and_charts_that_do_not_ask_have_none() {
        assert_eq!(drawn("2026-09-01", Grain::Month, 3), (vec![], vec![]));
        assert_eq!(drawn("2026-09-01", Grain::Week, 9), (vec![], vec![]));
        assert_eq!(drawn("2026-10-01", Grain::Day, 1), (vec![], vec![]), "one step has no length");
    }

    #[test]
    fn a_day_says_what_it_is_off_for() {
        let on = |day, locale| {
            let start = Calendar::CHINA.start_of(Day::parse(day).unwrap());
            reading(Grain::Day, locale).heading(start)
        };
        assert_eq!(on("2026-10-01", Locale::ZhCn), "10月1日 周四 · 国庆");
        assert_eq!(on("2026-10-10", Locale::ZhCn), "10月10日 周六 · 调休上班");
        assert_eq!(on("2026-02-17", Locale::En), "Tue 17 Feb · Spring Festival");
        assert_eq!(on("2026-10-12", Locale::ZhCn), "10月12日 周一");
    }

    proptest! {
        #[test]
        fn bands_stay_in_the_plot_and_names_stand_apart(
            first in 19_000_i32..24_000,
            count in 2_usize..500,
            grain in prop::sample::select(Grain::ALL.to_vec()),
            w in 1.0_f64..900.0,
            english in any::<bool>(),
        ) {
            let plot = Area { w, ..PLOT };
            let size = Size { w: w + 52.0, h: 150.0 };
            let steps = steps(&Day(first).to_string(), grain, count);
            let time = TimePlot::in_slots(plot, &steps);
            let (mut marks, mut room) = (Vec::new(), LabelRoom::among(&[], size));
            let locale = if english { Locale::En } else { Locale::ZhCn };
            time.draw_days_off(&mut marks, &mut room, reading(grain, locale));
            for mark in &marks {
                if let Mark::Rect { area, .. } = mark {
                    prop_assert!(area.x >= plot.x - 1e-9 && area.right() <= plot.right() + 1e-9 && area.w > 0.0);
                }
            }
            assert_labels_stand_apart(&super::super::Scene { size, marks, ..super::super::Scene::empty(size) });
        }
    }
}
