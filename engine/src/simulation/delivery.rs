//! What the delivery networks log: which node answered what, how fast, and whether it had it at hand. Of most sessions they
//! deliver nothing, since a sample says enough.

use super::{
    account::Account,
    chance::{Chance, Urn},
    occurrence::known,
    quality::trouble,
    session::Played,
};
use crate::events::{Event, Text};
use model::geo::Province;
use smol_str::format_smolstr;

/// Of so many sessions the requests are delivered, and so many of each.
const SAMPLED: f64 = 0.06;
const REQUESTS: u32 = 5;
/// Where a network has nodes, it has so many in each province.
const NODES: u32 = 3;
const FAILS: f64 = 0.007;
const AT_HAND: f64 = 0.955;
/// Medians: until the first byte where it is at hand, and where the origin has to be asked.
const FIRST_BYTE_MS: f64 = 24.0;
const ORIGIN_FIRST_BYTE_MS: f64 = 210.0;
const FIRST_BYTE_SIGMA: f64 = 0.6;
/// A segment's size and the pace at which it comes.
const SEGMENT_BYTES: f64 = 3_900_000.0;
const MANIFEST_BYTES: f64 = 2_400.0;
const BYTES_A_MS: f64 = 4_800.0;

/// A request of a session.
#[derive(Debug, Clone, Copy)]
pub(super) struct RequestStep {
    pub(super) at_ms: i64,
    /// Which one of the session.
    pub(super) index: u32,
    cdn: &'static str,
    province: Province,
    node: u32,
    content: Option<&'static str>,
    channel: Option<&'static str>,
    fails: f64,
    seed: u64,
}

impl RequestStep {
    pub(super) fn tell(self, event: Event) -> Event {
        let mut chance = Chance::new(self.seed, &[u64::from(self.index)]);
        let event =
            Event { content_id: self.content.and_then(known), channel_id: self.channel.and_then(known), ..event };
        answered(event, self.cdn, node(self.cdn, self.province, self.node), self.fails, &mut chance)
    }
}

/// What is told of a session's requests; mostly nothing.
pub(super) fn steps(account: &Account, played: &Played, chance: &mut Chance) -> Vec<RequestStep> {
    let (Some(first), true) = (played.changes.first(), chance.happens(SAMPLED)) else { return Vec::new() };
    let session = &played.session;
    let node = 1 + (chance.unit() * f64::from(NODES)) as u32;
    let seed = first.at_ms.unsigned_abs() ^ (u64::from(account.number) << 40);
    let step = |index: u32| RequestStep {
        at_ms: first.at_ms + i64::from(index) * 1_700 + 40,
        index,
        cdn: session.cdn,
        province: account.province,
        node,
        content: session.watched.content().map(|content| content.id),
        channel: session.watched.channel().map(|channel| channel.id),
        fails: FAILS * trouble(account, session.cdn).sqrt(),
        seed,
    };
    (0..REQUESTS).map(step).collect()
}

/// A node's name: its network, its province, its number.
pub(super) fn node(cdn: &str, province: Province, number: u32) -> Text {
    format_smolstr!("{cdn}-{}-{number}", province.code().to_ascii_lowercase())
}

/// A request as that node answered it; it fails so often.
pub(super) fn answered(event: Event, cdn: &'static str, node: Text, fails: f64, chance: &mut Chance) -> Event {
    let is_manifest = chance.happens(0.2);
    let failures = Urn::new((504, 0.4), [(503, 0.25), (404, 0.2), (0, 0.15)]);
    let status = if chance.happens(fails) { chance.choose(&failures) } else { 200 };
    let at_hand = chance.happens(AT_HAND);
    let median = if at_hand { FIRST_BYTE_MS } else { ORIGIN_FIRST_BYTE_MS };
    let times = if status == 200 { 1.0 } else { 6.0 };
    let first_byte_ms = chance.log_normal(median * times, FIRST_BYTE_SIGMA) as i32;
    let size = if is_manifest { MANIFEST_BYTES } else { SEGMENT_BYTES };
    let bytes = if status == 200 { chance.log_normal(size, 0.25) } else { 300.0 };
    let takes_ms = (bytes / chance.log_normal(BYTES_A_MS, 0.4)) as i32 + 1;
    let has_answer = status != 0;
    Event {
        cdn_vendor: known(cdn),
        cdn_node: Some(node),
        object_type: known(if is_manifest { "manifest" } else { "segment" }),
        http_status: Some(status),
        ttfb_ms: has_answer.then_some(first_byte_ms),
        ttlb_ms: has_answer.then_some(first_byte_ms + takes_ms),
        resp_bytes: has_answer.then_some(bytes as i64),
        cache_hit: (status == 200).then_some(at_hand),
        ..event
    }
}
