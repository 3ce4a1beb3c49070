//! The facts, each with the tables it stands in, and what of it adds up.

use super::{
    Fact, fact_rows as rows,
    rows::{Column, TableRow as _},
};

/// What the rows of a fact are placed in time by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// A column of milliseconds.
    Millis(&'static str),
    /// A column of minutes.
    Minutes(&'static str),
    /// A column of days; rows may have none. What is told of them holds for all time, so they are never too old.
    Days(&'static str),
}

impl Moment {
    /// As a number in a statement.
    pub(crate) fn expression(self) -> String {
        match self {
            Self::Millis(column) | Self::Minutes(column) => column.to_owned(),
            Self::Days(column) => format!("coalesce({column}, 0)"),
        }
    }

    /// How much of it is looked at together: an hour, or a day.
    pub(crate) const fn step(self) -> i64 {
        match self {
            Self::Millis(_) => 3_600_000,
            Self::Minutes(_) => 60,
            Self::Days(_) => 1,
        }
    }

    /// The same moment as that one in milliseconds, where rows can be too old.
    pub(crate) const fn at_ms(self, at_ms: i64) -> Option<i64> {
        match self {
            Self::Millis(_) => Some(at_ms),
            Self::Minutes(_) => Some(at_ms.div_euclid(60_000)),
            Self::Days(_) => None,
        }
    }
}

/// A fact as it is kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FactTables {
    pub name: &'static str,
    pub fact: Fact,
    /// One, or one of what is closed and one of what is open.
    pub tables: &'static [&'static str],
    pub columns: &'static [Column],
    pub moment: Moment,
    /// What adds up: what it is called, and an expression over the columns.
    pub sums: &'static [(&'static str, &'static str)],
}

impl FactTables {
    /// Whether its rows are of a day; what has none is kept for all time.
    pub(crate) fn has_days(&self) -> bool {
        self.columns.iter().any(|column| column.name == "day")
    }
}

