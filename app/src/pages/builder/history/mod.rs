//! The history of the board in plain words, and the ways back.

mod naming;
mod panel;
mod row;

pub(crate) use panel::HistoryPanel;
