//! What the desk shows, and what is about to change on it.

use crate::{error::AppError, server_functions::open_desk};
use leptos::prelude::*;
use model::{
    access::{Desk, DeskDraft, Filled, GrantCell, Grantee, PersonId},
    geo::Region,
    metric::Domain,
};
use std::{collections::BTreeSet, sync::Arc};

/// So many people are shown at first, and so many more each time.
pub(super) const AT_ONCE: usize = 40;

/// The desk of a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct DeskState {
    people: RwSignal<Arc<Vec<Grantee>>>,
    pub draft: RwSignal<DeskDraft>,
    /// The kinds of data that the cells are about.
    pub domains: RwSignal<BTreeSet<Domain>>,
    pub words: RwSignal<String>,
    /// Only people who see this region.
    pub only: RwSignal<Option<Region>>,
    pub shown: RwSignal<usize>,
}

impl DeskState {
    pub(super) fn of(desk: Desk) -> Self {
        // The kinds of data that can be given; where none can, all of them are looked at.
        let mut domains: BTreeSet<Domain> = desk.holds.regions.keys().copied().collect();
        if domains.is_empty() {
            domains.extend(Domain::ALL);
        }
        Self {
            draft: RwSignal::new(DeskDraft::of(&desk)),
            people: RwSignal::new(Arc::new(desk.people)),
            domains: RwSignal::new(domains),
            words: RwSignal::new(String::new()),
            only: RwSignal::new(None),
            shown: RwSignal::new(AT_ONCE),
        }
    }

    /// Begins anew with what the server says now.
    pub(super) async fn read_again(self) -> Result<(), AppError> {
        let desk = open_desk().await?;
        let _ = self.draft.try_set(DeskDraft::of(&desk));
        let _ = self.people.try_set(Arc::new(desk.people));
        Ok(())
    }

    /// The people that are looked for, by address.
    pub(super) fn found(self) -> Vec<Grantee> {
        let (words, only) = (self.words.get().to_lowercase(), self.only.get());
        let domains = self.domains.get();
        let is_named = |person: &Grantee| {
            let told = format!("{} {}", person.name, person.email).to_lowercase();
            words.split_whitespace().all(|word| told.contains(word))
        };
        // By what is given and not by the draft: nobody leaves the list while they are being changed.
        let sees = |person: &Grantee| {
            only.is_none_or(|region| {
                person.given.iter().any(|given| given.regions.contains(&region) && !given.domains.is_disjoint(&domains))
            })
        };
        self.people.with(|people| people.iter().filter(|person| is_named(person) && sees(person)).cloned().collect())
    }

    pub(super) fn person(self, id: PersonId) -> Option<Grantee> {
        self.people.with(|people| people.iter().find(|person| person.id == id).cloned())
    }

    /// The cells of somebody in a region, one for each kind of data that is looked at.
    pub(super) fn cells(self, person: PersonId, region: Region) -> Vec<GrantCell> {
        self.domains
            .with(|domains| domains.iter().map(|domain| GrantCell { person, domain: *domain, region }).collect())
    }

    /// Those of somebody in all regions.
    pub(super) fn row(self, person: PersonId) -> Vec<GrantCell> {
        Region::all().flat_map(|region| self.cells(person, region)).collect()
    }

    /// Those of all that are found in a region.
    pub(super) fn column(self, region: Region) -> Vec<GrantCell> {
        self.found().into_iter().flat_map(|person| self.cells(person.id, region)).collect()
    }

    pub(super) fn toggle(self, cells: &[GrantCell]) {
        self.draft.update(|draft| {
            draft.toggle(cells);
        });
    }

    /// What a cell shows.
    pub(super) fn look(self, person: PersonId, region: Region) -> CellLook {
        let cells = self.cells(person, region);
        self.draft.with(|draft| CellLook {
            filled: draft.filled(cells.iter().copied()),
            is_changed: draft.changes(cells.iter().copied()),
            is_barred: !cells.iter().any(|cell| draft.may_give(cell.domain, region)),
        })
    }
}

/// How a cell is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CellLook {
    pub filled: Filled,
    pub is_changed: bool,
    /// None of it can be given by the one who looks.
    pub is_barred: bool,
}

impl CellLook {
    pub(super) fn class(self) -> String {
        let mut class = String::from(match self.filled {
            Filled::Nothing => "desk__cell",
            Filled::Part => "desk__cell desk__cell--part",
            Filled::All => "desk__cell desk__cell--all",
        });
        if self.is_changed {
            class.push_str(" desk__cell--changed");
        }
        if self.is_barred {
            class.push_str(" desk__cell--barred");
        }
        class
    }

    pub(super) const fn checked(self) -> &'static str {
        match self.filled {
            Filled::Nothing => "false",
            Filled::Part => "mixed",
            Filled::All => "true",
        }
    }
}
