//! The formula while it is composed: a composition in which something may still be missing.

use model::metric::{
    DimensionId, Filter, FilterValues, MeasureId, MetricId, ProfileId, Stat,
    own::{ComposedTerm, Composition, TermSource},
};
use std::collections::BTreeSet;

/// An operation, as the composer offers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    Term,
    Plus,
    Less,
    Ratio,
    Divided,
}

impl Operation {
    pub(super) const ALL: [Self; 5] = [Self::Term, Self::Ratio, Self::Plus, Self::Less, Self::Divided];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Term => "term",
            Self::Plus => "plus",
            Self::Less => "less",
            Self::Ratio => "ratio",
            Self::Divided => "divided",
        }
    }

    pub(super) fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| operation.name() == name)
    }
}

/// A term that may still have to be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct OpenTerm {
    pub(super) source: Option<TermSource>,
    pub(super) filters: Vec<Filter>,
}

impl OpenTerm {
    pub(super) const fn measure(&self) -> Option<&MeasureId> {
        match &self.source {
            Some(TermSource::Measure { id, .. }) => Some(id),
            Some(TermSource::Metric { .. }) | None => None,
        }
    }

    pub(super) const fn metric(&self) -> Option<&MetricId> {
        match &self.source {
            Some(TermSource::Metric { id, .. }) => Some(id),
            Some(TermSource::Measure { .. }) | None => None,
        }
    }

    /// Takes its numbers from something else; what narrowed it goes.
    pub(super) fn choose_measure(&mut self, id: MeasureId) {
        *self = Self { source: Some(TermSource::Measure { id, ignoring: BTreeSet::new() }), filters: Vec::new() };
    }

    pub(super) fn choose_metric(&mut self, id: MetricId) {
        *self = Self { source: Some(TermSource::Metric { id, stat: None, profile: None }), filters: Vec::new() };
    }

    pub(super) fn choose_stat(&mut self, chosen: Option<Stat>) {
        if let Some(TermSource::Metric { stat, .. }) = &mut self.source {
            *stat = chosen;
        }
    }

    pub(super) fn choose_profile(&mut self, chosen: Option<ProfileId>) {
        if let Some(TermSource::Metric { profile, .. }) = &mut self.source {
            *profile = chosen;
        }
    }

    /// The values of a filter become others; a filter stays while it is empty, until it is taken away.
    pub(super) fn narrow(&mut self, dimension: &DimensionId, values: FilterValues) {
        match self.filters.iter_mut().find(|filter| filter.dimension == *dimension) {
            Some(filter) => filter.values = values,
            None => self.filters.push(Filter { dimension: dimension.clone(), values }),
        }
    }
}

/// A part of the formula.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub(super) operation: Operation,
    /// What stands here where it is a single term. Kept when an operation is chosen, so that nothing is lost by trying.
    pub(super) term: OpenTerm,
    /// The operands; there are always as many as the operation takes.
    pub(super) parts: Vec<Self>,
    pub(super) scale: f64,
    /// As it is typed.
    pub(super) by: String,
}

impl Default for Node {
    fn default() -> Self {
        Self {
            operation: Operation::Term,
            term: OpenTerm::default(),
            parts: Vec::new(),
            scale: 100.0,
            by: String::new(),
        }
    }
}

impl Node {
    /// What a new metric begins as: most of them are ratios.
    pub(super) fn ratio() -> Self {
        let mut node = Self::default();
        node.choose(Operation::Ratio);
        node
    }

    pub(super) fn of(composition: &Composition) -> Self {
        let two = |operation, of: &Composition, with: &Composition| Self {
            operation,
            parts: vec![Self::of(of), Self::of(with)],
            ..Self::default()
        };
        match composition {
            Composition::Term(ComposedTerm { source, filters }) => {
                Self { term: OpenTerm { source: Some(source.clone()), filters: filters.clone() }, ..Self::default() }
            }
            Composition::Plus { of, and } => two(Operation::Plus, of, and),
            Composition::Less { of, less } => two(Operation::Less, of, less),
            Composition::Ratio { of, to, scale } => Self { scale: *scale, ..two(Operation::Ratio, of, to) },
            Composition::Divided { of, by } => {
                Self { operation: Operation::Divided, parts: vec![Self::of(of)], by: by.to_string(), ..Self::default() }
            }
        }
    }

    /// Chooses the operation. What was composed so far becomes its first operand, as far as it fits.
    pub(super) fn choose(&mut self, operation: Operation) {
        let wanted = match operation {
            Operation::Term => 0,
            Operation::Divided => 1,
            Operation::Plus | Operation::Less | Operation::Ratio => 2,
        };
        if operation != Operation::Term && self.operation == Operation::Term && self.parts.is_empty() {
            self.parts.push(Self { term: std::mem::take(&mut self.term), ..Self::default() });
        }
        if operation == Operation::Term
            && let Some(first) = self.parts.first()
            && first.operation == Operation::Term
        {
            self.term = first.term.clone();
            self.parts.clear();
        }
        self.parts.truncate(wanted.max(1));
        self.parts.resize_with(wanted, Self::default);
        self.operation = operation;
    }

