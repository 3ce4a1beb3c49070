//! Scrolling.

use crate::chart::Point;
use leptos::prelude::{document, window};
use leptos::wasm_bindgen::JsValue;
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

/// Edges on the screen, in px.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ScrollEdges {
    pub(crate) top: f64,
    pub(crate) bottom: f64,
    left: f64,
    right: f64,
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

    /// Its edges, as far as they are in the window: a finger reaches no further.
    pub(crate) fn edges_px(&self) -> ScrollEdges {
        let size = |px: Result<JsValue, JsValue>| px.ok().and_then(|px| px.as_f64()).unwrap_or_default();
        let (width, height) = (size(window().inner_width()), size(window().inner_height()));
        if self.is_page {
            return ScrollEdges { top: 0.0, bottom: height, left: 0.0, right: width };
        }
        let rect = self.element.get_bounding_client_rect();
        ScrollEdges {
            top: rect.top().max(0.0),
            bottom: rect.bottom().min(height),
            left: rect.left().max(0.0),
            right: rect.right().min(width),
        }
    }

    /// Scrolls a little when the pointer is near an edge, the more the nearer. To be called once for each frame drawn.
    pub(crate) fn scroll_at_edges(&self, pointer: Point) {
        let edges = self.edges_px();
        let down = speed_px(pointer.y, edges.top, edges.bottom);
        if down != 0 {
            self.element.set_scroll_top(self.element.scroll_top() + down);
        }
        let right = speed_px(pointer.x, edges.left, edges.right);
        if right != 0 {
            self.element.set_scroll_left(self.element.scroll_left() + right);
        }
    }
}

/// How far it scrolls in a frame, forwards or back, when the pointer is there between its edges.
fn speed_px(pointer: f64, start: f64, end: f64) -> i32 {
    let depth = |inside_px: f64| (1.0 - inside_px / EDGE_PX).clamp(0.0, 1.0);
    ((depth(end - pointer) - depth(pointer - start)) * FASTEST_PX).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_scrolls_faster_towards_an_edge_and_rests_between_them() {
        let speed = |pointer| speed_px(pointer, 100.0, 500.0);
        assert_eq!(speed(300.0), 0);
        assert_eq!(speed(100.0 + EDGE_PX), 0);
        assert!(speed(120.0) < speed(140.0) && speed(140.0) < 0);
        assert!(speed(480.0) > speed(460.0) && speed(460.0) > 0);
        assert_eq!(speed(520.0), FASTEST_PX as i32, "past the edge");
    }
}
