//! The other facts beside the plays, in the proportions of a province network: minutes of live television, accounts and
//! their days, pages of guide and web, orders, interaction, and the programmes that ran.
//!
//! With ten million plays they stand for about a hundred million events: six of each play, one of each page, order,
//! action and day of an account.

use crate::plays::{CHANNELS, SLOTS, unit, users, zipf};
use duckdb::Connection;

const DAY_MS: i64 = 86_400_000;
const DAYS: i64 = 30;
/// Minutes that one play counts at most.
const MOST_MINUTES: u32 = 60;

/// Adds them. The plays and their slots are there.
pub(crate) fn fill(connection: &Connection, plays: u64, now_ms: i64) -> duckdb::Result<()> {
    let users = users(plays);
    let today = (now_ms + 8 * 3_600_000).div_euclid(DAY_MS);
    let first = today - DAYS + 1;
    let visits = plays * 2 / 5;
    connection.execute_batch(&format!(
        "create temp table home as
         select i, 'u' || i as household, p.thing as province, o.thing as isp
         from range(1, {users} + 1) as everybody(i)
         join province_slot p on p.n = cast(hash(cast(i as integer)) % {SLOTS} as integer)
         join isp_slot o on o.n = cast(hash(cast(i as integer) * 3 + 1) % {SLOTS} as integer);

         insert into fact_account
             (org, household, province, isp, tier, opened_day, closed_day, received_ms, simulated, first_opened_ms,
              last_opened_ms, last_closed_ms, described_ms)
         select 1, household, province, isp, ['basic', 'premium'][1 + cast(i % 5 = 0 as integer)], opened,
                case when gone then least({today}, opened + 40) end, {now_ms}, true, opened * {DAY_MS},
                opened * {DAY_MS}, case when gone then least({today}, opened + 40) * {DAY_MS} end, opened * {DAY_MS}
         from (select *, {today} - cast({opened} * 700 as bigint) as opened, {closes} < 0.02 as gone from home);

         insert into fact_account_activity
             (org, household, province, isp, day, ts_ms, account_event, received_ms, simulated)
         select 1, household, province, isp, day, day * {DAY_MS} + cast({moment} * 50400000 as bigint), 'power_on',
                {now_ms}, true
         from (
             select home.i * 64 + d as i, household, province, isp, {first} + d as day
             from home, range({DAYS}) as days(d)
         ) where {powers} < 0.5
         order by day, province;

         insert into fact_minute
             (org, household, province, isp, channel_id, content_id, view_mode, minute, clock_minute, day, seconds,
              counted, run_start_minute, lag_days, received_ms, simulated)
         select 1, household, province, isp, channel_id, null, 'live', begins + k, begins + k,
                cast(floor(((begins + k) * 60000 + 28800000) / {DAY_MS}) as integer), 60, true, begins, 0, received_ms, true
         from (
             select *, start_ms // 60000 as begins,
                 unnest(range(cast(least({MOST_MINUTES}, play_ms // 60000) as integer)))as k
             from fact_view where view_mode = 'live'
         ) order by 10, province;

         insert into fact_page
             (org, household, province, isp, platform, app_version, visit_id, page_id, prev_page_id, slot_id, poster_id,
              content_id, element_action, visible_ms, source_class, campaign, ts_ms, day, received_ms, simulated)
         select 1, home.household, province, isp, platform, '6.2.1', 'v' || v, page, case when k > 0 then before end,
                case when k = 2 then 's' || (v % 40) end, null, null, case when k = 2 then 'click' end, null,
                case when k = 0 then ['direct', 'search', 'social'][1 + v % 3] end, null, began + k * 20000,
                cast(floor((began + k * 20000 + 28800000) / {DAY_MS}) as integer), {now_ms}, true
         from (
             select i as v, {user} as user_rank, case when {place} < 0.7 then 'stb' else 'web' end as platform,
                 {now_ms} - 600000 - cast({at} * {DAYS} * {DAY_MS} as bigint) as began
             from range({visits}) as everything(i)
         ) visit
         cross join (values (0, 'home', null), (1, 'guide', 'home'), (2, 'guide', 'home'), (3, 'detail', 'guide'),
             (4, 'play', 'detail')) as steps(k, page, before)
         join home on home.i = user_rank
         order by 18, province;

         insert into fact_order
             (org, household, province, isp, platform, order_id, product_id, content_id, order_status, amount_fen, ts_ms,
              day, received_ms, simulated)
         select 1, household, province, isp, 'stb', 'o' || number, 'p' || (number % 12), null, status, 1900,
                began + later, cast(floor((began + later + 28800000) / {DAY_MS}) as integer), {now_ms}, true
         from (
             select i as number, {user} as user_rank, {pays} < 0.7 as pays,
                 {now_ms} - 600000 - cast({at} * {DAYS} * {DAY_MS} as bigint) as began
             from range({orders}) as everything(i)
         ) one
         cross join (values ('created', 0), ('paid', 60000)) as states(status, later)
         join home on home.i = user_rank
         where status = 'created' or pays
         order by 12, province;

         insert into fact_participation
             (org, household, province, isp, platform, activity_id, round, action, option_id, result, prize_fen, qr_id,
              ts_ms, day, received_ms, simulated)
         select 1, household, province, isp, 'h5', 'gala', 1, action, case when action = 'vote' then 'o' || (number % 8) end,
                'accepted', case when action = 'draw' and number % 20 = 0 then 500 end, null, began + later,
                cast(floor((began + later + 28800000) / {DAY_MS}) as integer), {now_ms}, true
         from (
             select i as number, {user} as user_rank,
                 {now_ms} - 600000 - cast({at} * {DAYS} * {DAY_MS} as bigint) as began
             from range({participants}) as everything(i)
         ) one
         cross join (values ('visit', 0), ('vote', 30000), ('draw', 60000)) as actions(action, later)
         join home on home.i = user_rank
         order by 14, province;

         insert into channel (org, channel_id, name) select 1, 'C' || i, 'Channel ' || i from range(1, {CHANNELS} + 1) as c(i);
         insert into programme
             (org, programme_id, channel_id, title, category, start_ms, stop_ms, start_minute, stop_minute, day)
         select 1, 'C' || c || '-' || d || '-' || h, 'C' || c, 'Programme ' || (c * 31 + h) % 997, null, start_ms,
                start_ms + 3600000, start_ms // 60000, start_ms // 60000 + 60, day
         from (
             select c, d, h, {first} + d as day, ({first} + d) * {DAY_MS} + h * 3600000 - 28800000 as start_ms
             from range(1, {CHANNELS} + 1) as channels(c), range({DAYS}) as days(d), range(24) as hours(h)
         );
         drop table home;
         checkpoint;",
        opened = unit(1),
        closes = unit(2),
        moment = unit(3),
        powers = unit(4),
        user = zipf(5, users),
        place = unit(6),
        at = unit(7),
        pays = unit(8),
        orders = plays / 50,
        participants = plays / 30,
    ))
}
