//! How many passed and how many failed.

use crate::progress::Progress;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    pub(crate) const fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Counts a step as one test; a failure is told at once.
    pub(crate) fn step(&mut self, progress: &Progress, name: &str, outcome: anyhow::Result<()>) {
        let counted = outcome.map(|()| Self { passed: 1, failed: 0 });
        self.add_outcome(progress, name, counted);
    }

    /// Adds what was counted; where nothing could be, that is one failure.
    pub(crate) fn add_outcome(&mut self, progress: &Progress, name: &str, outcome: anyhow::Result<Self>) {
        if let Some(counted) = self.need(progress, name, outcome) {
            self.add(counted);
        }
    }

    /// What tests stand on is no test, but without it something fails.
    pub(crate) fn need<T>(&mut self, progress: &Progress, name: &str, outcome: anyhow::Result<T>) -> Option<T> {
        outcome
            .inspect_err(|error| {
                progress.say(&format!("✘ {name}: {error:#}"));
                self.failed += 1;
            })
            .ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::{Result, bail};

    #[test]
    fn every_failure_is_counted_and_what_others_stand_on_is_no_test() {
        let broken = || -> Result<()> { bail!("broken") };
        let progress = Progress::new();
        let mut tally = Tally::default();
        tally.need(&progress, "a package", Ok(()));
        tally.need(&progress, "a package", broken());
        tally.step(&progress, "a lint", Ok(()));
        tally.step(&progress, "a lint", broken());
        tally.add_outcome(&progress, "tests", Ok(Tally { passed: 10, failed: 1 }));
        tally.add_outcome(&progress, "tests", broken().map(|()| Tally::default()));
        assert_eq!(tally, Tally { passed: 11, failed: 4 });
    }
}
