//! Derivations: rows that a statement makes from the rows of facts, at the moment of asking.
//!
//! What viewers did in a certain order, what became of those who came on the same day, and how accounts and audiences
//! move are questions about many rows of one household. They are answered from the facts themselves, within the scope,
//! so a late event is right at once and nothing has to be kept up.

use super::{Condition, Identifier, Source};
use model::metric::DimensionId;

/// Rows of a fact that pass all conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::metrics) struct Branch {
    pub source: Source,
    pub conditions: Vec<Condition>,
}

/// Which movements between channels are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum FlowEnd {
    /// Those that end on a channel; it is the row's channel.
    Arrival,
    /// Those that begin on one.
    Departure,
    /// All of them; the row has no channel of its own.
    Both,
}

/// In which time the steps of a funnel are to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum Window {
    /// On the organisation's day of the first one.
    Day,
    /// In one visit: with no more than half an hour between one thing and the next, on one day.
    Visit,
    /// So many hours after the first one at most, also beyond midnight and the end of the range.
    Hours(u16),
}

/// How long a reported figure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum Standing {
    /// Until the next one of the same item is reported.
    UntilTheNext,
    /// For its day.
    ForItsDay,
}

/// When a part of a whole is at fault: its share of failed rows is more than so many times that of the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::metrics) struct FaultRule {
    /// Which rows have failed.
    pub failed: Vec<Condition>,
    pub window_ms: i64,
    /// So many rows have both the part and the rest in a window, or nothing is said of it.
    pub least_rows: i64,
    pub times: u16,
    /// For so many windows in a row.
    pub windows: u16,
}

/// What the derived rows are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::metrics) enum Way {
    /// A row for each step that a household took in time, the steps in their order, beginning with the first. Where it began
    /// several times on a day, there are rows of each.
    Funnel { steps: Vec<Branch>, window: Window },
    /// A row for each household and each day from its first active one on, up to yesterday.
    Cohort { activity: Vec<Branch> },
    /// A row for each account and day, with its state then and the day before.
    AccountState { activity: Vec<Branch>, suspension: Branch },
    /// A row for each item of a fact, with what its rows came to.
    ItemTotals { rows: Branch, item: Identifier, amount: Identifier },
    /// A row for each wish, and whether what it was for came about in time, by the same household.
    Answers { wishes: Branch, answers: Branch, within_ms: i64 },
    /// A row for each slice of time, with how many rows of a fact lie in it, or what an amount of theirs adds up to.
    Slices { rows: Branch, length_ms: i64, amount: Option<Identifier> },
    /// A row for each minute, with how many play sessions go on at its beginning.
    Concurrency { views: Branch },
    /// A row for each time that a box is on, cut at the ends of days, with how long it is.
    OnTime { events: Branch, longest_ms: i64 },
    /// A row for each minute, with how many boxes are on at its beginning.
    BoxesOn { events: Branch, longest_ms: i64 },
    /// A row for each time that a subscription of a household to a product lives, in days.
    Subscriptions { begins: Branch, ends: Branch },
    /// A row for each household that is on a channel in the minute before a programme begins, and whether it stays.
    Inheritance { minutes: Branch },
    /// A row for each play of what is a programme of the list, with its title.
    ProgrammePlays { views: Branch },
    /// A row for each spot and each household that watches its channel when it begins.
    Spots { spots: Branch, minutes: Branch },
    /// A row for each visit that begins with a page and leads to a play, with how many pages were opened before it.
    StepsToPlay { openings: Branch, plays: Branch },
    /// A row for each household and each day with which so many days end of which it was active on one.
    Rolling { activity: Vec<Branch>, days: u16 },
    /// A row for each play and each tenth of its title, and whether it came that far.
    Progress { views: Branch },
    /// A row for each item of a fact, with how many rows it has and which place it takes by that.
    Ranking { rows: Branch, item: Identifier },
    /// A row for each figure that was reported of an item on a day, the newest of it.
    Reported { figures: Branch, items: Vec<Identifier>, standing: Standing },
    /// A row for each order, with what its content provider gets of it by the share that was reported last.
    Settled { orders: Branch, shares: Branch },
    /// A row for each household and the source it first came from, with what it did afterwards.
    Acquired { visits: Branch, plays: Branch, orders: Branch, days: u16 },
    /// A row for each fault of a node: the window in which it has been worse than the rest of its cohort for so many in a row.
    NodeFaults { requests: Branch, cohort: Vec<Identifier>, node: Vec<Identifier>, rule: FaultRule },
    /// A row for each page that was opened, with the ones before and after it in the same visit.
    PageSteps { openings: Branch },
    /// A row for each household that comes to a channel or leaves one from one minute to the next.
    ChannelFlow { minutes: Branch, end: FlowEnd },
}

