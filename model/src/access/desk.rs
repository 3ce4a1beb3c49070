//! The province desk: who was given what, and a draft of what is to be changed.
//!
//! A draft never asks for more than its author holds, never gives what is given already and never takes what is not; so what
//! is shown before it is applied is what will be done.

use super::{PersonId, PersonState, Role, ScopeSummary};
use crate::{geo::Region, metric::Domain, time::Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One kind of data in one region, for one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct GrantCell {
    pub person: PersonId,
    pub domain: Domain,
    pub region: Region,
}

/// What was given at one time by one person: each kind of data in each of the regions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    pub domains: BTreeSet<Domain>,
    pub regions: BTreeSet<Region>,
    /// When it ends by itself.
    pub until: Option<Timestamp>,
    /// Who gave it; `None`: the command line.
    pub by: Option<String>,
    pub at: Timestamp,
}

/// Somebody on the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grantee {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    pub role: Role,
    #[serde(flatten)]
    pub state: PersonState,
    pub given: Vec<Given>,
}

/// Everybody of an organisation with what they were given, and what the one who looks may pass on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    pub people: Vec<Grantee>,
    pub holds: ScopeSummary,
}

/// What is to be changed, all of it or nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskChange {
    pub give: BTreeSet<GrantCell>,
    pub take: BTreeSet<GrantCell>,
    /// When what is given ends by itself.
    pub until: Option<Timestamp>,
}

impl DeskChange {
    /// More cells at once are refused: about the audience of 31 provinces for 600 people.
    pub const MOST_CELLS: usize = 20_000;

    pub fn cells(&self) -> usize {
        self.give.len() + self.take.len()
    }
}

/// How much of several cells is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filled {
    Nothing,
    Part,
    All,
}

/// What an administrator is about to change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeskDraft {
    given: BTreeSet<GrantCell>,
    holds: BTreeMap<Domain, BTreeSet<Region>>,
    wanted: BTreeSet<GrantCell>,
    past: Vec<BTreeSet<GrantCell>>,
}

impl DeskDraft {
    /// A draft that changes nothing yet.
    pub fn of(desk: &Desk) -> Self {
        let cells = |person: &Grantee| {
            let id = person.id;
            let product = move |given: &Given| {
                let regions = given.regions.clone();
                let of_domain = move |domain: Domain| {
                    regions.clone().into_iter().map(move |region| GrantCell { person: id, domain, region })
                };
                given.domains.clone().into_iter().flat_map(of_domain)
            };
            person.given.iter().flat_map(product).collect::<Vec<_>>()
        };
        let given: BTreeSet<GrantCell> = desk.people.iter().flat_map(cells).collect();
        Self { wanted: given.clone(), given, holds: desk.holds.regions.clone(), past: Vec::new() }
    }

    /// Whether it could be given: it is held by the one who gives.
    pub fn may_give(&self, domain: Domain, region: Region) -> bool {
        self.holds.get(&domain).is_some_and(|regions| regions.contains(&region))
    }

    /// How much of these is given, once the draft is applied.
    pub fn filled(&self, cells: impl IntoIterator<Item = GrantCell>) -> Filled {
        Self::filled_in(&self.wanted, cells)
    }

    fn filled_in(wanted: &BTreeSet<GrantCell>, cells: impl IntoIterator<Item = GrantCell>) -> Filled {
        let (mut on, mut all) = (0_usize, 0_usize);
        for cell in cells {
            all += 1;
            on += usize::from(wanted.contains(&cell));
        }
        match on {
            0 => Filled::Nothing,
            on if on == all => Filled::All,
            _ => Filled::Part,
        }
    }

    /// Whether any of these is about to change.
    pub fn changes(&self, cells: impl IntoIterator<Item = GrantCell>) -> bool {
        cells.into_iter().any(|cell| self.wanted.contains(&cell) != self.given.contains(&cell))
    }

    /// Gives all of these that may be given; where that is the case already, takes all of them. Tells whether anything moved.
    pub fn toggle(&mut self, cells: &[GrantCell]) -> bool {
        let givable: Vec<GrantCell> =
            cells.iter().copied().filter(|cell| self.may_give(cell.domain, cell.region)).collect();
        let is_full = givable.iter().all(|cell| self.wanted.contains(cell));
        let mut wanted = self.wanted.clone();
        if is_full {
            for cell in cells {
                wanted.remove(cell);
            }
        } else {
            wanted.extend(givable);
        }
        self.become_next(wanted)
    }

    /// Makes somebody's grants those of another, as far as they may be given.
    pub fn copy(&mut self, from: PersonId, to: PersonId) -> bool {
        let mut wanted: BTreeSet<GrantCell> = self.wanted.iter().copied().filter(|cell| cell.person != to).collect();
        let copied = self.wanted.iter().filter(|cell| cell.person == from);
        let copied: Vec<GrantCell> = copied.map(|cell| GrantCell { person: to, ..*cell }).collect();
        // What somebody has already stays theirs, whoever gave it.
        wanted.extend(
            copied.into_iter().filter(|cell| self.may_give(cell.domain, cell.region) || self.given.contains(cell)),
        );
        self.become_next(wanted)
    }

