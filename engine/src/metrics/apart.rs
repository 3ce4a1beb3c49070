//! Long work stays off the threads that answer everybody else.

use super::{
    plan::PlanPart,
    prepared::{Answers, Prepared},
};
use model::{
    problem::{Problem, ProblemCode},
    time::Grain,
};
use std::sync::Arc;

/// From so many units on, work goes to a thread of its own: about ten milliseconds.
const LARGE: usize = 50_000;

/// Works something out: here, or where it is large on a thread on which nobody else waits.
pub(super) async fn apart<T: Send + 'static>(
    size: usize,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    if size < LARGE {
        return Ok(work());
    }
    tokio::task::spawn_blocking(work).await.map_err(|stopped| {
        tracing::error!(error = %stopped, "the frames of a request could not be worked out");
        Problem::new(ProblemCode::Internal, "The answer could not be worked out. The log of the server says why.")
    })
}

/// How much work the frames of these queries are, roughly: rows to read, each perhaps for many days, and steps to fill.
pub(super) fn size(prepared: &[Arc<Prepared>], answers: &Answers) -> usize {
    let parts = || prepared.iter().flat_map(|prepared| prepared.plan.topped());
    let days = |part: &PlanPart| part.timeline.interval.length_ms() / Grain::Day.shortest_ms();
    let rows: usize = answers.values().flatten().flat_map(|(_, parts)| parts.iter()).map(|part| part.row_count()).sum();
    let most_days = usize::try_from(parts().map(days).max().unwrap_or(0)).unwrap_or(0);
    let steps: usize = parts().map(|part| part.timeline.steps.len()).sum();
    rows * (1 + most_days / 100) + steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_large_work_leaves_the_thread() {
        let here = std::thread::current().id();
        assert_eq!(apart(LARGE - 1, || std::thread::current().id()).await, Ok(here));
        assert_ne!(apart(LARGE, || std::thread::current().id()).await, Ok(here));
    }
}
