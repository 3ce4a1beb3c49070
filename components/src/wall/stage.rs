//! The gestures of the wall in the browser: what is held, where it would stand, and what is said about it.

use super::{WallEditing, gesture::WallGesture, marquee::WallMarquee, snap::Guide};
use crate::{
    arranging::{Arrangement, Arranging, Arrow, Edges, Grip},
    browser::{DRAG_THRESHOLD_PX, client_point},
    chart::{Area, Point},
    palette::{DragSpace, Spot},
    words,
};
use leptos::{ev, html, prelude::*};
use model::{
    board::TileId,
    formatting::Locale,
    layout::{WallFrame, WallLayout, WallRect},
};

/// So near on the screen a line attracts.
const REACH_PX: f64 = 6.0;

/// Frames that are held by the pointer.
#[derive(Debug, Clone, PartialEq)]
struct Held {
    gesture: WallGesture,
    pointer: i32,
    pressed_at: Point,
    targets: Vec<WallFrame>,
    is_drag: bool,
}

/// What the parts of the wall share. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct WallStage {
    pub(super) canvas: NodeRef<html::Div>,
    pub(super) layout: Signal<WallLayout>,
    arranging: Arranging,
    pub(super) editing: WallEditing,
    /// Screen pixels per pixel of the wall.
    pub(super) scale: Signal<f64>,
    held: RwSignal<Option<Held>>,
    pub(super) marquee: RwSignal<Option<WallMarquee>>,
    /// The frames as they would stand if the pointer let go now.
    pub(super) preview: RwSignal<Option<WallLayout>>,
    pub(super) guides: RwSignal<Vec<Guide>>,
}

impl WallStage {
    pub(super) fn new(
        layout: Signal<WallLayout>,
        locale: Signal<Locale>,
        editing: WallEditing,
        scale: Signal<f64>,
    ) -> Self {
        Self {
            canvas: NodeRef::new(),
            layout,
            arranging: Arranging::new(editing.tiles, locale),
            editing,
            scale,
            held: RwSignal::new(None),
            marquee: RwSignal::new(None),
            preview: RwSignal::new(None),
            guides: RwSignal::new(Vec::new()),
        }
    }

    /// A point of the screen, in pixels of the wall from its corner.
    pub(super) fn on_wall(self, at: Point) -> Option<Point> {
        let corner = self.canvas.get_untracked()?.get_bounding_client_rect();
        let scale = self.scale.get_untracked();
        Some(Point { x: (at.x - corner.left()) / scale, y: (at.y - corner.top()) / scale })
    }

    /// The pointer moved.
    pub(super) fn follow(self, event: &ev::PointerEvent) {
        self.follow_marquee(event);
        let at = client_point(event);
        let is_ours =
            self.held.with_untracked(|held| held.as_ref().is_some_and(|held| held.pointer == event.pointer_id()));
        if !is_ours {
            return;
        }
        let begins = self.held.with_untracked(|held| {
            held.as_ref().is_some_and(|held| {
                !held.is_drag && (at.x - held.pressed_at.x).hypot(at.y - held.pressed_at.y) >= DRAG_THRESHOLD_PX
            })
        });
        if begins {
            // A browser that refuses sends the moves while the pointer is over the wall, which is enough to go on.
            let _ = self.canvas.get_untracked().map(|canvas| canvas.set_pointer_capture(event.pointer_id()));
            self.held.update(|held| {
                if let Some(held) = held {
                    held.is_drag = true;
                }
            });
        }
        self.update(at, event.alt_key());
    }

    /// Shows where the frames would stand. With Alt held down nothing snaps.
    fn update(self, at: Point, is_free: bool) {
        let scale = self.scale.get_untracked();
        let reach = if is_free { -1 } else { (REACH_PX / scale).round() as i32 };
        let moved = self.held.try_update_untracked(|held| {
            let held = held.as_mut().filter(|held| held.is_drag)?;
            let px = |screen: f64| (screen / scale).round() as i32;
            let (dx, dy) = (px(at.x - held.pressed_at.x), px(at.y - held.pressed_at.y));
            let (targets, guides) = held.gesture.targets(dx, dy, reach);
            held.targets.clone_from(&targets);
            Some((targets, guides))
        });
        if let Some((targets, guides)) = moved.flatten() {
            let receiver = if is_free { None } else { self.receiver_at(at, &targets) };
            self.receive(receiver);
            let guides = if receiver.is_some() { Vec::new() } else { guides };
            let preview = self.layout.with_untracked(|wall| wall.set(&targets));
            if self.preview.with_untracked(|before| before.as_ref() != Some(&preview)) {
                self.preview.set(Some(preview));
            }
            if self.guides.with_untracked(|before| *before != guides) {
                self.guides.set(guides);
            }
        }
    }

