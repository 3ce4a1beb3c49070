//! The sessions of one household, and which rows of theirs are written where.

use super::{Changes, GroupKey};
use crate::{
    events::{
        Fact, Text,
        fact_rows::{MinuteRow, ViewRow},
    },
    facts::{
        FactSettings,
        minutes::{Counted, MINUTE_MS, attribute, minute_of},
        session::Session,
    },
};
use model::time::{Calendar, Day, Timestamp};
use std::collections::BTreeMap;

/// The closed minutes of a household that was read back: which rows stand where is not known.
pub(super) const UNKNOWN: i32 = i32::MAX;

/// Where the view of a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Place {
    #[default]
    Nowhere,
    Open,
    Closed,
}

/// Where the minutes of a session stand that say how well it went.
#[derive(Debug, Clone, Copy)]
pub(super) struct QualityPlaces {
    /// Those before this one stand among the closed ones, the later ones among the open ones.
    closed_until: i32,
    has_open: bool,
}

impl QualityPlaces {
    const NOWHERE: Self = Self { closed_until: i32::MIN, has_open: false };
    /// Of a session that was read back: all of them are written anew.
    pub(super) const UNKNOWN: Self = Self { closed_until: UNKNOWN, has_open: true };
}

/// A session at hand.
#[derive(Debug, Clone)]
pub(super) struct Resident {
    pub session: Session,
    pub place: Place,
    /// The start and the day of the row that stands there.
    pub written: Option<(i64, Day)>,
    pub settles_at_ms: i64,
    /// Nothing more is expected of it.
    pub settled: bool,
    /// Its row must be written.
    pub changed: bool,
    /// How well it went is other than written from this minute on.
    pub changed_from: i32,
    pub quality: QualityPlaces,
    /// It began in a minute of more plays than a person begins.
    pub crowded: bool,
}

impl Default for Resident {
    fn default() -> Self {
        Self {
            session: Session::default(),
            place: Place::Nowhere,
            written: None,
            settles_at_ms: 0,
            settled: false,
            changed: false,
            changed_from: i32::MAX,
            quality: QualityPlaces::NOWHERE,
            crowded: false,
        }
    }
}

/// The sessions of one household that are at hand.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub sessions: BTreeMap<Text, Resident>,
    /// All the household watched from this clock minute on is at hand.
    pub complete_from: i32,
    /// Its counted minute just before that.
    pub before: Option<Counted>,
    /// Its minutes before this one stand among the closed ones, the later ones among the open ones.
    pub closed_until: i32,
    pub has_open_minutes: bool,
    pub touched_ms: i64,
    /// The counted minutes of the last writing.
    counted: Vec<Counted>,
}

impl Default for Group {
    fn default() -> Self {
        Self {
            sessions: BTreeMap::new(),
            complete_from: i32::MIN,
            before: None,
            closed_until: i32::MIN,
            has_open_minutes: false,
            touched_ms: 0,
            counted: Vec::new(),
        }
    }
}

impl Group {
    pub(super) fn is_settled(&self) -> bool {
        self.sessions.values().all(|resident| resident.settled)
    }

    /// Writes what changed: the rows of changed sessions, and the household's minutes from a clock minute on.
    pub(super) fn write(
        &mut self,
        key: &GroupKey,
        from_minute: i32,
        now_ms: i64,
        calendar: Calendar,
        settings: FactSettings,
        changes: &mut Changes,
    ) {
        self.touched_ms = now_ms;
        let from_minute = from_minute.min(self.tell_crowded(key, settings));
        for (sid, resident) in &mut self.sessions {
            if resident.changed {
                resident.changed = false;
                let mut row = resident.session.view(key.organisation(), sid, resident.settled, calendar, settings);
                if let Some(row) = row.as_mut().filter(|_| resident.crowded) {
                    row.effective = false;
                    row.abnormal = true;
                }
                resident.write(sid, key, row, changes);
                resident.write_quality(sid, key, calendar, settings, changes);
            }
        }
        match key {
            GroupKey::Household((organisation, household)) => {
                let watched = self.sessions.values().filter(|resident| !resident.crowded);
                let spans: Vec<_> = watched.flat_map(|resident| resident.session.spans(settings)).collect();
                let rows = attribute(
                    *organisation,
                    household,
                    spans.iter(),
                    self.complete_from,
                    self.before.as_ref(),
                    calendar,
                    settings,
                );
                self.write_minutes((*organisation, household.clone()), from_minute, rows, changes);
            }
            GroupKey::Alone(_) => {}
        }
    }

