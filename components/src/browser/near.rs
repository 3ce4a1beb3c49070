//! Watching what is near enough to be seen soon: what nobody can see need not be drawn.

use leptos::web_sys::Element;
#[cfg(target_arch = "wasm32")]
use {
    wasm_bindgen::{JsCast as _, closure::Closure},
    web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit},
};

/// Tells of elements whether they are in sight or less than half a screen from it, soon after they are watched and whenever that
/// changes. Until dropped.
#[cfg(target_arch = "wasm32")]
#[derive(Debug)]
pub struct Nearness {
    observer: IntersectionObserver,
    _tell: Closure<dyn Fn(js_sys::Array)>,
}

#[cfg(target_arch = "wasm32")]
impl Nearness {
    /// `None` where the browser can't tell: then everything is to be drawn.
    pub fn watch(on_change: impl Fn(&Element, bool) + 'static) -> Option<Self> {
        let tell = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
            for entry in entries.iter().filter_map(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok()) {
                on_change(&entry.target(), entry.is_intersecting());
            }
        });
        let wished = IntersectionObserverInit::new();
        wished.set_root_margin("50% 0px");
        let observer = IntersectionObserver::new_with_options(tell.as_ref().unchecked_ref(), &wished).ok()?;
        Some(Self { observer, _tell: tell })
    }

    pub fn observe(&self, element: &Element) {
        self.observer.observe(element);
    }
}

#[cfg(target_arch = "wasm32")]
impl Drop for Nearness {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Tells of one element whether it is near, until the owner is gone. What is printed is near.
#[cfg(target_arch = "wasm32")]
pub(crate) fn observe_nearness(element: &Element, on_change: impl Fn(bool) + Copy + 'static) {
    use leptos::prelude::{StoredValue, UpdateValue as _, on_cleanup, window_event_listener_untyped};

    let Some(nearness) = Nearness::watch(move |_, is_near| on_change(is_near)) else { return };
    nearness.observe(element);
    let kept = StoredValue::new_local(Some(nearness));
    let printed = window_event_listener_untyped("beforeprint", move |_| on_change(true));
    on_cleanup(move || {
        drop(kept.try_update_value(Option::take));
        printed.remove();
    });
}

#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn observe_nearness(_element: &Element, _on_change: impl Fn(bool) + Copy + 'static) {}
