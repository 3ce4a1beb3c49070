//! What waits for the server is also kept in the browser, so that a tab that dies takes nothing with it.
//!
//! Every tab keeps its own steps under a key of its own. A tab that opens the board takes over what it finds. Where the tab
//! that kept it is alive after all, or the server had taken a step whose answer was lost, that step comes to the server
//! twice: its id says that it is the same one, and it is taken once.

use super::queue::Step;
use leptos::prelude::window;
use model::board::BoardId;
use uuid::Uuid;
use web_sys::Storage;

/// Where a tab keeps the steps of a board.
#[derive(Debug, Clone)]
pub(crate) struct KeptEdits {
    /// All keys of this person and this board begin so.
    beginning: String,
    key: String,
}

impl KeptEdits {
    /// `email` keeps apart the people who share a browser.
    pub(crate) fn of(board: BoardId, email: &str) -> Self {
        let beginning = format!("lingdong-edits/{email}/{board}/");
        let key = format!("{beginning}{}", Uuid::now_v7());
        Self { beginning, key }
    }

    /// Keeps exactly these steps. A browser that keeps nothing, or has no room left, changes nothing: the steps are sent
    /// all the same.
    pub(crate) fn keep<'s>(&self, steps: impl Iterator<Item = &'s Step>) {
        let steps: Vec<&Step> = steps.collect();
        let Some(storage) = storage() else { return };
        if steps.is_empty() {
            let _ = storage.remove_item(&self.key);
        } else if let Ok(text) = serde_json::to_string(&steps) {
            let _ = storage.set_item(&self.key, &text);
        }
    }

    /// What other tabs of this person have left of this board, oldest first; nobody else keeps it from now on. What cannot
    /// be understood, from an older program perhaps, is let go.
    pub(crate) fn take_over(&self) -> Vec<Step> {
        let Some(storage) = storage() else { return Vec::new() };
        let length = storage.length().unwrap_or(0);
        let mut keys: Vec<String> = (0..length).filter_map(|index| storage.key(index).ok().flatten()).collect();
        keys.retain(|key| key.starts_with(&self.beginning) && *key != self.key);
        // The ids of tabs sort by the time at which they were opened.
        keys.sort();
        let texts = keys.iter().filter_map(|key| storage.get_item(key).ok().flatten());
        let steps: Vec<Step> = texts.flat_map(|text| read(&text)).collect();
        // Under the new key first: a tab that dies here leaves them twice rather than not at all.
        self.keep(steps.iter());
        for key in &keys {
            let _ = storage.remove_item(key);
        }
        steps
    }
}

fn read(text: &str) -> Vec<Step> {
    serde_json::from_str(text).unwrap_or_default()
}

/// There is none on the server, and where the person forbids it.
fn storage() -> Option<Storage> {
    if cfg!(feature = "ssr") {
        return None;
    }
    window().local_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::board::{Edit, Operation, OperationId, Title};

    #[test]
    fn steps_are_read_as_they_were_kept_and_others_are_let_go() {
        let title = Title::parse("收视日报").unwrap();
        let steps = vec![
            Step::Edit(Edit {
                id: OperationId::new(Uuid::from_u128(1)),
                base_version: 3,
                operation: Operation::RenameBoard { title },
            }),
            Step::Undo(OperationId::new(Uuid::from_u128(2))),
            Step::Redo(OperationId::new(Uuid::from_u128(3))),
        ];
        assert_eq!(read(&serde_json::to_string(&steps).unwrap()), steps);
        for broken in ["", "{", r#"[{"edit":{"id":1}}]"#] {
            assert_eq!(read(broken), []);
        }
    }
}
