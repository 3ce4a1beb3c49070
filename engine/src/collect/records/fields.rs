//! The columns that a client may fill, by name.

use super::{Reason, limits, value::Cell};
use crate::events::{Event, Text};
use model::time::Timestamp;
use serde_json::{Map, Value};

/// How a video may be watched.
const VIEW_MODES: [&str; 5] = ["live", "timeshift", "catchup", "vod", "npvr"];

/// An event as far as its record has been read.
pub(super) struct Draft {
    pub event: Event,
    pub has_id: bool,
    pub has_moment: bool,
    pub sent: Option<Timestamp>,
    /// What has no column of its own.
    pub props: Map<String, Value>,
}

impl Draft {
    pub(super) fn new() -> Self {
        let event = Event::new(Text::default(), Timestamp::from_millis(0));
        Self { event, has_id: false, has_moment: false, sent: None, props: Map::new() }
    }

    /// Takes one field of a native record.
    pub(super) fn set(&mut self, name: &str, cell: Cell<'_>) -> Result<(), Reason> {
        let event = &mut self.event;
        match name {
            "event_id" => {
                if let Some(id) = cell.text(name)? {
                    event.event_id = id;
                    self.has_id = true;
                }
            }
            "ts_event" => {
                if let Some(moment) = cell.moment(name)? {
                    event.ts_event = moment;
                    self.has_moment = true;
                }
            }
            "ts_sent" => self.sent = cell.moment(name)?,
            "ts_broadcast" => event.ts_broadcast = cell.moment(name)?,
            "play_state" => event.play_state = cell.word(name)?,
            "account_event" => event.account_event = cell.word(name)?,
            "province" => event.province = cell.word(name)?,
            "position_ms" => event.position_ms = cell.integer(name, &limits::POSITION_MS)?,
            "bitrate_kbps" => event.bitrate_kbps = cell.integer(name, &limits::BITRATE_KBPS)?,
            "amount_fen" => event.amount_fen = cell.integer(name, &limits::AMOUNT_FEN)?,
            "view_mode" => event.view_mode = view_mode(name, &cell)?,
            "event_class" => event.event_class = cell.text(name)?,
            "event_name" => event.event_name = cell.text(name)?,
            "user_id" => event.user_id = cell.text(name)?,
            "device_id" => event.device_id = cell.text(name)?,
            "household_id" => event.household_id = cell.text(name)?,
            "sid" => event.sid = cell.text(name)?,
            "isp" => event.isp = cell.text(name)?,
            "platform" => event.platform = cell.text(name)?,
            "app_version" => event.app_version = cell.text(name)?,
            "content_id" => event.content_id = cell.text(name)?,
            "genre" => event.genre = cell.text(name)?,
            "channel_id" => event.channel_id = cell.text(name)?,
            "cdn_vendor" => event.cdn_vendor = cell.text(name)?,
            "page_id" => event.page_id = cell.text(name)?,
            "prev_page_id" => event.prev_page_id = cell.text(name)?,
            "visit_id" => event.visit_id = cell.text(name)?,
            "slot_id" => event.slot_id = cell.text(name)?,
            "poster_id" => event.poster_id = cell.text(name)?,
            "element_action" => event.element_action = cell.word(name)?,
            "visible_ms" => event.visible_ms = cell.integer(name, &limits::VISIBLE_MS)?,
            "source_class" => event.source_class = cell.text(name)?,
            "campaign" => event.campaign = cell.text(name)?,
            "activity_id" => event.activity_id = cell.text(name)?,
            "round" => event.round = cell.integer(name, &limits::ROUND)?,
            "action" => event.action = cell.word(name)?,
            "option_id" => event.option_id = cell.text(name)?,
            "result" => event.result = cell.word(name)?,
            "prize_fen" => event.prize_fen = cell.integer(name, &limits::AMOUNT_FEN)?,
            "qr_id" => event.qr_id = cell.text(name)?,
            "unit" => event.unit = cell.text(name)?,
            "unit_level" => event.unit_level = cell.text(name)?,
            "article_id" => event.article_id = cell.text(name)?,
            "article_action" => event.article_action = cell.word(name)?,
            "reprint_of" => event.reprint_of = cell.text(name)?,
            "reads" => event.reads = cell.integer(name, &limits::READS)?,
            "ad_id" => event.ad_id = cell.text(name)?,
            "advertiser" => event.advertiser = cell.text(name)?,
            "ad_action" => event.ad_action = cell.word(name)?,
            "service" => event.service = cell.word(name)?,
            "service_action" => event.service_action = cell.word(name)?,
            "took_ms" => event.took_ms = cell.integer(name, &limits::TOOK_MS)?,
            "kpi_id" => event.kpi_id = cell.text(name)?,
            "actual_milli" => event.actual_milli = cell.integer(name, &limits::INDICATOR_MILLI)?,
            "target_milli" => event.target_milli = cell.integer(name, &limits::INDICATOR_MILLI)?,
            "weight_milli" => event.weight_milli = cell.integer(name, &limits::WEIGHT_MILLI)?,
            "better" => event.better = cell.word(name)?,
            "content_len_ms" => event.content_len_ms = cell.integer(name, &limits::POSITION_MS)?,
            "ts_released" => event.ts_released = cell.moment(name)?,
            "cp_id" => event.cp_id = cell.text(name)?,
            "cdn_node" => event.cdn_node = cell.text(name)?,
            "object_type" => event.object_type = cell.text(name)?,
            "http_status" => event.http_status = cell.integer(name, &limits::HTTP_STATUS)?,
            "ttfb_ms" => event.ttfb_ms = cell.integer(name, &limits::ANSWER_MS)?,
            "ttlb_ms" => event.ttlb_ms = cell.integer(name, &limits::ANSWER_MS)?,
            "resp_bytes" => event.resp_bytes = cell.integer(name, &limits::ANSWER_BYTES)?,
            "cache_hit" => event.cache_hit = cell.flag(name)?,
            "figure" => event.figure = cell.word(name)?,
            "figure_value" => event.figure_value = cell.integer(name, &limits::FIGURE)?,
            "dropped_frames" => event.dropped_frames = cell.integer(name, &limits::FRAMES)?,
            "rendered_frames" => event.rendered_frames = cell.integer(name, &limits::FRAMES)?,
            "live_latency_ms" => event.live_latency_ms = cell.integer(name, &limits::ANSWER_MS)?,
            "load_ms" => event.load_ms = cell.integer(name, &limits::ANSWER_MS)?,
            "seek_to_ms" => event.seek_to_ms = cell.integer(name, &limits::POSITION_MS)?,
            "error_code" => event.error_code = cell.text(name)?,
            "error_class" => event.error_class = cell.text(name)?,
            "tier" => event.tier = cell.text(name)?,
            "order_id" => event.order_id = cell.text(name)?,
            "product_id" => event.product_id = cell.text(name)?,
            "order_status" => event.order_status = cell.text(name)?,
            "currency" => event.currency = cell.text(name)?,
            // The collector's own: what a client says of them counts for nothing.
            "tenant" | "org" | "source_id" | "ts_received" | "day" | "source_protocol" | "household" | "geo_source"
            | "ip_prefix" | "simulated" => {}
            "props" => match cell {
                Cell::Nested(Value::Object(props)) => self.props.extend(props),
                Cell::Null => {}
                other => {
                    self.props.insert(name.to_owned(), other.into_json());
                }
            },
            _ => {
                self.props.insert(name.to_owned(), cell.into_json());
            }
        }
        Ok(())
    }

