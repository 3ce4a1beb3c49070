//! Filling an element with markup, without taking the focus from who stands in it, and without building anew what only
//! moves or reads differently.

use crate::markup::{Change, Changes, changes};
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

/// What fills an element, and with what it was last filled.
#[derive(Debug, Clone, Default)]
pub struct Filled {
    /// `None` as long as what stands there was built by somebody else.
    markup: Option<String>,
}

impl Filled {
    /// Fills an element with markup of ours, or changes what differs from what it was filled with before. What had the
    /// focus has it again, if it is still there; else what is around it, so that the keyboard stays where it was. What has
    /// a place and reads differently than before says what it was, and the style sheet turns it.
    pub fn fill(&mut self, element: &Element, markup: &str) {
        if self.markup.as_deref() == Some(markup) {
            return;
        }
        let focused = document().active_element();
        let focused = focused.filter(|focused| *focused != *element && element.contains(Some(focused)));
        let focused = focused.and_then(|it| it.get_attribute(KEY));
        if !self.markup.as_deref().is_some_and(|before| change(element, before, markup)) {
            let before: BTreeMap<String, Option<String>> =
                placed(element).map(|(place, it)| (place, it.text_content())).collect();
            element.set_inner_html(markup);
            if !before.is_empty() {
                turn(element, &before);
            }
        }
        self.markup = Some(markup.to_owned());
        if let Some(focused) = focused {
            focus_again(element, &focused);
        }
    }
}

/// Makes the changes from one markup to the other, if most of it stays.
fn change(element: &Element, before: &str, after: &str) -> bool {
    // What turns is built anew: an element turns but once.
    if after.contains(PLACE) {
        return false;
    }
    let Some(Changes { elements, changes }) = changes(before, after) else { return false };
    let Ok(found) = element.query_selector_all("*") else { return false };
    // What is there now is somebody else's.
    if found.length() as usize != elements {
        return false;
    }
    let at = |index: usize| found.item(index as u32)?.dyn_into::<Element>().ok();
    changes.into_iter().all(|change| match change {
        Change::Attribute { element, name, value: Some(value) } => {
            at(element).is_some_and(|it| it.set_attribute(name, &value).is_ok())
        }
        Change::Attribute { element, name, value: None } => {
            at(element).is_some_and(|it| it.remove_attribute(name).is_ok())
        }
        Change::Text { element, place, text } => at(element).is_some_and(|it| {
            let node = if place == 0 { it.first_child() } else { it.child_nodes().item(place as u32) };
            node.map(|node| node.set_node_value(Some(&text))).is_some()
        }),
        Change::Come { before: Some(before), markup, .. } => {
            at(before).is_some_and(|it| it.insert_adjacent_html("beforebegin", markup).is_ok())
        }
        Change::Come { before: None, within, markup } => {
            let within = within.map_or_else(|| Some(element.clone()), at);
            within.is_some_and(|it| it.insert_adjacent_html("beforeend", markup).is_ok())
        }
        Change::Gone { element } => at(element).map(|it| it.remove()).is_some(),
    })
}

fn focus_again(element: &Element, key: &str) {
    let again = all(element, KEY).find(|it| it.get_attribute(KEY).as_deref() == Some(key));
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
    Effect::new(move |filled: Option<Filled>| {
        let mut filled = filled.unwrap_or_default();
        if let Some(element) = node.get() {
            markup.with(|now| {
                if filled.markup.is_some() || *now != built_with {
                    filled.fill(element.as_ref(), now);
                }
            });
        }
        filled
    });
}

/// The key of what was pressed.
pub(crate) fn pressed_key(event: &MouseEvent) -> Option<String> {
    let pressed = event.target()?.dyn_into::<Element>().ok()?;
    pressed.closest(&format!("[{KEY}]")).ok().flatten()?.get_attribute(KEY)
}
