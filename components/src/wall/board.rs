//! The wall, to be arranged.

use super::{
    WallEditing, Zoom, place::canvas_classes, rulers::Rulers, snap::Guide, stage::WallStage, tile::WallTile,
    zooming::Zooming,
};
use crate::{
    arranging::{Arrangement as _, SpokenAside, cancel_by_escape, is_pointer_lost, tell_held},
    browser::{observe_size, prevent_flick},
    words,
};
use leptos::{html, prelude::*};
use model::{
    board::TileId,
    formatting::Locale,
    layout::{Bounds, WallLayout},
};

/// Room kept for the rulers.
const RULER_PX: f64 = 40.0;

/// The wall with rulers and guides. `zoom` decides how large it is drawn; what that comes to, in percent, is told.
#[component]
pub fn WallBoard(
    #[prop(into)] layout: Signal<WallLayout>,
    #[prop(into)] locale: Signal<Locale>,
    /// What stands in the band along the top.
    #[prop(into)]
    head: ViewFn,
    /// Draws a tile; called once for each.
    #[prop(into)]
    render_tile: Callback<TileId, AnyView>,
    editing: WallEditing,
    #[prop(into)] zoom: Signal<Zoom>,
    /// It was zoomed by hand.
    #[prop(into)]
    on_zoom: Callback<Zoom>,
    #[prop(into)] on_scale: Callback<u16>,
) -> impl IntoView {
    let room_size = RwSignal::new((900.0, 600.0));
    let size = Memo::new(move |_| layout.with(WallLayout::size));
    let scale: Signal<f64> = Signal::from(Memo::new(move |_| {
        let (w, h) = room_size.get();
        zoom.get().scale(size.get(), w - RULER_PX, h - RULER_PX)
    }));
    Effect::new(move |_| on_scale.run((scale.get() * 100.0).round() as u16));
    let stage = WallStage::new(layout, locale, editing, scale);
    let zooming = Zooming::new(stage, on_zoom);
    let (room, frame) = (zooming.room, zooming.frame);
    Effect::new(move |_| {
        if let Some(room) = room.get() {
            observe_size(&room, move |w, h| room_size.set((w, h)));
        }
    });
    stage.watch_palette();
    let shown: Signal<WallLayout> =
        Signal::from(Memo::new(move |_| stage.preview.get().unwrap_or_else(|| layout.get())));
    let order =
        Memo::new(move |_| layout.with(|layout| layout.frames().iter().map(|frame| frame.tile).collect::<Vec<_>>()));
    cancel_by_escape(stage);
    tell_held(stage);
    // Set on the elements themselves, which the policy allows.
    Effect::new(move |_| {
        let (Some(frame), Some(canvas)) = (frame.get(), stage.canvas.get()) else { return };
        let (size, scale) = (size.get(), scale.get());
        let style = web_sys::HtmlElement::style(&frame);
        let _ = style.set_property("width", &format!("{}px", f64::from(size.w()) * scale));
        let _ = style.set_property("height", &format!("{}px", f64::from(size.h()) * scale));
        let _ = web_sys::HtmlElement::style(&canvas).set_property("transform", &format!("scale({scale})"));
        let _ = web_sys::HtmlElement::style(&canvas).set_property("--hair-on-wall", &format!("{}px", 1.0 / scale));
    });
    let marquee = NodeRef::<html::Div>::new();
    let framed =
        Memo::new(move |_| stage.marquee.with(|marquee| marquee.as_ref().map(super::marquee::WallMarquee::bounds)));
    Effect::new(move |_| {
        if let (Some(element), Some(Bounds { x, y, w, h })) = (marquee.get(), framed.get()) {
            let style = web_sys::HtmlElement::style(&element);
            for (name, px) in [("left", x), ("top", y), ("width", w), ("height", h)] {
                let _ = style.set_property(name, &format!("{px}px"));
            }
        }
    });
    let guides = move || {
        stage
            .guides
            .get()
            .into_iter()
            .map(|guide| {
                let (class, name, at) = match guide {
                    Guide::Upright(at) => ("wall__guide wall__guide--upright", "left", at),
                    Guide::Level(at) => ("wall__guide wall__guide--level", "top", at),
                };
                let line = NodeRef::<html::Div>::new();
                Effect::new(move |_| {
                    if let Some(line) = line.get() {
                        let _ = web_sys::HtmlElement::style(&line).set_property(name, &format!("{at}px"));
                    }
                });
                view! { <div class=class node_ref=line aria-hidden="true"></div> }
            })
            .collect_view()
    };
    view! {
        <div
            class="wall-desk"
            node_ref=room
            on:wheel=move |event| zooming.wheel(&event)
            on:pointerdown:capture=move |event| zooming.press(&event)
            on:pointermove:capture=move |event| zooming.follow(&event)
            on:touchmove:capture=move |event| prevent_flick(&event)
            on:pointerup:capture=move |event| zooming.release(&event)
            on:pointercancel:capture=move |event| zooming.release(&event)
        >
            <Rulers size scale />
            <div class="wall-desk__frame" node_ref=frame>
                <div
                    class=move || format!("wall wall--editing {}", canvas_classes(size.get()))
                    node_ref=stage.canvas
                    on:pointerdown=move |event| stage.take_marquee(&event)
                    on:pointermove=move |event| stage.follow(&event)
                    on:pointerup=move |event| stage.drop(&event)
                    on:pointercancel=move |_| stage.cancel()
                    on:lostpointercapture=move |event| if is_pointer_lost(&event) { stage.cancel() }
                >
                    <div class="wall__head" inert=true>{head.run()}</div>
                    <For each=move || order.get() key=|tile| *tile let:tile>
                        <WallTile tile stage shown render_tile />
                    </For>
                    {guides}
                    <Show when=move || framed.get().is_some()>
                        <div class="board__marquee" node_ref=marquee aria-hidden="true"></div>
                    </Show>
                </div>
            </div>
        </div>
        <SpokenAside stage keys=words::WALL_KEYS />
    }
    .into_any()
}
