//! The session cookie: written and read here only.

use axum::extract::ConnectInfo;
use engine::access::{Client, SessionToken};
use http::{HeaderMap, HeaderValue, header, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// How the session cookie is written; the server puts one into the context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CookiePolicy {
    /// Whether people reach us over TLS. Only then may the cookie be `Secure`, and carry the prefix that pins it to
    /// this host.
    pub secure: bool,
}

/// Who sent the request, proxies seen through; the server puts one into the request's extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl CookiePolicy {
    /// The name of the session cookie.
    pub const fn name(self) -> &'static str {
        if self.secure { "__Host-lingdong" } else { "lingdong_session" }
    }

    /// The header that hands the token to the browser. Idle and absolute limits are kept by the server, so the cookie
    /// lives as long as the browser does.
    pub fn granting(self, token: &SessionToken) -> Option<HeaderValue> {
        self.header(&token.reveal(), "")
    }

    /// The header that takes the token back.
    pub fn clearing(self) -> Option<HeaderValue> {
        self.header("", "; Max-Age=0")
    }

    fn header(self, value: &str, lifetime: &str) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        let text = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{lifetime}", self.name());
        HeaderValue::from_str(&text).ok()
    }

    /// The token in a request's cookies.
    pub fn token(self, headers: &HeaderMap) -> Option<SessionToken> {
        cookie_value(headers, self.name()).and_then(|value| SessionToken::parse(&value))
    }
}

/// The value of a cookie in a request.
pub fn cookie_value(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value.to_owned())
}

/// The policy of this server.
pub fn policy() -> CookiePolicy {
    use_context::<CookiePolicy>().unwrap_or(CookiePolicy { secure: true })
}

/// The token of the request that is being answered.
pub fn session_token() -> Option<SessionToken> {
    use_context::<Parts>().and_then(|parts| policy().token(&parts.headers))
}

/// Where the request came from. Unknown callers share one address, and so one share of the rate limit.
fn client_address() -> IpAddr {
    use_context::<Parts>()
        .and_then(|parts| {
            let told = parts.extensions.get::<ClientAddress>().map(|address| address.0);
            told.or_else(|| parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip()))
        })
        .unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

/// The browser that sent the request.
pub fn client() -> Client {
    let agent = use_context::<Parts>().and_then(|parts| {
        let agent = parts.headers.get(header::USER_AGENT)?;
        agent.to_str().ok().map(str::to_owned)
    });
    Client::new(client_address(), &agent.unwrap_or_default())
}

/// Adds a cookie header to the answer.
pub fn set_cookie(header: Option<HeaderValue>) {
    if let (Some(response), Some(value)) = (use_context::<ResponseOptions>(), header) {
        response.append_header(header::SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_is_used_only_over_tls() {
        let cleared = |secure| CookiePolicy { secure }.clearing().unwrap().to_str().unwrap().to_owned();
        assert_eq!(cleared(true), "__Host-lingdong=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
        assert_eq!(cleared(false), "lingdong_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }

    #[test]
    fn cookies_are_found_by_their_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("not_lingdong=1; lingdong=2=3"));
        headers.append(header::COOKIE, HeaderValue::from_static("theme=dark"));
        assert_eq!(cookie_value(&headers, "lingdong").as_deref(), Some("2=3"));
        assert_eq!(cookie_value(&headers, "theme").as_deref(), Some("dark"));
        assert_eq!(cookie_value(&headers, "ling"), None);
    }
}