    /// Writes what has no column of its own into the event.
    pub(super) fn keep_props(&mut self) -> Result<(), Reason> {
        if self.props.is_empty() {
            return Ok(());
        }
        if self.props.values().any(|value| depth(value) >= limits::PROPS_DEPTH) {
            return Err(Reason::of_field("props", format!("nested deeper than {}", limits::PROPS_DEPTH)));
        }
        let text = Value::Object(std::mem::take(&mut self.props)).to_string();
        if text.len() > limits::PROPS_BYTES {
            let reason = format!("{} bytes of fields without a column; {} are kept", text.len(), limits::PROPS_BYTES);
            return Err(Reason::of_field("props", reason));
        }
        self.event.props = Some(Text::from(text));
        Ok(())
    }
}

fn view_mode(name: &str, cell: &Cell<'_>) -> Result<Option<Text>, Reason> {
    let mode = cell.text(name)?;
    match &mode {
        Some(unknown) if !VIEW_MODES.contains(&unknown.as_str()) => {
            let text = format!("“{unknown}” is no view mode: expected one of {}", VIEW_MODES.join(", "));
            Err(Reason::of_field(name, text))
        }
        Some(_) | None => Ok(mode),
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(entries) => 1 + entries.values().map(depth).max().unwrap_or(0),
    }
}
