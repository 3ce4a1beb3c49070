//! The course of a number beside it in its cell.

use super::Rows;
use crate::{
    chart::{Size, SparklineSpec, svg},
    markup::Markup,
    words,
};
use model::{
    formatting::column_number,
    frame::{Column, Course},
    metric::Unit,
};

/// As large as `--course` and a row leave room for.
pub(crate) const COURSE: Size = Size { w: 72.0, h: 20.0 };

/// The numbers beside that of a row, where its column has courses: none where they are no curve.
pub(crate) fn course_of(column: &Column, row: usize) -> Option<&[Option<f64>]> {
    column.course.as_ref().map(|course: &Course| course.of_row(row).filter(|numbers| numbers.len() > 1).unwrap_or(&[]))
}

impl Rows<'_> {
    /// Takes its room also where there is nothing to draw, so that the numbers of a column stand under each other.
    pub(super) fn draw_course(self, td: &mut Markup, numbers: &[Option<f64>], unit: Unit, decimals: usize) {
        let Some(said) = self.course_text(numbers, unit, decimals) else {
            return td.element("span", &[("class", "table__course")], |_| ());
        };
        let attributes = [("class", "table__course"), ("role", "img"), ("aria-label", &*said), ("title", &*said)];
        td.element("span", &attributes, |span| {
            span.drawing(&svg(&SparklineSpec { values: numbers.to_vec() }.scene(COURSE)));
        });
    }

    /// What a curve says to those who don't see it; `None` where it says nothing.
    fn course_text(self, numbers: &[Option<f64>], unit: Unit, decimals: usize) -> Option<String> {
        let known = || numbers.iter().copied().flatten();
        let (low, high, last) = (known().reduce(f64::min)?, known().reduce(f64::max)?, known().last()?);
        let text = |number: f64| column_number(number, unit, decimals);
        Some(words::course(&text(low), &text(high), &text(last), self.reading.locale))
    }
}
