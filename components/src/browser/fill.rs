//! Filling an element with markup, without taking the focus from who stands in it.

use leptos::{
    html::ElementType,
    prelude::*,
    web_sys::{Element, FocusOptions, HtmlElement, MouseEvent, NodeList},
};
use std::collections::BTreeMap;
use wasm_bindgen::JsCast;

/// Marks what keeps the focus, and what is pressed, whatever is drawn around it. Its value is the same before and after.
pub(crate) const KEY: &str = "data-key";
/// Marks what turns when it reads differently than before. Its value is the same before and after.
pub(crate) const PLACE: &str = "data-place";
/// What stood there before, on what turns.
const BEFORE: &str = "data-before";

/// Puts markup of ours in the place of what an element holds. What had the focus has it again, if it is still there; else
/// what is around it, so that the keyboard stays where it was. What has a place and reads differently than before says what
/// it was, and the style sheet turns it.
pub fn fill(element: &Element, markup: &str) {
    let focused = document().active_element();
    let focused = focused.filter(|focused| *focused != *element && element.contains(Some(focused)));
    let focused = focused.and_then(|it| it.get_attribute(KEY));
    let before: BTreeMap<String, Option<String>> =
        placed(element).map(|(place, it)| (place, it.text_content())).collect();
    element.set_inner_html(markup);
    if !before.is_empty() {
        turn(element, &before);
    }
    let Some(focused) = focused else { return };
    let again = all(element, KEY).find(|it| it.get_attribute(KEY).as_deref() == Some(&focused));
    let around = || element.closest("[tabindex]").ok().flatten();
    if let Some(again) = again.or_else(around).and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = again.focus_with_options(&options);
    }
}

fn all(element: &Element, attribute: &str) -> impl Iterator<Item = Element> {
    let found = element.query_selector_all(&format!("[{attribute}]")).ok();
    let count = found.as_ref().map_or(0, NodeList::length);
    (0..count).filter_map(move |index| found.as_ref()?.item(index)?.dyn_into::<Element>().ok())
}

fn placed(element: &Element) -> impl Iterator<Item = (String, Element)> {
    all(element, PLACE).filter_map(|it| Some((it.get_attribute(PLACE)?, it)))
}

fn turn(element: &Element, before: &BTreeMap<String, Option<String>>) {
    for (place, it) in placed(element) {
        let stood = before.get(&place).cloned().flatten();
        if stood != it.text_content() {
            let _ = it.set_attribute(BEFORE, stood.as_deref().unwrap_or_default());
        }
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
