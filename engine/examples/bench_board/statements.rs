//! The twelve statements of the bench board, as somebody would write them by hand over one row per play.

use duckdb::Connection;
use std::{error::Error, time::Instant};

const ROUNDS: usize = 7;

fn statements(from_ms: i64, to_ms: i64) -> [String; 12] {
    let of = |select: &str, rest: &str| {
        format!("select {select} from fact_view where org = 1 and start_ms >= {from_ms} and start_ms < {to_ms} {rest}")
    };
    let hour = "(start_ms // 3600000)";
    [
        of("count(*) filter (effective)", ""),
        of("count(distinct household) filter (effective)", ""),
        of("sum(play_ms) / 3600000.0", ""),
        of("100.0 * count(*) filter (failed) / count(*)", ""),
        of(&format!("{hour}, view_mode, count(*) filter (effective)"), "group by 1, 2 order by 1"),
        of(&format!("{hour}, approx_quantile(startup_ms, 0.95)"), "group by 1 order by 1"),
        of("province, count(*) filter (effective)", "group by 1 order by 2 desc limit 10"),
        of("isp, count(*) filter (effective)", "group by 1 order by 2 desc"),
        of("day, genre, count(*) filter (effective)", "group by 1, 2 order by 1"),
        of(
            "content_id, count(*) filter (effective), count(distinct household) filter (effective), sum(play_ms) / 3600000.0",
            "group by 1 order by 2 desc limit 20",
        ),
        of("province, isp, 100.0 * sum(stall_ms) / sum(watched_ms)", "group by 1, 2"),
        of("cdn_vendor, province, 100.0 * count(*) filter (failed) / count(*)", "group by 1, 2"),
    ]
}

/// Prints the seconds of each round, the warming one left out.
pub(crate) fn time(connection: &Connection, now_ms: i64) -> Result<(), Box<dyn Error>> {
    let statements = statements(now_ms - 30 * 86_400_000, now_ms);
    for round in 0..=ROUNDS {
        let began = Instant::now();
        for statement in &statements {
            let mut prepared = connection.prepare(statement)?;
            let mut rows = prepared.query([])?;
            while rows.next()?.is_some() {}
        }
        if round > 0 {
            println!("{:.4}", began.elapsed().as_secs_f64());
        }
    }
    Ok(())
}