/// How the rows are made, and which dimensions of the facts they carry along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::metrics) struct Derivation {
    pub way: Way,
    /// Known to every fact that is read. The so-manieth stands in the column `d` and its number.
    pub carried: Vec<DimensionId>,
}

impl Derivation {
    /// The facts that are read.
    pub(in crate::metrics) fn sources(&self) -> Vec<Source> {
        match &self.way {
            Way::Funnel { steps: branches, .. }
            | Way::Cohort { activity: branches }
            | Way::Rolling { activity: branches, .. } => branches.iter().map(|branch| branch.source).collect(),
            Way::AccountState { activity, suspension } => {
                let accounts = Source::Fact(crate::events::Fact::Account);
                [accounts, suspension.source].into_iter().chain(activity.iter().map(|branch| branch.source)).collect()
            }
            Way::Answers { wishes, answers, .. } => vec![wishes.source, answers.source],
            Way::Settled { orders, shares } => vec![orders.source, shares.source],
            Way::Acquired { visits, plays, orders, .. } => vec![visits.source, plays.source, orders.source],
            Way::Subscriptions { begins, ends } => vec![begins.source, ends.source],
            Way::StepsToPlay { openings, plays } => vec![openings.source, plays.source],
            Way::Spots { spots, minutes } => vec![spots.source, minutes.source],
            Way::Inheritance { minutes: branch } | Way::ProgrammePlays { views: branch } => {
                vec![branch.source, Source::Fact(crate::events::Fact::Programme)]
            }
            Way::PageSteps { openings: branch }
            | Way::Reported { figures: branch, .. }
            | Way::ChannelFlow { minutes: branch, .. }
            | Way::ItemTotals { rows: branch, .. }
            | Way::Slices { rows: branch, .. }
            | Way::OnTime { events: branch, .. }
            | Way::BoxesOn { events: branch, .. }
            | Way::Ranking { rows: branch, .. }
            | Way::NodeFaults { requests: branch, .. }
            | Way::Progress { views: branch }
            | Way::Concurrency { views: branch } => vec![branch.source],
        }
    }

    /// How many days behind the range are read too.
    pub(in crate::metrics) const fn days_read_ahead(&self) -> i32 {
        match self.way {
            Way::Funnel { window: Window::Hours(hours), .. } => (hours as i32).div_euclid(24) + 1,
            Way::Funnel { window: Window::Day | Window::Visit, .. }
            | Way::Cohort { .. }
            | Way::AccountState { .. }
            | Way::PageSteps { .. }
            | Way::ChannelFlow { .. }
            | Way::ItemTotals { .. }
            | Way::Slices { .. }
            | Way::OnTime { .. }
            | Way::BoxesOn { .. }
            | Way::Subscriptions { .. }
            | Way::Inheritance { .. }
            | Way::ProgrammePlays { .. }
            | Way::Spots { .. }
            | Way::StepsToPlay { .. }
            | Way::Rolling { .. }
            | Way::Progress { .. }
            | Way::Ranking { .. }
            | Way::Reported { .. }
            | Way::Settled { .. }
            | Way::NodeFaults { .. }
            | Way::Concurrency { .. } => 0,
            Way::Acquired { days, .. } => days as i32 + 1,
            // Shortly after midnight.
            Way::Answers { .. } => 1,
        }
    }

    /// Whether rows from before the range are read too, back to the first one.
    pub(in crate::metrics) const fn reads_history(&self) -> bool {
        match self.way {
            Way::Cohort { .. }
            | Way::AccountState { .. }
            | Way::Rolling { .. }
            | Way::Subscriptions { .. }
            | Way::Reported { standing: Standing::UntilTheNext, .. }
            // What is played may have been on the list long ago, a share agreed upon long ago, and a first visit is one that none
            // was before.
            | Way::ProgrammePlays { .. }
            | Way::Settled { .. }
            | Way::Acquired { .. } => true,
            Way::Funnel { .. }
            | Way::PageSteps { .. }
            | Way::ChannelFlow { .. }
            | Way::ItemTotals { .. }
            | Way::Answers { .. }
            | Way::Slices { .. }
            | Way::OnTime { .. }
            | Way::BoxesOn { .. }
            | Way::Inheritance { .. }
            | Way::Spots { .. }
            | Way::StepsToPlay { .. }
            | Way::Progress { .. }
            | Way::Ranking { .. }
            | Way::Reported { standing: Standing::ForItsDay, .. }
            | Way::NodeFaults { .. }
            | Way::Concurrency { .. } => false,
        }
    }
}
