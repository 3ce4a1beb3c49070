//! Everybody, as the server last said.

use crate::{error::AppError, server_functions::list_people};
use leptos::prelude::*;
use model::access::{Person, PersonId, Role};

/// The people of the organisation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Roll(RwSignal<Vec<Person>>);

/// Whom the reader looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    pub words: String,
    pub role: Option<Role>,
}

impl Roll {
    pub(super) fn of(people: Vec<Person>) -> Self {
        Self(RwSignal::new(people))
    }

    /// Asks again: after every change, since others change things too.
    pub(super) async fn read_again(self) -> Result<(), AppError> {
        let people = list_people().await?;
        let _ = self.0.try_set(people);
        Ok(())
    }

    pub(super) fn count(self) -> usize {
        self.0.with(Vec::len)
    }

    pub(super) fn person(self, id: PersonId) -> Option<Person> {
        self.0.with(|people| people.iter().find(|person| person.id == id).cloned())
    }

    pub(super) fn matching(self, wanted: &Wanted) -> Vec<Person> {
        self.0.with(|people| people.iter().filter(|person| wanted.fits(person)).cloned().collect())
    }
}

impl Wanted {
    /// Every word stands in name or address.
    fn fits(&self, person: &Person) -> bool {
        let told = format!("{} {}", person.name, person.email).to_lowercase();
        let is_named = self.words.to_lowercase().split_whitespace().all(|word| told.contains(word));
        is_named && self.role.is_none_or(|role| person.role == role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{
        access::{PersonState, ScopeSummary},
        time::Timestamp,
    };

    fn li() -> Person {
        Person {
            id: PersonId(3),
            email: "li.wei@example.com".to_owned(),
            name: "李伟".to_owned(),
            role: Role::Editor,
            may_define_metrics: false,
            state: PersonState::Active,
            scope: ScopeSummary::default(),
            added: Timestamp::from_millis(0),
            last_seen: None,
            sessions: 0,
            is_self: false,
            is_within: true,
        }
    }

    #[test]
    fn people_are_found_by_parts_of_name_and_address() {
        for (words, role, fits) in [
            ("", None, true),
            ("李", None, true),
            ("LI.WEI 李伟", None, true),
            ("李 zhao", None, false),
            ("", Some(Role::Editor), true),
            ("李", Some(Role::Admin), false),
        ] {
            let wanted = Wanted { words: words.to_owned(), role };
            assert_eq!(wanted.fits(&li()), fits, "{wanted:?}");
        }
    }
}
