//! Samples by two things.

use super::{
    CHANNELS, GENRES, Said, Sample, dimension, frame, jitter, metric, moment, rounded, scatter, series, steps, time,
    whole,
};
use model::{
    board::{MatrixKind, Stacking},
    frame::{Cell, Column, SmallSamples},
    geo::Province,
    metric::Unit,
    time::Grain,
};

const NETWORKS: [&str; 4] = ["ChinaNet", "Unicom", "CMCC", "CERNET"];

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

pub(super) fn matrix(kind: MatrixKind, said: Said) -> Sample {
    match kind {
        MatrixKind::Columns => {
            let mut sample = series::days_by_genre(10, said);
            sample.look.stacking = Some(Stacking::Stacked);
            sample
        }
        MatrixKind::Heatmap => {
            let provinces = Province::ALL.iter().take(10).enumerate();
            let rows: Vec<Vec<Cell>> = provinces
                .flat_map(|(row, province)| {
                    NETWORKS.into_iter().enumerate().map(move |(column, network)| {
                        let stalled = 0.4 + f64::from(scatter(row * 7 + column) % 420) / 100.0;
                        vec![text(province.code()), text(network), rounded(stalled)]
                    })
                })
                .collect();
            let small = Some(SmallSamples { minimum: 30, rows: vec![7, 23, 31] });
            let stalled = Column { small, ..metric("qoe.fail_pct", Unit::Percent) };
            Sample::of(frame(vec![dimension("province"), dimension("isp"), stalled], rows))
        }
        MatrixKind::Pivot => {
            let rows = CHANNELS.into_iter().enumerate().flat_map(|(row, channel)| {
                NETWORKS.into_iter().enumerate().map(move |(column, network)| {
                    let plays = 96_000.0 / (row as f64 + 1.2) / (column as f64 * 0.6 + 1.0);
                    vec![said.cell(channel), text(network), whole(plays * jitter(row * 5 + column, 16))]
                })
            });
            let columns = vec![dimension("channel"), dimension("isp"), metric("content.plays", Unit::Count)];
            Sample::of(frame(columns, rows.collect()))
        }
        MatrixKind::Sunburst => {
            const ORIGINS: [(&str, &str); 3] = [("国产", "Domestic"), ("引进", "Imported"), ("合拍", "Co-produced")];
            let rows = GENRES.into_iter().take(5).enumerate().flat_map(|(row, genre)| {
                ORIGINS.into_iter().enumerate().map(move |(column, origin)| {
                    let plays = 640_000.0 / (row as f64 + 1.1) / (column as f64 * 1.4 + 1.0);
                    vec![said.cell(genre), said.cell(origin), whole(plays)]
                })
            });
            let columns = vec![dimension("genre"), dimension("origin"), metric("content.plays", Unit::Count)];
            Sample::of(frame(columns, rows.collect()))
        }
        MatrixKind::Sankey => {
            let rows = CHANNELS.into_iter().take(5).enumerate().flat_map(|(from, one)| {
                CHANNELS.into_iter().take(5).enumerate().filter(move |(to, _)| *to != from).map(move |(to, other)| {
                    let households = 9_400.0 / (from as f64 + 1.0) / (to as f64 * 0.7 + 1.0);
                    vec![said.cell(one), said.cell(other), whole(households * jitter(from * 5 + to, 30))]
                })
            });
            let columns =
                vec![dimension("from_channel"), dimension("to_channel"), metric("tv.channel_flow", Unit::Households)];
            Sample::of(frame(columns, rows.collect()))
        }
        MatrixKind::Retention => {
            const DAYS: usize = 9;
            let rows = steps(DAYS, Grain::Day).into_iter().enumerate().flat_map(|(cohort, day)| {
                (0..DAYS - cohort).map(move |number| {
                    let left = if number == 0 { 100.0 } else { 46.0 / (number as f64 * 0.34 + 1.0) };
                    let percent = if number == 0 { left } else { left * jitter(cohort * 11 + number, 9) };
                    vec![moment(day), text(&number.to_string()), rounded(percent)]
                })
            });
            let columns = vec![time(), dimension("day_number"), metric("iptv.retention_pct", Unit::Percent)];
            Sample::of(frame(columns, rows.collect()))
        }
        MatrixKind::Radar => {
            let rows = GENRES.into_iter().enumerate().flat_map(|(row, genre)| {
                CHANNELS.into_iter().take(3).enumerate().map(move |(column, channel)| {
                    let share = 12.0 + f64::from(scatter(row * 3 + column * 17) % 2_600) / 100.0;
                    vec![said.cell(genre), said.cell(channel), rounded(share)]
                })
            });
            let columns = vec![dimension("genre"), dimension("channel"), metric("tv.share_pct", Unit::Percent)];
            Sample::of(frame(columns, rows.collect()))
        }
    }
}
