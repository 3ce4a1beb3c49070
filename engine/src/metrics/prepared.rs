//! A planned query, and how its frame is made once its requests are answered.

mod course;

pub(super) use course::PlannedCourse;

use super::{
    frame::{
        Found, Ingredients, Kept, Key, MarginTables, Others, Ranks, Table, assemble, fold, keep, outside_scope, ranked,
    },
    plan::{Answer, Deferred, PlanPart, PlannedTable, Request, ScopedPlan},
    resolve::Resolved,
    sql::Sql,
};
use crate::events::ResultSet;
use indexmap::IndexMap;
use model::{
    frame::Frame,
    problem::{Problem, ProblemCode},
};
use std::sync::Arc;

/// A query, planned; true as long as the minute lasts.
pub(super) struct Prepared {
    pub resolved: Resolved,
    pub plan: ScopedPlan,
    /// The courses beside the rows, where they are asked for.
    pub course: Option<PlannedCourse>,
    /// What the plan would ask if it were alone, and for the courses of all rows: with the versions, the key of its frame.
    pub statements: Vec<Sql>,
}

/// Where each request was answered, or why it was not.
pub(super) type Answers = IndexMap<Request, Result<(Answer, Arc<[Arc<ResultSet>]>), Problem>>;

/// What a top-N keeps, and what the rows that it was ranked by say of themselves.
#[derive(Default)]
pub(super) struct Ranked {
    pub kept: Vec<Key>,
    tables: Vec<Table>,
}

/// The tables of a part, those of the rest of a top-N where it is wanted, and where rows stand among all of them.
struct Split {
    tables: Vec<Table>,
    rest: Option<Vec<Table>>,
    ranks: Ranks,
}

impl Prepared {
    pub(super) fn top_axis(&self) -> Option<usize> {
        self.resolved.top.as_ref().map(|top| top.axis)
    }

    /// All requests of the query, in the order of its statements.
    pub(super) fn requests(&self) -> impl Iterator<Item = &Request> {
        self.plan.requests.iter().chain(self.course.iter().flat_map(PlannedCourse::requests))
    }

    pub(super) fn ranked(&self, answers: &Answers) -> Result<Ranked, Problem> {
        match (&self.resolved.top, &self.plan.ranking) {
            (Some(top), Some(ranking)) => {
                let tables = tables(&self.plan, ranking, answers, &[], None)?;
                Ok(Ranked { kept: ranked(ranking, &tables, top.n)?, tables })
            }
            (None, _) | (_, None) => Ok(Ranked::default()),
        }
    }

    pub(super) fn deferred_requests(&self, kept: &[Key]) -> Vec<Request> {
        let parts = self.plan.topped();
        let wants_rest = self.resolved.top.as_ref().is_some_and(|top| top.other);
        let requests = |deferred: Deferred| [deferred.kept, deferred.rest.filter(|_| wants_rest)];
        parts.flat_map(|part| self.deferred(part, kept)).flat_map(requests).flatten().collect()
    }

    fn deferred(&self, part: &PlanPart, kept: &[Key]) -> Vec<Deferred> {
        let values = values_of(kept.iter());
        let top = self.resolved.top.as_ref();
        top.map(|top| self.plan.deferred(part, top.axis, &top.dimension, &values, top.n)).unwrap_or_default()
    }

    /// What is asked for the courses of the rows.
    pub(super) fn course_requests(&self, found: &Found) -> Vec<Request> {
        self.course.as_ref().map(|course| course.requests_for(found.rows())).unwrap_or_default()
    }

    /// How many numbers those courses have.
    pub(super) fn size_of_courses(&self, found: &Found) -> usize {
        self.course.as_ref().map_or(0, |course| course.size(found.rows().len()))
    }

    /// The frame, once the courses of its rows are answered.
    pub(super) fn finish(&self, found: Found, answers: &Answers) -> Result<Frame, Problem> {
        let courses = self.course.as_ref().map(|course| course.of_rows(&found, answers)).transpose()?;
        Ok(found.sealed(courses.unwrap_or_default()))
    }

