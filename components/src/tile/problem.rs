//! Problems in the words of a tile: what happened, and what the reader can do.

use model::{
    formatting::Locale,
    problem::{Problem, ProblemCode},
};

/// A problem, worded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Explained {
    pub(super) what: String,
    pub(super) what_to_do: String,
}

/// What a tile can meet, by what the reader can do about it.
enum Remedy {
    SignIn,
    AskForRights,
    /// What is shown to editors only.
    ForEditors,
    ChooseAnother,
    /// The metric was taken out of use, or has to be mended by whoever answers for it.
    MetricAside,
    AskLess,
    Wait,
    Report,
}

fn remedy(problem: &Problem) -> Remedy {
    match problem.code {
        ProblemCode::Forbidden if problem.parameters.get("right").is_some_and(|right| right == "sessions") => {
            Remedy::ForEditors
        }
        ProblemCode::SignInRequired
        | ProblemCode::SignInFailed
        | ProblemCode::TooManyAttempts
        | ProblemCode::WrongWriteKey
        | ProblemCode::WrongToken
        | ProblemCode::CrossSite => Remedy::SignIn,
        ProblemCode::Forbidden | ProblemCode::EmptyScope => Remedy::AskForRights,
        ProblemCode::NotFound
        | ProblemCode::UnknownMetric
        | ProblemCode::UnknownDimension
        | ProblemCode::DimensionNotOfMetric
        | ProblemCode::UnknownStat
        | ProblemCode::UnknownProfile
        | ProblemCode::InvalidQuery => Remedy::ChooseAnother,
        ProblemCode::MetricRetired | ProblemCode::MetricBroken => Remedy::MetricAside,
        ProblemCode::TooManyQueries
        | ProblemCode::TooManySteps
        | ProblemCode::RangeTooLong
        | ProblemCode::AnswerTooLarge
        | ProblemCode::TooMuchMemory
        | ProblemCode::BodyTooLarge
        | ProblemCode::TimedOut => Remedy::AskLess,
        ProblemCode::Overloaded | ProblemCode::Unavailable => Remedy::Wait,
        ProblemCode::MalformedJson
        | ProblemCode::MalformedRequest
        | ProblemCode::UnsupportedEncoding
        | ProblemCode::BoardNotFound
        | ProblemCode::InvalidOperation
        | ProblemCode::EditConflict
        | ProblemCode::MetricChanged
        | ProblemCode::MetricInUse
        | ProblemCode::InvalidMetric
        | ProblemCode::NothingToUndo
        | ProblemCode::NothingToRedo
        | ProblemCode::NeverPublished
        | ProblemCode::Internal => Remedy::Report,
    }
}

pub(super) fn explained(problem: &Problem, locale: Locale) -> Explained {
    let named = |key: &str| problem.parameters.get(key).map_or("", String::as_str);
    let (what, what_to_do) = match (remedy(problem), locale) {
        (Remedy::SignIn, Locale::ZhCn) => ("登录已失效".to_owned(), "请重新登录。"),
        (Remedy::SignIn, Locale::En) => ("You are signed out".to_owned(), "Sign in again."),
        (Remedy::AskForRights, Locale::ZhCn) => {
            ("您没有查看这类数据的权限".to_owned(), "请联系管理员授予省份与数据类别。")
        }
        (Remedy::AskForRights, Locale::En) => {
            ("You may not see this kind of data".to_owned(), "An admin can grant the provinces and the kind of data.")
        }
        (Remedy::ForEditors, Locale::ZhCn) => {
            ("单次播放会话仅编辑者可见".to_owned(), "其中是个别用户的观看过程；如需查看，请联系管理员授予编辑角色。")
        }
        (Remedy::ForEditors, Locale::En) => (
            "Single play sessions are shown to editors only".to_owned(),
            "They tell what single viewers watched. An admin can give the role.",
        ),
        (Remedy::ChooseAnother, Locale::ZhCn) => {
            let name = [named("metric"), named("dimension")].join(" ");
            (format!("这个组件的取数设置已不可用 {name}").trim_end().to_owned(), "请在编辑器中重新选择指标或维度。")
        }
        (Remedy::ChooseAnother, Locale::En) => {
            let name = [named("metric"), named("dimension")].join(" ");
            (
                format!("What this tile asks for is not there {name}").trim_end().to_owned(),
                "Choose its metric or dimension anew.",
            )
        }
        (Remedy::MetricAside, Locale::ZhCn) => {
            let what =
                if problem.code == ProblemCode::MetricRetired { "指标已停用" } else { "指标定义已失效" };
            (format!("{what} {}", named("metric")).trim_end().to_owned(), "请编辑者换用其他指标，或由指标负责人恢复。")
        }
        (Remedy::MetricAside, Locale::En) => {
            let retired = problem.code == ProblemCode::MetricRetired;
            let what = if retired { "This metric was retired" } else { "This metric's definition broke" };
            (
                format!("{what} {}", named("metric")).trim_end().to_owned(),
                "An editor can choose another one, or its owner brings it back.",
            )
        }
        (Remedy::AskLess, Locale::ZhCn) => {
            ("查询超出了时间或规模上限".to_owned(), "请缩短时间范围、放大粒度或减少拆分。")
        }
        (Remedy::AskLess, Locale::En) => {
            ("The query was too large or took too long".to_owned(), "Shorten the time, coarsen the step or split less.")
        }
        (Remedy::Wait, Locale::ZhCn) => ("服务器正忙".to_owned(), "会自动重试，无需操作。"),
        (Remedy::Wait, Locale::En) => ("The server is busy".to_owned(), "It tries again by itself."),
        (Remedy::Report, Locale::ZhCn) => ("取数时出错".to_owned(), "会自动重试；若持续出现，请把事件编号告诉管理员。"),
        (Remedy::Report, Locale::En) => (
            "Something went wrong".to_owned(),
            "It tries again by itself; if it stays, give an admin the incident number.",
        ),
    };
    Explained { what, what_to_do: what_to_do.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_not_see_sessions_is_told_who_may() {
        let problem = Problem::new(ProblemCode::Forbidden, "").with("right", "sessions");
        assert_eq!(explained(&problem, Locale::En).what, "Single play sessions are shown to editors only");
        let other = Problem::new(ProblemCode::Forbidden, "");
        assert_eq!(explained(&other, Locale::En).what, "You may not see this kind of data");
    }

    #[test]
    fn a_missing_metric_is_named() {
        let problem = Problem::new(ProblemCode::UnknownMetric, "no such metric").with("metric", "tv.old");
        assert_eq!(explained(&problem, Locale::ZhCn).what, "这个组件的取数设置已不可用 tv.old");
        let retired = Problem::new(ProblemCode::MetricRetired, "retired").with("metric", "own.share");
        assert_eq!(explained(&retired, Locale::ZhCn).what, "指标已停用 own.share");
    }
}
