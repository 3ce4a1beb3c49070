//! Which roll-up a statement is answered from.

use super::{
    super::Compiler,
    days::{Divided, RolledUpDays},
    wall_ms,
};
use crate::metrics::{
    catalogue::{Aggregate, Branch, Catalogue, Condition, HOUSEHOLD, Identifier, PROVINCE, RollUp, Source, Test},
    plan::{Base, GroupKey, ScopedMeasure, Statement, Steps},
};
use model::{
    metric::{DimensionId, Filter, FilterValues},
    time::{Calendar, Grain, Interval, Timestamp},
};

/// How a statement is answered from a roll-up.
pub(in crate::metrics::sql) struct Fitting<'a> {
    pub roll_up: &'a RollUp,
    pub divided: Divided,
}

/// The first roll-up that has all a statement needs, where some of its days are added up.
pub(in crate::metrics::sql) fn fitting<'a>(
    catalogue: &'a Catalogue,
    statement: &Statement,
    days: &RolledUpDays,
) -> Option<Fitting<'a>> {
    let Base { source: Source::Fact(fact), interval, calendar, programmes: false, known_until: None, .. } =
        statement.base
    else {
        return None;
    };
    if days.is_empty() {
        return None;
    }
    let roll_up = catalogue.roll_ups().iter().find(|roll_up| roll_up.fact == fact && answers(roll_up, statement))?;
    Some(Fitting { roll_up, divided: days.divide(fact, interval, calendar)? })
}

/// Whether the roll-up's rows say all that the statement asks of the fact's.
fn answers(roll_up: &RollUp, statement: &Statement) -> bool {
    let Statement { base, keys, measures } = statement;
    let key = |key: &GroupKey| match key {
        GroupKey::Dimension(id) => roll_up.table.dimensions.contains_key(id),
        GroupKey::Step(steps) => has_whole_steps(roll_up.step, steps, base.calendar),
        GroupKey::Bucket(column) => roll_up.bucket.as_ref() == Some(column),
        GroupKey::Minute
        | GroupKey::OpenedDay
        | GroupKey::ClosedDay
        | GroupKey::AiringChannel
        | GroupKey::AiringStart
        | GroupKey::AiringStop => false,
    };
    // Rows of households are only read where households are counted: there are many.
    let counts_households = measures.iter().any(|measure| counted_column(&measure.aggregate).is_some());
    let measure = |measure: &ScopedMeasure| {
        let is_known = match counted_column(&measure.aggregate) {
            Some(column) => column.as_str() == HOUSEHOLD && occurring(roll_up, &measure.conditions).is_some(),
            None => roll_up.column(&measure.aggregate, &measure.conditions).is_some(),
        };
        measure.within.is_none() && is_known
    };
    roll_up.by_household == counts_households
        && keys.iter().all(key)
        && measures.iter().all(measure)
        && base.filters.iter().all(|filter| roll_up.table.dimensions.contains_key(&filter.dimension))
}

/// Whether no two of the roll-up's rows that the statement reads are of one group, so that there is nothing to group.
pub(super) fn tells_rows_apart(roll_up: &RollUp, statement: &Statement) -> bool {
    let Statement { base, keys, .. } = statement;
    let is_step = |key: &GroupKey| matches!(key, GroupKey::Step(steps) if steps.grain == roll_up.step);
    let is_one_region = base.regions.organisations().count() == 1 && base.regions.regions().len() == 1;
    let is_one_value = |filter: &Filter| matches!(&filter.values, FilterValues::In(values) if values.len() == 1);
    let is_told = |id: &DimensionId| {
        keys.iter().filter_map(GroupKey::dimension).any(|key| key == id)
            || base.filters.iter().any(|filter| filter.dimension == *id && is_one_value(filter))
            || id.as_str() == PROVINCE && is_one_region
    };
    let is_bucket = |key: &GroupKey| matches!(key, GroupKey::Bucket(_));
    !roll_up.by_household
        && keys.iter().any(is_step)
        && (roll_up.bucket.is_none() || keys.iter().any(is_bucket))
        && roll_up.table.dimensions.keys().all(is_told)
}

