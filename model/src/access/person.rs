//! People, as administrators see and change them.

use super::{Role, ScopeSummary};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A person's number; stays theirs for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(pub i32);

/// An address as it is stored and compared: without blanks around it, in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// Why a text is no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected an e-mail address such as name@example.com, of {} bytes at most", EmailAddress::MOST_BYTES)]
pub struct InvalidEmail;

impl EmailAddress {
    /// RFC 5321, 4.5.3.1.3, without the angle brackets of a path.
    pub const MOST_BYTES: usize = 254;

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// An address, however it was typed, as it would be stored.
    pub fn normal(typed: &str) -> String {
        typed.trim().to_lowercase()
    }
}

impl FromStr for EmailAddress {
    type Err = InvalidEmail;

    fn from_str(typed: &str) -> Result<Self, InvalidEmail> {
        let address = Self::normal(typed);
        let (name, host) = address.split_once('@').unwrap_or_default();
        let is_odd = address.chars().any(|letter| letter.is_whitespace() || letter.is_control());
        let is_address = !name.is_empty() && !host.is_empty() && !host.contains('@') && !is_odd;
        if is_address && address.len() <= Self::MOST_BYTES { Ok(Self(address)) } else { Err(InvalidEmail) }
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = InvalidEmail;

    fn try_from(text: String) -> Result<Self, InvalidEmail> {
        text.parse()
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What a person is called: 1 to 200 characters, without blanks around them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

/// Why a text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a name of 1 to {} characters, without line breaks", PersonName::MOST_CHARS)]
pub struct InvalidName;

impl PersonName {
    pub const MOST_CHARS: usize = 200;

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PersonName {
    type Err = InvalidName;

    fn from_str(typed: &str) -> Result<Self, InvalidName> {
        let name = typed.trim();
        let is_name = (1..=Self::MOST_CHARS).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        if is_name { Ok(Self(name.to_owned())) } else { Err(InvalidName) }
    }
}

impl TryFrom<String> for PersonName {
    type Error = InvalidName;

    fn try_from(text: String) -> Result<Self, InvalidName> {
        text.parse()
    }
}

impl From<PersonName> for String {
    fn from(name: PersonName) -> Self {
        name.0
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Whether somebody may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum PersonState {
    /// Has not chosen a password yet; the last invitation may be taken until then, if it still stands.
    Invited {
        until: Option<Timestamp>,
    },
    Active,
    /// May do nothing since then.
    Disabled {
        since: Timestamp,
    },
}

/// Somebody in the list of an administrator.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    pub email: String,
    pub name: String,
    pub role: Role,
    /// Whether they were given the right to add metrics of the organisation's own.
    pub may_define_metrics: bool,
    #[serde(flatten)]
    pub state: PersonState,
    pub scope: ScopeSummary,
    pub added: Timestamp,
    /// When a browser of theirs was last used, to five minutes.
    pub last_seen: Option<Timestamp>,
    /// How many browsers are signed in.
    pub sessions: u32,
    /// Whether it is the one who asks.
    pub is_self: bool,
    /// Whether the one who asks holds all that this person holds: only then may they let them in again or raise them.
    pub is_within: bool,
}

/// Somebody to add.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPerson {
    pub email: EmailAddress,
    pub name: PersonName,
    pub role: Role,
}

/// What is to be changed about somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonChange {
    pub name: PersonName,
    pub role: Role,
    pub may_define_metrics: bool,
}

/// How somebody gets in: shown once, to be handed over by whatever way is safe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    pub person: PersonId,
    /// Belongs into the address of the page where they choose a password.
    pub token: String,
    pub until: Timestamp,
}

/// Whom an invitation is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub email: String,
    pub name: String,
    pub organisation: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_are_kept_in_one_form() {
        let address: EmailAddress = "  Li.Wei@Example.COM ".parse().unwrap();
        assert_eq!(address.as_str(), "li.wei@example.com");
        for wrong in ["", "li", "@example.com", "li@", "li@a@b", "li wei@example.com", "li\u{7}@example.com"] {
            assert_eq!(wrong.parse::<EmailAddress>(), Err(InvalidEmail), "{wrong}");
        }
        let long = format!("{}@example.com", "l".repeat(EmailAddress::MOST_BYTES));
        assert_eq!(long.parse::<EmailAddress>(), Err(InvalidEmail));
    }

    #[test]
    fn names_are_one_line() {
        assert_eq!(" 李伟 ".parse::<PersonName>().unwrap().as_str(), "李伟");
        for wrong in ["", "  ", "a\nb", &"名".repeat(PersonName::MOST_CHARS + 1)] {
            assert_eq!(wrong.parse::<PersonName>(), Err(InvalidName), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_was_read_once_is_read_again_as_it_is(typed in ".{0,40}@.{1,20}", name in ".{0,40}") {
            if let Ok(address) = typed.parse::<EmailAddress>() {
                prop_assert_eq!(address.as_str().parse::<EmailAddress>(), Ok(address.clone()));
            }
            if let Ok(name) = name.parse::<PersonName>() {
                prop_assert_eq!(name.as_str().parse::<PersonName>(), Ok(name.clone()));
            }
        }
    }
}
