//! The write key of a request.

use axum::http::{HeaderMap, header};
use base64::{Engine, prelude::BASE64_STANDARD};
use model::problem::{Problem, ProblemCode};

/// From `Authorization`: the user name of Basic, as SDKs send it, or Bearer. `None` without the header.
pub(super) fn of_headers(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Ok(None);
    };
    let (scheme, rest) = value.to_str().ok().and_then(|text| text.split_once(' ')).ok_or_else(missing)?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Ok(Some(rest.trim().to_owned()));
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return Err(missing());
    }
    let decoded = BASE64_STANDARD.decode(rest.trim()).map_err(|_| missing())?;
    let pair = String::from_utf8(decoded).map_err(|_| missing())?;
    let key = pair.split_once(':').map_or(pair.as_str(), |(user, _)| user);
    Ok(Some(key.to_owned()))
}

pub(super) fn missing() -> Problem {
    let detail = "the write key is missing: send it as the user name of Basic authentication, or as Bearer";
    Problem::new(ProblemCode::WrongWriteKey, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(value: &str) -> Result<Option<String>, ProblemCode> {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, value.parse().unwrap());
        of_headers(&headers).map_err(|problem| problem.code)
    }

    #[test]
    fn keys_come_as_basic_user_name_or_as_bearer() {
        let basic = format!("Basic {}", BASE64_STANDARD.encode("lw_key:"));
        assert_eq!(key(&basic), Ok(Some("lw_key".to_owned())));
        assert_eq!(key("Bearer lw_key"), Ok(Some("lw_key".to_owned())));
        assert_eq!(key("Digest x"), Err(ProblemCode::WrongWriteKey));
        assert_eq!(key("Basic ???"), Err(ProblemCode::WrongWriteKey));
    }
}
