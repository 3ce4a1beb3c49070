//! Controls: typed, named, and usable by keyboard.

mod add_menu;
mod button;
mod check_menu;
mod choice;
mod combobox;
mod copy_field;
mod dialog;
mod icon;
mod menu;
mod qr_code;
mod segments;
mod select;
mod spinner;
mod switch;
mod tabs;
mod text_field;
mod toast;

pub use add_menu::AddMenu;
pub use button::{Button, ButtonKind, IconButton, Submits};
pub use check_menu::{CheckMenu, Offer};
pub use choice::Choice;
pub use combobox::Combobox;
pub use copy_field::CopyField;
pub use dialog::Dialog;
pub(crate) use icon::draw_icon;
pub use icon::{Icon, IconName};
pub use menu::{Menu, MenuItem};
pub use qr_code::QrCode;
pub use segments::{Segment, Segments};
pub use select::SelectField;
pub use spinner::{Skeleton, SkeletonShape, Spinner};
pub use switch::Switch;
pub use tabs::{Tab, Tabs};
pub use text_field::{FieldKind, TextField};
pub use toast::{Toast, ToastKind, ToastRegion, Toasts};
