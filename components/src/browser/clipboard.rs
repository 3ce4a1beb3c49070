//! Copying text.

/// Puts the text on the clipboard. False where the browser does not allow it: on pages without https.
#[cfg(target_arch = "wasm32")]
pub(crate) fn copy_text(text: &str) -> bool {
    use wasm_bindgen::JsValue;
    let Some(window) = web_sys::window() else {
        return false;
    };
    let navigator = window.navigator();
    let has_clipboard = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"))
        .is_ok_and(|clipboard| !clipboard.is_undefined());
    if has_clipboard {
        // The promise fails only where the reader forbids it, which the browser itself tells them.
        let _ = navigator.clipboard().write_text(text);
    }
    has_clipboard
}

#[cfg(not(target_arch = "wasm32"))]
pub(crate) const fn copy_text(_text: &str) -> bool {
    false
}
