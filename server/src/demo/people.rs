//! Who may sign in to the demo: an administrator, an editor, a leader, and an editor of Zhejiang only.

use super::{DemoError, refused, state};
use engine::access::{Access, NewGrant, NewUser};
use model::{
    access::Role,
    geo::{Province, Region},
    metric::Domain,
};
use rand::{RngExt, distr::Alphanumeric};
use serde::{Deserialize, Serialize};
use std::path::Path;

const FILE: &str = "demo-accounts.json";
const PASSWORD_LENGTH: usize = 16;

/// Somebody who may sign in to the demo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoUser {
    pub email: String,
    pub role: Role,
    pub password: String,
}

struct Person {
    email: &'static str,
    name: &'static str,
    role: Role,
    regions: fn() -> Vec<Region>,
}

fn everywhere() -> Vec<Region> {
    Region::all().collect()
}

fn zhejiang() -> Vec<Region> {
    vec![Region::Province(Province::ZJ)]
}

/// The editor who makes the demo's boards.
pub(super) const EDITOR: &str = "editor@demo.lingdong";

const PEOPLE: [Person; 4] = [
    Person { email: "admin@demo.lingdong", name: "管理员", role: Role::Admin, regions: everywhere },
    Person { email: EDITOR, name: "运营编辑", role: Role::Editor, regions: everywhere },
    Person { email: "leader@demo.lingdong", name: "台领导", role: Role::Viewer, regions: everywhere },
    Person { email: "zhejiang@demo.lingdong", name: "浙江编辑", role: Role::Editor, regions: zhejiang },
];

/// Makes sure that everybody is there, with the grants they need and no other.
pub(super) async fn ensure(access: &Access, data_dir: &Path) -> Result<Vec<DemoUser>, DemoError> {
    let file = data_dir.join(FILE);
    let users = match state::read_json::<Vec<DemoUser>>(&file)? {
        Some(users) => users,
        None => PEOPLE
            .iter()
            .map(|person| DemoUser { email: person.email.to_owned(), role: person.role, password: password() })
            .collect(),
    };
    // Kept before the accounts exist, so that no password is ever lost.
    state::write_json(&file, &users)?;
    let known = access.list_users().await.map_err(refused("list the users"))?;
    for person in &PEOPLE {
        let Some(user) = users.iter().find(|user| user.email == person.email) else { continue };
        let row = known.iter().find(|row| row.email == person.email);
        if row.is_none() {
            let new = NewUser {
                email: person.email.to_owned(),
                name: person.name.to_owned(),
                role: person.role,
                password: Some(user.password.clone()),
            };
            access.add_user(new).await.map_err(refused("add the demo's users"))?;
        }
        if person.email == EDITOR && row.is_none_or(|row| !row.may_define_metrics) {
            access
                .let_define_metrics(person.email, true)
                .await
                .map_err(refused("let the demo's editor define metrics"))?;
        }
        if row.is_none_or(|row| row.scope.regions.is_empty()) {
            let grant =
                NewGrant { email: person.email.to_owned(), domains: Domain::ALL.to_vec(), regions: (person.regions)() };
            access.grant(grant).await.map_err(refused("grant the demo's users their provinces"))?;
        }
    }
    Ok(users)
}

fn password() -> String {
    rand::rng().sample_iter(Alphanumeric).take(PASSWORD_LENGTH).map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_long_and_never_alike() {
        let (one, other) = (password(), password());
        assert_eq!(one.len(), PASSWORD_LENGTH);
        assert_ne!(one, other);
    }

    #[test]
    fn only_the_editor_of_zhejiang_is_kept_to_one_province() {
        let narrow: Vec<&str> = PEOPLE.iter().filter(|one| (one.regions)().len() == 1).map(|one| one.email).collect();
        assert_eq!(narrow, ["zhejiang@demo.lingdong"]);
    }
}
