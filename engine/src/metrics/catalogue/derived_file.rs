//! Derivations as their file writes them.

use super::{
    Branch, CatalogueError, CatalogueFile, Column, Derivation, Dimension, DimensionColumn, FactTable, FlowEnd,
    Identifier, Relation, Source, TimeUnit, Way, Window,
    fact::TimeColumn,
    measure::{WrittenCondition, read_condition},
};
use crate::events::Fact;
use indexmap::IndexMap;
use model::metric::DimensionId;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A moment and its step are one number in the statements of a funnel.
const MOST_STEPS: usize = 15;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DerivedFile {
    #[serde(default)]
    funnel: Vec<WrittenFunnel>,
    #[serde(default)]
    cohort: Vec<WrittenCohort>,
    #[serde(default)]
    account_state: Vec<WrittenAccountState>,
    #[serde(default)]
    item_totals: Vec<WrittenItemTotals>,
    #[serde(default)]
    answers: Vec<WrittenAnswers>,
    #[serde(default)]
    slices: Vec<WrittenSlices>,
    #[serde(default)]
    concurrency: Vec<WrittenConcurrency>,
    #[serde(default)]
    rolling: Vec<WrittenRolling>,
    #[serde(default)]
    progress: Vec<WrittenProgress>,
    #[serde(default)]
    ranking: Vec<WrittenRanking>,
    #[serde(default)]
    page_steps: Vec<WrittenPageSteps>,
    #[serde(default)]
    channel_flow: Vec<WrittenChannelFlow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenBranch {
    fact: Spanned<String>,
    #[serde(default, rename = "where")]
    conditions: Vec<Spanned<WrittenCondition>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFunnel {
    name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    /// The dimension whose values are the numbers of the steps.
    step_dimension: Spanned<DimensionId>,
    window: Spanned<WrittenWindow>,
    step: Vec<WrittenBranch>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WrittenWindow {
    Day,
    Visit,
    Hours(u16),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCohort {
    name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    day_dimension: Spanned<DimensionId>,
    week_dimension: Spanned<DimensionId>,
    activity: Vec<WrittenBranch>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAccountState {
    name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    state_dimension: Spanned<DimensionId>,
    before_dimension: Spanned<DimensionId>,
    activity: Vec<WrittenBranch>,
    /// Where an account was stopped by its contract, and where it was let go on.
    suspension: WrittenBranch,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenItemTotals {
    name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    item_dimension: Spanned<DimensionId>,
    /// The column that is added up.
    amount: Spanned<Identifier>,
    rows: WrittenBranch,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAnswers {
    name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    /// How long after the wish.
    seconds: u16,
    wishes: WrittenBranch,
    answers: WrittenBranch,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSlices {
    name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    /// How long each is.
    seconds: Spanned<u32>,
    rows: WrittenBranch,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenConcurrency {
    name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    views: WrittenBranch,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRolling {
    name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    /// How many days the window has, the day it ends with too.
    days: Spanned<u16>,
    activity: Vec<WrittenBranch>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenProgress {
    name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    tenth_dimension: Spanned<DimensionId>,
    views: WrittenBranch,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRanking {
    name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    /// What is put in an order.
    item_dimension: Spanned<DimensionId>,
    rows: WrittenBranch,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPageSteps {
    name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    page_dimension: Spanned<DimensionId>,
    previous_dimension: Spanned<DimensionId>,
    next_dimension: Spanned<DimensionId>,
    source_dimension: Spanned<DimensionId>,
    campaign_dimension: Spanned<DimensionId>,
    openings: WrittenBranch,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenChannelFlow {
    name: Spanned<String>,
    dimensions: Vec<Spanned<DimensionId>>,
    end: Option<WrittenEnd>,
    from_dimension: Spanned<DimensionId>,
    to_dimension: Spanned<DimensionId>,
    minutes: WrittenBranch,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WrittenEnd {
    Arrival,
    Departure,
}

/// Reads the derivations and puts them beside the facts that they are made from.
pub(super) fn read(
    file: CatalogueFile<'_>,
    dimensions: &IndexMap<DimensionId, Dimension>,
    facts: &mut BTreeMap<Source, FactTable>,
) -> Result<(), CatalogueError> {
    let DerivedFile {
        funnel,
        cohort,
        account_state,
        item_totals,
        answers,
        slices,
        concurrency,
        rolling,
        progress,
        ranking,
        page_steps,
        channel_flow,
    } = file.parse()?;
    let mut tables = Vec::new();
    {
        let reader = Reader { file, dimensions, facts };
        for written in funnel {
            tables.push((written.name.span(), reader.funnel(written)?));
        }
        for written in cohort {
            tables.push((written.name.span(), reader.cohort(written)?));
        }
        for written in account_state {
            tables.push((written.name.span(), reader.account_state(written)?));
        }
        for written in item_totals {
            tables.push((written.name.span(), reader.item_totals(written)?));
        }
        for written in answers {
            tables.push((written.name.span(), reader.answers(written)?));
        }
        for written in slices {
            tables.push((written.name.span(), reader.slices(written)?));
        }
        for written in concurrency {
            tables.push((written.name.span(), reader.concurrency(written)?));
        }
        for written in rolling {
            tables.push((written.name.span(), reader.rolling(written)?));
        }
        for written in progress {
            tables.push((written.name.span(), reader.progress(written)?));
        }
        for written in ranking {
            tables.push((written.name.span(), reader.ranking(written)?));
        }
        for written in page_steps {
            tables.push((written.name.span(), reader.page_steps(written)?));
        }
        for written in channel_flow {
            tables.push((written.name.span(), reader.channel_flow(written)?));
        }
    }
    for (index, (span, table)) in tables.into_iter().enumerate() {
        if facts.values().any(|other| other.name == table.name) {
            return Err(file.error(span, format!("there is a “{}” already", table.name)));
        }
        let index = u16::try_from(index).map_err(|_| file.error(span, "there are too many derivations"))?;
        facts.insert(Source::Derived(index), table);
    }
    Ok(())
}

struct Reader<'a> {
    file: CatalogueFile<'a>,
    dimensions: &'a IndexMap<DimensionId, Dimension>,
    facts: &'a BTreeMap<Source, FactTable>,
}

/// What a derivation adds to the columns that all of them have.
struct Own<'a> {
    time: (&'static str, TimeUnit),
    columns: &'static [(&'static str, Column)],
    dimensions: &'a [(&'a Spanned<DimensionId>, &'static str)],
}

impl Reader<'_> {
    fn funnel(&self, written: WrittenFunnel) -> Result<FactTable, CatalogueError> {
        if written.step.len() < 2 {
            return Err(self.file.error(written.name.span(), "a funnel has two steps at least"));
        }
        if written.step.len() > MOST_STEPS {
            return Err(self.file.error(written.name.span(), "a funnel has fifteen steps at most"));
        }
        let window = match *written.window.get_ref() {
            WrittenWindow::Day => Window::Day,
            WrittenWindow::Visit => Window::Visit,
            WrittenWindow::Hours(hours @ 1..=720) => Window::Hours(hours),
            WrittenWindow::Hours(_) => {
                return Err(self.file.error(written.window.span(), "a window is between 1 and 720 hours"));
            }
        };
        let steps = self.branches(written.step)?;
        let own = Own {
            time: ("t1", TimeUnit::Milliseconds),
            columns: &[("step", Column::Integer)],
            dimensions: &[(&written.step_dimension, "step")],
        };
        self.table(written.name.into_inner(), Way::Funnel { steps, window }, &written.dimensions, &own)
    }

    fn cohort(&self, written: WrittenCohort) -> Result<FactTable, CatalogueError> {
        let activity = self.branches(written.activity)?;
        let own = Own {
            time: ("first_day", TimeUnit::Days),
            columns: &[("active", Column::Boolean)],
            dimensions: &[(&written.day_dimension, "day_number"), (&written.week_dimension, "week_number")],
        };
        self.table(written.name.into_inner(), Way::Cohort { activity }, &written.dimensions, &own)
    }

    fn account_state(&self, written: WrittenAccountState) -> Result<FactTable, CatalogueError> {
        let activity = self.branches(written.activity)?;
        let span = written.suspension.fact.span();
        let suspension = self.branch(written.suspension)?;
        if suspension.source != Source::Fact(Fact::AccountActivity) {
            return Err(self.file.error(span, "only the events of accounts tell when one is suspended"));
        }
        let own = Own {
            time: ("day", TimeUnit::Days),
            columns: &[("state", Column::Text), ("state_before", Column::Text)],
            dimensions: &[(&written.state_dimension, "state"), (&written.before_dimension, "state_before")],
        };
        self.table(written.name.into_inner(), Way::AccountState { activity, suspension }, &written.dimensions, &own)
    }

    fn item_totals(&self, written: WrittenItemTotals) -> Result<FactTable, CatalogueError> {
        let rows = self.rows(written.rows)?;
        let fact = self.facts.get(&rows.source);
        let item = self.item(rows.source, &written.item_dimension)?;
        let amount = written.amount.get_ref().clone();
        if fact.and_then(|table| table.columns.get(&amount)) != Some(&Column::Integer) {
            let reason = format!("“{}” is no number of its fact", amount.as_str());
            return Err(self.file.error(written.amount.span(), reason));
        }
        let own = Own {
            time: ("t", TimeUnit::Milliseconds),
            columns: &[("amount", Column::Integer)],
            dimensions: &[(&written.item_dimension, "item")],
        };
        let way = Way::ItemTotals { rows, item, amount };
        let mut table = self.table(written.name.into_inner(), way, &written.dimensions, &own)?;
        // An item is nobody's.
        table.columns.remove(&Identifier::of_derivation("household"));
        Ok(table)
    }

    fn rolling(&self, written: WrittenRolling) -> Result<FactTable, CatalogueError> {
        let days = *written.days.get_ref();
        if !(1..=366).contains(&days) {
            return Err(self.file.error(written.days.span(), "a window is between 1 and 366 days"));
        }
        let activity = self.branches(written.activity)?;
        let own = Own { time: ("day", TimeUnit::Days), columns: &[], dimensions: &[] };
        self.table(written.name.into_inner(), Way::Rolling { activity, days }, &written.dimensions, &own)
    }

    fn progress(&self, written: WrittenProgress) -> Result<FactTable, CatalogueError> {
        let span = written.views.fact.span();
        let views = self.rows(written.views)?;
        if views.source != Source::Fact(Fact::View) {
            return Err(self.file.error(span, "only play sessions come so far in a title"));
        }
        let own = Own {
            time: ("t", TimeUnit::Milliseconds),
            columns: &[("reached", Column::Boolean)],
            dimensions: &[(&written.tenth_dimension, "tenth")],
        };
        self.table(written.name.into_inner(), Way::Progress { views }, &written.dimensions, &own)
    }

    fn ranking(&self, written: WrittenRanking) -> Result<FactTable, CatalogueError> {
        let rows = self.rows(written.rows)?;
        let item = self.item(rows.source, &written.item_dimension)?;
        let own = Own {
            time: ("t", TimeUnit::Milliseconds),
            columns: &[
                ("amount", Column::Integer),
                ("squared", Column::Integer),
                ("leaning", Column::Integer),
                ("rank", Column::Integer),
            ],
            dimensions: &[],
        };
        let way = Way::Ranking { rows, item };
        let mut table = self.table(written.name.into_inner(), way, &written.dimensions, &own)?;
        // An item is nobody's.
        table.columns.remove(&Identifier::of_derivation("household"));
        Ok(table)
    }

    /// The column that tells the items of a fact apart.
    fn item(&self, source: Source, dimension: &Spanned<DimensionId>) -> Result<Identifier, CatalogueError> {
        match self.facts.get(&source).and_then(|table| table.dimensions.get(dimension.get_ref())) {
            Some(DimensionColumn::Own(item)) => Ok(item.clone()),
            Some(DimensionColumn::Programme { .. }) | None => {
                let reason = format!("its fact does not know “{}”", dimension.get_ref());
                Err(self.file.error(dimension.span(), reason))
            }
        }
    }

    fn answers(&self, written: WrittenAnswers) -> Result<FactTable, CatalogueError> {
        let span = written.answers.fact.span();
        let (wishes, answers) = (self.branch(written.wishes)?, self.branch(written.answers)?);
        if wishes.source == answers.source {
            return Err(self.file.error(span, "what answers a wish is of another fact"));
        }
        let own =
            Own { time: ("t", TimeUnit::Milliseconds), columns: &[("answered", Column::Boolean)], dimensions: &[] };
        let way = Way::Answers { wishes, answers, within_ms: i64::from(written.seconds) * 1_000 };
        self.table(written.name.into_inner(), way, &written.dimensions, &own)
    }

    fn slices(&self, written: WrittenSlices) -> Result<FactTable, CatalogueError> {
        let rows = self.rows(written.rows)?;
        let counts = self.facts.get(&rows.source).map(|table| table.time.counts);
        let length_ms = i64::from(*written.seconds.get_ref()) * 1_000;
        let least_ms = match counts {
            Some(TimeUnit::Milliseconds) | None => 1_000,
            Some(TimeUnit::Minutes) => 60_000,
            Some(TimeUnit::Days) => return Err(self.file.error(written.name.span(), "its rows have no moment")),
        };
        if length_ms < least_ms || length_ms % least_ms != 0 {
            let reason = format!("a slice is a multiple of {} seconds, as its rows are", least_ms / 1_000);
            return Err(self.file.error(written.seconds.span(), reason));
        }
        self.of_nobody(written.name.into_inner(), Way::Slices { rows, length_ms }, &written.dimensions)
    }

    fn concurrency(&self, written: WrittenConcurrency) -> Result<FactTable, CatalogueError> {
        let span = written.views.fact.span();
        let views = self.rows(written.views)?;
        if views.source != Source::Fact(Fact::View) {
            return Err(self.file.error(span, "only play sessions go on for a while"));
        }
        self.of_nobody(written.name.into_inner(), Way::Concurrency { views }, &written.dimensions)
    }

    /// Amounts of moments, which are nobody's.
    fn of_nobody(
        &self,
        name: String,
        way: Way,
        dimensions: &[Spanned<DimensionId>],
    ) -> Result<FactTable, CatalogueError> {
        let own = Own { time: ("t", TimeUnit::Milliseconds), columns: &[("amount", Column::Integer)], dimensions: &[] };
        let mut table = self.table(name, way, dimensions, &own)?;
        table.columns.remove(&Identifier::of_derivation("household"));
        Ok(table)
    }

    fn page_steps(&self, written: WrittenPageSteps) -> Result<FactTable, CatalogueError> {
        let span = written.openings.fact.span();
        let openings = self.branch(written.openings)?;
        if openings.source != Source::Fact(Fact::PageEvent) {
            return Err(self.file.error(span, "only what happens on pages tells which page was opened after which"));
        }
        let own = Own {
            time: ("t", TimeUnit::Milliseconds),
            columns: &[
                ("is_entry", Column::Boolean),
                ("is_exit", Column::Boolean),
                ("visit_ms", Column::Integer),
                ("look_ms", Column::Integer),
            ],
            dimensions: &[
                (&written.page_dimension, "page"),
                (&written.previous_dimension, "previous_page"),
                (&written.next_dimension, "next_page"),
                (&written.source_dimension, "source"),
                (&written.campaign_dimension, "campaign"),
            ],
        };
        self.table(written.name.into_inner(), Way::PageSteps { openings }, &written.dimensions, &own)
    }

    fn channel_flow(&self, written: WrittenChannelFlow) -> Result<FactTable, CatalogueError> {
        let span = written.minutes.fact.span();
        let minutes = self.branch(written.minutes)?;
        if minutes.source != Source::Fact(Fact::MinuteAudience) {
            return Err(self.file.error(span, "only minutes tell who moves from one channel to another"));
        }
        let end = match written.end {
            Some(WrittenEnd::Arrival) => FlowEnd::Arrival,
            Some(WrittenEnd::Departure) => FlowEnd::Departure,
            None => FlowEnd::Both,
        };
        let own = Own {
            time: ("minute", TimeUnit::Minutes),
            columns: &[("from_channel", Column::Text), ("to_channel", Column::Text)],
            dimensions: &[(&written.from_dimension, "from_channel"), (&written.to_dimension, "to_channel")],
        };
        let way = Way::ChannelFlow { minutes, end };
        let mut table = self.table(written.name.into_inner(), way, &written.dimensions, &own)?;
        let channel = match end {
            FlowEnd::Arrival => Some("to_channel"),
            FlowEnd::Departure => Some("from_channel"),
            FlowEnd::Both => None,
        };
        if let (Some(column), Ok(id)) = (channel, "channel".parse()) {
            table.dimensions.insert(id, DimensionColumn::Own(Identifier::of_derivation(column)));
        }
        Ok(table)
    }

    fn branches(&self, written: Vec<WrittenBranch>) -> Result<Vec<Branch>, CatalogueError> {
        written.into_iter().map(|branch| self.branch(branch)).collect()
    }

    /// Rows that say whose they are.
    fn branch(&self, written: WrittenBranch) -> Result<Branch, CatalogueError> {
        let span = written.fact.span();
        let branch = self.rows(written)?;
        match self.facts.get(&branch.source) {
            Some(table) if !table.columns.contains_key(&Identifier::of_derivation("household")) => {
                let reason = format!("rows of “{}” name no household, so they can't be put in an order", table.name);
                Err(self.file.error(span, reason))
            }
            Some(_) | None => Ok(branch),
        }
    }

    fn rows(&self, written: WrittenBranch) -> Result<Branch, CatalogueError> {
        let name = written.fact.get_ref();
        let found = self.facts.iter().find(|(_, table)| table.name == *name);
        let (source, table) = found
            .ok_or_else(|| self.file.error(written.fact.span(), format!("the fact “{name}” is not in facts.toml")))?;
        let conditions = written.conditions.into_iter().map(|condition| {
            let span = condition.span();
            read_condition(self.file, *source, table, &span, condition.into_inner())
        });
        Ok(Branch { source: *source, conditions: conditions.collect::<Result<_, _>>()? })
    }

    fn table(
        &self,
        name: String,
        way: Way,
        carried: &[Spanned<DimensionId>],
        own: &Own<'_>,
    ) -> Result<FactTable, CatalogueError> {
        let derivation = Derivation { way, carried: carried.iter().map(|id| id.get_ref().clone()).collect() };
        let sources = match derivation.way {
            // An account's state is split by what the account is, whatever the events of its activity say.
            Way::AccountState { .. } => vec![Source::Fact(Fact::Account)],
            // A wish is split by what it is.
            Way::Answers { ref wishes, .. } => vec![wishes.source],
            Way::Funnel { .. }
            | Way::Cohort { .. }
            | Way::ItemTotals { .. }
            | Way::Slices { .. }
            | Way::Concurrency { .. }
            | Way::Rolling { .. }
            | Way::Progress { .. }
            | Way::Ranking { .. }
            | Way::PageSteps { .. }
            | Way::ChannelFlow { .. } => derivation.sources(),
        };
        let mut dimensions = BTreeMap::new();
        for (index, id) in carried.iter().enumerate() {
            let knows = |source: &Source| {
                let column = self.facts.get(source).and_then(|table| table.dimensions.get(id.get_ref()));
                matches!(column, Some(DimensionColumn::Own(_)))
            };
            if let Some(lacking) = sources.iter().find(|source| !knows(source)) {
                let fact = self.facts.get(lacking).map_or("", |table| table.name.as_str());
                let reason = format!("“{name}” can't carry “{}”: the fact “{fact}” does not know it", id.get_ref());
                return Err(self.file.error(id.span(), reason));
            }
            dimensions.insert(id.get_ref().clone(), DimensionColumn::Own(Identifier::carried(index)));
        }
        for (id, column) in own.dimensions {
            if !self.dimensions.contains_key(id.get_ref()) {
                let reason = format!("the dimension “{}” is not in dimensions.toml", id.get_ref());
                return Err(self.file.error(id.span(), reason));
            }
            let column = DimensionColumn::Own(Identifier::of_derivation(column));
            if dimensions.insert(id.get_ref().clone(), column).is_some() {
                return Err(self.file.error(id.span(), format!("“{}” is carried already", id.get_ref())));
            }
        }
        let columns = std::iter::once(&("household", Column::Text)).chain(own.columns);
        let (time, counts) = own.time;
        Ok(FactTable {
            name,
            relation: Relation::Derived(derivation),
            time: TimeColumn { column: Identifier::of_derivation(time), until: None, counts },
            newest: Identifier::of_derivation("newest"),
            columns: columns.map(|(column, kind)| (Identifier::of_derivation(column), *kind)).collect(),
            dimensions,
        })
    }
}
