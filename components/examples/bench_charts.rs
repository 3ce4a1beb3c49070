//! How long a chart of 1,000 points takes from its frame to its SVG: a line of JSON for each component that draws numbers.
//!
//! `cargo xtask bench charts` builds it optimised for this machine, and as the bundle is built for browsers, and prints
//! what both say.

use components::{
    chart::{self, Reading, Size, Source, chart_of, svg},
    samples::{self, Sample},
    tile::{BodyPicture, CardPicture, Sketch, TileState},
};
use model::{board::ComponentKind, formatting::Locale, frame::Frame, time::Calendar};
use std::{collections::BTreeSet, hint::black_box, sync::Arc};

const POINTS: usize = 1_000;
const SIZE: Size = Size { w: 640.0, h: 360.0 };
/// Long enough that one interruption does not count.
const AT_LEAST_MS: f64 = 300.0;
const LEAST_ROUNDS: usize = 10;

fn main() {
    // In browsers they are a part of the bundle of its own.
    chart::others::provide(chart::kinds::read);
    for kind in ComponentKind::ALL {
        let sample = samples::large(kind, POINTS, Locale::ZhCn).or_else(|| samples::sample(kind, Locale::ZhCn));
        let Some(sample) = sample else { continue };
        let Some(Taken { read_ms, drawn_ms, bytes }) = drawing(kind, &sample).or_else(|| picture(kind, &sample)) else {
            continue;
        };
        host::say(&format!(
            "{{\"kind\":\"{}\",\"rows\":{},\"read_ms\":{read_ms:.3},\"drawn_ms\":{drawn_ms:.3},\"bytes\":{bytes}}}",
            kind.name(),
            sample.frame.rows.len(),
        ));
    }
}

/// What a kind takes, in the middle of many times.
struct Taken {
    read_ms: f64,
    drawn_ms: f64,
    bytes: usize,
}

/// A chart: reading its frame, and laying it out and writing its SVG.
fn drawing(kind: ComponentKind, Sample { frame, look, grain }: &Sample) -> Option<Taken> {
    let (names, hidden) = (samples::names(), BTreeSet::new());
    let reading = Reading { names: &names, locale: Locale::ZhCn, calendar: Calendar::CHINA, map_approval: None };
    let source = Source { frame, look, grain: *grain, reading, rise_is_red: true, hidden: &hidden };
    let chart = chart_of(kind, &source)?.ok()?;
    Some(Taken {
        read_ms: median_ms(|| drop(black_box(chart_of(kind, &source)))),
        drawn_ms: median_ms(|| drop(black_box(svg(&chart.scene(SIZE))))),
        bytes: svg(&chart.scene(SIZE)).len(),
    })
}

/// Whatever else draws numbers: from its frame to the markup in its card.
fn picture(kind: ComponentKind, Sample { frame, look, grain }: &Sample) -> Option<Taken> {
    let names = samples::names();
    let reading = Reading { names: &names, locale: Locale::ZhCn, calendar: Calendar::CHINA, map_approval: None };
    let sketch = Sketch { kind, look: look.clone(), grain: Some(*grain), compare: None };
    let state = TileState::Ready { frame: Arc::<Frame>::new(frame.clone()), age_seconds: None };
    let draw = || CardPicture::draw(&sketch, &state, reading, true, true).body;
    let bytes = match draw() {
        BodyPicture::Figure(markup)
        | BodyPicture::Flip(markup)
        | BodyPicture::Rows(markup)
        | BodyPicture::Ticker(markup) => markup.len(),
        BodyPicture::Still | BodyPicture::Coming | BodyPicture::Chart(_) => return None,
    };
    Some(Taken { read_ms: 0.0, drawn_ms: median_ms(|| drop(black_box(draw()))), bytes })
}

fn median_ms(mut run: impl FnMut()) -> f64 {
    let mut times = Vec::new();
    let begun = host::now_ms();
    while host::now_ms() - begun < AT_LEAST_MS || times.len() < LEAST_ROUNDS {
        let at = host::now_ms();
        run();
        times.push(host::now_ms() - at);
    }
    times.sort_unstable_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Clock and output of a program.
#[cfg(not(target_arch = "wasm32"))]
mod host {
    use std::{sync::LazyLock, time::Instant};

    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);

    pub(super) fn now_ms() -> f64 {
        BEGUN.elapsed().as_secs_f64() * 1_000.0
    }

    pub(super) fn say(line: &str) {
        println!("{line}");
    }
}

/// Clock and output where JavaScript runs.
#[cfg(target_arch = "wasm32")]
mod host {
    use wasm_bindgen::{JsCast as _, JsValue};
    use web_sys::Performance;

    fn of_all(name: &str) -> JsValue {
        js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str(name)).unwrap_or_default()
    }

    pub(super) fn now_ms() -> f64 {
        of_all("performance").unchecked_into::<Performance>().now()
    }

    pub(super) fn say(line: &str) {
        let console = of_all("console");
        let log = js_sys::Reflect::get(&console, &JsValue::from_str("log")).unwrap_or_default();
        let _ = log.unchecked_into::<js_sys::Function>().call1(&console, &JsValue::from_str(line));
    }
}
