//! Facts: the tables that measures are made of.

use super::{CatalogueError, CatalogueFile, Derivation, Way};
use crate::events::Fact;
use model::metric::DimensionId;
use serde::{Deserialize, Deserializer, de};
use std::collections::BTreeMap;
use toml::Spanned;

/// The name of a table or column. Only the catalogue makes one, so no client's text can become one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::metrics) struct Identifier(Box<str>);

impl Identifier {
    /// A column that a derivation writes itself.
    pub(in crate::metrics) fn of_derivation(name: &'static str) -> Self {
        Self(name.into())
    }

    /// The column in which a derivation carries the so-manieth of its dimensions along.
    pub(super) fn carried(index: usize) -> Self {
        Self(format!("d{index}").into())
    }

    /// The column in which a roll-up holds the so-manieth of its measures.
    pub(super) fn added_up(index: usize) -> Self {
        Self(format!("m{index}").into())
    }

    /// The column beside such a count that says when the newest of those was received that it counts.
    pub(super) fn newest_of_those(&self) -> Self {
        Self(format!("{}_newest", self.0).into())
    }

    /// The column beside such a count that says whether any of those is simulated that it counts.
    pub(super) fn simulated_of_those(&self) -> Self {
        Self(format!("{}_simulated", self.0).into())
    }

    /// The table of a roll-up.
    pub(super) fn of_roll_up(name: &Self) -> Self {
        Self(format!("roll_up_{}", name.0).into())
    }

    pub(in crate::metrics) fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Identifier {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let fits = (1..=63).contains(&text.len())
            && text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if fits {
            Ok(Self(text.into()))
        } else {
            Err(de::Error::custom(format!(
                "“{text}” can't be a table or column: expected a–z, 0–9 and “_”, beginning with a letter"
            )))
        }
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::metrics) enum Column {
    Boolean,
    Integer,
    Text,
}

/// What a column of time counts since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::metrics) enum TimeUnit {
    Milliseconds,
    Minutes,
    /// Days of the organisation's calendar.
    Days,
}

/// When a row counts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::metrics) struct TimeColumn {
    pub column: Identifier,
    /// Where rows count from one day on until another: the first day they no longer do.
    pub until: Option<Identifier>,
    pub counts: TimeUnit,
}

/// Where the values of a dimension stand.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "expected the name of a column, or { joined = \"column\" }")]
pub(in crate::metrics) enum DimensionColumn {
    Own(Identifier),
    /// In the programme list, which is joined by channel and minute at query time.
    Programme {
        joined: Identifier,
    },
}

/// What measures are made of: a fact as it stands in the store, or what a statement derives from facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::metrics) enum Source {
    Fact(Fact),
    /// By its place in derived.toml.
    Derived(u16),
}

/// Where the rows of a source come from.
#[derive(Debug)]
pub(in crate::metrics) enum Relation {
    Table(Identifier),
    Derived(Derivation),
}

/// Rows of the event store, as metrics may use them.
#[derive(Debug)]
pub(in crate::metrics) struct FactTable {
    /// As measures name it.
    pub name: String,
    pub relation: Relation,
    pub time: TimeColumn,
    pub newest: Identifier,
    pub columns: BTreeMap<Identifier, Column>,
    pub dimensions: BTreeMap<DimensionId, DimensionColumn>,
}

impl FactTable {
    /// Whether the rows say how many there are on a day: each counts until its last day, or there is one for every day.
    pub(in crate::metrics) const fn has_stock(&self) -> bool {
        match &self.relation {
            Relation::Table(_) => self.time.until.is_some(),
            Relation::Derived(derivation) => {
                self.time.until.is_some()
                    || matches!(
                        derivation.way,
                        Way::AccountState { .. } | Way::Rolling { .. } | Way::Subscriptions { .. }
                    )
            }
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FactsFile {
    fact: Vec<WrittenFact>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFact {
    name: Spanned<String>,
    relation: Identifier,
    time: TimeColumn,
    newest: Identifier,
    columns: BTreeMap<Identifier, Column>,
    dimensions: BTreeMap<DimensionId, DimensionColumn>,
}

/// The fact of that name, where it may be measured.
pub(super) fn named(name: &str) -> Option<Fact> {
    match name {
        "view" => Some(Fact::View),
        "minute_audience" => Some(Fact::MinuteAudience),
        "quality_minute" => Some(Fact::QualityMinute),
        "account" => Some(Fact::Account),
        "account_opening" => Some(Fact::AccountOpening),
        "account_closing" => Some(Fact::AccountClosing),
        "account_activity" => Some(Fact::AccountActivity),
        "order_event" => Some(Fact::OrderEvent),
        "page_event" => Some(Fact::PageEvent),
        "participation" => Some(Fact::Participation),
        "article" => Some(Fact::Article),
        "advertisement" => Some(Fact::Advertisement),
        "service" => Some(Fact::Service),
        "appraisal" => Some(Fact::Appraisal),
        "figure" => Some(Fact::Figure),
        "request" => Some(Fact::Request),
        "arrival" => Some(Fact::Arrival),
        "seek" => Some(Fact::Seek),
        _ => None,
    }
}

pub(super) fn read(file: CatalogueFile<'_>) -> Result<BTreeMap<Source, FactTable>, CatalogueError> {
    let written: FactsFile = file.parse()?;
    let mut facts = BTreeMap::new();
    for fact in written.fact {
        let name = fact.name.get_ref();
        let kind = named(name).ok_or_else(|| {
            file.error(
                fact.name.span(),
                format!(
                    "“{name}” is no fact: expected view, minute_audience, quality_minute, account, account_opening, account_closing, account_activity, order_event, page_event, participation, article, advertisement, service, appraisal, figure, request, arrival or seek"
                ),
            )
        })?;
        let table = FactTable {
            name: name.clone(),
            relation: Relation::Table(fact.relation),
            time: fact.time,
            newest: fact.newest,
            columns: fact.columns,
            dimensions: fact.dimensions,
        };
        if facts.insert(Source::Fact(kind), table).is_some() {
            return Err(file.error(fact.name.span(), format!("the fact “{name}” stands here twice")));
        }
    }
    Ok(facts)
}
