//! What is shown while something is on its way.

use leptos::prelude::*;

/// A small turning ring, for buttons. Whatever holds it says in words what is going on.
#[component]
pub fn Spinner() -> impl IntoView {
    view! { <span class="spinner" aria-hidden="true"></span> }
}

/// The shape of what is about to appear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SkeletonShape {
    /// A figure, its chip and a small line.
    Figure,
    /// A plot with an axis.
    Plot,
    /// Bars of falling length.
    Bars,
    /// Rows of a table.
    Rows,
    /// The tiles of the province map.
    Tiles,
    /// Lines of text.
    Lines,
}

impl SkeletonShape {
    /// The class of the whole and how many pieces it has; `style/` places each piece.
    const fn pieces(self) -> (&'static str, usize) {
        match self {
            Self::Figure => ("skeleton skeleton--figure", 2),
            Self::Plot => ("skeleton skeleton--plot", 5),
            Self::Bars => ("skeleton skeleton--bars", 6),
            Self::Rows => ("skeleton skeleton--rows", 6),
            Self::Tiles => ("skeleton skeleton--tiles", 34),
            Self::Lines => ("skeleton skeleton--lines", 3),
        }
    }
}

/// A still picture of what is about to appear, in its true shape.
#[component]
pub fn Skeleton(shape: SkeletonShape) -> impl IntoView {
    let (class, count) = shape.pieces();
    view! {
        <div class=class aria-hidden="true">
            {(0..count).map(|_| view! { <span class="skeleton__piece"></span> }).collect_view()}
        </div>
    }
}
