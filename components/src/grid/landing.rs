//! Where what is in the hand would come to stand.

use super::{geometry::Geometry, stage::Stage};
use leptos::{html, prelude::*};

/// A frame around one of the places; it is drawn there and lays nothing out.
#[component]
pub(super) fn Landing(stage: Stage, index: usize) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        let rect = stage.landing.with(|landing| landing.get(index).copied());
        if let (Some(frame), Some(rect), Some(board)) = (frame.get(), rect, stage.board_area()) {
            let area = Geometry { width_px: board.w }.px_from_grid(rect);
            let style = web_sys::HtmlElement::style(&frame);
            // Set on the element itself, which the policy allows.
            let _ = style.set_property("transform", &format!("translate({}px, {}px)", area.x, area.y));
            let _ = style.set_property("width", &format!("{}px", area.w));
            let _ = style.set_property("height", &format!("{}px", area.h));
        }
    });
    view! { <div class="board__landing" node_ref=frame aria-hidden="true"></div> }
}