    /// The part at a path of operands.
    pub(super) fn at(&self, path: &[usize]) -> Option<&Self> {
        match path.split_first() {
            Some((first, rest)) => self.parts.get(*first)?.at(rest),
            None => Some(self),
        }
    }

    pub(super) fn at_mut(&mut self, path: &[usize]) -> Option<&mut Self> {
        match path.split_first() {
            Some((first, rest)) => self.parts.get_mut(*first)?.at_mut(rest),
            None => Some(self),
        }
    }

    /// The field of a part, as a file names it.
    pub(super) fn field(&self, path: &[usize]) -> String {
        let mut field = "value".to_owned();
        let mut node = Some(self);
        for step in path {
            let name = match (node.map(|node| node.operation), step) {
                (Some(Operation::Plus), 0) => "plus.of",
                (Some(Operation::Plus), _) => "plus.and",
                (Some(Operation::Less), 0) => "less.of",
                (Some(Operation::Less), _) => "less.less",
                (Some(Operation::Ratio), 0) => "ratio.of",
                (Some(Operation::Ratio), _) => "ratio.to",
                (Some(Operation::Divided), _) => "divided.of",
                (Some(Operation::Term) | None, _) => "",
            };
            field = format!("{field}.{name}");
            node = node.and_then(|node| node.parts.get(*step));
        }
        field
    }

    /// The composition, or the fields in which something is missing.
    pub(super) fn composition(&self) -> Result<Composition, Vec<String>> {
        let mut missing = Vec::new();
        let composed = self.compose("value", &mut missing);
        composed.filter(|_| missing.is_empty()).ok_or(missing)
    }

    fn compose(&self, field: &str, missing: &mut Vec<String>) -> Option<Composition> {
        let mut operand = |step: usize, name: &str| {
            let part = self.parts.get(step)?;
            part.compose(&format!("{field}.{name}"), missing).map(Box::new)
        };
        match self.operation {
            Operation::Term => {
                if self.term.source.is_none() {
                    missing.push(field.to_owned());
                }
                let source = self.term.source.clone()?;
                Some(Composition::Term(ComposedTerm { source, filters: self.term.filters.clone() }))
            }
            Operation::Plus => {
                let (of, and) = (operand(0, "plus.of"), operand(1, "plus.and"));
                Some(Composition::Plus { of: of?, and: and? })
            }
            Operation::Less => {
                let (of, less) = (operand(0, "less.of"), operand(1, "less.less"));
                Some(Composition::Less { of: of?, less: less? })
            }
            Operation::Ratio => {
                let (of, to) = (operand(0, "ratio.of"), operand(1, "ratio.to"));
                Some(Composition::Ratio { of: of?, to: to?, scale: self.scale })
            }
            Operation::Divided => {
                let of = operand(0, "divided.of");
                // What is no number is told by the server in the same words as a zero.
                let by = self.by.trim().parse().unwrap_or(0.0);
                Some(Composition::Divided { of: of?, by })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plays() -> OpenTerm {
        let mut term = OpenTerm::default();
        term.choose_metric("content.plays".parse().unwrap());
        term
    }

    #[test]
    fn what_is_missing_is_named_as_a_file_names_it() {
        let mut node = Node::ratio();
        assert_eq!(node.composition().unwrap_err(), ["value.ratio.of", "value.ratio.to"]);
        node.at_mut(&[1]).unwrap().choose(Operation::Divided);
        node.at_mut(&[0]).unwrap().term = plays();
        assert_eq!(node.composition().unwrap_err(), ["value.ratio.to.divided.of"]);
        assert_eq!(node.field(&[1, 0]), "value.ratio.to.divided.of");
        node.at_mut(&[1, 0]).unwrap().term = plays();
        node.at_mut(&[1]).unwrap().by = "7".to_owned();
        assert_eq!(node.composition().unwrap().to_string(), "content.plays ÷ (content.plays ÷ 7) × 100");
    }

    #[test]
    fn what_is_composed_comes_back_as_it_was() {
        let json = r#"{"less":{"of":{"ratio":{"scale":1000,"of":{"measure":"stalls","where":[{"dim":"isp","not_in":["ct"]}]},
            "to":{"metric":"qoe.startup_s","stat":"p95"}}},"less":{"divided":{"by":0.5,"of":{"measure":"stalls"}}}}}"#;
        let composition: Composition = serde_json::from_str(json).unwrap();
        assert_eq!(Node::of(&composition).composition().unwrap(), composition);
    }

    #[test]
    fn trying_an_operation_loses_nothing() {
        let mut node = Node { term: plays(), ..Node::default() };
        node.choose(Operation::Plus);
        assert_eq!(node.parts[0].term, plays());
        node.choose(Operation::Ratio);
        assert_eq!((node.parts.len(), &node.parts[0].term), (2, &plays()));
        node.choose(Operation::Divided);
        assert_eq!(node.parts.len(), 1);
        node.choose(Operation::Term);
        assert_eq!((node.parts.len(), &node.term), (0, &plays()));
    }
}
