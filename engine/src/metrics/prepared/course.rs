//! The courses of a planned query: asked once it is known which rows there are, and for those alone.

use super::{Answers, tables, values_of};
use crate::{
    access::Scope,
    metrics::{
        catalogue::Catalogue,
        frame::{Found, Ingredients, Key, MarginTables, Ranks, courses},
        plan::{Deferred, Request, ScopedPlan, plan},
        resolve::{Axis, Resolved},
    },
};
use model::{
    frame::Course,
    metric::{Filter, FilterValues},
    problem::{Problem, ProblemCode},
};

/// A query along time beside the rows of another one.
pub(in crate::metrics) struct PlannedCourse {
    resolved: Resolved,
    plan: ScopedPlan,
}

impl PlannedCourse {
    /// Plans within the scope that the rows are planned in.
    pub(in crate::metrics) fn of(catalogue: &Catalogue, scope: &Scope, resolved: &Resolved) -> Result<Self, Problem> {
        Ok(Self { resolved: resolved.clone(), plan: plan(catalogue, scope, resolved)? })
    }

    /// All that might be asked, whichever rows there are.
    pub(super) fn requests(&self) -> impl Iterator<Item = &Request> {
        self.plan.requests.iter()
    }

    /// What is asked for the courses of those rows.
    pub(in crate::metrics) fn requests_for(&self, rows: &[Vec<Key>]) -> Vec<Request> {
        if rows.is_empty() {
            return Vec::new();
        }
        let narrowed = self.narrowed_to(rows);
        let is_narrowed = |table: usize| narrowed.iter().any(|deferred| deferred.table == table);
        let left = self.plan.main.tables.iter().enumerate().filter(|(index, _)| !is_narrowed(*index));
        let whole = left.map(|(_, table)| table).chain(self.plan.margins.iter().flat_map(|margin| &margin.now.tables));
        let whole: Vec<Request> =
            whole.filter_map(|table| self.plan.requests.get_index(table.request)).cloned().collect();
        narrowed.into_iter().filter_map(|deferred| deferred.kept).chain(whole).collect()
    }

    /// How many numbers the courses of so many rows have.
    pub(super) fn size(&self, rows: usize) -> usize {
        rows * self.resolved.metrics.len() * self.plan.main.timeline.begun()
    }

    /// The courses of the rows, with the columns that they stand in.
    pub(super) fn of_rows(&self, found: &Found, answers: &Answers) -> Result<Vec<(String, Course)>, Problem> {
        let rows = found.rows();
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let main = tables(&self.plan, &self.plan.main, answers, &self.narrowed_to(rows), None)?;
        let main_ranks = Ranks::of(&self.plan.main, &main)?;
        let margin = |part| Ok(MarginTables { now: tables(&self.plan, part, answers, &[], None)?, then: None });
        let margins = self.plan.margins.iter().map(|of| margin(&of.now)).collect::<Result<_, Problem>>()?;
        let got = Ingredients { main, main_ranks, margins, ..Ingredients::default() };
        courses(&self.resolved, &self.plan, &got, rows).map_err(|wrong| {
            tracing::error!(error = %wrong, "the courses of an answer could not be put together");
            Problem::new(ProblemCode::Internal, "The answer could not be worked out. The log of the server says why.")
        })
    }

    /// The tables that are asked for the values of those rows alone. Where a row stands among all others, all are needed.
    fn narrowed_to(&self, rows: &[Vec<Key>]) -> Vec<Deferred> {
        if Ranks::need_whole(&self.plan.main) {
            return Vec::new();
        }
        let filters = self.resolved.axes.iter().enumerate().filter_map(|(axis, of)| match of {
            Axis::Dimension(dimension) => {
                let mut values = values_of(rows.iter().filter_map(|row| row.get(axis)));
                values.sort_unstable();
                values.dedup();
                Some((axis, Filter { dimension: dimension.clone(), values: FilterValues::In(values) }))
            }
            Axis::Time => None,
        });
        self.plan.narrowed(&self.plan.main, &filters.collect::<Vec<_>>())
    }
}
