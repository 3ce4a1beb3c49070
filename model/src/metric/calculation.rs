//! What is worked out from the numbers of an answer.

use super::{Additivity, InvalidId};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

/// What is shown of a metric instead of its own numbers. Worked out over the whole answer, before it is cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Calculation {
    /// In percent of the number of the whole, which is counted by itself and not summed up: of the same step, filters and
    /// scope, whatever the splits.
    Share,
    /// The place by size within the same step, from 1; equal numbers share one, and the rest of a top-N has none.
    Rank,
    /// Summed up from the first step on.
    Cumulative,
    /// The mean over the step and those before it, so many in all; undefined where there are not so many.
    MovingMean(Window),
}

/// So many steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window(u8);

impl Window {
    pub const WEEK: Self = Self(7);

    /// From 2 to 90.
    pub const fn new(steps: u8) -> Option<Self> {
        if steps >= 2 && steps <= 90 { Some(Self(steps)) } else { None }
    }

    pub const fn steps(self) -> usize {
        self.0 as usize
    }
}

impl Calculation {
    /// What the menus offer.
    pub const OFFERED: [Self; 4] = [Self::Share, Self::Rank, Self::Cumulative, Self::MovingMean(Window::WEEK)];

    /// Whether it goes along the steps of a time axis.
    pub const fn needs_time(self) -> bool {
        match self {
            Self::Cumulative | Self::MovingMean(_) => true,
            Self::Share | Self::Rank => false,
        }
    }

    /// Whether it sets the parts against each other.
    pub const fn needs_parts(self) -> bool {
        match self {
            Self::Share | Self::Rank => true,
            Self::Cumulative | Self::MovingMean(_) => false,
        }
    }

    /// Whether it means anything for such numbers: ratios and quantiles have no parts and no mean, and what is counted once
    /// in a day would be counted again in a sum of days.
    pub const fn is_meant_for(self, additivity: Additivity) -> bool {
        match (self, additivity) {
            (Self::Rank, _)
            | (
                Self::Share | Self::MovingMean(_),
                Additivity::Additive | Additivity::SemiAdditive | Additivity::Distinct,
            )
            | (Self::Cumulative, Additivity::Additive) => true,
            (Self::Share | Self::MovingMean(_), Additivity::Ratio | Additivity::Quantile)
            | (
                Self::Cumulative,
                Additivity::SemiAdditive | Additivity::Distinct | Additivity::Ratio | Additivity::Quantile,
            ) => false,
        }
    }
}

/// `share`, `rank`, `cumulative`, `mean7`.
impl fmt::Display for Calculation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Share => formatter.write_str("share"),
            Self::Rank => formatter.write_str("rank"),
            Self::Cumulative => formatter.write_str("cumulative"),
            Self::MovingMean(window) => write!(formatter, "mean{}", window.0),
        }
    }
}

impl FromStr for Calculation {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let mean = || Window::new(text.strip_prefix("mean")?.parse().ok()?).map(Self::MovingMean);
        match text {
            "share" => Ok(Self::Share),
            "rank" => Ok(Self::Rank),
            "cumulative" => Ok(Self::Cumulative),
            _ => mean().ok_or_else(|| InvalidId(text.to_owned())),
        }
    }
}

impl Serialize for Calculation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Calculation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| {
            de::Error::custom(format!(
                "“{text}” is no calculation: expected share, rank, cumulative or mean2 to mean90"
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_as_it_is_written() {
        for calculation in Calculation::OFFERED {
            assert_eq!(calculation.to_string().parse(), Ok(calculation));
        }
        for wrong in ["", "mean", "mean1", "mean91", "Share", "sum"] {
            assert!(wrong.parse::<Calculation>().is_err(), "{wrong}");
        }
    }
}
