//! Which rows: the table, the programme list beside it, the scope, the time and the filters.

use super::{Compiler, Writer, derived};
use crate::metrics::{
    catalogue::{Derivation, DimensionColumn, Relation, TimeUnit, Way},
    plan::{GroupKey, Statement},
};
use model::{
    geo::{Province, Region},
    metric::{DimensionId, DimensionKind, Filter, FilterValues},
};

// Not every engine has words for these.
const ALWAYS: &str = "1 = 1";
const NEVER: &str = "1 = 0";
/// So many values DuckDB compares one by one, and knows of a row group whether it may hold one. More become a join.
const MOST_COMPARED: usize = 5;

impl Compiler<'_> {
    pub(super) fn source(&self, writer: &mut Writer<'_>) {
        match self.table().map(|table| &table.relation) {
            None => writer.push(&format!("\nFROM {}", self.dialect.table("programme", "f"))),
            Some(Relation::Table(relation)) => {
                writer.push(&format!("\nFROM {}", self.dialect.table(relation.as_str(), "f")));
            }
            Some(Relation::Derived(derivation)) => {
                writer.push("\nFROM (\n");
                derived::write(self, writer, derivation);
                writer.push("\n) AS f");
            }
        }
        if self.statement.base.programmes {
            self.programmes(writer);
        }
    }

    /// A row for every minute of every programme, so that minutes find theirs by equality. The columns they are found by
    /// have the same names on both sides, which every engine understands, also where one is spread over several servers.
    fn programmes(&self, writer: &mut Writer<'_>) {
        let (from, to) = self.bounds();
        let each = self.dialect.each(
            &self.dialect.larger("start_minute", &from.to_string()),
            &self.dialect.smaller("stop_minute", &to.to_string()),
        );
        let time = self.time_column();
        writer.push(&format!(
            "\nLEFT JOIN (SELECT org, channel_id, {} AS title, {} AS began, {each} AS {time} FROM {} WHERE ",
            self.dialect.perhaps("title"),
            self.dialect.perhaps("start_minute"),
            self.dialect.table("programme", "q"),
        ));
        self.organisations(writer, "org");
        writer.push(" AND stop_minute > ");
        writer.integer(from);
        writer.push(" AND start_minute < ");
        writer.integer(to);
        self.standing(writer, "q");
        writer.push(&format!(") AS p USING (org, channel_id, {time})"));
    }

    pub(super) fn conditions(&self, writer: &mut Writer<'_>) {
        writer.push("\nWHERE ");
        if self.reads_programmes_only() {
            self.organisations(writer, "f.org");
        } else {
            match self.derivation() {
                Some(_) => writer.push(ALWAYS),
                None => self.scope(writer),
            }
        }
        self.time_range(writer);
        if !self.only_days.is_empty() {
            let days: Vec<String> = self.only_days.iter().map(|day| day.0.to_string()).collect();
            writer.push(&format!(" AND f.day IN ({})", days.join(", ")));
        }
        if self.derivation().is_none() {
            self.standing(writer, "f");
        }
        let filters = &self.statement.base.filters;
        let filters = match self.derivation() {
            Some(derivation) => derived::outer_filters(derivation, filters),
            None => filters.iter().collect(),
        };
        for filter in filters {
            writer.push("\n  AND ");
            self.filter(writer, filter);
        }
    }

    fn derivation(&self) -> Option<&Derivation> {
        match &self.table()?.relation {
            Relation::Table(_) => None,
            Relation::Derived(derivation) => Some(derivation),
        }
    }

    /// Whether no two rows of a group are of one household: a cohort has one row for each day of a household. Those of two
    /// organisations may have one name.
    pub(super) fn has_households_once(&self) -> bool {
        let (Some(table), Some(Derivation { way: Way::Cohort { .. }, .. })) = (self.table(), self.derivation()) else {
            return false;
        };
        let is_day_number = |id: &DimensionId| match table.dimensions.get(id) {
            Some(DimensionColumn::Own(column)) => column.as_str() == "day_number",
            Some(DimensionColumn::Programme { .. }) | None => false,
        };
        let Statement { base, keys, .. } = self.statement;
        base.regions.organisations().count() == 1 && keys.iter().filter_map(GroupKey::dimension).any(is_day_number)
    }

    /// Without rows that were taken away.
    pub(super) fn standing(&self, writer: &mut Writer<'_>, alias: &str) {
        if let Some(standing) = self.dialect.standing(alias) {
            writer.push(&format!(" AND {standing}"));
        }
    }

    /// The scope, once, on the rows that everything else is made of.
    pub(super) fn scope(&self, writer: &mut Writer<'_>) {
        writer.push("(");
        writer.list(self.statement.base.regions.by_organisation(), " OR ", |writer, (organisation, regions)| {
            writer.push("(f.org = ");
            writer.integer(i64::from(organisation.0));
            writer.push(" AND ");
            let provinces: Vec<&str> =
                regions.iter().copied().filter_map(Region::province).map(Province::code).collect();
            let unknown = regions.contains(&Region::Unknown);
            self.one_of(writer, "f.province", &provinces, unknown);
            writer.push(")");
        });
        writer.push(")");
    }

    pub(super) fn organisations(&self, writer: &mut Writer<'_>, column: &str) {
        writer.push(&format!("{column} IN ("));
        writer.list(self.statement.base.regions.organisations(), ", ", |writer, organisation| {
            writer.integer(i64::from(organisation.0));
        });
        writer.push(")");
    }

    /// The range in units of the time column.
    pub(super) fn bounds(&self) -> (i64, i64) {
        let (interval, unit) = (self.statement.base.interval, self.unit_ms());
        let up = |ms: i64| -(-ms).div_euclid(unit);
        (up(interval.from().millis()), up(interval.to().millis()))
    }

    fn time_range(&self, writer: &mut Writer<'_>) {
        let time = self.time();
        let until = self.table().and_then(|table| table.time.until.as_ref());
        let days = self.table().is_some_and(|table| table.time.counts == TimeUnit::Days);
        if self.reads_programmes_only() {
            let (from, to) = self.bounds();
            writer.push("\n  AND f.stop_minute > ");
            writer.integer(from);
            writer.push(" AND f.start_minute < ");
            writer.integer(to);
        } else if let (Some(until), true) = (until, days) {
            let (first, last) = self.statement.base.interval.days(self.statement.base.calendar);
            writer.push(&format!("\n  AND {time} <= "));
            writer.integer(i64::from(last.0));
            writer.push(&format!(" AND (f.{0} IS NULL OR f.{0} > ", until.as_str()));
            writer.integer(i64::from(first.0));
            writer.push(")");
        } else if days {
            let (first, last) = self.statement.base.interval.days(self.statement.base.calendar);
            writer.push(&format!("\n  AND {time} >= "));
            writer.integer(i64::from(first.0));
            writer.push(&format!(" AND {time} <= "));
            writer.integer(i64::from(last.0));
        } else {
            let (from, to) = self.bounds();
            writer.push(&format!("\n  AND {time} >= "));
            writer.integer(from);
            writer.push(&format!(" AND {time} < "));
            writer.integer(to);
        }
    }

    fn filter(&self, writer: &mut Writer<'_>, filter: &Filter) {
        let is_number = self
            .catalogue
            .dimension(&filter.dimension)
            .is_some_and(|dimension| dimension.kind == DimensionKind::Number);
        let column = self.dimension(&filter.dimension);
        let column = if is_number { self.dialect.as_text(&column) } else { column };
        let named = |values: &[Option<String>]| -> Vec<String> { values.iter().flatten().cloned().collect() };
        match &filter.values {
            FilterValues::In(values) => {
                self.one_of(writer, &column, &named(values), values.contains(&None));
            }
            // What is unknown is not one of the values, so it stays, unless it is named itself.
            FilterValues::NotIn(values) => {
                let names = named(values);
                let unknown_stays = !values.contains(&None);
                match (names.is_empty(), unknown_stays) {
                    (true, true) => writer.push(ALWAYS),
                    (true, false) => writer.push(&format!("{column} IS NOT NULL")),
                    (false, _) => {
                        writer.push("(NOT ");
                        self.named(writer, &column, &names);
                        // Said both ways: to some engines what is unknown is not unknown to be in a list, but not in it.
                        let unknown = if unknown_stays { "OR" } else { "AND NOT" };
                        writer.push(&format!(" {unknown} {column} IS NULL)"));
                    }
                }
            }
        }
    }

    /// Whether a column is one of the values, or unknown where that is one of them.
    fn one_of<S: AsRef<str>>(&self, writer: &mut Writer<'_>, column: &str, values: &[S], unknown: bool) {
        match (values.is_empty(), unknown) {
            (true, true) => writer.push(&format!("{column} IS NULL")),
            (true, false) => writer.push(NEVER),
            (false, true) => {
                writer.push("(");
                self.named(writer, column, values);
                writer.push(&format!(" OR {column} IS NULL)"));
            }
            (false, false) if (2..=MOST_COMPARED).contains(&values.len()) => {
                writer.push(&format!("{column} IN ("));
                writer.list(values, ", ", |writer, value| writer.value(value.as_ref()));
                writer.push(")");
            }
            (false, false) => self.named(writer, column, values),
        }
    }

    /// Whether a column is one of the values; a single one is compared, which finds its blocks of rows by itself.
    pub(super) fn named<S: AsRef<str>>(&self, writer: &mut Writer<'_>, column: &str, values: &[S]) {
        if let [value] = values {
            writer.push(&format!("({column} = "));
            writer.value(value.as_ref());
            writer.push(")");
            return;
        }
        let [before, after] = self.dialect.one_of(column, values.len());
        writer.push(&before);
        writer.list(values, ", ", |writer, value| writer.value(value.as_ref()));
        writer.push(&after);
    }
}
