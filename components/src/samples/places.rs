//! Samples by province.

use super::{Sample, dimension, frame, metric, scatter, whole};
use model::{
    frame::{Cell, Column},
    geo::{Province, Region},
    metric::Unit,
};

/// A scope of most provinces: three are outside.
pub(super) fn geo() -> Sample {
    let seen = || Province::ALL.iter().enumerate().filter(|(at, _)| !matches!(at, 4 | 17 | 29));
    let row = |(at, province): (usize, &Province)| {
        let plays = 40_000.0 + f64::from(scatter(at * 3) % 5_000) * 70.0;
        vec![Cell::Text(province.code().to_owned()), whole(plays)]
    };
    let scope = seen().map(|(_, province)| Region::Province(*province)).collect();
    let plays = Column { scope, ..metric("content.plays", Unit::Count) };
    Sample::of(frame(vec![dimension("province"), plays], seen().map(row).collect()))
}
