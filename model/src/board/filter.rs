//! Board filters: what readers may narrow a board by.

use super::OperationError;
use crate::{
    metric::{DimensionId, InvalidId},
    time::{Compare, TimeRange},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

/// The most filters a board may have.
pub const MAX_FILTERS: usize = 12;
/// The most values that one filter lets in.
pub const MAX_CHOSEN: usize = 100;

/// What a board filter is about. A board has at most one filter about each.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FilterSubject {
    Time,
    /// What numbers are compared with.
    Compare,
    Dimension(DimensionId),
}

/// How what is no dimension is written where dimensions are named too; none is called so.
const TIME: &str = "time";
const COMPARE: &str = "compare";

impl fmt::Display for FilterSubject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time => formatter.write_str(TIME),
            Self::Compare => formatter.write_str(COMPARE),
            Self::Dimension(dimension) => dimension.fmt(formatter),
        }
    }
}

impl FromStr for FilterSubject {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            TIME => Ok(Self::Time),
            COMPARE => Ok(Self::Compare),
            dimension => dimension.parse().map(Self::Dimension),
        }
    }
}

impl Serialize for FilterSubject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FilterSubject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// A filter over the whole board. Every tile follows it whose metrics know its subject, unless the tile says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "filter", rename_all = "snake_case", deny_unknown_fields)]
pub enum BoardFilter {
    /// Takes the place of the tiles' own time ranges.
    Time {
        /// What it begins with; `None` leaves each tile its own range.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        usual: Option<TimeRange>,
    },
    /// Takes the place of what tiles are compared with; one that is compared with nothing stays so.
    Compare {
        /// What it begins with; `None` leaves each tile its own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        usual: Option<Compare>,
    },
    /// Lets only some values of a dimension in.
    Values {
        dim: DimensionId,
        /// What it begins with; `null` among them stands for "unknown", and none lets all in.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        usual: Vec<Option<String>>,
    },
}

impl BoardFilter {
    /// A filter that begins with everything.
    pub fn about(subject: FilterSubject) -> Self {
        match subject {
            FilterSubject::Time => Self::Time { usual: None },
            FilterSubject::Compare => Self::Compare { usual: None },
            FilterSubject::Dimension(dim) => Self::Values { dim, usual: Vec::new() },
        }
    }

    pub fn subject(&self) -> FilterSubject {
        match self {
            Self::Time { .. } => FilterSubject::Time,
            Self::Compare { .. } => FilterSubject::Compare,
            Self::Values { dim, .. } => FilterSubject::Dimension(dim.clone()),
        }
    }
}

/// Holds the invariant: few filters, each about something else, none with more values than may be chosen.
pub(super) fn check(filters: &[BoardFilter]) -> Result<(), OperationError> {
    if filters.len() > MAX_FILTERS {
        return Err(OperationError::TooManyFilters);
    }
    for (index, filter) in filters.iter().enumerate() {
        let subject = filter.subject();
        if filters.iter().take(index).any(|before| before.subject() == subject) {
            return Err(OperationError::FilterTwice(subject.to_string()));
        }
        match filter {
            // It would be taken for something else where filters are named.
            BoardFilter::Values { dim, .. } if [TIME, COMPARE].contains(&dim.as_str()) => {
                return Err(OperationError::FilterTwice(dim.to_string()));
            }
            BoardFilter::Values { usual, .. } if usual.len() > MAX_CHOSEN => {
                return Err(OperationError::TooManyValues(subject.to_string()));
            }
            BoardFilter::Values { .. } | BoardFilter::Time { .. } | BoardFilter::Compare { .. } => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Board, Operation};

    fn with(filters: &str) -> Result<Board, OperationError> {
        let filters = serde_json::from_str(filters).unwrap();
        Board::default().apply(&Operation::SetFilters { filters }).map(|edited| edited.board)
    }

    #[test]
    fn a_board_holds_one_filter_about_each_thing() {
        let board = with(
            r#"[{"filter":"time","usual":{"last":"7d"}},{"filter":"values","dim":"province","usual":["ZJ",null]}]"#,
        )
        .unwrap();
        let again: Board = serde_json::from_str(&serde_json::to_string(&board).unwrap()).unwrap();
        assert_eq!(again, board);
        assert_eq!(
            with(r#"[{"filter":"time"},{"filter":"time"}]"#),
            Err(OperationError::FilterTwice("time".to_owned()))
        );
        assert!(with(r#"[{"filter":"values","dim":"time"}]"#).is_err());
        assert!(with(r#"[{"filter":"values","dim":"compare"}]"#).is_err());
        assert!(with(r#"[{"filter":"compare","usual":"week"},{"filter":"time"}]"#).is_ok());
        let many = serde_json::to_string(&vec!["x"; MAX_CHOSEN + 1]).unwrap();
        let many = with(&format!(r#"[{{"filter":"values","dim":"isp","usual":{many}}}]"#));
        assert_eq!(many, Err(OperationError::TooManyValues("isp".to_owned())));
    }

    #[test]
    fn a_board_without_filters_is_written_as_before() {
        assert!(!serde_json::to_string(&Board::default()).unwrap().contains("filters"));
        assert!(serde_json::from_str::<Vec<BoardFilter>>(r#"[{"filter":"sql","where":"1=1"}]"#).is_err());
    }
}
