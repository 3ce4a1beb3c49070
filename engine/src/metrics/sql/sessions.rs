//! Single play sessions: the rows they are picked from, and the events that they are made of.

use super::{Compiler, RolledUpDays, Sql, Writer, dialect};
use crate::{
    events::SqlWords,
    metrics::{
        catalogue::Catalogue,
        plan::{SessionEventsRequest, SessionsRequest, Statement},
    },
};
use model::metric::SessionOrder;

/// Declares the columns of a statement, in their order.
macro_rules! columns {
    ($(#[$meta:meta])* $name:ident { $($column:ident = $written:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(in crate::metrics) enum $name { $($column,)* }

        impl $name {
            const ALL: &[Self] = &[$(Self::$column,)*];

            const fn written(self) -> &'static str {
                match self { $(Self::$column => $written,)* }
            }
        }
    };
}

columns! {
    /// What is read of each session. Nothing of it says whose it is.
    SessionColumn {
        Organisation = "org",
        Sid = "sid",
        Start = "start_ms",
        End = "end_ms",
        Province = "province",
        Isp = "isp",
        Platform = "platform",
        AppVersion = "app_version",
        Cdn = "cdn_vendor",
        Channel = "channel_id",
        Content = "content_id",
        ViewMode = "view_mode",
        Received = "received_ms",
        Simulated = "simulated",
    }
}

columns! {
    /// What is read of each event of a session.
    EventColumn {
        Organisation = "org",
        Sid = "sid",
        Id = "event_id",
        At = "ts_event",
        Received = "ts_received",
        State = "play_state",
        Position = "position_ms",
        Bitrate = "bitrate_kbps",
        CdnNode = "cdn_node",
        ErrorClass = "error_class",
        ErrorCode = "error_code",
    }
}

/// The sessions that are wanted, in their order.
pub(in crate::metrics) fn compile_sessions(catalogue: &Catalogue, request: &SessionsRequest, words: SqlWords) -> Sql {
    let statement = Statement { base: request.base.clone(), keys: Vec::new(), measures: Vec::new() };
    written(catalogue, &statement, words, |compiler, writer| {
        select(writer, SessionColumn::ALL.iter().map(|column| column.written()));
        compiler.source(writer);
        compiler.conditions(writer);
        let (condition, order) = match request.choice.order {
            SessionOrder::Worst => (" AND f.stall_ms > 0", "f.stall_ms DESC, "),
            SessionOrder::SlowestStart => (" AND f.startup_ms IS NOT NULL", "f.startup_ms DESC, "),
            SessionOrder::Failed => (" AND f.failed", ""),
            SessionOrder::Newest => ("", ""),
        };
        writer.push(condition);
        // The same each time, whatever the store comes upon first.
        let limit = request.choice.limit.get();
        writer.push(&format!("\nORDER BY {order}f.start_ms DESC, f.org, f.sid\nLIMIT {limit}"));
    })
}

/// The earliest events of each of the sessions, so many at the most.
pub(in crate::metrics) fn compile_session_events(
    catalogue: &Catalogue,
    request: &SessionEventsRequest,
    most_of_each: usize,
    words: SqlWords,
) -> Sql {
    let statement = Statement { base: request.base.clone(), keys: Vec::new(), measures: Vec::new() };
    written(catalogue, &statement, words, |compiler, writer| {
        select(writer, EventColumn::ALL.iter().map(|column| column.written()));
        writer.push(&format!("\nFROM {}\nWHERE ", writer.dialect.table("event", "f")));
        compiler.scope(writer);
        let interval = request.base.interval;
        writer.push("\n  AND f.ts_event >= ");
        writer.integer(interval.from().millis());
        writer.push(" AND f.ts_event < ");
        writer.integer(interval.to().millis());
        let days: Vec<String> = request.days.iter().map(|day| day.0.to_string()).collect();
        writer.push(&format!(" AND f.day IN ({})", days.join(", ")));
        compiler.standing(writer, "f");
        writer.push("\n  AND ");
        compiler.named(writer, "f.sid", &request.sids);
        let each = writer.dialect.first_of_each("f.org, f.sid", "f.ts_event, f.event_id", most_of_each);
        writer.push(&each);
    })
}

fn select<'a>(writer: &mut Writer<'_>, columns: impl Iterator<Item = &'a str>) {
    writer.push("SELECT ");
    writer.list(columns, ", ", |writer, column| writer.push(&format!("f.{column}")));
}

fn written(
    catalogue: &Catalogue,
    statement: &Statement,
    words: SqlWords,
    write: impl FnOnce(&Compiler<'_>, &mut Writer<'_>),
) -> Sql {
    let (dialect, none) = (dialect::of(words), RolledUpDays::default());
    let compiler = Compiler { catalogue, statement, dialect, rolled_up_days: &none, roll_up: None, only_days: &[] };
    let mut writer = Writer::new(dialect);
    write(&compiler, &mut writer);
    Sql { text: writer.text, binds: writer.binds, days_added_up: 0 }
}
