//! Draws any chart: the SVG, and over it what one points at.

use super::{ChartSpec, Scene, Size, overlay::Overlay, svg};
use crate::browser::{keep_filled, observe_nearness, observe_size};
use leptos::{html, prelude::*};
use model::formatting::Locale;
use std::sync::Arc;

/// A chart that fills the box it stands in.
///
/// The server draws it at the nominal size and lets the `viewBox` scale it; in the browser it is laid out anew for
/// the box it really has.
#[component]
pub fn Plot(
    #[prop(into)] spec: Signal<ChartSpec>,
    /// The size that the server draws at: about what the box will have on a desk.
    nominal: Size,
    #[prop(into)] locale: Signal<Locale>,
    /// Runs with the width of the box when it becomes known or changes.
    #[prop(optional, into)]
    on_width: Option<Callback<f64>>,
    /// Runs with the mark, or the step, that is clicked or chosen by Enter.
    #[prop(optional_no_strip)]
    on_pick: Option<Callback<usize>>,
) -> impl IntoView {
    let plot = NodeRef::<html::Div>::new();
    let size = RwSignal::new(nominal);
    Effect::new(move |_| {
        if let Some(plot) = plot.get() {
            observe_size(&plot, move |w, h| {
                let measured = Size { w: w.round(), h: h.round() };
                // A box that is hidden has no size; the drawing waits for it to come back.
                if measured.w >= 1.0
                    && measured.h >= 1.0
                    && size.try_get_untracked().is_some_and(|size| size != measured)
                {
                    size.set(measured);
                    if let Some(on_width) = on_width {
                        on_width.run(measured.w);
                    }
                }
            });
        }
    });
    // What is far from sight stays as it was until it comes near.
    let is_near = RwSignal::new(true);
    let tell_nearness = move |now: bool| {
        if is_near.try_get_untracked().is_some_and(|before| before != now) {
            is_near.set(now);
        }
    };
    Effect::new(move |_| {
        if let Some(plot) = plot.get() {
            observe_nearness(&plot, tell_nearness);
        }
    });
    let seen = Memo::new(move |before: Option<&ChartSpec>| match before {
        Some(before) if !is_near.get() => before.clone(),
        Some(_) | None => spec.get(),
    });
    let scene = Memo::new(move |_| Drawn(Arc::new(seen.with(|spec| spec.scene(size.get())))));
    let drawing = Memo::new(move |_| scene.with(|scene| svg(&scene.0)));
    let drawn = NodeRef::<html::Div>::new();
    keep_filled(drawn, drawing);
    view! {
        <div class="plot" node_ref=plot>
            <div
                class="plot__drawing"
                node_ref=drawn
                role="img"
                aria-label=move || spec.with(ChartSpec::summary)
                inner_html=drawing.get_untracked()
            ></div>
            <Overlay spec=seen.into() scene locale on_pick />
        </div>
    }
    .into_any()
}

/// A laid out chart, cheap to hand on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Drawn(pub(super) Arc<Scene>);
