//! What a failed statement is to whoever asked, and how moments cross the border.

use model::{
    problem::{Problem, ProblemCode},
    time::{Calendar, Timestamp},
};
use std::error::Error as _;
use time::OffsetDateTime;
use uuid::Uuid;

/// The statement ran longer than the connection allows.
const QUERY_CANCELED: &str = "57014";
/// It waited longer for a lock than the connection allows.
const LOCK_NOT_AVAILABLE: &str = "55P03";

/// A text or a document holds U+0000, the one character that the database can't keep.
const CHARACTER_NOT_IN_REPERTOIRE: &str = "22021";
const UNTRANSLATABLE_CHARACTER: &str = "22P05";

/// What the same statement may not meet a moment later: a broken connection, a transaction that lost against another
/// one, no room or no connection left, a server that stops or starts.
const PASSING: [&str; 4] = ["08", "40", "53", "57P"];

/// Turns a database error into a problem: logged once, with its whole chain, under an id that the problem carries.
pub(crate) trait OrProblem<T> {
    /// `attempting` completes "can't …".
    fn or_problem(self, attempting: &'static str) -> Result<T, Problem>;
}

impl<T> OrProblem<T> for Result<T, sqlx::Error> {
    fn or_problem(self, attempting: &'static str) -> Result<T, Problem> {
        self.map_err(|error| problem(attempting, &error))
    }
}

fn problem(attempting: &'static str, error: &sqlx::Error) -> Problem {
    let answer = match code_of(error) {
        ProblemCode::MalformedRequest => {
            return Problem::new(ProblemCode::MalformedRequest, "a text holds the character U+0000: take it out");
        }
        ProblemCode::Unavailable => Problem::new(ProblemCode::Unavailable, "the database does not answer; try again"),
        ProblemCode::TimedOut => Problem::new(ProblemCode::TimedOut, "the database took too long; try again"),
        other => Problem::new(other, format!("can't {attempting}; the log has the reason under this incident")),
    };
    let incident = Uuid::now_v7().to_string();
    let mut chain = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        chain.push_str(": ");
        chain.push_str(&cause.to_string());
        source = cause.source();
    }
    tracing::error!(attempting, incident, error = chain, "a database statement failed");
    Problem { incident: Some(incident), ..answer }
}

fn code_of(error: &sqlx::Error) -> ProblemCode {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => {
            ProblemCode::Unavailable
        }
        sqlx::Error::Database(refusal) => refusal.code().map_or(ProblemCode::Internal, |state| code_of_state(&state)),
        _ => ProblemCode::Internal,
    }
}

/// By SQLSTATE (appendix A of PostgreSQL's manual), of which the first two characters are the class.
fn code_of_state(state: &str) -> ProblemCode {
    match state {
        QUERY_CANCELED | LOCK_NOT_AVAILABLE => ProblemCode::TimedOut,
        CHARACTER_NOT_IN_REPERTOIRE | UNTRANSLATABLE_CHARACTER => ProblemCode::MalformedRequest,
        _ if PASSING.iter().any(|beginning| state.starts_with(beginning)) => ProblemCode::Unavailable,
        _ => ProblemCode::Internal,
    }
}

/// A moment as the database takes it. No clock gives one outside the years 0 to 9999.
pub(crate) fn as_database_time(moment: Timestamp) -> OffsetDateTime {
    let nanos = i128::from(moment.millis()) * 1_000_000;
    OffsetDateTime::from_unix_timestamp_nanos(nanos).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// A moment as the database gives it, in milliseconds.
pub(crate) fn as_timestamp(moment: OffsetDateTime) -> Timestamp {
    let millis = moment.unix_timestamp_nanos().div_euclid(1_000_000);
    Timestamp::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
}

/// A calendar as a row of `organisation` holds it, in minutes.
pub(crate) const fn as_calendar(utc_offset_minutes: i16, day_start_minute: i16) -> Calendar {
    Calendar { offset_minutes: utc_offset_minutes, day_starts_at_minute: day_start_minute.unsigned_abs() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_may_be_tried_again() {
        let codes = |states: &[&str]| states.iter().map(|state| code_of_state(state)).collect::<Vec<_>>();
        let passing = ["08006", "40001", "40P01", "53100", "53300", "57P01", "57P02", "57P03"];
        assert_eq!(codes(&passing), [ProblemCode::Unavailable; 8]);
        assert_eq!(codes(&["57014", "55P03"]), [ProblemCode::TimedOut; 2]);
        assert_eq!(codes(&["22021", "22P05"]), [ProblemCode::MalformedRequest; 2]);
        assert_eq!(codes(&["42P01", "23505", "42501", "XX000", ""]), [ProblemCode::Internal; 5]);
    }
}
