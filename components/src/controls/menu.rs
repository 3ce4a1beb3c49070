//! A menu that opens from a button.

use super::{Icon, IconName};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast as _;

/// One entry of a menu.
#[derive(Debug, Clone)]
pub struct MenuItem {
    pub label: Signal<String>,
    pub icon: IconName,
    /// `Some` for entries that are on or off.
    pub checked: Option<Signal<bool>>,
    pub on_choose: Callback<()>,
}

impl MenuItem {
    pub fn new(icon: IconName, label: impl Into<Signal<String>>, on_choose: impl Fn() + Send + Sync + 'static) -> Self {
        Self { label: label.into(), icon, checked: None, on_choose: Callback::new(move |()| on_choose()) }
    }

    #[must_use]
    pub fn with_checked(mut self, checked: impl Into<Signal<bool>>) -> Self {
        self.checked = Some(checked.into());
        self
    }
}

/// A button that opens a menu. Arrows move, Enter chooses, Escape closes and gives the focus back.
#[component]
pub fn Menu(
    #[prop(into)] label: Signal<String>,
    /// The icon of the button; the label is then read aloud and shown on hover. Without it the label is shown.
    #[prop(optional, into)]
    icon: Option<IconName>,
    items: Vec<MenuItem>,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let whole = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    let list = NodeRef::<html::Div>::new();

    let focus_item = move |wanted: fn(i32, i32) -> i32| {
        let Some(list) = list.get_untracked() else {
            return;
        };
        let entries: Vec<web_sys::HtmlElement> =
            (0..list.children().length()).filter_map(|index| list.children().item(index)?.dyn_into().ok()).collect();
        let focused = document().active_element();
        let current = entries.iter().position(|entry| Some(entry.as_ref()) == focused.as_ref());
        let count = entries.len() as i32;
        if count > 0 {
            let index = wanted(current.map_or(-1, |index| index as i32), count).rem_euclid(count);
            // An element that can't take the focus keeps it where it was.
            let _ = entries.get(index as usize).map(web_sys::HtmlElement::focus);
        }
    };
    let close = move || {
        if is_open.get_untracked() {
            is_open.set(false);
            let _ = button.get_untracked().map(|button| button.focus());
        }
    };
    // The list exists on the page only after the signal is seen.
    Effect::new(move |_| {
        if is_open.get() {
            focus_item(|_, _| 0);
        }
    });
    let press = move |event: ev::KeyboardEvent| {
        let wanted: fn(i32, i32) -> i32 = match event.key().as_str() {
            "ArrowDown" => |current, _| current + 1,
            "ArrowUp" => |current, count| if current < 0 { count - 1 } else { current - 1 },
            "Home" => |_, _| 0,
            "End" => |_, count| count - 1,
            "Escape" if is_open.get_untracked() => {
                event.stop_propagation();
                event.prevent_default();
                close();
                return;
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        if is_open.get_untracked() {
            focus_item(wanted);
        } else {
            is_open.set(true);
        }
    };
    // Closes when the focus leaves, by pointer or by Tab; also with the page, when all that is here is gone already.
    let leave = move |event: ev::FocusEvent| {
        let inside = event
            .related_target()
            .and_then(|target| target.dyn_into::<web_sys::Node>().ok())
            .is_some_and(|target| is_within(whole, &target));
        if !inside {
            is_open.try_set(false);
        }
    };
    let entries = StoredValue::new(items);
    view! {
        <div class="menu" node_ref=whole on:keydown=press on:focusout=leave>
            <button
                type="button"
                node_ref=button
                class=if icon.is_some() { "button button--icon" } else { "button button--quiet" }
                aria-haspopup="menu"
                aria-expanded=move || is_open.get().to_string()
                aria-label=move || icon.is_some().then(|| label.get())
                title=move || icon.is_some().then(|| label.get())
                on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
            >
                {match icon {
                    Some(name) => view! { <Icon name /> }.into_any(),
                    None => {
                        view! {
                            <span class="button__label">{move || label.get()}</span>
                            <Icon name=IconName::ChevronDown />
                        }
                            .into_any()
                    }
                }}
            </button>
            <Show when=move || is_open.get()>
                <div class="menu__list" role="menu" node_ref=list aria-label=move || label.get()>
                    {entries
                        .get_value()
                        .into_iter()
                        .map(|item| {
                            let checked = item.checked;
                            view! {
                                <button
                                    type="button"
                                    class="menu__item"
                                    role=if checked.is_some() { "menuitemcheckbox" } else { "menuitem" }
                                    tabindex="-1"
                                    aria-checked=move || checked.map(|checked| checked.get().to_string())
                                    on:click=move |_| {
                                        close();
                                        item.on_choose.run(());
                                    }
                                >
                                    <Icon name=item.icon />
                                    <span class="menu__label">{move || item.label.get()}</span>
                                    {move || {
                                        checked
                                            .is_some_and(|checked| checked.get())
                                            .then(|| view! { <Icon name=IconName::Check /> })
                                    }}
                                </button>
                            }
                        })
                        .collect_view()}
                </div>
            </Show>
        </div>
    }
    .into_any()
}

/// Whether a node stands in what is there still.
pub(super) fn is_within(whole: NodeRef<html::Div>, node: &web_sys::Node) -> bool {
    whole.try_get_untracked().flatten().is_some_and(|whole| whole.contains(Some(node)))
}
