//! Secrets of 256 random bits. Whoever reads the database finds only their SHA-256.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use std::fmt;

const SECRET_BYTES: usize = 32;
/// Bearer tokens say what they are, so that scanners for leaked secrets can know them.
const BEARER_PREFIX: &str = "ld_";

/// What is stored of a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct SecretHash([u8; SECRET_BYTES]);

impl SecretHash {
    pub(super) const fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The secret of a signed-in browser, as its cookie holds it.
#[derive(Clone)]
pub struct SessionToken([u8; SECRET_BYTES]);

impl SessionToken {
    pub(super) fn generate() -> Self {
        Self(rand::random())
    }

    /// Reads a cookie's value; `None` where it can't be one of ours.
    pub fn parse(text: &str) -> Option<Self> {
        decode(text).map(Self)
    }

    /// For the cookie.
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    pub(super) fn hash(&self) -> SecretHash {
        SecretHash(Sha256::digest(self.0).into())
    }
}

/// Never shows the secret.
impl fmt::Debug for SessionToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SessionToken(…)")
    }
}

/// The secret of an invitation, as its link holds it.
pub(super) struct InvitationToken([u8; SECRET_BYTES]);

impl InvitationToken {
    pub(super) fn generate() -> Self {
        Self(rand::random())
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        decode(text).map(Self)
    }

    pub(super) fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    pub(super) fn hash(&self) -> SecretHash {
        SecretHash(Sha256::digest(self.0).into())
    }
}

/// The secret of a program.
pub(super) struct BearerToken([u8; SECRET_BYTES]);

impl BearerToken {
    pub(super) fn generate() -> Self {
        Self(rand::random())
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        decode(text.strip_prefix(BEARER_PREFIX)?).map(Self)
    }

    pub(super) fn reveal(&self) -> String {
        format!("{BEARER_PREFIX}{}", URL_SAFE_NO_PAD.encode(self.0))
    }

    pub(super) fn hash(&self) -> SecretHash {
        SecretHash(Sha256::digest(self.0).into())
    }
}

fn decode(text: &str) -> Option<[u8; SECRET_BYTES]> {
    // The encoded length is fixed: a megabyte in a cookie is not even decoded.
    if text.len() != 43 {
        return None;
    }
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_survives_its_cookie_and_is_never_shown() {
        let token = SessionToken::generate();
        let read = SessionToken::parse(&token.reveal()).unwrap();
        assert_eq!(read.hash(), token.hash());
        assert!(!format!("{token:?}").contains(&token.reveal()));
    }

    #[test]
    fn what_is_no_token_is_refused() {
        let bearer = BearerToken::generate().reveal();
        for text in ["", "x", "ld_", &bearer, &"A".repeat(44), &"!".repeat(43)] {
            assert!(SessionToken::parse(text).is_none(), "{text}");
        }
        assert!(BearerToken::parse(&bearer).is_some());
        assert!(BearerToken::parse(&SessionToken::generate().reveal()).is_none());
    }
}
