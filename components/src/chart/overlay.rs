//! What lies over a chart: the crosshair or frame, and one tooltip, following the pointer or the arrow keys.

use super::{ChartSpec, Guide, Hit, Point, Size, svg::series_fill_class, view::Drawn};
use crate::words;
use leptos::{ev, html, prelude::*};
use model::formatting::Locale;

/// Nearer than this to the right edge the tooltip stands to the left.
const TIP_ROOM_PX: f64 = 200.0;

/// The overlay of one chart. The chart beneath is never redrawn for it.
#[component]
pub(super) fn Overlay(
    spec: Signal<ChartSpec>,
    scene: Memo<Drawn>,
    #[prop(into)] locale: Signal<Locale>,
    on_pick: Option<Callback<usize>>,
) -> impl IntoView {
    let pointed = RwSignal::new(None::<usize>);
    let cover = NodeRef::<html::Div>::new();
    let count = Memo::new(move |_| scene.with(|scene| scene.0.hit_count()));
    let size = Memo::new(move |_| scene.with(|scene| scene.0.size));
    // New data may have fewer steps.
    let shown = Memo::new(move |_| pointed.get().filter(|pointed| *pointed < count.get()));
    let hit = Memo::new(move |_| shown.get().and_then(|index| scene.with(|scene| scene.0.hit(index))));
    let readout = Memo::new(move |_| shown.get().map(|index| spec.with(|spec| spec.readout(index))));

    let point = move |client: (i32, i32)| {
        let Some(cover) = cover.get_untracked() else {
            return;
        };
        let rect = cover.get_bounding_client_rect();
        let size = size.get_untracked();
        let in_scene = |along: f64, length: f64, scene_length: f64| along / length.max(1.0) * scene_length;
        let point = Point {
            x: in_scene(f64::from(client.0) - rect.left(), rect.width(), size.w),
            y: in_scene(f64::from(client.1) - rect.top(), rect.height(), size.h),
        };
        let picked = scene.with_untracked(|scene| scene.0.pick(point));
        if picked != pointed.get_untracked() {
            pointed.set(picked);
        }
    };
    let follow = move |event: ev::PointerEvent| point((event.client_x(), event.client_y()));
    let pick = move || {
        if let (Some(on_pick), Some(index)) = (on_pick, shown.get_untracked()) {
            on_pick.run(index);
        }
    };
    let press = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && on_pick.is_some() {
            event.prevent_default();
            event.stop_propagation();
            pick();
            return;
        }
        let count = count.get_untracked();
        let last = count.saturating_sub(1);
        let current = pointed.get_untracked();
        let next = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => Some(current.map_or(0, |index| (index + 1).min(last))),
            "ArrowLeft" | "ArrowUp" => Some(current.map_or(last, |index| index.saturating_sub(1))),
            "Home" => Some(0),
            "End" => Some(last),
            "Escape" if current.is_some() => None,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        pointed.set(next.filter(|_| count > 0));
    };
    view! {
        <div
            class="plot__cover"
            class:plot__cover--picks=move || on_pick.is_some() && hit.with(Option::is_some)
            node_ref=cover
            // A slider through the values: it reads each aloud as the arrows reach it.
            role="slider"
            tabindex="0"
            aria-label=move || words::STEP_THROUGH.in_locale(locale.get())
            aria-valuemin="0"
            aria-valuemax=move || count.get().saturating_sub(1).to_string()
            aria-valuenow=move || shown.get().unwrap_or(0).to_string()
            aria-valuetext=move || {
                readout.with(|readout| match readout {
                    Some(readout) => readout.spoken(),
                    None => words::NOTHING_POINTED_AT.in_locale(locale.get()).to_owned(),
                })
            }
            on:pointermove=follow
            on:pointerdown=follow
            on:click=move |event| {
                // A finger has left by then, and what it pointed at is forgotten.
                point((event.client_x(), event.client_y()));
                pick();
            }
            on:pointerleave=move |_| pointed.set(None)
            on:blur=move |_| pointed.set(None)
            on:keydown=press
        ></div>
        <Show when=move || hit.with(Option::is_some)>
            <Guides hit size />
            <Tip hit size readout />
        </Show>
    }
    .into_any()
}

#[component]
fn Guides(hit: Memo<Option<Hit>>, size: Memo<Size>) -> impl IntoView {
    let marks = move || {
        hit.get().map(|hit| match hit.guide {
            Guide::Crosshair => view! {
                <line class="line-crosshair" x1=hit.area.x y1=hit.area.y x2=hit.area.x y2=hit.area.bottom() />
                {hit
                    .dots
                    .into_iter()
                    .map(|(point, colour)| {
                        view! { <circle class=format!("plot__dot {}", series_fill_class(colour)) cx=point.x cy=point.y r="4" /> }
                    })
                    .collect_view()}
            }
                .into_any(),
            Guide::Frame => view! {
                <rect class="line-frame" x=hit.area.x y=hit.area.y width=hit.area.w height=hit.area.h />
            }
                .into_any(),
            Guide::Outline(outline) => {
                let points: Vec<String> = outline.iter().map(|point| format!("{},{}", point.x, point.y)).collect();
                view! { <polygon class="line-frame" points=points.join(" ") /> }.into_any()
            }
            Guide::Ring(radius) => view! {
                <circle class="line-frame" cx=hit.anchor.x cy=hit.anchor.y r=radius + 2.0 />
            }
                .into_any(),
        })
    };
    let view_box = move || {
        let Size { w, h } = size.get();
        format!("0 0 {w} {h}")
    };
    view! {
        <svg class="plot__guides" viewBox=view_box aria-hidden="true">
            {marks}
        </svg>
    }
    .into_any()
}

#[component]
fn Tip(hit: Memo<Option<Hit>>, size: Memo<Size>, readout: Memo<Option<super::Readout>>) -> impl IntoView {
    let tip = NodeRef::<html::Div>::new();
    let is_left = move || hit.with(|hit| hit.as_ref().is_some_and(|hit| hit.anchor.x > size.get().w - TIP_ROOM_PX));
    // Set on the element itself: the policy allows that, and forbids a style attribute.
    Effect::new(move |_| {
        let place = hit.with(|hit| hit.as_ref().map(|hit| hit.anchor));
        if let (Some(tip), Some(anchor)) = (tip.get(), place) {
            let style = web_sys::HtmlElement::style(&tip);
            let Size { w, h } = size.get();
            // In percent, so that it stays right while the drawing is scaled.
            let _ = style.set_property("left", &format!("{}%", anchor.x / w.max(1.0) * 100.0));
            let _ = style.set_property("top", &format!("{}%", (anchor.y / h.max(1.0) * 100.0).min(70.0)));
        }
    });
    let rows = move || {
        readout.get().map(|readout| {
            let rows = readout.rows.into_iter().map(|row| {
                let swatch = row.colour.map(|colour| {
                    view! {
                        <svg class="swatch" viewBox="0 0 8 8" aria-hidden="true">
                            <rect class=series_fill_class(colour) width="8" height="8" rx="2" />
                        </svg>
                    }
                });
                view! {
                    <li class="tip__row">
                        {swatch} <span class="tip__name">{row.name}</span> <span class="tip__value">{row.value}</span>
                    </li>
                }
            });
            view! {
                <p class="tip__heading">{readout.heading}</p>
                <ul class="tip__rows">{rows.collect_view()}</ul>
                {readout.note.map(|note| view! { <p class="tip__note">{note}</p> })}
            }
        })
    };
    view! {
        <div class="tip" class:tip--left=is_left node_ref=tip aria-hidden="true">
            {rows}
        </div>
    }
    .into_any()
}
