//! What the command line can have done, and what came of it.

use super::boards::{self, BoardOrder, BoardOutcome};
use crate::stores::Stores;
use engine::{
    access::{NewGrant, NewUser},
    collect::{OldDays, Rejection, drop_old_days, loss_of},
    events::EngineError,
    programmes,
};
use flate2::read::MultiGzDecoder;
use model::{
    access::{OrganisationId, Role, ScopeSummary},
    geo::{Province, Region},
    metric::Domain,
    problem::{Problem, ProblemCode},
    time::Day,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

/// Something to be done with the stores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "order")]
pub enum Order {
    AddUser {
        email: String,
        name: String,
        role: Role,
    },
    Grant {
        email: String,
        domains: Vec<Domain>,
        regions: Vec<Region>,
    },
    DefineMetrics {
        email: String,
        may: bool,
    },
    ListUsers,
    CreateSource {
        name: String,
        province: Option<Province>,
    },
    CreateToken {
        email: String,
    },
    /// Paths are absolute: the server may run elsewhere.
    ImportEpg {
        file: PathBuf,
    },
    ImportEvents {
        file: PathBuf,
        write_key: String,
    },
    Board {
        /// By whose rights; without one by the administrator's, where there is exactly one.
        user: Option<String>,
        board: BoardOrder,
    },
    DropDays {
        before: Day,
        events_only: bool,
        /// Otherwise it is only told what would be lost.
        confirmed: bool,
    },
    Doctor,
}

/// What came of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    UserAdded { password: String },
    Granted,
    MayDefineMetrics { may: bool },
    Users { users: Vec<UserLine> },
    SourceCreated { write_key: String },
    TokenCreated { token: String },
    ProgrammesImported { told: Vec<String> },
    EventsImported { told: Vec<String> },
    Board { board: BoardOutcome },
    DaysDropped { told: Vec<String>, dropped: bool },
    Healthy { told: Vec<String> },
    Refused { problem: Problem },
}

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserLine {
    pub email: String,
    pub name: String,
    pub role: Role,
    pub scope: ScopeSummary,
}

/// The one organisation that exists by default.
const ORGANISATION: OrganisationId = OrganisationId(1);
const MOST_REJECTIONS_TOLD: usize = 20;

/// Carries an order out; a refusal is an outcome too.
pub async fn carry_out(stores: &Stores, order: Order) -> Outcome {
    match try_to(stores, order).await {
        Ok(outcome) => outcome,
        Err(problem) => Outcome::Refused { problem },
    }
}

async fn try_to(stores: &Stores, order: Order) -> Result<Outcome, Problem> {
    let access = &stores.engine.access;
    match order {
        Order::AddUser { email, name, role } => {
            let password = access.add_user(NewUser { email, name, role, password: None }).await?;
            Ok(Outcome::UserAdded { password })
        }
        Order::Grant { email, domains, regions } => {
            access.grant(NewGrant { email, domains, regions }).await?;
            Ok(Outcome::Granted)
        }
        Order::DefineMetrics { email, may } => {
            access.let_define_metrics(&email, may).await?;
            Ok(Outcome::MayDefineMetrics { may })
        }
        Order::ListUsers => {
            let users = access.list_users().await?.into_iter();
            let users =
                users.map(|row| UserLine { email: row.email, name: row.name, role: row.role, scope: row.scope });
            Ok(Outcome::Users { users: users.collect() })
        }
        Order::CreateSource { name, province } => {
            let write_key = stores.engine.collector.create_source(&name, province, false).await?;
            Ok(Outcome::SourceCreated { write_key })
        }
        Order::CreateToken { email } => Ok(Outcome::TokenCreated { token: access.create_token(&email).await? }),
        Order::ImportEpg { file } => import_epg(stores, &file).await,
        Order::ImportEvents { file, write_key } => import_events(stores, &file, &write_key).await,
        Order::Board { user, board } => {
            let board = boards::carry_out(&stores.engine, user.as_deref(), board).await?;
            Ok(Outcome::Board { board })
        }
        Order::DropDays { before, events_only, confirmed } => drop_days(stores, before, events_only, confirmed).await,
        Order::Doctor => doctor(stores).await,
    }
}

fn unreadable(file: &Path) -> impl Fn(std::io::Error) -> Problem {
    let file = file.display().to_string();
    move |error| {
        Problem::new(ProblemCode::MalformedRequest, format!("the file {file} can't be read: {error}"))
            .with("file", &file)
    }
}

