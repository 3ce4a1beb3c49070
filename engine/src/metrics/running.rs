//! Running: as few statements as possible, and of each only what is not kept.

use super::{
    ask::Asker,
    cache::{Days, Kept, Key, versions},
    explain::Trace,
    plan::{Merged, Request, Statement, merge},
    prepared::Answers,
    slices::{MOST_AT_ONCE, Sliced},
    sql::compile,
    waiters::Waiters,
};
use crate::events::{EngineError, EventEngine};
use futures::future::{join_all, try_join, try_join_all};
use indexmap::IndexSet;
use model::{
    problem::{Problem, ProblemCode},
    time::{Day, Interval},
};
use std::{sync::Arc, time::Duration};

type Run = Result<Kept, Arc<EngineError>>;

/// What is known of a statement that was asked over some range.
#[derive(Debug, Clone, Copy)]
pub(super) struct AskedBefore {
    interval: Interval,
    /// How many it gave, and how long that took.
    rows: usize,
    took: Duration,
}

impl<E: EventEngine> Asker<E> {
    /// Runs requests as few statements.
    pub(super) async fn run(&self, requests: IndexSet<Request>, trace: &mut Trace) -> Answers {
        let requests: Vec<Request> = requests.into_iter().collect();
        let Merged { statements, answers } = merge(self.catalogues.shipped(), &requests);
        let runs = statements.iter().map(|statement| self.result(statement, &trace.waiters));
        let results: Vec<Result<Kept, Problem>> =
            join_all(runs).await.into_iter().map(|result| result.map_err(|error| problem(&error))).collect();
        for (index, result) in results.iter().enumerate() {
            let of_statement = requests.iter().zip(&answers).filter(|(_, answer)| answer.statement == index);
            let requests: Vec<Request> = of_statement.map(|(request, _)| request.clone()).collect();
            trace.statements.extend(result.as_ref().ok().map(|kept| kept.traced(requests)));
        }
        let answered = requests.into_iter().zip(answers).filter_map(|(request, answer)| {
            let result = results.get(answer.statement)?.clone();
            Some((request, result.map(|kept| (answer, kept.parts))))
        });
        answered.collect()
    }

    /// The rows of a statement: at once, or where the same was asked over another range before, day by day.
    async fn result(&self, statement: &Statement, waiters: &Waiters) -> Run {
        let key = self.key(statement);
        // What is added up beforehand is read faster than kept days are put together.
        let sliced = Sliced::of(statement).filter(|_| key.0.days_added_up() == 0);
        let Some(sliced) = sliced else { return self.whole(key, waiters).await };
        let (shape, interval) = (sliced.shape(), statement.base.interval);
        match self.asked.get(&shape).await {
            Some(before) if before.interval != interval && sliced.pays(before.rows, before.took) => {
                self.asked.insert(shape, AskedBefore { interval, ..before }).await;
                self.day_by_day(&sliced, waiters).await
            }
            Some(_) | None => {
                let kept = self.whole(key, waiters).await?;
                self.asked.insert(shape, AskedBefore { interval, rows: kept.rows(), took: kept.took() }).await;
                Ok(kept)
            }
        }
    }

    async fn whole(&self, (sql, versions): Key, waiters: &Waiters) -> Run {
        self.results.get(&self.engine, waiters, sql, versions).await
    }

    /// The versions come first: a day is taken from what is added up before they move.
    fn key(&self, statement: &Statement) -> Key {
        let versions = versions(self.engine.as_ref(), self.catalogues.shipped(), &statement.base);
        let rolled_up_days = self.engine.rolled_up_days();
        (compile(self.catalogues.shipped(), statement, self.engine.words(), &rolled_up_days), versions)
    }

    async fn day_by_day(&self, sliced: &Sliced<'_>, waiters: &Waiters) -> Run {
        let mut parts = Vec::new();
        let mut missing: Vec<Days> = Vec::new();
        for day in sliced.days() {
            let key = self.key(&sliced.day(day));
            if let Some(kept) = self.results.kept(&key).await {
                parts.push(kept);
                continue;
            }
            match missing.last_mut() {
                Some(days) if days.next() == day && days.keys.len() < MOST_AT_ONCE => days.keys.push(key),
                Some(_) | None => missing.push(Days { first: day, keys: vec![key] }),
            }
        }
        let together = missing.into_iter().map(|days| self.days(sliced, days, waiters));
        let ends = sliced.ends().map(|statement| self.whole(self.key(&statement), waiters));
        let (read, ends) = try_join(try_join_all(together), try_join_all(ends)).await?;
        parts.extend(read);
        parts.extend(ends);
        Ok(Kept::of_parts(parts))
    }

    /// Days that follow one another, read by one statement.
    async fn days(&self, sliced: &Sliced<'_>, days: Days, waiters: &Waiters) -> Run {
        let together = sliced.together(days.first, Day(days.next().0 - 1));
        let key = self.key(&together.statement);
        self.results.get_days(&self.engine, waiters, key, together.division(), days).await
    }
}

/// What a failed statement means to whoever asked.
pub(super) fn problem(error: &EngineError) -> Problem {
    match error {
        EngineError::TimedOut(limit) => {
            let detail =
                format!("The query took longer than {} s and was stopped. Take a shorter range.", limit.as_secs());
            Problem::new(ProblemCode::TimedOut, detail).with("seconds", limit.as_secs())
        }
        EngineError::Overloaded => {
            Problem::new(ProblemCode::Overloaded, "Too many queries are waiting. Try again in a moment.")
        }
        EngineError::TooManyRows(limit) => {
            let detail = format!(
                "The query comes to more than {limit} groups. Split by fewer dimensions, take a longer step or filter more."
            );
            Problem::new(ProblemCode::AnswerTooLarge, detail).with("limit", limit)
        }
        EngineError::TooMuchMemory => {
            let detail = "The query needs more memory than it may have. Take a shorter range or fewer splits.";
            Problem::new(ProblemCode::TooMuchMemory, detail)
        }
        EngineError::Failed(cause) => {
            tracing::error!(error = %cause, "a statement failed in the event store");
            Problem::new(ProblemCode::Internal, "The event store could not answer. The log of the server says why.")
        }
    }
}
