//! What somebody would write by hand: the twelve statements of the bench board over one row per play, and a funnel and
//! retention over the rows that they are made of.

use duckdb::Connection;
use std::{error::Error, time::Instant};

const ROUNDS: usize = 7;
const FEW_ROUNDS: usize = 3;
const DAYS_MS: i64 = 30 * 86_400_000;

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

/// From a play to an order to its payment, in that order on one day; households by how far they came.
fn funnel(from_ms: i64, to_ms: i64) -> String {
    let order = |status: &str| {
        format!(
            "fact_order o on o.org = 1 and o.household = b.household and o.day = b.day and o.order_status = '{status}' and o.ts_ms >= b.moment"
        )
    };
    format!(
        "with played as (
             select household, day, min(start_ms) as moment from fact_view
             where org = 1 and effective and start_ms >= {from_ms} and start_ms < {to_ms} group by 1, 2
         ), created as (
             select b.household, b.day, min(o.ts_ms) as moment from played b join {} group by 1, 2
         ), paid as (
             select b.household, b.day, min(o.ts_ms) as moment from created b join {} group by 1, 2
         )
         select (select count(distinct household) from played), (select count(distinct household) from created),
             (select count(distinct household) from paid)",
        order("created"),
        order("paid"),
    )
}

/// Accounts by their first day powered on and by the days since.
fn retention(from_ms: i64, to_ms: i64) -> String {
    format!(
        "with days as (
             select distinct household, day from fact_account_activity where org = 1 and ts_ms < {to_ms}
         ), begun as (select household, min(day) as first from days group by 1)
         select first, day - first, count(*) from days join begun using (household)
         where first >= {from_ms} // 86400000 group by 1, 2"
    )
}

/// Prints the seconds of each round, the warming one left out.
pub(crate) fn time(connection: &Connection, now_ms: i64) -> Result<(), Box<dyn Error>> {
    let statements = statements(now_ms - DAYS_MS, now_ms);
    rounds(connection, &statements, ROUNDS)
}

/// The same for the funnel, or for retention.
pub(crate) fn time_one(connection: &Connection, name: &str, now_ms: i64) -> Result<(), Box<dyn Error>> {
    let range = (now_ms - DAYS_MS, now_ms);
    let statement = match name {
        "funnel" => funnel(range.0, range.1),
        "retention" => retention(range.0, range.1),
        _ => return Err(format!("there is no statement “{name}”").into()),
    };
    rounds(connection, &[statement], FEW_ROUNDS)
}

fn rounds(connection: &Connection, statements: &[String], count: usize) -> Result<(), Box<dyn Error>> {
    for round in 0..=count {
        let began = Instant::now();
        for statement in statements {
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
