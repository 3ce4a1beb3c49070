//! Samples by the values of one dimension.

use super::{CHANNELS, GENRES, Said, Sample, dimension, frame, jitter, metric, rounded, steps, whole};
use model::{
    board::{CategoryKind, PagePlace, Title},
    frame::{Cell, Column, Course},
    metric::Unit,
    time::{Calendar, Grain},
};

pub(super) fn category(kind: CategoryKind, said: Said) -> Sample {
    match kind {
        CategoryKind::Bar | CategoryKind::Ticker => {
            let row = |(at, name): (usize, (&str, &str))| vec![said.cell(name), whole(412_000.0 / (at as f64 + 1.3))];
            plays("channel", CHANNELS.into_iter().enumerate().map(row).collect())
        }
        CategoryKind::RankList => {
            let row = |(at, name): (usize, (&str, &str))| {
                let now = 1.62 - at as f64 * 0.17;
                let before = now * jitter(at + 3, 20);
                vec![said.cell(name), rounded(now), rounded(before), rounded((now / before - 1.0) * 100.0)]
            };
            let columns = vec![
                dimension("channel"),
                metric("tv.rating_pct", Unit::Percent),
                metric("tv.rating_pct@day", Unit::Percent),
                metric("tv.rating_pct@day_pct", Unit::Percent),
            ];
            Sample::of(frame(columns, CHANNELS.into_iter().enumerate().map(row).collect()))
        }
        CategoryKind::Pie | CategoryKind::Rose | CategoryKind::Treemap => {
            let row = |(at, name): (usize, (&str, &str))| vec![said.cell(name), whole(960_000.0 / (at as f64 + 1.2))];
            plays("genre", GENRES.into_iter().enumerate().map(row).collect())
        }
        CategoryKind::Waterfall => {
            const STEPS: [(&str, &str, f64); 6] = [
                ("新增", "New", 42_300.0),
                ("复开", "Reopened", 8_700.0),
                ("迁入", "Moved in", 5_100.0),
                ("销户", "Closed", -18_400.0),
                ("迁出", "Moved out", -4_900.0),
                ("停机", "Suspended", -9_600.0),
            ];
            let row = |(zh, en, count): (&str, &str, f64)| vec![said.cell((zh, en)), whole(count)];
            plays("genre", STEPS.into_iter().map(row).collect())
        }
        CategoryKind::Funnel => {
            const STEPS: [(&str, &str, f64); 4] = [
                ("打开首页", "Home opened", 1_204_000.0),
                ("点击推荐位", "Place clicked", 611_000.0),
                ("进入详情页", "Details opened", 402_000.0),
                ("开始播放", "Play begun", 268_000.0),
            ];
            let row = |(zh, en, count): (&str, &str, f64)| vec![said.cell((zh, en)), whole(count)];
            plays("guide_step", STEPS.into_iter().map(row).collect())
        }
        CategoryKind::WordCloud => {
            const WORDS: [(&str, &str); 20] = [
                ("山海情", "Mountains"),
                ("世界杯", "World Cup"),
                ("春晚", "Spring Gala"),
                ("熊出没", "Bears"),
                ("新闻联播", "News"),
                ("奔跑吧", "Running"),
                ("航拍中国", "From above"),
                ("乡村爱情", "Village"),
                ("舌尖", "A Bite"),
                ("三国", "Three Kingdoms"),
                ("女排", "Volleyball"),
                ("小猪佩奇", "Peppa"),
                ("电竞", "E-sports"),
                ("戏曲", "Opera"),
                ("纪录片", "Documentary"),
                ("健身", "Fitness"),
                ("马拉松", "Marathon"),
                ("经典老片", "Classics"),
                ("动画", "Animation"),
                ("音乐会", "Concert"),
            ];
            let row = |(at, name): (usize, (&str, &str))| vec![said.cell(name), whole(90_000.0 / (at as f64 + 1.0))];
            plays("programme", WORDS.into_iter().enumerate().map(row).collect())
        }
        CategoryKind::PageHeat => page_heat(),
    }
}

