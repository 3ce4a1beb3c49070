//! The one error of the server functions: a problem, ready to be worded in the reader's language.

use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use model::problem::{Problem, ProblemCode};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a server function answers when it does not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppError {
    /// The server said no, and why.
    Refused(Problem),
    /// The question or its answer did not get through: the network is gone, or the server is.
    NotReached(String),
}

impl AppError {
    /// An address that leads to nothing, as a page finds; on the server the page gets that status.
    pub(crate) fn not_found(reason: String) -> Self {
        let problem = Problem::new(ProblemCode::NotFound, reason);
        #[cfg(feature = "ssr")]
        answering::tell_status(&problem);
        Self::Refused(problem)
    }

    /// The stable code, where the server answered.
    pub const fn code(&self) -> Option<ProblemCode> {
        match self {
            Self::Refused(problem) => Some(problem.code),
            Self::NotReached(_) => None,
        }
    }

    /// Whether trying the same again later may help, with nothing changed.
    pub const fn may_be_retried(&self) -> bool {
        match self {
            Self::NotReached(_) => true,
            Self::Refused(problem) => {
                matches!(problem.code, ProblemCode::Overloaded | ProblemCode::TimedOut | ProblemCode::Unavailable)
            }
        }
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(problem) => problem.fmt(formatter),
            Self::NotReached(reason) => write!(formatter, "the server was not reached: {reason}"),
        }
    }
}

impl std::error::Error for AppError {}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(reason) | ServerFnErrorErr::MissingArg(reason) => {
                Self::Refused(Problem::new(ProblemCode::MalformedRequest, reason))
            }
            // An answer that is not ours comes from something between us and the server.
            ServerFnErrorErr::Request(reason) | ServerFnErrorErr::Deserialization(reason) => Self::NotReached(reason),
            ServerFnErrorErr::Registration(reason)
            | ServerFnErrorErr::UnsupportedRequestMethod(reason)
            | ServerFnErrorErr::ServerError(reason)
            | ServerFnErrorErr::MiddlewareError(reason)
            | ServerFnErrorErr::Serialization(reason)
            | ServerFnErrorErr::Response(reason) => Self::Refused(Problem::new(ProblemCode::Internal, reason)),
        }
    }
}

#[cfg(feature = "ssr")]
mod answering {
    use super::{AppError, Problem};
    use http::{Method, StatusCode, header, request::Parts};
    use leptos::prelude::use_context;
    use leptos_axum::ResponseOptions;

    /// Turns what the engine says into what the browser gets.
    pub trait Respond<T> {
        /// The answer, or the problem with the HTTP status that goes with it.
        fn respond(self) -> Result<T, AppError>;
    }

    impl<T> Respond<T> for Result<T, Problem> {
        fn respond(self) -> Result<T, AppError> {
            self.map_err(|problem| {
                tell_status(&problem);
                AppError::Refused(problem)
            })
        }
    }

    pub(super) fn tell_status(problem: &Problem) {
        if let (Some(response), false) = (use_context::<ResponseOptions>(), is_plain_form()) {
            let status = StatusCode::from_u16(problem.code.status());
            response.set_status(status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
        }
    }

    /// A form sent without wasm is answered by a redirect that carries the problem; a status would break it.
    fn is_plain_form() -> bool {
        use_context::<Parts>().is_some_and(|parts| {
            let accepts = parts.headers.get(header::ACCEPT).and_then(|accepts| accepts.to_str().ok());
            parts.method == Method::POST && accepts.is_some_and(|accepts| accepts.contains("text/html"))
        })
    }
}
#[cfg(feature = "ssr")]
pub use answering::Respond;
