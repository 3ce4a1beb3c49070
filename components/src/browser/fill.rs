//! Filling an element with markup, without taking the focus from who stands in it.

use leptos::{
    html::ElementType,
    prelude::*,
    web_sys::{Element, HtmlElement, MouseEvent},
};
use wasm_bindgen::JsCast;

/// Marks what keeps the focus, and what is pressed, whatever is drawn around it. Its value is the same before and after.
pub(crate) const KEY: &str = "data-key";

/// Puts markup of ours in the place of what an element holds. What had the focus has it again, if it is still there.
pub fn fill(element: &Element, markup: &str) {
    let focused = document().active_element();
    let focused = focused.filter(|focused| element.contains(Some(focused))).and_then(|it| it.get_attribute(KEY));
    element.set_inner_html(markup);
    let Some(focused) = focused else { return };
    let Ok(keyed) = element.query_selector_all(&format!("[{KEY}]")) else { return };
    let again = (0..keyed.length())
        .filter_map(|index| keyed.item(index)?.dyn_into::<HtmlElement>().ok())
        .find(|it| it.get_attribute(KEY).as_deref() == Some(&focused));
    if let Some(again) = again {
        let _ = again.focus();
    }
}

/// Keeps an element filled with markup that changes. It is built with what the markup is at this moment.
pub(crate) fn keep_filled<E>(node: NodeRef<E>, markup: Memo<String>)
where
    E: ElementType,
    E::Output: JsCast + Clone + AsRef<Element> + 'static,
{
    let built_with = markup.get_untracked();
    Effect::new(move |before: Option<String>| {
        let now = markup.get();
        if let Some(element) = node.get()
            && now != *before.as_ref().unwrap_or(&built_with)
        {
            fill(element.as_ref(), &now);
        }
        now
    });
}

/// The key of what was pressed.
pub(crate) fn pressed_key(event: &MouseEvent) -> Option<String> {
    let pressed = event.target()?.dyn_into::<Element>().ok()?;
    pressed.closest(&format!("[{KEY}]")).ok().flatten()?.get_attribute(KEY)
}
