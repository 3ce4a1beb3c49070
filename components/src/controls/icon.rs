//! Icons: drawn by hand on a 16 px grid with a 1.5 px line, in the colour of the text around them.

use crate::markup::Markup;
use leptos::prelude::*;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident => $path:literal,)*) => {
        /// The icons of the product.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum IconName { $($(#[$doc])* $name,)* }

        impl IconName {
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The line that draws it, 1.5 px wide.
            pub(crate) const fn path(self) -> &'static str {
                match self { $(Self::$name => $path,)* }
            }
        }
    };
}

icons! {
    Plus => "M8 3v10M3 8h10",
    Minus => "M3 8h10",
    Close => "M4 4l8 8M12 4l-8 8",
    Check => "M3 8.5l3.2 3.2L13 5",
    ChevronDown => "M4 6l4 4 4-4",
    ChevronRight => "M6 4l4 4-4 4",
    ChevronLeft => "M10 4L6 8l4 4",
    ArrowUp => "M8 13V3.5M4 7.2L8 3.2l4 4",
    ArrowDown => "M8 3v9.5M4 8.8l4 4 4-4",
    More => "M3.5 8h.01M8 8h.01M12.5 8h.01",
    Search => "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.6 10.6L14 14",
    Undo => "M5.5 3L2.5 6l3 3M2.5 6H10a3.5 3.5 0 0 1 0 7H6",
    Redo => "M10.5 3l3 3-3 3M13.5 6H6a3.5 3.5 0 0 0 0 7h4",
    Trash => "M2.5 4h11M6 4V2.5h4V4M4 4l.6 9.5h6.8L12 4M6.7 6.8v4M9.3 6.8v4",
    Copy => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
    Download => "M8 2.5v7.5M4.8 7L8 10.2 11.2 7M2.5 13.5h11",
    Edit => "M3 13l.7-3L10.5 3.2l2.3 2.3L6 12.3zM9 4.7L11.3 7",
    Eye => "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
    Publish => "M8 10V2.5M4.8 5.5L8 2.3l3.2 3.2M2.5 9.5v4h11v-4",
    Board => "M2.5 2.5h11v11h-11zM2.5 6.5h11M7 6.5v7",
    Settings => "M2.5 5h6M12 5h1.5M2.5 11H4M7.5 11h6M10.2 6.7a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4zM5.8 12.7a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4z",
    User => "M8 8a2.7 2.7 0 1 0 0-5.4A2.7 2.7 0 0 0 8 8zM2.8 13.5c.6-2.5 2.6-3.7 5.2-3.7s4.6 1.2 5.2 3.7",
    SignOut => "M6.5 2.5h-4v11h4M6.5 8h7M10.7 5.2L13.5 8l-2.8 2.8",
    Globe => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM2 8h12M8 2c3.6 3.7 3.6 8.3 0 12M8 2C4.4 5.7 4.4 10.3 8 14",
    Sun => "M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9",
    Moon => "M13.3 9.6A5.7 5.7 0 0 1 6.4 2.7a5.7 5.7 0 1 0 6.9 6.9z",
    Info => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.3v3.7M8 5h.01",
    Warning => "M8 2.5l6 10.8H2zM8 6.7v3.3M8 11.7h.01",
    /// An octagon: worse than a warning.
    Alarm => "M5.4 2h5.2L14 5.4v5.2L10.6 14H5.4L2 10.6V5.4zM8 5v3.6M8 11h.01",
    Lock => "M3.5 7.5h9v6h-9zM5.3 7.5V5.2a2.7 2.7 0 0 1 5.4 0v2.3",
    Unlock => "M3.5 7.5h9v6h-9zM5.3 7.5V5.2a2.7 2.7 0 0 1 5.2-1",
    EyeOff => "M2.5 2.5l11 11M6.5 3.7c.5-.1 1-.2 1.5-.2C12 3.5 14.5 8 14.5 8s-.8 1.4-2.2 2.7M9.7 12.2c-.5.2-1.1.3-1.7.3C4 12.5 1.5 8 1.5 8s.9-1.6 2.5-2.9",
    Layers => "M8 2.5l6 3-6 3-6-3zM2 8.3l6 3 6-3M2 11l6 3 6-3",
    Desk => "M2 3h12v8H2zM8 11v2.5M5.5 13.5h5",
    Phone => "M5 1.5h6v13H5zM7.2 12.5h1.6",
    Wall => "M1.5 3.5h13v9h-13zM5.800 3.5v9M10.2 3.5v9M1.5 8h13",
    Group => "M2.5 2.5h5v5h-5zM8.5 8.5h5v5h-5zM10.5 2.5h3v3M5.5 13.5h-3v-3",
    AlignLeft => "M2.5 2v12M5 4h8v2.5H5zM5 9.5h5V12H5z",
    AlignCentre => "M8 2v12M4 4h8v2.5H4zM5.5 9.5h5V12h-5z",
    AlignRight => "M13.5 2v12M3 4h8v2.5H3zM6 9.5h5V12H6z",
    AlignTop => "M2 2.5h12M4 5h2.5v8H4zM9.5 5H12v5H9.5z",
    AlignMiddle => "M2 8h12M4 4h2.5v8H4zM9.5 5.5H12v5H9.5z",
    AlignBottom => "M2 13.5h12M4 3h2.5v8H4zM9.5 6H12v5H9.5z",
    SameWidth => "M2.5 3.5v9M13.5 3.5v9M4.5 8h7M6 6L4 8l2 2M10 6l2 2-2 2",
    SameHeight => "M3.5 2.5h9M3.5 13.5h9M8 4.5v7M6 6l2-2 2 2M6 10l2 2 2-2",
    SpreadAcross => "M2.5 2.5v11M13.5 2.5v11M6.5 5h3v6h-3z",
    SpreadDown => "M2.5 2.5h11M2.5 13.5h11M5 6.5h6v3H5z",
    Star => "M8 2.2l1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4L2.2 6.5l4-.6z",
    Folder => "M2 4h4.2l1.5 1.8H14v7.2H2z",
    Clock => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.7V8l2.3 1.5",
    /// Made in a laboratory: simulated.
    Flask => "M6 2.5h4M6.8 2.5v3.8L3 12.6c-.2.4 0 .9.5.9h9c.5 0 .7-.5.5-.9L9.2 6.3V2.5M4.9 10h6.2",
    Filter => "M2 3.5h12L9.5 8.7v4l-3 1v-5z",
    /// Six dots: can be dragged.
    Grip => "M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01",
    Kpi => "M2.5 12.5h11M3.5 9V4.5L2.5 5.3M7 9h2.6M7 9c0-1.8 2.6-2 2.6-3.5C9.6 4 7.2 4 7 5.5M12.5 6.5v3M11 8h3",
    Line => "M2.5 2.5v11h11M4.5 10l2.7-3.5 2.3 2L13 4",
    Bar => "M2.5 2.5v11M2.5 4.5h10M2.5 8h7M2.5 11.5h4",
    Table => "M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.7h11M6.5 6.3V13",
    Map => "M3 5.5h3.3v3.3H3zM6.3 2.2h3.3v3.3H6.3zM6.3 8.8h3.3v3.3H6.3zM9.6 5.5h3.3v3.3H9.6z",
    Tabs => "M2 6.5V13h12V6.5zM2 6.5V3h4.5v3.5M6.5 3.5H11v3",
    Carousel => "M4.5 3h7v10h-7zM2 5v6M14 5v6",
    Play => "M5 3.5l7 4.5-7 4.5z",
    Pause => "M5.5 3.5v9M10.5 3.5v9",
    Text => "M3 4.5V3h10v1.5M8 3v10M6 13h4",
}

/// An icon as text.
pub(crate) fn draw_icon(markup: &mut Markup, name: IconName) {
    let frame = [
        ("class", "icon"),
        ("viewBox", "0 0 16 16"),
        ("width", "16"),
        ("height", "16"),
        ("aria-hidden", "true"),
        ("focusable", "false"),
    ];
    markup.element("svg", &frame, |svg| svg.element("path", &[("d", name.path())], |_| ()));
}

/// An icon. It says nothing to a screen reader: whatever holds it has a name.
#[component]
pub fn Icon(name: IconName) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
            <path d=name.path() />
        </svg>
    }
}
