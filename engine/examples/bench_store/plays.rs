//! Plays by the million: zipf over users and contents, provinces by population, start-up log-normal.
//!
//! Every draw is a hash of the play's number and of what it is drawn for, so the same number of plays is the same data.

use duckdb::Connection;
use model::geo::Province;

/// Plays for each user there is.
const PLAYS_OF_A_USER: u64 = 10;
const CONTENTS: u32 = 20_000;
/// Live channels.
pub(crate) const CHANNELS: u32 = 200;
/// Shares are kept as so many slots, of which a draw takes one.
pub(crate) const SLOTS: usize = 1_000;

/// How many users so many plays are of.
pub(crate) fn users(plays: u64) -> u32 {
    u32::try_from((plays / PLAYS_OF_A_USER).max(1_000)).unwrap_or(u32::MAX)
}

/// A draw in `[0, 1)` for the play `i`, another one for each `what`.
pub(crate) fn unit(what: u32) -> String {
    format!("((hash(i * 16 + {what}) >> 11) / 9007199254740992.0)")
}

/// A rank by Zipf's law with exponent 1, from 1 to `count`.
pub(crate) fn zipf(what: u32, count: u32) -> String {
    format!("cast(floor(pow({count}, {})) as integer)", unit(what))
}

/// So many slots for each thing, by its weight.
fn slots<'a>(weights: impl Iterator<Item = (&'a str, f64)> + Clone) -> Vec<&'a str> {
    let total: f64 = weights.clone().map(|(_, weight)| weight).sum();
    let mut filled = Vec::with_capacity(SLOTS);
    let mut reached = 0.0;
    for (thing, weight) in weights {
        reached += weight / total;
        filled.resize(((reached * SLOTS as f64).round() as usize).min(SLOTS), thing);
    }
    filled
}

fn keep_slots(connection: &Connection, table: &str, things: &[&str]) -> duckdb::Result<()> {
    connection.execute_batch(&format!("create temp table {table} (n integer, thing varchar)"))?;
    let mut appender = connection.appender(table)?;
    for (number, thing) in (0_i64..).zip(things) {
        appender.append_row(duckdb::params![number, thing])?;
    }
    appender.flush()
}

/// Adds the plays to the fact table, as the product leaves closed days: by day, then by province.
pub(crate) fn fill(connection: &Connection, count: u64, now_ms: i64) -> duckdb::Result<()> {
    let mainland = Province::ALL.iter().filter(|one| one.in_mainland_census());
    let provinces = slots(mainland.map(|one| (one.code(), f64::from(one.facts().population))));
    let isps = [("ct", 0.4), ("cm", 0.31), ("cu", 0.24), ("cbn", 0.05)];
    let cdns =
        [("ctyun", 0.28), ("cmcdn", 0.21), ("cucdn", 0.17), ("aliyun", 0.15), ("tencent", 0.11), ("wangsu", 0.08)];
    let modes = [("vod", 0.6), ("live", 0.3), ("timeshift", 0.04), ("catchup", 0.06)];
    let genres = ["电视剧", "电影", "少儿", "综艺", "纪录片", "体育", "新闻"];
    keep_slots(connection, "province_slot", &provinces)?;
    keep_slots(connection, "isp_slot", &slots(isps.into_iter()))?;
    keep_slots(connection, "cdn_slot", &slots(cdns.into_iter()))?;
    keep_slots(connection, "mode_slot", &slots(modes.into_iter()))?;
    let genre_of_content = genres.map(|genre| format!("'{genre}'")).join(", ");
    let normal = format!("(sqrt(-2 * ln(1 - {})) * cos(2 * pi() * {}))", unit(8), unit(9));
    let length = format!("(sqrt(-2 * ln(1 - {})) * cos(2 * pi() * {}))", unit(10), unit(11));
    connection.execute_batch(&format!(
        "create temp table drawn as
         select i, {user} as user_rank, {content} as content_rank,
                {now_ms} - cast({at} * 2592000000 as bigint) as start_ms,
                cast({mode} * {SLOTS} as integer) as mode_slot, cast({cdn} * {SLOTS} as integer) as cdn_slot,
                greatest(80, least(30000, cast(900 * exp(0.732 * {normal}) as integer))) as startup_ms,
                cast(1000 + least(10800000, 390000 * exp({length})) as bigint) as play_ms,
                {stalls} < 0.3 as stalls, {fails} < 0.014 as fails
         from range({count}) as plays(i);
         insert into fact_view
             (org, sid, household, province, isp, platform, app_version, cdn_vendor, channel_id, content_id, genre,
              view_mode, start_ms, day, end_ms, started, startup_ms, startup_bucket, play_ms, stall_ms, stall_count,
              pause_ms, seek_ms, watched_ms, effective, failed, failed_in_startup, ended, error_class, received_ms,
              simulated, abnormal)
         select 1, 'bench-' || i, 'u' || user_rank, p.thing, o.thing, 'stb', '6.2.1', c.thing,
                case when m.thing = 'live' then 'C' || {channel} end,
                't' || content_rank, ([{genre_of_content}])[1 + content_rank % {genres}], m.thing, start_ms,
                cast(floor((start_ms + 28800000) / 86400000) as integer), start_ms + startup_ms + play_ms, true,
                startup_ms, cast(floor(ln(startup_ms) / ln(1.02)) as smallint), play_ms,
                case when stalls then 1500 else 0 end, case when stalls then 1 else 0 end, 0, 0,
                startup_ms + play_ms + case when stalls then 1500 else 0 end, play_ms > 3000, fails, false, true,
                case when fails then 'network' end, start_ms + startup_ms + play_ms, true, false
         from drawn
         join province_slot p on p.n = cast(hash(user_rank) % {SLOTS} as integer)
         join isp_slot o on o.n = cast(hash(user_rank * 3 + 1) % {SLOTS} as integer)
         join mode_slot m on m.n = mode_slot
         join cdn_slot c on c.n = cdn_slot
         order by 14, p.thing;",
        user = zipf(0, users(count)),
        channel = zipf(12, CHANNELS),
        content = zipf(1, CONTENTS),
        at = unit(2),
        mode = unit(3),
        cdn = unit(4),
        stalls = unit(5),
        fails = unit(6),
        genres = genres.len(),
    ))?;
    Ok(())
}
