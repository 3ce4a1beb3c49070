//! Scrolling.

use crate::chart::Point;
use leptos::prelude::{document, window};
use leptos::web_sys::Element;

/// Nearer than this to an edge of what scrolls, it scrolls.
const EDGE_PX: f64 = 56.0;
/// The most it scrolls in a frame.
const FASTEST_PX: f64 = 18.0;

/// Scrolls the element's own list so far that the element is seen; the page stays where it is.
pub(crate) fn scroll_into_view(id: &str) {
    let Some(element) = document().get_element_by_id(id) else {
        return;
    };
    let Some(list) = element.parent_element() else {
        return;
    };
    let (inner, outer) = (element.get_bounding_client_rect(), list.get_bounding_client_rect());
    let above = outer.top() - inner.top();
    let below = inner.bottom() - outer.bottom();
    let by = if above > 0.0 { -above } else { below.max(0.0) };
    list.set_scroll_top(list.scroll_top() + by.round() as i32);
}

/// What scrolls when the pointer comes near its edge.
#[derive(Debug, Clone)]
pub(crate) struct ScrollArea {
    element: Element,
    /// The page itself: its edges are the window's.
    is_page: bool,
}

impl ScrollArea {
    /// The nearest box around the element that scrolls down, or the page.
    pub(crate) fn around(element: &Element) -> Option<Self> {
        let scrolls = |candidate: &Element| {
            let style = window().get_computed_style(candidate).ok().flatten();
            let overflow = style.and_then(|style| style.get_property_value("overflow-y").ok()).unwrap_or_default();
            matches!(overflow.as_str(), "auto" | "scroll")
        };
        let mut ancestor = element.parent_element();
        while let Some(candidate) = ancestor {
            if scrolls(&candidate) {
                return Some(Self { element: candidate, is_page: false });
            }
            ancestor = candidate.parent_element();
        }
        document().document_element().map(|element| Self { element, is_page: true })
    }

    /// Top and bottom edge on the screen.
    pub(crate) fn edges_px(&self) -> (f64, f64) {
        if self.is_page {
            let height = window().inner_height().ok().and_then(|height| height.as_f64());
            (0.0, height.unwrap_or_default())
        } else {
            let rect = self.element.get_bounding_client_rect();
            (rect.top(), rect.bottom())
        }
    }

    /// Scrolls a little when the pointer is near the upper or the lower edge, the more the nearer. To be called once for
    /// each frame drawn.
    pub(crate) fn scroll_at_edges(&self, pointer: Point) {
        let (top, bottom) = self.edges_px();
        let depth = |inside_px: f64| (1.0 - inside_px / EDGE_PX).clamp(0.0, 1.0);
        let speed = depth(bottom - pointer.y) - depth(pointer.y - top);
        if speed.abs() > 0.0 {
            self.element.set_scroll_top(self.element.scroll_top() + (speed * FASTEST_PX).round() as i32);
        }
    }
}