    /// Marks the plays that were begun in minutes of too many; the first minute in which another is so than before.
    fn tell_crowded(&mut self, key: &GroupKey, settings: FactSettings) -> i32 {
        let mut changed_from = i32::MAX;
        match key {
            GroupKey::Household(_) => {}
            // Nobody is named, so nobody has begun too many.
            GroupKey::Alone(_) => return changed_from,
        }
        let most = settings.cleaning.most_plays_a_minute as usize;
        if self.sessions.len() <= most && self.sessions.values().all(|it| !it.crowded) {
            return changed_from;
        }
        let begins = |resident: &Resident| resident.session.first_ms().map_or(i32::MIN, minute_of);
        let mut begun: BTreeMap<i32, usize> = BTreeMap::new();
        for resident in self.sessions.values() {
            *begun.entry(begins(resident)).or_default() += 1;
        }
        for resident in self.sessions.values_mut() {
            let minute = begins(resident);
            let crowded = begun.get(&minute).is_some_and(|count| *count > most);
            if crowded != resident.crowded {
                resident.crowded = crowded;
                resident.changed = true;
                changed_from = changed_from.min(minute);
            }
        }
        changed_from
    }

    fn write_minutes(
        &mut self,
        household: super::HouseholdKey,
        from_minute: i32,
        rows: Vec<MinuteRow>,
        changes: &mut Changes,
    ) {
        let unknown = self.closed_until == UNKNOWN;
        let from_minute = if unknown { self.complete_from } else { from_minute.max(self.complete_from) };
        if self.has_open_minutes {
            changes.open_minutes_gone.push(household.clone());
        }
        if from_minute < self.closed_until {
            changes.minutes_gone.push((household, from_minute));
        }
        let first = from_minute.min(self.closed_until.max(self.complete_from));
        // Minutes are final up to the last one of the session that is least far: it may still go on.
        let waiting = self.sessions.values().filter(|resident| !resident.settled);
        let last_minute = rows.last().map_or(first, |row| row.clock_minute + 1);
        let frontier = waiting.filter_map(|resident| resident.session.last_ms()).map(minute_of).min();
        self.closed_until = frontier.unwrap_or(last_minute).max(first);
        self.has_open_minutes = false;
        self.counted.clear();
        for row in rows {
            if row.counted {
                self.counted.push(Counted {
                    clock_minute: row.clock_minute,
                    minute: row.minute,
                    channel_id: row.channel_id.clone(),
                    run_start_minute: row.run_start_minute,
                });
            }
            if row.clock_minute < first {
                continue;
            }
            if row.clock_minute >= from_minute {
                changes.touched.add(Fact::MinuteAudience, row.day);
            }
            if row.clock_minute < self.closed_until {
                changes.minutes.push(row);
            } else {
                self.has_open_minutes = true;
                changes.open_minutes.push(row);
            }
        }
    }

    /// Lets go of the sessions that ended before all those which go on began, and, where none goes on, before the last
    /// one; returns their ids.
    pub(super) fn cut(&mut self) -> Vec<Text> {
        let minutes = |resident: &Resident| {
            let first = resident.session.first_ms().map_or(i32::MAX, minute_of);
            (first, resident.session.last_ms().map_or(i32::MIN, minute_of))
        };
        let waiting = self.sessions.values().filter(|resident| !resident.settled).map(|resident| minutes(resident).0);
        let newest = self.sessions.values().map(|resident| minutes(resident).1).max();
        let Some(mut until) = waiting.min().or(newest) else {
            return Vec::new();
        };
        // Whatever reaches into the time that stays at hand stays whole.
        while let Some(earlier) =
            self.sessions.values().map(minutes).find(|(first, last)| *last >= until && *first < until)
        {
            until = earlier.0;
        }
        let over = |resident: &Resident| minutes(resident).1 < until;
        let gone: Vec<Text> =
            self.sessions.iter().filter(|(_, resident)| over(resident)).map(|(sid, _)| sid.clone()).collect();
        if !gone.is_empty() {
            self.before = self.counted.iter().find(|counted| counted.clock_minute == until - 1).cloned();
            self.complete_from = until;
            for sid in &gone {
                self.sessions.remove(sid);
            }
        }
        gone
    }
}

impl Resident {
    fn write(&mut self, sid: &Text, key: &GroupKey, row: Option<ViewRow>, changes: &mut Changes) {
        let session_key = (key.organisation(), sid.clone());
        if let Some((start_ms, day)) = self.written.take() {
            changes.touched.add(Fact::View, day);
            match self.place {
                Place::Nowhere => {}
                Place::Open => changes.open_views_gone.push(session_key),
                Place::Closed => changes.views_gone.push((session_key, start_ms)),
            }
        }
        let Some(row) = row else {
            self.place = Place::Nowhere;
            return;
        };
        changes.touched.add(Fact::View, row.day);
        self.written = Some((row.start_ms.millis(), row.day));
        if self.settled {
            self.place = Place::Closed;
            changes.views.push(row);
        } else {
            self.place = Place::Open;
            changes.open_views.push(row);
        }
    }

