//! Records of Segment's form (and Rudder's): `track`, `page`, `screen`, `identify`, `group`, `alias`.
//!
//! Properties named as our columns go there; the rest is kept in `props`. Traits of people are not kept beyond those
//! columns: names, addresses and telephone numbers have no place in an event.

use super::{Arrival, Parsed, Reason, fields::Draft, id_of_content, limits, segment_page, segment_video, value::Cell};
use crate::{
    collect::addresses::Origin,
    events::{Protocol, Text},
};
use model::time::Timestamp;
use serde_json::{Map, Value};

/// What a record of Segment's form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SegmentKind {
    Track,
    Page,
    Screen,
    Identify,
    Group,
    Alias,
}

impl SegmentKind {
    pub const ALL: [Self; 6] = [Self::Track, Self::Page, Self::Screen, Self::Identify, Self::Group, Self::Alias];

    /// As the `type` of a record says it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Track => "track",
            Self::Page => "page",
            Self::Screen => "screen",
            Self::Identify => "identify",
            Self::Group => "group",
            Self::Alias => "alias",
        }
    }

    /// By the last part of a path: the whole word, or its first letter.
    pub fn from_path(part: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == part || kind.name().get(..1) == Some(part))
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Track => "app",
            Self::Page | Self::Screen => "page",
            Self::Identify | Self::Group | Self::Alias => "state",
        }
    }
}

pub(super) fn parse_record(
    record: &str,
    kind: Option<SegmentKind>,
    sent: Option<Timestamp>,
    arrival: &Arrival<'_>,
) -> Result<Parsed, Reason> {
    if record.len() > limits::RECORD_BYTES {
        return Err(Reason::of_record(format!("{} bytes, at most {} are taken", record.len(), limits::RECORD_BYTES)));
    }
    let record: Value =
        serde_json::from_str(record).map_err(|error| Reason::of_record(format!("not a JSON object: {error}")))?;
    let Value::Object(fields) = &record else {
        return Err(Reason::of_record("not a JSON object"));
    };
    let kind = match fields.get("type").and_then(Value::as_str) {
        Some(name) => SegmentKind::ALL.into_iter().find(|kind| kind.name() == name),
        None => kind,
    }
    .ok_or_else(|| Reason::of_field("type", "expected track, page, screen, identify, group or alias"))?;

    let mut draft = Draft::new();
    draft.event.source_protocol = Protocol::Segment;
    draft.event.event_class = Some(Text::new_static(kind.class()));
    set_identity(&mut draft, fields)?;
    if let Some(Value::Object(context)) = fields.get("context") {
        set_context(&mut draft, context);
    }
    let empty = Map::new();
    let properties = object(fields, "properties").unwrap_or(&empty);
    match kind {
        SegmentKind::Track => {
            let name = cell(fields, "event").text("event")?;
            let name = name.ok_or_else(|| Reason::of_field("event", "missing: a track needs the name of its event"))?;
            segment_video::set_track(&mut draft, &name, properties)?;
            draft.event.event_name = Some(name);
        }
        SegmentKind::Page | SegmentKind::Screen => {
            let name = cell(fields, "name").text("name")?.or(text_of(properties, "name"));
            draft.event.page_id = text_of(properties, "path").or_else(|| name.clone());
            draft.event.event_name = name.or_else(|| Some(Text::new_static(kind.name())));
            segment_page::set_way(&mut draft, object(fields, "context").unwrap_or(&empty), properties);
            set_columns(&mut draft, properties, true);
        }
        SegmentKind::Identify | SegmentKind::Group | SegmentKind::Alias => {
            draft.event.event_name = Some(Text::new_static(kind.name()));
            if let Some(traits) = object(fields, "traits") {
                set_columns(&mut draft, traits, false);
            }
            if let Some(previous) = text_of(fields, "previousId") {
                draft.props.insert("previous_id".to_owned(), Value::String(previous.to_string()));
            }
        }
    }
    draft.keep_props()?;
    if !draft.has_id {
        draft.event.event_id = id_of_content(fields.clone(), "sentAt");
    }
    let sent = cell(fields, "sentAt").moment("sentAt")?.or(sent);
    let original = cell(fields, "originalTimestamp").moment("originalTimestamp")?;
    let moment = cell(fields, "timestamp").moment("timestamp")?.or(original);
    match moment {
        Some(moment) => {
            draft.event.ts_event = moment;
            arrival.stamp(draft.event, sent)
        }
        // Our own clock needs no correction.
        None => arrival.stamp_as_of_now(draft.event),
    }
}

fn set_identity(draft: &mut Draft, fields: &Map<String, Value>) -> Result<(), Reason> {
    if let Some(id) = cell(fields, "messageId").text("messageId")? {
        draft.event.event_id = id;
        draft.has_id = true;
    }
    draft.event.user_id = cell(fields, "userId").text("userId")?;
    draft.event.device_id = cell(fields, "anonymousId").text("anonymousId")?;
    draft.event.household_id = cell(fields, "groupId").text("groupId")?;
    Ok(())
}

fn set_context(draft: &mut Draft, context: &Map<String, Value>) {
    let within = |outer: &str, inner: &str| object(context, outer).and_then(|object| text_of(object, inner));
    let event = &mut draft.event;
    event.app_version = within("app", "version");
    event.household_id = event.household_id.take().or_else(|| text_of(context, "groupId"));
    event.device_id = within("device", "id").or_else(|| event.device_id.take());
    event.platform = platform(
        within("device", "type").as_deref(),
        within("os", "name").as_deref(),
        within("library", "name").as_deref(),
    );
    // A server that speaks for its users says their address here; of it, only the operator is kept.
    let address = context.get("ip").and_then(Value::as_str).and_then(|address| address.parse().ok());
    event.isp = address.and_then(|address| Origin::of(address).isp);
}

fn platform(device: Option<&str>, system: Option<&str>, library: Option<&str>) -> Option<Text> {
    let known = |word: &str| {
        let word = word.to_ascii_lowercase();
        let platforms =
            [("ios", "ios"), ("android", "android"), ("tv", "tvapp"), ("stb", "stb"), ("analytics.js", "web")];
        platforms.into_iter().find(|(part, _)| word.contains(part)).map(|(_, platform)| Text::new_static(platform))
    };
    [device, system, library].into_iter().flatten().find_map(known)
}

/// Puts properties into the columns of their name, and the rest into `props` where they may be kept. A foreign property
/// that only happens to have a column's name is no reason to refuse the record.
pub(super) fn set_columns(draft: &mut Draft, properties: &Map<String, Value>, keep_rest: bool) {
    for (name, value) in properties {
        // Id and moment of a record stand outside of its properties.
        let own = matches!(name.as_str(), "event_id" | "ts_event" | "ts_sent" | "props" | "event_class" | "event_name");
        let before = draft.props.len();
        let set = !own && draft.set(name, Cell::from(value)).is_ok();
        if !keep_rest && draft.props.len() > before {
            draft.props.remove(name);
        } else if !set && keep_rest {
            draft.props.insert(name.clone(), value.clone());
        }
    }
}

pub(super) fn cell<'v>(fields: &'v Map<String, Value>, name: &str) -> Cell<'v> {
    fields.get(name).map_or(Cell::Null, Cell::from)
}

pub(super) fn text_of(fields: &Map<String, Value>, name: &str) -> Option<Text> {
    cell(fields, name).text(name).ok().flatten()
}

pub(super) fn object<'v>(fields: &'v Map<String, Value>, name: &str) -> Option<&'v Map<String, Value>> {
    fields.get(name)?.as_object()
}

#[cfg(test)]
mod tests;
