//! Every problem in the reader's words: what happened, and what to do next.

use super::text;
use crate::error::AppError;
use model::{
    formatting::Locale,
    problem::{Problem, ProblemCode},
};

/// A problem as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemWords {
    /// What happened.
    pub title: String,
    /// What to do next.
    pub advice: String,
    /// An id to quote, where the log has more to say.
    pub incident: Option<String>,
}

/// What a server function's error is called.
pub fn error_words(error: &AppError, locale: Locale) -> ProblemWords {
    match error {
        AppError::Refused(problem) => problem_words(problem, locale),
        AppError::NotReached(_) => ProblemWords {
            title: text!(locale, problems.not_reached.title).to_owned(),
            advice: text!(locale, problems.not_reached.advice).to_owned(),
            incident: None,
        },
    }
}

/// The words of one code: its two texts, and the parameters that the second one takes.
macro_rules! words_of {
    ($locale:expr, $code:ident $(, $name:ident = $value:expr)*) => {
        (
            text!($locale, problems.$code.title).to_owned(),
            text!($locale, problems.$code.advice $(, $name = $value)*).to_owned(),
        )
    };
}

/// What a problem is called.
pub fn problem_words(problem: &Problem, locale: Locale) -> ProblemWords {
    let parameter = |name: &str| problem.parameters.get(name).cloned().unwrap_or_else(|| "…".to_owned());
    let (title, advice) = match problem.code {
        ProblemCode::SignInRequired => words_of!(locale, sign_in_required),
        ProblemCode::SignInFailed => words_of!(locale, sign_in_failed),
        ProblemCode::TooManyAttempts => words_of!(locale, too_many_attempts, seconds = parameter("seconds")),
        ProblemCode::WrongWriteKey => words_of!(locale, wrong_write_key),
        ProblemCode::WrongToken => words_of!(locale, wrong_token),
        ProblemCode::CrossSite => words_of!(locale, cross_site),
        ProblemCode::Forbidden => words_of!(locale, forbidden),
        ProblemCode::EmptyScope => words_of!(locale, empty_scope),
        ProblemCode::NotFound => words_of!(locale, not_found),
        ProblemCode::MalformedJson => words_of!(locale, malformed_json),
        ProblemCode::MalformedRequest => words_of!(locale, malformed_request),
        ProblemCode::BodyTooLarge => words_of!(locale, body_too_large),
        ProblemCode::UnsupportedEncoding => words_of!(locale, unsupported_encoding),
        ProblemCode::UnknownMetric => words_of!(locale, unknown_metric, metric = parameter("metric")),
        ProblemCode::UnknownDimension => words_of!(locale, unknown_dimension, dimension = parameter("dimension")),
        ProblemCode::DimensionNotOfMetric => {
            words_of!(locale, dimension_not_of_metric, metric = parameter("metric"), dimension = parameter("dimension"))
        }
        ProblemCode::UnknownStat => words_of!(locale, unknown_stat, metric = parameter("metric")),
        ProblemCode::UnknownProfile => words_of!(locale, unknown_profile, metric = parameter("metric")),
        ProblemCode::InvalidQuery => words_of!(locale, invalid_query),
        ProblemCode::TooManyQueries => words_of!(locale, too_many_queries),
        ProblemCode::TooManySteps => words_of!(locale, too_many_steps),
        ProblemCode::AnswerTooLarge => words_of!(locale, answer_too_large, limit = parameter("limit")),
        ProblemCode::TooMuchMemory => words_of!(locale, too_much_memory),
        ProblemCode::RangeTooLong => words_of!(locale, range_too_long, days = parameter("limit_days")),
        ProblemCode::MetricRetired => words_of!(locale, metric_retired, metric = parameter("metric")),
        ProblemCode::MetricBroken => words_of!(locale, metric_broken, metric = parameter("metric")),
        ProblemCode::MetricChanged => words_of!(locale, metric_changed, version = parameter("version")),
        ProblemCode::MetricInUse => words_of!(locale, metric_in_use, metrics = parameter("metrics")),
        ProblemCode::InvalidMetric => words_of!(locale, invalid_metric),
        ProblemCode::BoardNotFound => words_of!(locale, board_not_found),
        ProblemCode::InvalidOperation => words_of!(locale, invalid_operation),
        ProblemCode::EditConflict => words_of!(locale, edit_conflict),
        ProblemCode::NothingToUndo => words_of!(locale, nothing_to_undo),
        ProblemCode::NothingToRedo => words_of!(locale, nothing_to_redo),
        ProblemCode::NeverPublished => words_of!(locale, never_published),
        ProblemCode::Overloaded => words_of!(locale, overloaded),
        ProblemCode::TimedOut => words_of!(locale, timed_out),
        ProblemCode::Unavailable => words_of!(locale, unavailable),
        ProblemCode::Internal => words_of!(locale, internal),
    };
    ProblemWords { title, advice, incident: problem.incident.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_is_told_in_seconds() {
        let problem = Problem::new(ProblemCode::TooManyAttempts, "").with("seconds", 37);
        for locale in Locale::ALL {
            assert!(problem_words(&problem, locale).advice.contains("37"), "{}", locale.tag());
        }
    }

    #[test]
    fn both_languages_have_words_of_their_own() {
        let problem = Problem::new(ProblemCode::EmptyScope, "");
        let [zh, en] = Locale::ALL.map(|locale| problem_words(&problem, locale));
        assert_ne!(zh.title, en.title);
        assert!(!zh.advice.is_empty() && !en.advice.is_empty());
    }
}
