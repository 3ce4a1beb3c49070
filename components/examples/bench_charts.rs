//! How long a chart of 1,000 points takes from its frame to its SVG: a line of JSON for each component.
//!
//! `cargo xtask bench charts` builds it optimised and prints what it says.

use components::{
    chart::{Reading, Size, Source, chart_of, svg},
    samples::{self, Sample},
};
use model::{board::ComponentKind, formatting::Locale, time::Calendar};
use std::{
    collections::BTreeSet,
    hint::black_box,
    time::{Duration, Instant},
};

const POINTS: usize = 1_000;
const SIZE: Size = Size { w: 640.0, h: 360.0 };
/// Long enough that one interruption does not count.
const AT_LEAST: Duration = Duration::from_millis(300);

fn main() {
    for kind in ComponentKind::ALL {
        let sample = samples::large(kind, POINTS, Locale::ZhCn).or_else(|| samples::sample(kind, Locale::ZhCn));
        let Some(Sample { frame, look, grain }) = sample else { continue };
        let (names, hidden) = (samples::names(), BTreeSet::new());
        let reading = Reading { names: &names, locale: Locale::ZhCn, calendar: Calendar::CHINA };
        let source = Source { frame: &frame, look: &look, grain, reading, rise_is_red: true, hidden: &hidden };
        let Some(Ok(chart)) = chart_of(kind, &source) else { continue };
        let (mut read, mut drawn) = (Vec::new(), Vec::new());
        let begun = Instant::now();
        while begun.elapsed() < AT_LEAST || drawn.len() < 10 {
            let at = Instant::now();
            black_box(chart_of(kind, &source));
            read.push(at.elapsed());
            let at = Instant::now();
            black_box(svg(&chart.scene(SIZE)));
            drawn.push(at.elapsed());
        }
        let bytes = svg(&chart.scene(SIZE)).len();
        println!(
            "{{\"kind\":\"{}\",\"rows\":{},\"read_ms\":{:.3},\"drawn_ms\":{:.3},\"bytes\":{bytes}}}",
            kind.name(),
            frame.rows.len(),
            median_ms(read),
            median_ms(drawn),
        );
    }
}

fn median_ms(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(0.0, Duration::as_secs_f64) * 1_000.0
}