    fn become_next(&mut self, wanted: BTreeSet<GrantCell>) -> bool {
        let moves = wanted != self.wanted;
        if moves {
            self.past.push(std::mem::replace(&mut self.wanted, wanted));
        }
        moves
    }

    /// Takes the last step back; `false` where there is none.
    pub fn undo(&mut self) -> bool {
        match self.past.pop() {
            Some(before) => {
                self.wanted = before;
                true
            }
            None => false,
        }
    }

    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Back to what is given.
    pub fn discard(&mut self) {
        let given = self.given.clone();
        self.become_next(given);
    }

    /// What applying it would do.
    pub fn change(&self, until: Option<Timestamp>) -> DeskChange {
        DeskChange {
            give: self.wanted.difference(&self.given).copied().collect(),
            take: self.given.difference(&self.wanted).copied().collect(),
            until,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::Province;
    use proptest::prelude::*;

    const REGIONS: [Region; 4] = [
        Region::Province(Province::ZJ),
        Region::Province(Province::GD),
        Region::Province(Province::BJ),
        Region::Unknown,
    ];
    const DOMAINS: [Domain; 3] = [Domain::Audience, Domain::Orders, Domain::Quality];

    fn cells() -> impl Strategy<Value = Vec<GrantCell>> {
        let cell = (1..4_i32, prop::sample::select(&DOMAINS[..]), prop::sample::select(&REGIONS[..]));
        let cell = cell.prop_map(|(person, domain, region)| GrantCell { person: PersonId(person), domain, region });
        prop::collection::vec(cell, 0..12)
    }

    fn desk(given: &[GrantCell], held: &[GrantCell]) -> Desk {
        let person = |id: i32| Grantee {
            id: PersonId(id),
            name: format!("{id}"),
            email: format!("{id}@example.com"),
            role: Role::Viewer,
            state: PersonState::Active,
            given: given
                .iter()
                .filter(|cell| cell.person == PersonId(id))
                .map(|cell| Given {
                    domains: [cell.domain].into(),
                    regions: [cell.region].into(),
                    until: None,
                    by: None,
                    at: Timestamp::from_millis(0),
                })
                .collect(),
        };
        let mut holds = ScopeSummary::default();
        for cell in held {
            holds.regions.entry(cell.domain).or_default().insert(cell.region);
        }
        Desk { people: (1..4).map(person).collect(), holds }
    }

    proptest! {
        #[test]
        fn a_draft_asks_for_no_more_than_is_held(
            given in cells(),
            held in cells(),
            steps in prop::collection::vec((cells(), 0..4_u8, 1..4_i32, 1..4_i32), 0..8),
        ) {
            let desk = desk(&given, &held);
            let mut draft = DeskDraft::of(&desk);
            prop_assert_eq!(draft.change(None), DeskChange::default());
            let mut trail = vec![draft.wanted.clone()];
            for (cells, kind, from, to) in steps {
                let moved = match kind {
                    0 | 1 => draft.toggle(&cells),
                    2 => draft.copy(PersonId(from), PersonId(to)),
                    _ => {
                        let before = draft.clone();
                        draft.discard();
                        before.wanted != draft.wanted
                    }
                };
                if moved {
                    trail.push(draft.wanted.clone());
                }
                let change = draft.change(None);
                let given: BTreeSet<GrantCell> = given.iter().copied().collect();
                prop_assert!(change.give.iter().all(|cell| draft.may_give(cell.domain, cell.region)));
                prop_assert!(change.give.is_disjoint(&given) && change.take.is_subset(&given));
                let applied: BTreeSet<GrantCell> = given.union(&change.give).copied().collect();
                let applied: BTreeSet<GrantCell> = applied.difference(&change.take).copied().collect();
                prop_assert_eq!(&applied, &draft.wanted);
                prop_assert_eq!(draft.changes(cells.iter().copied()), cells.iter().any(|cell| {
                    change.give.contains(cell) || change.take.contains(cell)
                }));
            }
            while let Some(wanted) = trail.pop() {
                prop_assert_eq!(&draft.wanted, &wanted);
                prop_assert_eq!(draft.undo(), !trail.is_empty());
            }
        }

        #[test]
        fn toggling_fills_what_is_held_and_then_empties(given in cells(), held in cells(), cells in cells()) {
            let mut draft = DeskDraft::of(&desk(&given, &held));
            let givable: Vec<GrantCell> =
                cells.iter().copied().filter(|cell| draft.may_give(cell.domain, cell.region)).collect();
            if draft.filled(givable.iter().copied()) != Filled::All && !givable.is_empty() {
                draft.toggle(&cells);
                prop_assert_eq!(draft.filled(givable), Filled::All);
            }
            draft.toggle(&cells);
            prop_assert_eq!(draft.filled(cells), Filled::Nothing);
        }
    }
}
