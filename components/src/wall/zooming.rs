//! Zooming and panning the wall by hand: by wheel, by two fingers, by one finger or the middle button on the empty wall.
//! What is under the hand stays under it.

use super::{Zoom, stage::WallStage};
use crate::{arranging::Arrangement as _, browser::client_point, chart::Point};
use leptos::{ev, html, prelude::*};
use std::collections::BTreeMap;

/// How much larger a pixel of the wheel makes it: about a sixth for a notch of a mouse, as in drawing programs.
const PER_WHEEL_PX: f64 = 0.0015;

/// What the hand does with the wall as a whole.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Hold {
    /// One pointer pushes it.
    Pan { pointer: i32, last: Point },
    /// Two fingers hold it.
    Pinch { apart: f64, middle: Point },
}

/// The room that the wall is looked at through. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Zooming {
    pub(super) room: NodeRef<html::Div>,
    /// The wall as it is drawn.
    pub(super) frame: NodeRef<html::Div>,
    stage: WallStage,
    on_zoom: Callback<Zoom>,
    fingers: StoredValue<BTreeMap<i32, Point>>,
    hold: StoredValue<Option<Hold>>,
}

impl Zooming {
    pub(super) fn new(stage: WallStage, on_zoom: Callback<Zoom>) -> Self {
        Self {
            room: NodeRef::new(),
            frame: NodeRef::new(),
            stage,
            on_zoom,
            fingers: StoredValue::new(BTreeMap::new()),
            hold: StoredValue::new(None),
        }
    }

    /// With Ctrl, as pads tell a pinch, the wheel zooms; without it the browser scrolls.
    pub(super) fn wheel(self, event: &ev::WheelEvent) {
        if event.ctrl_key() || event.meta_key() {
            event.prevent_default();
            let at = Point { x: f64::from(event.client_x()), y: f64::from(event.client_y()) };
            self.zoom_at(at, (-event.delta_y() * PER_WHEEL_PX).exp());
        }
    }

    /// A press anywhere in the room, before the tiles hear of it: a second finger takes the wall out of the first one's hand.
    pub(super) fn press(self, event: &ev::PointerEvent) {
        let at = client_point(event);
        if event.pointer_type() == "touch" {
            self.fingers.update_value(|fingers| {
                fingers.insert(event.pointer_id(), at);
            });
            if let Some((apart, middle)) = self.two_fingers() {
                self.stage.cancel();
                event.stop_propagation();
                self.hold.set_value(Some(Hold::Pinch { apart, middle }));
                return;
            }
        }
        let is_middle = event.pointer_type() == "mouse" && event.button() == 1;
        if is_middle || (event.pointer_type() == "touch" && self.is_empty(event)) {
            event.prevent_default();
            self.hold.set_value(Some(Hold::Pan { pointer: event.pointer_id(), last: at }));
            // A browser that refuses sends the moves while the pointer is over the room, which is enough to go on.
            let _ = self.room.get_untracked().map(|room| room.set_pointer_capture(event.pointer_id()));
        }
    }

    pub(super) fn follow(self, event: &ev::PointerEvent) {
        let at = client_point(event);
        self.fingers.update_value(|fingers| {
            if let Some(finger) = fingers.get_mut(&event.pointer_id()) {
                *finger = at;
            }
        });
        match self.hold.get_value() {
            Some(Hold::Pan { pointer, last }) if pointer == event.pointer_id() => {
                self.scroll_by(last.x - at.x, last.y - at.y);
                self.hold.set_value(Some(Hold::Pan { pointer, last: at }));
            }
            Some(Hold::Pinch { apart, middle }) => {
                if let Some((now, at)) = self.two_fingers() {
                    event.stop_propagation();
                    self.scroll_by(middle.x - at.x, middle.y - at.y);
                    self.zoom_at(at, now / apart.max(1.0));
                    self.hold.set_value(Some(Hold::Pinch { apart: now, middle: at }));
                }
            }
            Some(Hold::Pan { .. }) | None => {}
        }
    }

    /// A pointer let go, or was taken away.
    pub(super) fn release(self, event: &ev::PointerEvent) {
        self.fingers.update_value(|fingers| {
            fingers.remove(&event.pointer_id());
        });
        let is_over = match self.hold.get_value() {
            Some(Hold::Pan { pointer, .. }) => pointer == event.pointer_id(),
            Some(Hold::Pinch { .. }) => self.two_fingers().is_none(),
            None => false,
        };
        if is_over {
            self.hold.set_value(None);
        }
    }

    /// How far two fingers are apart, and the middle between them.
    fn two_fingers(self) -> Option<(f64, Point)> {
        self.fingers.with_value(|fingers| {
            let mut fingers = fingers.values();
            let (one, other) = (fingers.next()?, fingers.next()?);
            let middle = Point { x: f64::midpoint(one.x, other.x), y: f64::midpoint(one.y, other.y) };
            Some(((one.x - other.x).hypot(one.y - other.y), middle))
        })
    }

    /// Whether a press is on no tile.
    fn is_empty(self, event: &ev::PointerEvent) -> bool {
        let target = event.target();
        let is = |element: Option<web_sys::HtmlDivElement>| {
            element.is_some_and(|element| target.as_ref() == Some(element.as_ref()))
        };
        is(self.room.get_untracked()) || is(self.frame.get_untracked()) || is(self.stage.canvas.get_untracked())
    }

    fn scroll_by(self, x: f64, y: f64) {
        if let Some(room) = self.room.get_untracked() {
            room.scroll_by_with_x_and_y(x, y);
        }
    }

    /// Draws the wall so many times as large; the point of the screen keeps what is under it.
    fn zoom_at(self, at: Point, times: f64) {
        let Some(frame) = self.frame.get_untracked() else { return };
        let before = self.stage.scale.get_untracked();
        self.on_zoom.run(Zoom::of_scale(before * times));
        let after = self.stage.scale.get_untracked();
        let corner = frame.get_bounding_client_rect();
        let inside = Point { x: at.x - corner.left(), y: at.y - corner.top() };
        // Once the frame is as large as it will be.
        request_animation_frame(move || {
            let grown = after / before - 1.0;
            self.scroll_by(inside.x * grown, inside.y * grown);
        });
    }
}
