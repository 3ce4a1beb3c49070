//! From what a file writes to a checked formula.

use super::{
    CatalogueError, CatalogueFile, Derivation, DimensionColumn, Formula, Relation, Source, Term, Value, Way,
    check::Known,
    formula_file::{WrittenFormula, WrittenSlicePercentile, WrittenTerm, WrittenWeighted},
    measure::Aggregate,
    nearest,
};
use crate::events::Fact;
use model::metric::DimensionId;
use std::{ops::Range, sync::Arc};

/// Turns what is written into a checked formula.
pub(super) struct FormulaReader<'a> {
    pub file: CatalogueFile<'a>,
    pub known: &'a Known<'a>,
    /// Where the formula stands, for errors about its shape.
    pub span: Range<usize>,
}

impl FormulaReader<'_> {
    pub(super) fn value(&self, written: WrittenFormula) -> Result<Value, CatalogueError> {
        let WrittenFormula {
            measure: None,
            ignoring: None,
            divided: None,
            ratio: None,
            plus: None,
            less: None,
            per_minute: None,
            universe: None,
            stock: None,
            stock_before: None,
            slice_percentile: None,
            per_day: None,
            age: None,
            distribution: Some(distribution),
            weighted_ranks: None,
        } = written
        else {
            return self.formula(written).map(Value::One);
        };
        let plain = |aggregate: &Aggregate| matches!(aggregate, Aggregate::Count | Aggregate::Sum(_));
        Ok(Value::Distribution {
            sum: self.term(distribution.sum, "sum", plain)?,
            count: self.term(distribution.count, "count", plain)?,
            buckets: self.term(distribution.buckets, "buckets", |aggregate| {
                matches!(aggregate, Aggregate::Buckets { .. } | Aggregate::Values(_))
            })?,
            divided_by: self.divisor(distribution.divided_by)?,
        })
    }

    pub(super) fn formula(&self, written: WrittenFormula) -> Result<Formula<Term>, CatalogueError> {
        let mut found = Vec::new();
        let WrittenFormula {
            measure,
            ignoring,
            divided,
            ratio,
            plus,
            less,
            per_minute,
            per_day,
            age,
            universe,
            stock,
            stock_before,
            slice_percentile,
            distribution,
            weighted_ranks,
        } = written;
        let with_ignoring = ignoring.is_some();
        if let Some(measure) = measure {
            let term = WrittenTerm { measure, ignoring: ignoring.unwrap_or_default() };
            let plain = |aggregate: &Aggregate| {
                matches!(
                    aggregate,
                    Aggregate::Count
                        | Aggregate::Sum(_)
                        | Aggregate::Distinct(_)
                        | Aggregate::DistinctByDay(_)
                        | Aggregate::Largest(_)
                        | Aggregate::Decaying { .. }
                )
            };
            found.push(Formula::Term(self.term(term, "measure", plain)?));
        } else if with_ignoring {
            return Err(self.error("“ignoring” belongs beside a measure"));
        }
        if let Some(divided) = divided {
            found.push(Formula::Divided { of: self.boxed(divided.of)?, by: self.divisor(divided.by)? });
        }
        if let Some(ratio) = ratio {
            found.push(Formula::Ratio { of: self.boxed(ratio.of)?, to: self.boxed(ratio.to)?, scale: ratio.scale });
        }
        if let Some(plus) = plus {
            found.push(Formula::Plus { of: self.boxed(plus.of)?, and: self.boxed(plus.and)? });
        }
        if let Some(less) = less {
            found.push(Formula::Less { of: self.boxed(less.of)?, less: self.boxed(less.less)? });
        }
        if let Some(term) = per_minute {
            let term =
                self.term(term, "per_minute", |aggregate| matches!(aggregate, Aggregate::Count | Aggregate::Sum(_)))?;
            if term.measure.source != Source::Fact(Fact::MinuteAudience) {
                return Err(
                    self.error(format!("“{}” does not count minutes, so it has no mean per minute", term.measure.id))
                );
            }
            found.push(Formula::PerMinute(term));
        }
        let is_stock = |aggregate: &Aggregate| matches!(aggregate, Aggregate::Stock(_));
        if let Some(term) = universe {
            found.push(Formula::Universe(self.term(term, "universe", is_stock)?));
        }
        if let Some(term) = stock {
            found.push(Formula::Stock(self.term(term, "stock", is_stock)?));
        }
        if let Some(term) = stock_before {
            let term = self.term(term, "stock_before", is_stock)?;
            found.push(Formula::StockBefore(Term { from_day_before: true, ..term }));
        }
        if let Some(term) = age {
            let is_largest = |aggregate: &Aggregate| matches!(aggregate, Aggregate::Largest(_));
            found.push(Formula::Age(self.term(term, "age", is_largest)?));
        }
        if let Some(of) = per_day {
            found.push(Formula::PerDay(self.boxed(*of)?));
        }
        if let Some(percentile) = slice_percentile {
            found.push(self.slice_percentile(percentile)?);
        }
        if let Some(parts) = weighted_ranks {
            found.push(self.weighted_ranks(parts)?);
        }
        if distribution.is_some() {
            return Err(self.error("a distribution can't be part of another formula"));
        }
        match (found.pop(), found.is_empty()) {
            (Some(formula), true) => Ok(formula),
            (Some(_), false) | (None, _) => Err(self.error(
                "a formula is exactly one of measure, divided, ratio, plus, less, per_minute, per_day, universe, stock, stock_before, age, slice_percentile, weighted_ranks and distribution",
            )),
        }
    }

    fn slice_percentile(&self, written: WrittenSlicePercentile) -> Result<Formula<Term>, CatalogueError> {
        let span = written.of.measure.span();
        let amounts =
            self.term(written.of, "slice_percentile", |aggregate| matches!(aggregate, Aggregate::Amounts(_)))?;
        let slice_minutes = match self.known.facts.get(&amounts.measure.source).map(|table| &table.relation) {
            Some(Relation::Derived(Derivation { way: Way::Slices { length_ms, .. }, .. }))
                if length_ms % 60_000 == 0 =>
            {
                length_ms / 60_000
            }
            Some(Relation::Derived(_) | Relation::Table(_)) | None => {
                let reason = format!("“{}” is not of slices of whole minutes", amounts.measure.id);
                return Err(self.file.error(span, reason));
            }
        };
        if !(1..=99).contains(&written.percent) {
            return Err(self.error(format!("a percentile is between 1 and 99, and {} is not", written.percent)));
        }
        Ok(Formula::SlicePercentile { amounts, percent: written.percent, slice_minutes })
    }

    fn weighted_ranks(&self, parts: Vec<WrittenWeighted>) -> Result<Formula<Term>, CatalogueError> {
        let parts = parts.into_iter().map(|part| Ok((part.weight, self.formula(part.of)?)));
        let parts = parts.collect::<Result<Vec<_>, _>>()?;
        let sum: f64 = parts.iter().map(|(weight, _)| weight).sum();
        if (sum - 1.0).abs() > 1e-9 || parts.iter().any(|(weight, _)| *weight <= 0.0) {
            return Err(self.error("weights are larger than nothing, and together they are 1"));
        }
        if parts.iter().any(|(_, of)| !of.rankings().is_empty()) {
            return Err(self.error("what is ranked can't be made of ranks"));
        }
        Ok(Formula::WeightedRanks(parts))
    }

    fn boxed(&self, written: WrittenFormula) -> Result<Box<Formula<Term>>, CatalogueError> {
        self.formula(written).map(Box::new)
    }

    fn term(
        &self,
        written: WrittenTerm,
        place: &str,
        fits: impl Fn(&Aggregate) -> bool,
    ) -> Result<Term, CatalogueError> {
        let name = written.measure.get_ref();
        let measure = self.known.measures.get(name).ok_or_else(|| {
            let near = nearest(name, self.known.measures.keys().map(String::as_str));
            let hint = near.first().map_or_else(String::new, |near| format!("; did you mean “{near}”?"));
            self.file.error(written.measure.span(), format!("the measure “{name}” is not in measures.toml{hint}"))
        })?;
        if !fits(&measure.aggregate) {
            return Err(self
                .file
                .error(written.measure.span(), format!("the measure “{name}” can't stand as “{place}”")));
        }
        if let Some(unknown) = written.ignoring.iter().find(|id| !self.known.dimensions.contains_key(*id)) {
            return Err(self
                .file
                .error(written.measure.span(), format!("the dimension “{unknown}” is not in dimensions.toml")));
        }
        let joined = |id: &DimensionId| {
            let column = self.known.facts.get(&measure.source).and_then(|table| table.dimensions.get(id));
            matches!(column, Some(DimensionColumn::Programme { .. }))
        };
        // What ignores programmes is added up over their minutes.
        if !matches!(measure.aggregate, Aggregate::Count | Aggregate::Sum(_)) && written.ignoring.iter().any(joined) {
            return Err(self.file.error(
                written.measure.span(),
                format!("“{name}” can't be added up over minutes, so it can't ignore programmes"),
            ));
        }
        Ok(Term { measure: Arc::clone(measure), ignoring: written.ignoring, from_day_before: false })
    }

    fn divisor(&self, by: f64) -> Result<f64, CatalogueError> {
        if by.is_finite() && by != 0.0 { Ok(by) } else { Err(self.error(format!("nothing can be divided by {by}"))) }
    }

    fn error(&self, reason: impl Into<String>) -> CatalogueError {
        self.file.error(self.span.clone(), reason)
    }
}