async fn import_epg(stores: &Stores, file: &Path) -> Result<Outcome, Problem> {
    let content = tokio::fs::read(file).await.map_err(unreadable(file))?;
    let report = programmes::import_xmltv(&stores.store, ORGANISATION, content, 0).await?;
    let mut told = vec![format!("{} programmes on {} channels", report.programmes, report.channels)];
    let oddities = [
        (report.duplicates, "were there twice and count once"),
        (report.reversed, "stop before they start and last until the next one starts"),
        (report.overlaps, "overlapped the next one and end where it begins"),
        (report.gaps, "gaps between programmes were kept"),
        (report.broken, "places are no XML and were skipped, up to the next programme"),
        (report.garbled, "letters could not be read"),
    ];
    told.extend(oddities.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")));
    told.extend(
        report.cut_at.map(|byte| format!("the file stops in the middle, at byte {byte}: what came before was kept")),
    );
    told.extend(report.rejected.iter().take(MOST_REJECTIONS_TOLD).map(|reason| format!("left out: {reason}")));
    Ok(Outcome::ProgrammesImported { told })
}

async fn import_events(stores: &Stores, file: &Path, write_key: &str) -> Result<Outcome, Problem> {
    let collector = &stores.engine.collector;
    let source = collector.source_of_write_key(write_key).await?;
    let path = file.to_path_buf();
    let opened = tokio::task::spawn_blocking(move || Ok((checksum(&path)?, open_lines(&path)?))).await;
    let opened = opened.map_err(|error| Problem::new(ProblemCode::Internal, error.to_string()))?;
    let (label, lines) = opened.map_err(unreadable(file))?;
    let import = collector.import_lines(&source, &label, lines).await?;
    let mut told = vec![format!(
        "{} events taken, {} known already, {} rejected",
        import.accepted, import.duplicates, import.rejected
    )];
    if import.too_old > 0 {
        told.push(format!("{} events are of days that were dropped, and were left out", import.too_old));
    }
    told.extend(
        import.cut.map(|reason| format!("the file can't be read to its end, what came before was kept: {reason}")),
    );
    told.extend(import.first_rejections.iter().take(MOST_REJECTIONS_TOLD).map(told_rejection));
    Ok(Outcome::EventsImported { told })
}

/// What the same file has in common with itself, whatever it is called.
fn checksum(file: &Path) -> std::io::Result<String> {
    let mut hash = Sha256::new();
    let mut reader = File::open(file)?;
    let mut part = vec![0; 256 * 1_024];
    loop {
        match reader.read(&mut part)? {
            0 => break,
            read => hash.update(part.get(..read).unwrap_or(&part)),
        }
    }
    Ok(format!("file {}", hex::encode(hash.finalize())))
}

fn open_lines(file: &Path) -> std::io::Result<Box<dyn BufRead + Send>> {
    let mut reader = BufReader::new(File::open(file)?);
    let is_gzip = reader.fill_buf()?.starts_with(&[0x1f, 0x8b]);
    Ok(if is_gzip { Box::new(BufReader::new(MultiGzDecoder::new(reader))) } else { Box::new(reader) })
}

fn told_rejection(rejection: &Rejection) -> String {
    let field = rejection.field.as_ref().map(|field| format!("{field}: ")).unwrap_or_default();
    format!("  line {}: {field}{}", rejection.position, rejection.reason)
}

async fn drop_days(stores: &Stores, before: Day, events_only: bool, confirmed: bool) -> Result<Outcome, Problem> {
    let failed = |error: EngineError| {
        Problem::new(ProblemCode::Unavailable, format!("the days could not be dropped, or not all of them: {error}"))
    };
    let days = OldDays { events_before: Some(before), facts_before: (!events_only).then_some(before) };
    let now = stores.engine.clock.now();
    let loss = loss_of(&stores.store, days, now).await.map_err(failed)?;
    let what = if events_only { "events" } else { "events and facts" };
    let mut told = Vec::new();
    if let Some(until) = loss.days.events_before.filter(|until| *until < before) {
        let (year, month, day) = until.year_month_day();
        told.push(format!("from {year:04}-{month:02}-{day:02} on, days may still change: they are kept"));
    }
    let rows = format!("{} events and {} rows of facts", loss.events, loss.facts);
    if confirmed {
        stores.engine.access.note_loss_of_days(before, &loss).await?;
        drop_old_days(&stores.store, days, now).await.map_err(failed)?;
        told.push(format!("dropped the {what} of the days before: {rows}"));
    } else {
        told.push(format!("the {what} of the days before would be lost for good: {rows}"));
    }
    Ok(Outcome::DaysDropped { told, dropped: confirmed })
}

async fn doctor(stores: &Stores) -> Result<Outcome, Problem> {
    let unwell = |what: &str, error: String| Problem::new(ProblemCode::Unavailable, format!("{what}: {error}"));
    stores.databases.ready().await.map_err(|error| unwell("PostgreSQL", error.to_string()))?;
    stores.store.ready().await.map_err(|error| unwell("the event store", error.to_string()))?;
    let backlog = stores.engine.collector.backlog();
    let mut told = vec!["PostgreSQL answers".to_owned(), "the event store answers".to_owned()];
    if let Some(clickhouse) = &stores.clickhouse {
        clickhouse.ready().await.map_err(|error| unwell("ClickHouse", error.to_string()))?;
        told.push("ClickHouse answers".to_owned());
    }
    told.push(format!("{} accepted events wait to be applied", backlog.events));
    Ok(Outcome::Healthy { told })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_travel_as_one_line() {
        let order =
            Order::Grant { email: "a@b".to_owned(), domains: vec![Domain::Audience], regions: vec![Region::Unknown] };
        let line = serde_json::to_string(&order).unwrap();
        assert!(!line.contains('\n'));
        assert_eq!(serde_json::from_str::<Order>(&line).unwrap(), order);
    }
}
