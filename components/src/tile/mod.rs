//! Tiles as cards: a header, a body, and every state a tile can be in.

mod card;
mod face;
mod head;
mod state;

mod body;
mod kpi;
mod legend;
mod pages;
mod rows;
mod table;
mod text;

mod message;
mod problem;

mod picture;

mod csv;
mod explained;
mod names;
mod picked;
mod space;

pub use crate::words::calculation as calculation_name;
pub use card::TileCard;
pub use explained::MetricsExplained;
pub use message::kind_icon;
pub use names::Names;
pub(crate) use names::OTHER;
pub use pages::Inside;
pub use picked::Picked;
pub use picture::{BodyPicture, CardPicture, Outline, legend_over};
pub use space::TileSpace;
pub(crate) use space::{GAP_PX, ROW_PX};
pub use state::TileState;
