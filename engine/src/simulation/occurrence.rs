//! Something that happens to a simulated household, and how its clients tell it.

use super::{
    account::Account,
    browsing::PageStep,
    delivery::RequestStep,
    gala::GalaStep,
    guide::programme_at,
    orders::OrderStep,
    session::{Change, Session, State, Watched},
    subscriptions::SubscriptionStep,
    web::WebStep,
    world::World,
};
use crate::events::{AccountEvent, ElementAction, Event, Text};
use model::time::{Day, Timestamp};
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
    Request { day: Day, session: u32, step: RequestStep },
    Order { day: Day, step: OrderStep },
    Subscription { day: Day, step: SubscriptionStep },
    Page { day: Day, visit: u32, step: PageStep },
    Web { day: Day, visit: u32, step: WebStep },
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

/// A text that is known while the program is written.
#[expect(clippy::unnecessary_wraps, reason = "what an event may hold is optional in it")]
pub(super) const fn known(text: &'static str) -> Option<Text> {
    Some(Text::new_static(text))
}

impl Occurrence {
    /// As an event of its account. Ids are made of what happened, so the same occurrence always has the same one.
    pub(super) fn event(&self, world: &World) -> Option<Event> {
        let account = world.accounts.get(self.account as usize)?;
        let number = account.number;
        let of = |id: Text, class: &'static str, name: &'static str, platform: &'static str| Event {
            event_class: known(class),
            event_name: known(name),
            platform: known(platform),
            app_version: known(account.app_version),
            ..told_by(account, id, self.at_ms)
        };
        Some(match self.what {
            What::Account { day, event } => {
                let id = format_smolstr!("{}-{number}-{}", day.0, event.word());
                let told = of(id, "state", event.word(), account.platform);
                Event { account_event: Some(event), tier: known(account.tier), ..told }
            }
            What::Play { day, session, change, at } => {
                let (day, which) = (day.0, session.number);
                let id = match at {
                    PlayedAt::Change(index) => format_smolstr!("{day}-{number}-{which}-{index}"),
                    PlayedAt::Beat { second } => format_smolstr!("{day}-{number}-{which}-b{second}"),
                };
                let sid = Some(format_smolstr!("sim-{day}-{number}-{which}"));
                let told = of(id, "play", "play", session.platform);
                played(Event { sid, ..told }, session, change, at, world)
            }
            What::Request { day, session, step } => {
                let id = format_smolstr!("{}-{number}-{session}-q{}", day.0, step.index);
                step.tell(of(id, "request", "request", account.platform))
            }
            What::Order { day, step } => {
                let name = step.status.name();
                let id = format_smolstr!("{}-{number}-{name}", day.0);
                let order_id = Some(format_smolstr!("sim-{}-{number}", day.0));
                step.tell(Event { order_id, ..of(id, "order", name, account.platform) })
            }
            What::Subscription { day, step } => {
                let name = step.status.name();
                let id = format_smolstr!("{}-{number}-s-{name}", day.0);
                let order_id = Some(format_smolstr!("sim-s-{number}"));
                step.tell(Event { order_id, ..of(id, "order", name, account.platform) })
            }
            What::Page { day, visit, step } => {
                let name = step.action.map_or("page_view", ElementAction::word);
                let id = format_smolstr!("{}-{number}-{visit}-p{}", day.0, step.index);
                let visit_id = Some(format_smolstr!("sim-{}-{number}-{visit}", day.0));
                step.tell(Event { visit_id, ..of(id, "epg", name, "stb") })
            }
            What::Web { day, visit, step } => {
                let name = step.action.map_or("page_view", ElementAction::word);
                let id = format_smolstr!("{}-{number}-w{visit}-{}", day.0, step.index);
                let visit_id = Some(format_smolstr!("sim-{}-{number}-w{visit}", day.0));
                step.tell(Event { visit_id, ..of(id, "page", name, step.platform) })
            }
            What::TakesPart { day, step } => {
                let id = format_smolstr!("{}-{number}-g{}", day.0, step.index);
                step.tell(of(id, "interact", step.action.word(), "h5"))
            }
        })
    }
}

/// Who tells it, where, and when.
fn told_by(account: &Account, id: Text, at_ms: i64) -> Event {
    Event {
        household_id: Some(account.household()),
        province: Some(account.province),
        isp: known(account.isp),
        ..Event::new(id, Timestamp::from_millis(at_ms))
    }
}

/// What a player tells of its session.
fn played(event: Event, session: Session, change: Change, at: PlayedAt, world: &World) -> Event {
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
    let (dropped, rendered) = session.picture.frames(change.played_ms);
    let content = session.watched.content();
    let behind = |behind_ms| Timestamp::from_millis(change.at_ms - behind_ms);
    Event {
        play_state: Some(change.state.play_state()),
        position_ms: Some(change.position_ms),
        view_mode: known(session.watched.view_mode()),
        genre: known(session.watched.genre()),
        cdn_vendor: known(session.cdn),
        bitrate_kbps: Some(session.bitrate_kbps),
        channel_id: session.watched.channel().and_then(|channel| known(channel.id)),
        content_id: match session.watched {
            Watched::Live(_) => None,
            // A recording is called by the programme that it begins in.
            Watched::TimeShift(channel, behind_ms) | Watched::CatchUp(channel, behind_ms) => {
                programme_at(channel, behind(behind_ms).plus_millis(-change.position_ms))
            }
            Watched::OnDemand(content) => known(content.id),
        },
        content_len_ms: content.map(|content| content.length_ms),
        cp_id: content.and_then(|content| known(content.provider)),
        ts_released: content.map(|content| world.released(content)),
        ts_broadcast: session.watched.behind_ms().map(behind),
        error_code: fault.and_then(|fault| known(fault.code)),
        error_class: fault.and_then(|fault| known(fault.class)),
        dropped_frames: Some(dropped),
        rendered_frames: Some(rendered),
        live_latency_ms: session.picture.live_latency_ms,
        seek_to_ms,
        ..event
    }
}
