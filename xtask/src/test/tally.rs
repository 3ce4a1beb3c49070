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
        match outcome {
            Ok(()) => self.passed += 1,
            Err(error) => {
                progress.say(&format!("✘ {name}: {error:#}"));
                self.failed += 1;
            }
        }
    }
}
