//! What sessions are called: not by their ids, which players make and which may tell whose they are.

use model::access::OrganisationId;
use sha2::{Digest as _, Sha256};

/// Names sessions by a hash under a key of this process, so that nobody can find out a session by guessing ids. A session keeps
/// its name until the server is started anew.
#[derive(Clone)]
pub(in crate::metrics) struct SessionNames([u8; 32]);

impl SessionNames {
    pub(in crate::metrics) fn random() -> Self {
        Self(rand::random())
    }

    pub(super) fn name(&self, organisation: OrganisationId, sid: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update(organisation.0.to_be_bytes());
        hash.update(sid.as_bytes());
        hex::encode(&hash.finalize()[..4])
    }
}

/// Never shows the key.
impl std::fmt::Debug for SessionNames {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SessionNames(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_sessions_apart_and_follows_from_a_secret() {
        let (names, others) = (SessionNames::random(), SessionNames::random());
        let (one, two) = (OrganisationId(1), OrganisationId(2));
        assert_eq!(names.name(one, "s1"), names.clone().name(one, "s1"));
        assert_eq!(names.name(one, "s1").len(), 8);
        assert_ne!(names.name(one, "s1"), names.name(one, "s2"));
        assert_ne!(names.name(one, "s1"), names.name(two, "s1"));
        assert_ne!(names.name(one, "s1"), others.name(one, "s1"));
        assert!(!format!("{names:?}").contains(&hex::encode(names.0)));
    }
}
