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
    /// How much more often a part is chosen within another one than everywhere (target group index): its share there, by its
    /// share of the whole, times 100; both are counted by themselves. Of two splits, and the same whichever is the group.
    Tgi,
    /// The place by size within the same step, from 1; equal numbers share one, and the rest of a top-N has none.
    Rank,
    /// How many places it rose since what it is compared with; below 0 where it fell.
    RankChange,
    /// Summed up from the first step on.
    Cumulative,
    /// The mean over the step and those before it, so many in all; undefined where there are not so many.
    MovingMean(Window),
    /// Its own number, and beside it the ends of its 95 % confidence interval: of a share of cases only.
    Confidence,
    /// Its own number, and beside it the band that it is expected in by what was before, and on which side of it it lies.
    Anomaly,
}

/// The ends of a confidence interval.
pub const LOW: &str = "low";
pub const HIGH: &str = "high";
/// The ends of the band that a number is expected in …
pub const BAND_LOW: &str = "band_low";
pub const BAND_HIGH: &str = "band_high";
/// … and whether it lies below it (-1), in it (0) or above it (1).
pub const OUTSIDE: &str = "outside";

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
    pub const OFFERED: [Self; 8] = [
        Self::Share,
        Self::Tgi,
        Self::Rank,
        Self::RankChange,
        Self::Cumulative,
        Self::MovingMean(Window::WEEK),
        Self::Confidence,
        Self::Anomaly,
    ];

    /// Whether it goes along the steps of a time axis.
    pub const fn needs_time(self) -> bool {
        match self {
            Self::Cumulative | Self::MovingMean(_) | Self::Anomaly => true,
            Self::Share | Self::Tgi | Self::Rank | Self::RankChange | Self::Confidence => false,
        }
    }

    /// Whether it can set the parts against each other that so many dimensions split into, beside time.
    pub const fn suits_dimensions(self, dimensions: usize) -> bool {
        match self {
            Self::Share | Self::Rank | Self::RankChange => dimensions >= 1,
            Self::Tgi => dimensions == 2,
            Self::Cumulative | Self::MovingMean(_) | Self::Confidence | Self::Anomaly => true,
        }
    }

    /// Whether there is none without a comparison.
    pub const fn needs_comparison(self) -> bool {
        match self {
            Self::RankChange => true,
            Self::Share
            | Self::Tgi
            | Self::Rank
            | Self::Cumulative
            | Self::MovingMean(_)
            | Self::Confidence
            | Self::Anomaly => false,
        }
    }

    /// The columns that stand beside its own, each named `<column>@<this>`.
    pub const fn beside(self) -> &'static [&'static str] {
        match self {
            Self::Confidence => &[LOW, HIGH],
            Self::Anomaly => &[BAND_LOW, BAND_HIGH, OUTSIDE],
            Self::Share | Self::Tgi | Self::Rank | Self::RankChange | Self::Cumulative | Self::MovingMean(_) => &[],
        }
    }

    /// Whether it means anything for such numbers: ratios and quantiles have no parts and no mean, and what is counted once
    /// in a day would be counted again in a sum of days. A confidence interval is one of a share of cases.
    pub const fn is_meant_for(self, additivity: Additivity, is_share_of_cases: bool) -> bool {
        match (self, additivity) {
            (Self::Confidence, _) => is_share_of_cases,
            (Self::Rank | Self::RankChange | Self::Anomaly, _)
            | (
                Self::Share | Self::Tgi | Self::MovingMean(_),
                Additivity::Additive | Additivity::SemiAdditive | Additivity::Distinct,
            )
            | (Self::Cumulative, Additivity::Additive) => true,
            (Self::Share | Self::Tgi | Self::MovingMean(_), Additivity::Ratio | Additivity::Quantile)
            | (
                Self::Cumulative,
                Additivity::SemiAdditive | Additivity::Distinct | Additivity::Ratio | Additivity::Quantile,
            ) => false,
        }
    }
}

/// `share`, `tgi`, `rank`, `rank_change`, `cumulative`, `mean7`, `ci95`, `anomaly`.
impl fmt::Display for Calculation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Share => formatter.write_str("share"),
            Self::Tgi => formatter.write_str("tgi"),
            Self::Rank => formatter.write_str("rank"),
            Self::RankChange => formatter.write_str("rank_change"),
            Self::Cumulative => formatter.write_str("cumulative"),
            Self::MovingMean(window) => write!(formatter, "mean{}", window.0),
            Self::Confidence => formatter.write_str("ci95"),
            Self::Anomaly => formatter.write_str("anomaly"),
        }
    }
}

impl FromStr for Calculation {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let mean = || Window::new(text.strip_prefix("mean")?.parse().ok()?).map(Self::MovingMean);
        match text {
            "share" => Ok(Self::Share),
            "tgi" => Ok(Self::Tgi),
            "rank" => Ok(Self::Rank),
            "rank_change" => Ok(Self::RankChange),
            "cumulative" => Ok(Self::Cumulative),
            "ci95" => Ok(Self::Confidence),
            "anomaly" => Ok(Self::Anomaly),
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
                "“{text}” is no calculation: expected share, tgi, rank, rank_change, cumulative, mean2 to mean90, ci95 or anomaly"
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
