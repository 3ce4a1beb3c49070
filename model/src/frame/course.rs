//! The course of a column's numbers: beside each number, how it came about along the range.

use serde::{Deserialize, Serialize};

/// A number for each row of a frame and each step of its range.
///
/// Every row has as many numbers as there are steps, so that what is drawn of them lines up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "WrittenCourse")]
pub struct Course {
    steps: Vec<String>,
    rows: Vec<Vec<Option<f64>>>,
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct WrittenCourse {
    /// Starts of the steps that have begun, as in a time column.
    steps: Vec<String>,
    /// For each row of the frame, a number for each step, in the unit of the column; null where it is undefined, or rests
    /// on fewer cases than the metric's minimum.
    rows: Vec<Vec<Option<f64>>>,
}

/// A row that has not a number for each step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("row {row} of a course has {numbers} numbers: expected {steps}, one for each step")]
pub struct InvalidCourse {
    pub row: usize,
    pub numbers: usize,
    pub steps: usize,
}

impl Course {
    /// What is no finite number is a gap.
    pub fn new(steps: Vec<String>, mut rows: Vec<Vec<Option<f64>>>) -> Result<Self, InvalidCourse> {
        for (row, numbers) in rows.iter_mut().enumerate() {
            if numbers.len() != steps.len() {
                return Err(InvalidCourse { row, numbers: numbers.len(), steps: steps.len() });
            }
            for number in numbers {
                *number = number.filter(|number| number.is_finite());
            }
        }
        Ok(Self { steps, rows })
    }

    /// Starts of the steps, RFC 3339 in the organisation's offset.
    pub fn steps(&self) -> &[String] {
        &self.steps
    }

    /// The numbers of a row of the frame, one for each step.
    pub fn of_row(&self, row: usize) -> Option<&[Option<f64>]> {
        self.rows.get(row).map(Vec::as_slice)
    }

    /// How many numbers it holds.
    pub fn len(&self) -> usize {
        self.rows.len() * self.steps.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl TryFrom<WrittenCourse> for Course {
    type Error = InvalidCourse;

    fn try_from(WrittenCourse { steps, rows }: WrittenCourse) -> Result<Self, InvalidCourse> {
        Self::new(steps, rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(count: usize) -> Vec<String> {
        (0..count).map(|hour| format!("2026-11-21T{hour:02}:00:00+08:00")).collect()
    }

    #[test]
    fn a_course_has_a_number_for_each_step() {
        let course = Course::new(steps(2), vec![vec![Some(1.0), None], vec![Some(f64::NAN), Some(2.5)]]).unwrap();
        assert_eq!(course.of_row(0), Some(&[Some(1.0), None][..]));
        assert_eq!(course.of_row(1), Some(&[None, Some(2.5)][..]), "what is no number is a gap");
        assert_eq!((course.of_row(2), course.len(), course.steps().len()), (None, 4, 2));
        let json = serde_json::to_string(&course).unwrap();
        assert_eq!(serde_json::from_str::<Course>(&json).unwrap(), course);
    }

    #[test]
    fn rows_of_other_lengths_are_none() {
        let short = Course::new(steps(2), vec![vec![None, None], vec![Some(1.0)]]);
        assert_eq!(short, Err(InvalidCourse { row: 1, numbers: 1, steps: 2 }));
        let error = serde_json::from_str::<Course>(r#"{"steps":["a"],"rows":[[1,2]]}"#).unwrap_err().to_string();
        assert!(error.contains("row 0 of a course has 2 numbers: expected 1"), "{error}");
    }
}