/// The roll-up in which households have a row for each day with a row of the fact that passes the conditions, and the parts
/// of the range.
pub(in crate::metrics::sql) fn active_days<'a>(
    compiler: &Compiler<'a>,
    branch: &Branch,
    needed: &[&DimensionId],
    interval: Interval,
) -> Option<Fitting<'a>> {
    let Source::Fact(fact) = branch.source else { return None };
    let divided = compiler.rolled_up_days.divide(fact, interval, compiler.statement.base.calendar)?;
    let of_fact = compiler.catalogue.fact(branch.source)?;
    let knows = |roll_up: &RollUp| {
        let has =
            |id: &&DimensionId| roll_up.table.dimensions.contains_key(*id) || !of_fact.dimensions.contains_key(*id);
        roll_up.fact == fact && roll_up.occurrence(&branch.conditions).is_some() && needed.iter().all(has)
    };
    let roll_up = compiler.catalogue.roll_ups().iter().find(|roll_up| knows(roll_up))?;
    Some(Fitting { roll_up, divided })
}

/// What is told apart, where that is what is counted.
pub(super) const fn counted_column(aggregate: &Aggregate) -> Option<&Identifier> {
    match aggregate {
        Aggregate::Distinct(column) | Aggregate::DistinctByDay(column) => Some(column),
        Aggregate::Count
        | Aggregate::Sum(_)
        | Aggregate::Buckets { .. }
        | Aggregate::Values(_)
        | Aggregate::Largest(_)
        | Aggregate::Amounts(_)
        | Aggregate::Stock(_)
        | Aggregate::Decaying { .. } => None,
    }
}

/// What a row of the roll-up must be for there to be a row of the fact behind it that passes the conditions.
pub(super) fn occurring(roll_up: &RollUp, conditions: &[Condition]) -> Option<Condition> {
    Some(occurs(&roll_up.column(&Aggregate::Count, conditions)?))
}

/// That there is any of those that the column counts.
pub(in crate::metrics::sql) fn occurs(count: &Identifier) -> Condition {
    Condition::Column { column: count.clone(), test: Test::AtLeast(1) }
}

/// Whether no step begins within one of the roll-up's.
fn has_whole_steps(step: Grain, steps: &Steps, calendar: Calendar) -> bool {
    let starts_with_day = |moment: &Timestamp| calendar.start_of(calendar.day_of(*moment)) == *moment;
    let by_day = steps.day_ms == calendar.shift_ms() && steps.months.iter().all(starts_with_day);
    match (step, steps.grain) {
        (Grain::Hour, Grain::Hour) => steps.wall_ms == wall_ms(calendar),
        (Grain::Hour | Grain::Day, Grain::Day | Grain::Week | Grain::Month) => by_day,
        (Grain::Hour | Grain::Day, Grain::Minute | Grain::Hour) | (Grain::Minute | Grain::Week | Grain::Month, _) => {
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::time::Day;

    #[test]
    fn steps_must_hold_the_roll_ups_whole() {
        let of = |grain: Grain, calendar: Calendar| Steps {
            grain,
            wall_ms: wall_ms(calendar),
            day_ms: calendar.shift_ms(),
            months: Vec::new(),
            count: 3,
        };
        let china = Calendar::CHINA;
        let steps = |step: Grain, grain: Grain| has_whole_steps(step, &of(grain, china), china);
        assert!(steps(Grain::Hour, Grain::Hour) && steps(Grain::Hour, Grain::Week) && steps(Grain::Day, Grain::Day));
        assert!(!steps(Grain::Day, Grain::Hour) && !steps(Grain::Hour, Grain::Minute));
        let elsewhere = Calendar { offset_minutes: 330, ..china };
        assert!(!has_whole_steps(Grain::Day, &of(Grain::Day, elsewhere), china), "their days begin at other moments");
        let from_noon =
            Steps { months: vec![china.start_of(Day(3)).plus_millis(43_200_000)], ..of(Grain::Month, china) };
        assert!(!has_whole_steps(Grain::Hour, &from_noon, china));
    }
}
