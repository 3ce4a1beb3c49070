//! A formula over fewer rows: its measures get further conditions, as if a filter stood on every query.

use crate::metrics::catalogue::{
    Catalogue, Condition, DimensionColumn, Formula, Identifier, Measure, Relation, Term, Test,
};
use model::metric::{DimensionId, DimensionKind, Filter, FilterValues, own::Rule};
use std::sync::Arc;

/// What a filter comes to.
pub(super) struct Narrowing<'a> {
    catalogue: &'a Catalogue,
    dimension: &'a DimensionId,
    test: Test,
}

impl<'a> Narrowing<'a> {
    /// Looks the filter up: its dimension, and its values where the catalogue knows them all.
    pub(super) fn of(catalogue: &'a Catalogue, filter: &'a Filter) -> Result<Self, Rule> {
        let name = || filter.dimension.to_string();
        let dimension =
            catalogue.dimension(&filter.dimension).ok_or_else(|| Rule::UnknownDimension { dimension: name() })?;
        match dimension.kind {
            DimensionKind::Province | DimensionKind::Number => {
                return Err(Rule::NotForNarrowing { dimension: name() });
            }
            DimensionKind::Text => {}
        }
        let (FilterValues::In(values) | FilterValues::NotIn(values)) = &filter.values;
        let mut named: Vec<String> = values.iter().flatten().cloned().collect();
        named.sort_unstable();
        named.dedup();
        let is_known = |value: &String| dimension.values.is_empty() || dimension.values.contains_key(value);
        if let Some(value) = named.iter().find(|value| !is_known(value)) {
            return Err(Rule::UnknownValue { dimension: name(), value: value.clone() });
        }
        let test = match &filter.values {
            FilterValues::In(_) => Test::OneOf(named),
            FilterValues::NotIn(_) => Test::NoneOf(named),
        };
        Ok(Self { catalogue, dimension: &filter.dimension, test })
    }

    /// The formula with every term narrowed that does not ignore the dimension.
    pub(super) fn narrow(&self, formula: &Formula<Term>) -> Result<Formula<Term>, Rule> {
        let mut refused = None;
        let narrowed = formula.map(&mut |term| match self.term(term) {
            Ok(narrowed) => narrowed,
            Err(rule) => {
                refused.get_or_insert(rule);
                term.clone()
            }
        });
        refused.map_or(Ok(narrowed), Err)
    }

    fn term(&self, term: &Term) -> Result<Term, Rule> {
        if term.ignoring.contains(self.dimension) {
            return Ok(term.clone());
        }
        let column = self.column(term)?.clone();
        let mut measure = Measure::clone(&term.measure);
        measure.conditions.push(Condition::Column { column, test: self.test.clone() });
        Ok(Term { measure: Arc::new(measure), ..term.clone() })
    }

    fn column(&self, term: &Term) -> Result<&Identifier, Rule> {
        let dimension = || self.dimension.to_string();
        let table = self.catalogue.fact(term.measure.source);
        // Derived rows are made anew of what a filter leaves; a condition on them comes too late for that.
        let is_carried = table.is_some_and(|table| match &table.relation {
            Relation::Table(_) => false,
            Relation::Derived(derivation) => derivation.carried.contains(self.dimension),
        });
        if is_carried {
            return Err(Rule::NotForNarrowing { dimension: dimension() });
        }
        match table.and_then(|table| table.dimensions.get(self.dimension)) {
            Some(DimensionColumn::Own(column)) => Ok(column),
            // It is joined when a query speaks of programmes, and then minutes are those of the programmes.
            Some(DimensionColumn::Programme { .. }) => Err(Rule::NotForNarrowing { dimension: dimension() }),
            None => Err(Rule::NotADimension { of: term.measure.id.clone(), dimension: dimension() }),
        }
    }
}