fn plays(by: &str, rows: Vec<Vec<Cell>>) -> Sample {
    Sample::of(frame(vec![dimension(by), metric("content.plays", Unit::Count)], rows))
}

/// A home page with one large place, a row of four beneath it, and a wide one at the foot.
fn page_heat() -> Sample {
    const PLACES: [(&str, [u16; 4], f64); 6] = [
        ("A1", [40, 60, 600, 420], 184_000.0),
        ("A2", [670, 60, 290, 420], 96_000.0),
        ("B1", [40, 520, 210, 220], 61_000.0),
        ("B2", [275, 520, 210, 220], 43_000.0),
        ("B3", [510, 520, 210, 220], 29_000.0),
        ("C1", [40, 780, 920, 160], 12_000.0),
    ];
    let row = |(name, _, clicks): &(&str, [u16; 4], f64)| vec![Cell::Text((*name).to_owned()), whole(*clicks)];
    let mut sample = plays("slot", PLACES.iter().map(row).collect());
    let place = |(name, [x, y, w, h], _): &(&str, [u16; 4], f64)| PagePlace {
        place: Title::parse(name).unwrap_or_default(),
        x: *x,
        y: *y,
        w: *w,
        h: *h,
    };
    sample.look.places = PLACES.iter().map(place).collect();
    sample
}

pub(super) fn points(said: Said) -> Sample {
    let row = |(at, name): (usize, (&str, &str))| {
        let plays = 380_000.0 / (at as f64 + 1.2) * jitter(at, 18);
        vec![
            said.cell(name),
            whole(plays),
            rounded(0.4 + f64::from(super::scatter(at) % 300) / 100.0),
            whole(plays / 3.1),
        ]
    };
    let columns = vec![
        dimension("channel"),
        metric("content.plays", Unit::Count),
        metric("qoe.fail_pct", Unit::Percent),
        metric("content.play_users", Unit::Users),
    ];
    Sample::of(frame(columns, CHANNELS.into_iter().enumerate().map(row).collect()))
}

/// A week of days for each channel.
fn week(of: impl Fn(usize, usize) -> Option<f64>) -> Option<Course> {
    let days = steps(7, Grain::Day);
    let written = days.iter().filter_map(|day| day.to_rfc3339(Calendar::CHINA.offset_minutes)).collect();
    let rows = (0..CHANNELS.len()).map(|at| (0..days.len()).map(|day| of(at, day)).collect()).collect();
    Course::new(written, rows).ok()
}

pub(super) fn table(said: Said) -> Sample {
    let row = |(at, name): (usize, (&str, &str))| {
        let plays = 412_000.0 / (at as f64 + 1.3);
        let users = plays / 2.7 * jitter(at, 10);
        vec![said.cell(name), whole(plays), whole(users), rounded(0.6 + at as f64 * 0.21)]
    };
    // Weekends are fuller, and one channel had a bad day.
    let plays = |at: usize, day: usize| {
        let share = if day > 4 { 0.19 } else { 0.124 };
        Some((412_000.0 / (at as f64 + 1.3) * share * jitter(at * 7 + day, 9)).round())
    };
    let failures = |at: usize, day: usize| {
        let usual = (0.6 + at as f64 * 0.21) * jitter(at * 11 + day, 20);
        (at != 6 || day != 2).then_some(if at == 3 && day == 4 { usual * 3.0 } else { usual })
    };
    let columns = vec![
        dimension("channel"),
        Column { course: week(plays), ..metric("content.plays", Unit::Count) },
        metric("content.play_users", Unit::Users),
        Column { course: week(failures), ..metric("qoe.fail_pct", Unit::Percent) },
    ];
    Sample::of(frame(columns, CHANNELS.into_iter().enumerate().map(row).collect()))
}
