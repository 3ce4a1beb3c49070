//! Watching how large an element is.

use leptos::web_sys::Element;

/// Calls back with width and height in CSS pixels, at once and whenever they change, until the owner is gone. They are
/// the element's own: a wall that is drawn smaller or larger does not count.
#[cfg(target_arch = "wasm32")]
pub(crate) fn observe_size(element: &Element, on_size: impl Fn(f64, f64) + 'static) {
    use leptos::prelude::{StoredValue, WithValue as _, on_cleanup};
    use wasm_bindgen::{JsCast as _, closure::Closure};

    let measured = element.clone();
    let callback = Closure::<dyn Fn()>::new(move || {
        on_size(f64::from(measured.client_width()), f64::from(measured.client_height()));
    });
    if let Ok(observer) = web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref()) {
        observer.observe(element);
        let kept = StoredValue::new_local((observer, callback));
        on_cleanup(move || {
            let _ = kept.try_with_value(|(observer, _)| observer.disconnect());
        });
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn observe_size(_element: &Element, _on_size: impl Fn(f64, f64) + 'static) {}
