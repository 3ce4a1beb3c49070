//! Programme lists for every channel and day of the demo, kept ahead of the clock.

use super::{DemoError, Progress, refused};
use engine::{
    events::EventStore,
    programmes,
    simulation::{World, programme_list},
};
use model::{
    access::OrganisationId,
    time::{Calendar, Day, Timestamp},
};

/// Keeps the programme lists ahead of the clock.
pub(super) struct Guided {
    pub(super) store: EventStore,
    pub(super) organisation: OrganisationId,
    pub(super) calendar: Calendar,
}

impl Guided {
    /// Lists for every day from `known_until` (or the beginning of the world) to the day after tomorrow; the first day
    /// without one.
    pub(super) async fn ensure(
        &self,
        known_until: Option<Day>,
        world: &World,
        now: Timestamp,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<Option<Day>, DemoError> {
        // A week before the history, for what is watched long after it was on air.
        let first = known_until.unwrap_or_else(|| self.calendar.day_of(world.begins()).plus(-7));
        let end = self.calendar.day_of(now).plus(2);
        let total = u64::from(end.0.saturating_sub(first.0).max(0).unsigned_abs());
        for (done, day) in (1..).zip((first.0..end.0).map(Day)) {
            programmes::import_xmltv(&self.store, self.organisation, programme_list(day), 0)
                .await
                .map_err(refused("load the demo's programme lists"))?;
            progress(Progress { label: "programmes", done, total });
        }
        Ok(Some(end.max(first)))
    }
}
