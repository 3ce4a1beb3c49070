//! Which days are whole, in memory.

use super::{super::EventStore, RollUp, stale, whole_days};
use crate::{
    events::{EngineError, Fact, Touched},
    metrics::RolledUpDays,
};
use model::time::Day;
use parking_lot::Mutex;
use std::{collections::BTreeSet, sync::Arc};

/// What is added up, and which days are.
#[derive(Debug, Default)]
pub(in crate::events::duckdb) struct RollUps {
    pub(super) defined: Mutex<Arc<[RollUp]>>,
    whole: Mutex<Whole>,
}

#[derive(Debug, Default)]
struct Whole {
    days: BTreeSet<(Fact, Day)>,
    runs: Arc<RolledUpDays>,
    /// What was touched while the days are being looked up.
    touched_meanwhile: Option<BTreeSet<(Fact, Day)>>,
}

impl Whole {
    fn are(&mut self, days: BTreeSet<(Fact, Day)>) {
        self.runs = Arc::new(RolledUpDays::of(days.iter().copied()));
        self.days = days;
    }
}

impl RollUps {
    pub(in crate::events::duckdb) fn days(&self) -> Arc<RolledUpDays> {
        Arc::clone(&self.whole.lock().runs)
    }

    /// Before the versions of what was touched move.
    pub(in crate::events::duckdb) fn touched(&self, touched: &Touched) {
        let mut whole = self.whole.lock();
        if let Some(meanwhile) = &mut whole.touched_meanwhile {
            meanwhile.extend(touched.days());
        }
        if touched.days().any(|day| whole.days.contains(&day)) {
            let mut days = std::mem::take(&mut whole.days);
            for day in touched.days() {
                days.remove(&day);
            }
            whole.are(days);
        }
    }
}

impl EventStore {
    /// Says what is to be added up. Days that were added up by other definitions are not read, and are added up anew.
    pub(crate) fn roll_up(&self, roll_ups: Vec<RollUp>) -> Result<(), EngineError> {
        *self.shared.roll_ups.defined.lock() = roll_ups.into();
        self.look_up_whole_days()
    }

    pub(super) fn look_up_whole_days(&self) -> Result<(), EngineError> {
        let RollUps { defined, whole } = &self.shared.roll_ups;
        let defined = Arc::clone(&defined.lock());
        whole.lock().touched_meanwhile = Some(BTreeSet::new());
        let found = self.look_up(|read| {
            if defined.is_empty() || !stale(read, &defined)?.is_empty() {
                return Ok(BTreeSet::new());
            }
            whole_days(read)
        });
        let mut whole = whole.lock();
        let meanwhile = whole.touched_meanwhile.take().unwrap_or_default();
        whole.are(found?.difference(&meanwhile).copied().collect());
        Ok(())
    }
}
