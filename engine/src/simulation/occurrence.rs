//! Something that happens in the simulated world, and how it is written as a native event.

use super::{
    account::Account,
    browsing::PageStep,
    gala::{self, GalaStep},
    orders::OrderStep,
    session::{Change, Session, State},
};
use crate::events::{AccountEvent, ElementAction, Event, Participation, ParticipationResult, PlayState, Text};
use model::{
    geo::Province,
    time::{Day, Timestamp},
};
use serde::Serialize;
use smol_str::format_smolstr;

/// Something that happens, small enough that a whole day fits into memory.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occurrence {
    pub(super) at_ms: i64,
    /// Whose; the index of the account.
    pub(super) account: u32,
    pub(super) what: What,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    Account { day: Day, event: AccountEvent },
    Play { day: Day, session: Session, change: Change, at: PlayedAt },
    Order { day: Day, step: OrderStep },
    Page { day: Day, visit: u32, step: PageStep },
    TakesPart { day: Day, step: GalaStep },
}

/// Which event of its session it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PlayedAt {
    Change(u32),
    /// Says, so long after the session's begin, that nothing has changed.
    Beat {
        second: u32,
    },
}

/// A native event as it travels: absent means null.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NativeEvent {
    pub event_id: Text,
    /// Epoch milliseconds.
    pub ts_event: i64,
    pub event_class: &'static str,
    pub event_name: &'static str,
    pub household_id: Text,
    pub province: Province,
    pub isp: &'static str,
    pub platform: &'static str,
    pub app_version: &'static str,
    #[serde(flatten)]
    pub detail: NativeDetail,
}

/// What is special to a kind of event.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum NativeDetail {
    Account {
        account_event: AccountEvent,
        tier: &'static str,
    },
    Play {
        sid: Text,
        play_state: PlayState,
        position_ms: i64,
        view_mode: &'static str,
        genre: &'static str,
        cdn_vendor: &'static str,
        bitrate_kbps: i32,
        #[serde(skip_serializing_if = "Option::is_none")]
        channel_id: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        content_id: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        ts_broadcast: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        error_code: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        error_class: Option<&'static str>,
        dropped_frames: i64,
        rendered_frames: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        live_latency_ms: Option<i32>,
        #[serde(skip_serializing_if = "Option::is_none")]
        seek_to_ms: Option<i64>,
    },
    Order {
        order_id: Text,
        product_id: &'static str,
        order_status: &'static str,
        amount_fen: i64,
        currency: &'static str,
    },
    Page {
        visit_id: Text,
        page_id: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        prev_page_id: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        slot_id: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        poster_id: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        content_id: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        element_action: Option<ElementAction>,
        #[serde(skip_serializing_if = "Option::is_none")]
        visible_ms: Option<i32>,
    },
    TakesPart {
        activity_id: &'static str,
        action: Participation,
        result: ParticipationResult,
        qr_id: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        option_id: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        prize_fen: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        took_ms: Option<i64>,
    },
}

impl Occurrence {
    /// As a native event of that account. Ids are made of what happened, so the same occurrence always has the same one.
    pub(super) fn native(&self, account: &Account) -> NativeEvent {
        let (event_id, event_class, event_name, platform, detail) = match self.what {
            What::Account { day, event } => {
                let detail = NativeDetail::Account { account_event: event, tier: account.tier };
                (
                    format_smolstr!("{}-{}-{}", day.0, account.number, event.word()),
                    "state",
                    event.word(),
                    account.platform,
                    detail,
                )
            }
            What::Play { day, session, change, at } => {
                let (day, number, which) = (day.0, account.number, session.number);
                let sid = format_smolstr!("sim-{day}-{number}-{which}");
                let event_id = match at {
                    PlayedAt::Change(index) => format_smolstr!("{day}-{number}-{which}-{index}"),
                    PlayedAt::Beat { second } => format_smolstr!("{day}-{number}-{which}-b{second}"),
                };
                (event_id, "play", "play", session.platform, play_detail(sid, session, change, at))
            }
            What::Order { day, step } => {
                let order_id = format_smolstr!("sim-{}-{}", day.0, account.number);
                let name = step.status.name();
                (
                    format_smolstr!("{}-{}-{name}", day.0, account.number),
                    "order",
                    name,
                    account.platform,
                    order_detail(order_id, step),
                )
            }
            What::Page { day, visit, step } => {
                let (day, number) = (day.0, account.number);
                let name = step.action.map_or("page_view", ElementAction::word);
                let event_id = format_smolstr!("{day}-{number}-{visit}-p{}", step.index);
                let visit_id = format_smolstr!("sim-{day}-{number}-{visit}");
                (event_id, "epg", name, "stb", page_detail(visit_id, step))
            }
            What::TakesPart { day, step } => {
                let event_id = format_smolstr!("{}-{}-g{}", day.0, account.number, step.index);
                (event_id, "interact", step.action.word(), "h5", gala_detail(step))
            }
        };
        NativeEvent {
            event_id,
            ts_event: self.at_ms,
            event_class,
            event_name,
            household_id: account.household(),
            province: account.province,
            isp: account.isp,
            platform,
            app_version: account.app_version,
            detail,
        }
    }
}