    /// The container under the pointer that would take in what is moved.
    fn receiver_at(self, at: Point, moving: &[WallFrame]) -> Option<TileId> {
        let is_whole =
            self.held.with_untracked(|held| held.as_ref().is_some_and(|held| held.gesture.grip == Grip::Whole));
        let moving: Vec<TileId> = moving.iter().map(|frame| frame.tile).collect();
        is_whole.then(|| self.tiles().receiver(&moving, self.areas(), self.on_wall(at)?)).flatten()
    }

    /// Whether a frame is held over a container that would take it in.
    pub(super) fn is_entering(self, tile: TileId) -> bool {
        let is_held = self
            .held
            .with(|held| held.as_ref().is_some_and(|held| held.gesture.moving.iter().any(|frame| frame.tile == tile)));
        is_held && self.arranging.receiver.get().is_some()
    }

    /// Where the frames that are in sight stand, the foremost first.
    fn areas(self) -> Vec<(TileId, Area)> {
        let area = |frame: &WallFrame| {
            let WallRect { x, y, w, h } = frame.rect;
            (frame.tile, Area { x: x.into(), y: y.into(), w: w.into(), h: h.into() })
        };
        self.layout.with_untracked(|wall| wall.frames().iter().rev().filter(|frame| !frame.hidden).map(area).collect())
    }

    /// The pointer let go.
    pub(super) fn drop(self, event: &ev::PointerEvent) {
        self.drop_marquee(event);
        let Some(held) = self.held.get_untracked().filter(|held| held.pointer == event.pointer_id()) else { return };
        let receiver = self.arranging.receiver.get_untracked();
        self.release();
        if let Some(container) = receiver {
            self.enter(container, held.gesture.moving.iter().map(|frame| frame.tile).collect());
        } else if held.is_drag && held.targets != held.gesture.moving {
            self.place(held.targets);
        }
    }

    fn release(self) {
        self.held.set(None);
        self.preview.set(None);
        self.guides.set(Vec::new());
        self.receive(None);
    }

    pub(super) fn place(self, frames: Vec<WallFrame>) {
        if let Some(frame) = frames.first() {
            self.say(words::stands_on_wall(frame.rect, self.locale().get_untracked()));
        }
        self.editing.on_place.run(frames);
    }

    /// A component that is dragged over from the palette is dropped where the pointer lets go.
    pub(super) fn watch_palette(self) {
        let Some(space) = use_context::<DragSpace>() else { return };
        Effect::new(move |_| {
            let size = self.layout.with_untracked(WallLayout::size);
            let at = space.carried_at().and_then(|at| self.on_wall(at));
            let is_over =
                |at: &Point| (0.0..f64::from(size.w())).contains(&at.x) && (0.0..f64::from(size.h())).contains(&at.y);
            let at = at.filter(is_over);
            let enters = space.carried.with(|carried| carried.is_some_and(|carried| !carried.kind.is_container()));
            let receiver = at.filter(|_| enters).and_then(|at| self.tiles().receiver(&[], self.areas(), at));
            self.receive(receiver);
            let on_wall = |at: Point| Spot::OnWall { x: at.x.round() as u16, y: at.y.round() as u16 };
            space.aim(receiver.map(Spot::Inside).or_else(|| at.map(on_wall)));
        });
    }
}

impl Arrangement for WallStage {
    const BLOCK: &'static str = "wall";
    const KEYS_ID: &'static str = "wall-keys";
    const EDGES: &'static [Edges] = &Edges::ALL;
    const MOVES_ON_TOUCH: bool = true;

    fn arranging(self) -> Arranging {
        self.arranging
    }

    fn order(self) -> Vec<TileId> {
        self.layout.with_untracked(|wall| wall.frames().iter().map(|frame| frame.tile).collect())
    }

    fn is_dragging(self) -> bool {
        self.held.with(|held| held.as_ref().is_some_and(|held| held.is_drag))
    }

    fn take(self, tile: TileId, grip: Grip, event: &ev::PointerEvent) {
        if self.held.with_untracked(Option::is_some) {
            return;
        }
        let along = self.editing.tiles.moved_with(tile);
        let gesture = self.layout.with_untracked(|wall| WallGesture::new(wall, tile, grip, &along));
        if let Some(gesture) = gesture {
            self.held.set(Some(Held {
                targets: gesture.moving.clone(),
                gesture,
                pointer: event.pointer_id(),
                pressed_at: client_point(event),
                is_drag: false,
            }));
        }
    }

    fn cancel(self) {
        if self.held.with_untracked(|held| held.as_ref().is_some_and(|held| held.is_drag)) {
            self.say(words::CANCELLED.in_locale(self.locale().get_untracked()).to_owned());
        }
        self.marquee.set(None);
        self.release();
    }

    fn press_arrow(self, tile: TileId, arrow: Arrow, event: &ev::KeyboardEvent) {
        self.step(tile, arrow, event);
    }
}
