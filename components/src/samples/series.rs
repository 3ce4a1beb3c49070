//! Samples along time.

use super::{
    CHANNELS, GENRES, HOURS, Said, Sample, dimension, frame, jitter, metric, moment, rounded, steps, time, whole,
};
use model::{
    board::SeriesKind,
    frame::Cell,
    metric::Unit,
    time::{Calendar, Grain, Timestamp},
};

/// How many of a thousand watch at that hour.
fn share_at(step: Timestamp) -> f64 {
    let hour = (step.millis().div_euclid(3_600_000) + i64::from(Calendar::CHINA.offset_minutes) / 60).rem_euclid(24);
    f64::from(HOURS.get(hour as usize).copied().unwrap_or_default()) / 1_000.0
}

fn is_weekend(step: Timestamp) -> bool {
    Calendar::CHINA.day_of(step).weekday() >= 5
}

const WAYS: [(&str, &str, f64); 3] =
    [("直播", "Live", 62_000.0), ("点播", "On demand", 38_000.0), ("回看", "Catch-up", 17_000.0)];

pub(super) fn series(kind: SeriesKind, said: Said) -> Sample {
    match kind {
        SeriesKind::Line | SeriesKind::Area => {
            let rows = steps(24, Grain::Hour).into_iter().enumerate().flat_map(|(at, step)| {
                WAYS.into_iter().enumerate().map(move |(way, (zh, en, most))| {
                    let plays = most * share_at(step) * jitter(at * 3 + way, 9);
                    vec![moment(step), said.cell((zh, en)), whole(plays)]
                })
            });
            let columns = vec![time(), dimension("view_mode"), metric("content.plays", Unit::Count)];
            Sample { grain: Grain::Hour, ..Sample::of(frame(columns, rows.collect())) }
        }
        SeriesKind::MinuteCurve => minute_curve(said),
        SeriesKind::CalendarHeat => {
            let day = |(at, step): (usize, Timestamp)| {
                let most = if is_weekend(step) { 5_400_000.0 } else { 4_300_000.0 };
                vec![moment(step), whole(most * jitter(at, 22))]
            };
            let rows = steps(150, Grain::Day).into_iter().enumerate().map(day).collect();
            Sample::of(frame(vec![time(), metric("content.plays", Unit::Count)], rows))
        }
        SeriesKind::WeekHeat => {
            let hour = |(at, step): (usize, Timestamp)| {
                let most = if is_weekend(step) { 61_000.0 } else { 52_000.0 };
                vec![moment(step), whole(most * share_at(step) * jitter(at, 8))]
            };
            let rows = steps(24 * 14, Grain::Hour).into_iter().enumerate().map(hour).collect();
            let columns = vec![time(), metric("content.plays", Unit::Count)];
            Sample { grain: Grain::Hour, ..Sample::of(frame(columns, rows)) }
        }
        SeriesKind::RankRace => {
            let rows = steps(7, Grain::Day).into_iter().enumerate().flat_map(|(at, step)| {
                CHANNELS.into_iter().take(6).enumerate().map(move |(channel, name)| {
                    let rating = 1.6 - channel as f64 * 0.16;
                    vec![moment(step), said.cell(name), rounded(rating * jitter(at * 31 + channel * 7, 26))]
                })
            });
            let columns = vec![time(), dimension("channel"), metric("tv.rating_pct", Unit::Percent)];
            Sample::of(frame(columns, rows.collect()))
        }
    }
}

/// An evening on one channel: programme after programme, with the breaks in which people leave.
fn minute_curve(said: Said) -> Sample {
    const EVENING: [(&str, &str, usize, f64, f64); 6] = [
        ("焦点访谈", "Focus", 18, 88_000.0, 96_000.0),
        ("天气预报", "Weather", 7, 104_000.0, 99_000.0),
        ("电视剧：山海情（第 11 集）", "Drama, part 11", 46, 112_000.0, 158_000.0),
        ("电视剧：山海情（第 12 集）", "Drama, part 12", 46, 150_000.0, 171_000.0),
        ("晚间新闻", "Late news", 30, 118_000.0, 92_000.0),
        ("今日说法", "Law today", 33, 84_000.0, 61_000.0),
    ];
    let minutes = EVENING.iter().map(|(.., minutes, _, _)| *minutes).sum();
    let programmes = EVENING.into_iter().flat_map(|(zh, en, minutes, from, to)| {
        (0..minutes).map(move |minute| ((zh, en), from + (to - from) * minute as f64 / minutes as f64))
    });
    let rows =
        steps(minutes, Grain::Minute).into_iter().zip(programmes).enumerate().map(|(at, (step, (name, level)))| {
            let row: Vec<Cell> = vec![moment(step), said.cell(name), whole(level * jitter(at, 2))];
            row
        });
    let columns = vec![time(), dimension("programme"), metric("tv.ama", Unit::Households)];
    Sample { grain: Grain::Minute, ..Sample::of(frame(columns, rows.collect())) }
}

pub(super) fn pair() -> Sample {
    let hour = |(at, step): (usize, Timestamp)| {
        let plays = 88_000.0 * share_at(step) * jitter(at, 9);
        vec![moment(step), whole(plays), rounded(0.7 + share_at(step) * 1.6 * jitter(at + 99, 18))]
    };
    let rows = steps(24, Grain::Hour).into_iter().enumerate().map(hour).collect();
    let columns = vec![time(), metric("content.plays", Unit::Count), metric("qoe.fail_pct", Unit::Percent)];
    Sample { grain: Grain::Hour, ..Sample::of(frame(columns, rows)) }
}

/// Plays of so many days by genre, for what is stacked.
pub(super) fn days_by_genre(days: usize, said: Said) -> Sample {
    let rows = steps(days, Grain::Day).into_iter().enumerate().flat_map(|(at, step)| {
        GENRES.into_iter().take(4).enumerate().map(move |(genre, name)| {
            let most = 920_000.0 / (genre as f64 + 1.4);
            vec![moment(step), said.cell(name), whole(most * jitter(at * 5 + genre, 14))]
        })
    });
    let columns = vec![time(), dimension("genre"), metric("content.plays", Unit::Count)];
    Sample::of(frame(columns, rows.collect()))
}