    /// Minutes are final up to that of the last event, since events come in the order of their clock but for late ones.
    fn write_quality(
        &mut self,
        sid: &Text,
        key: &GroupKey,
        calendar: Calendar,
        settings: FactSettings,
        changes: &mut Changes,
    ) {
        let changed_from = std::mem::replace(&mut self.changed_from, i32::MAX);
        let QualityPlaces { closed_until, has_open } = self.quality;
        let (Some(begins), Some(ends)) =
            (self.session.first_ms().map(minute_of), self.session.last_ms().map(minute_of))
        else {
            return;
        };
        let changed_from = if closed_until == UNKNOWN { begins } else { changed_from };
        if has_open {
            changes.open_quality_minutes_gone.push((key.organisation(), sid.clone()));
        }
        if changed_from < closed_until {
            changes.quality_minutes_gone.push(((key.organisation(), sid.clone()), changed_from));
        }
        let (first_day, last_day) = (day_of(calendar, changed_from.max(begins)), day_of(calendar, ends));
        (first_day.0..=last_day.0).for_each(|day| changes.touched.add(Fact::QualityMinute, Day(day)));
        let first = changed_from.min(closed_until);
        let final_until = if self.settled { i32::MAX } else { ends };
        let rows = self.session.quality_minutes(key.organisation(), sid, first, calendar, settings);
        let (closed, open): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.minute < final_until);
        self.quality = QualityPlaces { closed_until: final_until.min(ends + 1).max(first), has_open: !open.is_empty() };
        changes.quality_minutes.extend(closed);
        changes.open_quality_minutes.extend(open);
    }
}

fn day_of(calendar: Calendar, minute: i32) -> Day {
    calendar.day_of(Timestamp::from_millis(i64::from(minute) * MINUTE_MS))
}

#[cfg(test)]
mod tests {
    use crate::{
        events::{Event, PlayState},
        facts::{
            CleaningRules, FactSettings,
            audience::{Audience, Places},
        },
    };
    use model::time::{Calendar, Timestamp};

    /// So many plays of two minutes that a household begins in one minute, the first and the last event of each.
    fn plays(numbers: std::ops::Range<i64>) -> Vec<Event> {
        let event = |number: i64, at_ms: i64, state| Event {
            sid: Some(format!("s{number}").into()),
            household: Some("h".into()),
            household_id: Some("h".into()),
            channel_id: Some("X".into()),
            play_state: Some(state),
            ..Event::new(format!("{number}-{at_ms}"), Timestamp::from_millis(600_000 + number * 100 + at_ms))
        };
        numbers
            .flat_map(|number| [event(number, 0, PlayState::Playing), event(number, 110_000, PlayState::Quit)])
            .collect()
    }

    #[test]
    fn more_plays_than_a_person_begins_count_for_nothing() {
        let settings = FactSettings {
            cleaning: CleaningRules { most_plays_a_minute: 3, ..CleaningRules::default() },
            ..FactSettings::default()
        };
        let mut audience = Audience::new(Calendar::CHINA, settings, Places::OfAccounts);
        let told = audience.absorb(&mut plays(0..3), 800_000);
        assert!(told.open_views.iter().all(|row| row.effective && !row.abnormal));
        assert_eq!(told.open_views.len(), 3);
        assert!(!told.open_minutes.is_empty() || !told.minutes.is_empty());
        // One more in the same minute takes the others with it.
        let told = audience.absorb(&mut plays(3..4), 801_000);
        assert_eq!(told.open_views.len(), 4);
        assert!(told.open_views.iter().all(|row| !row.effective && row.abnormal && row.play_ms == 110_000));
        assert!(told.open_minutes.is_empty() && told.minutes.is_empty(), "nobody watched");
    }

    #[test]
    fn those_of_the_next_minute_are_somebody() {
        let settings = FactSettings {
            cleaning: CleaningRules { most_plays_a_minute: 3, ..CleaningRules::default() },
            ..FactSettings::default()
        };
        let mut audience = Audience::new(Calendar::CHINA, settings, Places::OfAccounts);
        let mut events = plays(0..4);
        for event in &mut plays(10..12) {
            event.ts_event = event.ts_event.plus_millis(60_000);
            events.push(event.clone());
        }
        let told = audience.absorb(&mut events, 800_000);
        assert_eq!(told.open_views.iter().filter(|row| row.effective).count(), 2);
        assert_eq!(told.open_views.iter().filter(|row| row.abnormal).count(), 4);
    }
}