/// Every fact that follows from events alone.
pub(crate) const FACTS: [FactTables; 15] = [
    FactTables {
        name: "view",
        fact: Fact::View,
        tables: &["fact_view", "fact_view_open"],
        columns: rows::ViewRow::COLUMNS,
        moment: Moment::Millis("start_ms"),
        sums: &[
            ("play_ms", "play_ms"),
            ("stall_ms", "stall_ms"),
            ("watched_ms", "watched_ms"),
            ("failures", "cast(failed as integer)"),
        ],
    },
    FactTables {
        name: "minute",
        fact: Fact::MinuteAudience,
        tables: &["fact_minute", "fact_minute_open"],
        columns: rows::MinuteRow::COLUMNS,
        moment: Moment::Minutes("clock_minute"),
        sums: &[("seconds", "seconds"), ("counted_minutes", "cast(counted as integer)")],
    },
    FactTables {
        name: "quality_minute",
        fact: Fact::QualityMinute,
        tables: &["fact_quality_minute", "fact_quality_minute_open"],
        columns: rows::QualityMinuteRow::COLUMNS,
        moment: Moment::Minutes("minute"),
        sums: &[("play_ms", "play_ms"), ("stall_ms", "stall_ms"), ("watched_ms", "watched_ms")],
    },
    FactTables {
        name: "account",
        fact: Fact::Account,
        tables: &["fact_account"],
        columns: rows::AccountRow::COLUMNS,
        moment: Moment::Days("opened_day"),
        sums: &[
            ("opened", "cast(opened_day is not null as integer)"),
            ("closed", "cast(closed_day is not null as integer)"),
        ],
    },
    FactTables {
        name: "account_activity",
        fact: Fact::AccountActivity,
        tables: &["fact_account_activity"],
        columns: rows::ActivityRow::COLUMNS,
        moment: Moment::Millis("ts_ms"),
        sums: &[],
    },
    FactTables {
        name: "order",
        fact: Fact::OrderEvent,
        tables: &["fact_order"],
        columns: rows::OrderRow::COLUMNS,
        moment: Moment::Millis("ts_ms"),
        sums: &[("amount_fen", "amount_fen")],
    },
    FactTables {
        name: "page",
        fact: Fact::PageEvent,
        tables: &["fact_page"],
        columns: rows::PageRow::COLUMNS,
        moment: Moment::Millis("ts_ms"),
        sums: &[("visible_ms", "visible_ms")],
    },
    FactTables {
        name: "participation",
        fact: Fact::Participation,
        tables: &["fact_participation"],
        columns: rows::ParticipationRow::COLUMNS,
        moment: Moment::Millis("ts_ms"),
        sums: &[("prize_fen", "prize_fen")],
    },
    FactTables {
        name: "article",
        fact: Fact::Article,
        tables: &["fact_article"],
        columns: rows::ArticleRow::COLUMNS,
        moment: Moment::Millis("ts_ms"),
        sums: &[("reads", "reads")],
    },
    FactTables {
        name: "advertisement",
        fact: Fact::Advertisement,
        tables: &["fact_advertisement"],
        columns: rows::AdRow::COLUMNS,
        moment: Moment::Millis("ts_ms"),
        sums: &[("visible_ms", "visible_ms")],
    },
    FactTables {
        name: "service",
        fact: Fact::Service,
        tables: &["fact_service"],
        columns: rows::ServiceRow::COLUMNS,
        moment: Moment::Millis("ts_ms"),
        sums: &[("took_ms", "took_ms")],
    },
    FactTables {
        name: "appraisal",
        fact: Fact::Appraisal,
        tables: &["fact_appraisal"],
        columns: rows::AppraisalRow::COLUMNS,
        moment: Moment::Millis("ts_ms"),
        sums: &[("actual_milli", "actual_milli"), ("score_milli", "score_milli")],
    },
    FactTables {
        name: "request",
        fact: Fact::Request,
        tables: &["fact_request"],
        columns: rows::RequestRow::COLUMNS,
        moment: Moment::Millis("ts_ms"),
        sums: &[("resp_bytes", "resp_bytes"), ("timed_ms", "timed_ms")],
    },
    FactTables {
        name: "figure",
        fact: Fact::Figure,
        tables: &["fact_figure"],
        columns: rows::FigureRow::COLUMNS,
        moment: Moment::Millis("ts_ms"),
        sums: &[("value", "value")],
    },
    FactTables {
        name: "seek",
        fact: Fact::Seek,
        tables: &["fact_seek"],
        columns: rows::SeekRow::COLUMNS,
        moment: Moment::Millis("ts_ms"),
        sums: &[],
    },
];

/// How events came in. Its rows are of batches, and another counting makes other batches of the same events: so it is kept
/// and dropped like a fact, but never worked out again.
pub(crate) const ARRIVALS: FactTables = FactTables {
    name: "arrival",
    fact: Fact::Arrival,
    tables: &["fact_arrival"],
    columns: rows::ArrivalRow::COLUMNS,
    moment: Moment::Minutes("minute"),
    sums: &[("events", "events"), ("delay_ms", "delay_ms")],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::schema::TABLES;

    #[test]
    fn every_table_of_facts_is_one_of_a_fact_with_its_columns() {
        let facts = || FACTS.iter().chain([&ARRIVALS]);
        let mut of_facts: Vec<&str> = facts().flat_map(|fact| fact.tables).copied().collect();
        let mut known: Vec<&str> =
            TABLES.iter().map(|table| table.name).filter(|name| name.starts_with("fact_")).collect();
        of_facts.sort_unstable();
        known.sort_unstable();
        assert_eq!(of_facts, known);
        for fact in facts() {
            let (Moment::Millis(column) | Moment::Minutes(column) | Moment::Days(column)) = fact.moment;
            assert!(fact.columns.iter().any(|known| known.name == column), "{}", fact.name);
        }
    }
}