fn play_detail(sid: Text, session: Session, change: Change, at: PlayedAt) -> NativeDetail {
    let (fault, seek_to_ms) = match (change.state, at) {
        (State::Failed(fault), _) => (Some(fault), None),
        // A beat does not jump again.
        (State::Seeking { to_ms }, PlayedAt::Change(_)) => (None, Some(to_ms)),
        (
            State::Requested
            | State::Playing
            | State::Stalled
            | State::Paused
            | State::Seeking { .. }
            | State::Ended
            | State::Left,
            _,
        ) => (None, None),
    };
    let (dropped_frames, rendered_frames) = session.picture.frames(change.played_ms);
    NativeDetail::Play {
        sid,
        play_state: change.state.play_state(),
        position_ms: change.position_ms,
        view_mode: session.watched.view_mode(),
        genre: session.watched.genre(),
        cdn_vendor: session.cdn,
        bitrate_kbps: session.bitrate_kbps,
        channel_id: session.watched.channel().map(|channel| channel.id),
        content_id: session.watched.content().map(|content| content.id),
        ts_broadcast: session.watched.behind_ms().map(|behind_ms| change.at_ms - behind_ms),
        error_code: fault.map(|fault| fault.code),
        error_class: fault.map(|fault| fault.class),
        dropped_frames,
        rendered_frames,
        live_latency_ms: session.picture.live_latency_ms,
        seek_to_ms,
    }
}

fn page_detail(visit_id: Text, step: PageStep) -> NativeDetail {
    NativeDetail::Page {
        visit_id,
        page_id: step.page,
        prev_page_id: step.previous,
        slot_id: step.slot,
        poster_id: step.poster,
        content_id: step.content,
        element_action: step.action,
        visible_ms: step.visible_ms,
    }
}

fn gala_detail(step: GalaStep) -> NativeDetail {
    NativeDetail::TakesPart {
        activity_id: gala::ACTIVITY,
        action: step.action,
        result: step.result,
        qr_id: gala::QR_CODE,
        option_id: step.option,
        prize_fen: step.prize_fen,
        took_ms: step.took_ms,
    }
}

fn order_detail(order_id: Text, step: OrderStep) -> NativeDetail {
    NativeDetail::Order {
        order_id,
        product_id: step.product.id,
        order_status: step.status.name(),
        amount_fen: step.product.price_fen,
        currency: "CNY",
    }
}

impl From<NativeEvent> for Event {
    fn from(native: NativeEvent) -> Self {
        let known = |text: &'static str| Some(Text::new_static(text));
        let event = Self {
            event_class: known(native.event_class),
            event_name: known(native.event_name),
            household_id: Some(native.household_id),
            province: Some(native.province),
            isp: known(native.isp),
            platform: known(native.platform),
            app_version: known(native.app_version),
            ..Self::new(native.event_id, Timestamp::from_millis(native.ts_event))
        };
        match native.detail {
            NativeDetail::Account { account_event, tier } => {
                Self { account_event: Some(account_event), tier: known(tier), ..event }
            }
            NativeDetail::Play {
                sid,
                play_state,
                position_ms,
                view_mode,
                genre,
                cdn_vendor,
                bitrate_kbps,
                channel_id,
                content_id,
                ts_broadcast,
                error_code,
                error_class,
                dropped_frames,
                rendered_frames,
                live_latency_ms,
                seek_to_ms,
            } => Self {
                sid: Some(sid),
                play_state: Some(play_state),
                position_ms: Some(position_ms),
                view_mode: known(view_mode),
                genre: known(genre),
                cdn_vendor: known(cdn_vendor),
                bitrate_kbps: Some(bitrate_kbps),
                channel_id: channel_id.and_then(known),
                content_id: content_id.and_then(known),
                ts_broadcast: ts_broadcast.map(Timestamp::from_millis),
                error_code: error_code.and_then(known),
                error_class: error_class.and_then(known),
                dropped_frames: Some(dropped_frames),
                rendered_frames: Some(rendered_frames),
                live_latency_ms,
                seek_to_ms,
                ..event
            },
            NativeDetail::Order { order_id, product_id, order_status, amount_fen, currency } => Self {
                order_id: Some(order_id),
                product_id: known(product_id),
                order_status: known(order_status),
                amount_fen: Some(amount_fen),
                currency: known(currency),
                ..event
            },
            NativeDetail::Page {
                visit_id,
                page_id,
                prev_page_id,
                slot_id,
                poster_id,
                content_id,
                element_action,
                visible_ms,
            } => Self {
                visit_id: Some(visit_id),
                page_id: known(page_id),
                prev_page_id: prev_page_id.and_then(known),
                slot_id: slot_id.and_then(known),
                poster_id: poster_id.and_then(known),
                content_id: content_id.and_then(known),
                element_action,
                visible_ms,
                ..event
            },
            NativeDetail::TakesPart { activity_id, action, result, qr_id, option_id, prize_fen, took_ms } => Self {
                activity_id: known(activity_id),
                action: Some(action),
                result: Some(result),
                qr_id: known(qr_id),
                option_id: option_id.and_then(known),
                prize_fen,
                took_ms,
                ..event
            },
        }
    }
}