    /// The rows of the frame, once everything but their courses is answered.
    pub(super) fn found(&self, ranked: Ranked, answers: &Answers) -> Result<Found, Problem> {
        if self.plan.main.metrics.iter().all(Option::is_none) {
            return Ok(outside_scope(&self.resolved));
        }
        let Split { tables: main, rest: main_rest, ranks: main_ranks } =
            self.split(&self.plan.main, &ranked.kept, answers)?;
        let optional = |part: &Option<PlanPart>| match part {
            Some(part) => {
                let Split { tables, rest, ranks } = self.split(part, &ranked.kept, answers)?;
                Ok::<_, Problem>((Some(tables), rest, ranks))
            }
            None => Ok((None, None, Ranks::default())),
        };
        let (compare, compare_rest, compare_ranks) = optional(&self.plan.compare)?;
        let (history, history_rest, history_ranks) = optional(&self.plan.history)?;
        let whole = |part: &Option<PlanPart>| {
            part.as_ref().map(|part| tables(&self.plan, part, answers, &[], None)).transpose()
        };
        let margins = self.plan.margins.iter().map(|margin| {
            Ok(MarginTables { now: tables(&self.plan, &margin.now, answers, &[], None)?, then: whole(&margin.then)? })
        });
        let margins = margins.collect::<Result<_, Problem>>()?;
        let Ranked { kept, tables: ranking } = ranked;
        let got = Ingredients {
            main,
            main_rest,
            main_ranks,
            compare,
            compare_rest,
            compare_ranks,
            ranking,
            kept,
            history,
            history_rest,
            history_ranks,
            margins,
        };
        assemble(&self.resolved, &self.plan, &got)
    }

    fn split(&self, part: &PlanPart, kept: &[Key], answers: &Answers) -> Result<Split, Problem> {
        let deferred = self.deferred(part, kept);
        let top = self.resolved.top.as_ref();
        let needs_whole = Ranks::need_whole(part);
        let only = top.filter(|_| !needs_whole).map(|top| {
            let others = if top.other { Others::TakenTogether } else { Others::PassedOver };
            Kept { axis: top.axis, values: kept, others }
        });
        let tables = tables(&self.plan, part, answers, &deferred, only)?;
        let ranks = Ranks::of(part, &tables)?;
        let Some(top) = top.filter(|top| top.other || needs_whole) else {
            return Ok(Split { tables, rest: None, ranks });
        };
        let mut recounted = Vec::new();
        for Deferred { table: index, rest, .. } in deferred.into_iter().filter(|_| top.other) {
            let Some(planned) = part.tables.get(index) else {
                continue;
            };
            let axes = planned.axes.iter().copied().filter(|axis| *axis != top.axis).collect();
            let planned = PlannedTable { request: planned.request, axes };
            let counted = match &rest {
                Some(request) => table(part, &planned, request, answers, None)?,
                None => Table::of_nothing(&planned.axes),
            };
            recounted.push((index, counted));
        }
        let (tables, rest) = keep(tables, top.axis, kept, recounted);
        Ok(Split { tables, rest: top.other.then_some(rest), ranks })
    }
}

/// The tables of a part, in its order.
fn tables(
    plan: &ScopedPlan,
    part: &PlanPart,
    answers: &Answers,
    deferred: &[Deferred],
    kept: Option<Kept<'_>>,
) -> Result<Vec<Table>, Problem> {
    let table =
        |(index, planned): (usize, &PlannedTable)| match deferred.iter().find(|deferred| deferred.table == index) {
            Some(Deferred { kept: Some(request), .. }) => table(part, planned, request, answers, kept),
            Some(Deferred { kept: None, .. }) => Ok(Table::of_nothing(&planned.axes)),
            None => {
                let request = plan.requests.get_index(planned.request).ok_or_else(unanswered)?;
                table(part, planned, request, answers, kept)
            }
        };
    part.tables.iter().enumerate().map(table).collect()
}

/// Values as a filter writes them; what is none is left out.
fn values_of<'a>(keys: impl Iterator<Item = &'a Key>) -> Vec<Option<String>> {
    let values = keys.filter_map(|key| match key {
        Key::Number(number) => Some(Some(number.to_string())),
        Key::Text(text) => Some(Some(text.to_string())),
        Key::Unknown => Some(None),
        Key::Step(_) | Key::Other => None,
    });
    values.collect()
}

fn table(
    part: &PlanPart,
    planned: &PlannedTable,
    request: &Request,
    answers: &Answers,
    kept: Option<Kept<'_>>,
) -> Result<Table, Problem> {
    let (answer, parts) = answers.get(request).ok_or_else(unanswered)?.as_ref().map_err(Clone::clone)?;
    Ok(fold(part, planned, request, (answer, parts), kept))
}

fn unanswered() -> Problem {
    Problem::new(ProblemCode::Internal, "a statement of the query was not run")
}
