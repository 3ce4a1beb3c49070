//! The phone layout, to be arranged: cards in an order, moved by pointer and by keyboard.
//!
//! Readers never meet it: on a phone the board's own grid shows its tiles as cards (`style/grid.css`).

mod board;
mod card;
mod editing;
mod gesture;
mod stage;

pub use board::PhoneBoard;
pub use editing::PhoneEditing;
