//! Buttons.

use super::{Icon, IconName, Spinner};
use leptos::prelude::*;

/// How much a button asks for attention. At most one primary in a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonKind {
    Primary,
    #[default]
    Secondary,
    /// No frame until it is pointed at: for toolbars and rows.
    Quiet,
    /// Takes something away for good.
    Danger,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Secondary => "button button--secondary",
            Self::Quiet => "button button--quiet",
            Self::Danger => "button button--danger",
        }
    }
}

/// What a button does to the form that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Submits {
    /// Only what its own callback does.
    #[default]
    Nothing,
    Form,
}

impl Submits {
    const fn html(self) -> &'static str {
        match self {
            Self::Nothing => "button",
            Self::Form => "submit",
        }
    }
}

/// A button with words. While `busy` it shows that it works and takes no second press.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] submits: Submits,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(optional, into)] icon: Option<IconName>,
    #[prop(optional, into)] on_click: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let press = move |_| {
        if let Some(on_click) = on_click
            && !busy.get_untracked()
        {
            on_click.run(());
        }
    };
    view! {
        <button
            type=submits.html()
            class=kind.class()
            disabled=move || disabled.get()
            aria-busy=move || busy.get().then_some("true")
            on:click=press
        >
            {move || busy.get().then(|| view! { <Spinner /> })}
            {icon.map(|name| view! { <Icon name /> })}
            <span class="button__label">{children()}</span>
        </button>
    }
    .into_any()
}

/// A button that is an icon; its name is read aloud and shown on hover.
#[component]
pub fn IconButton(
    icon: IconName,
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// For buttons that stay down.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    #[prop(into)] on_click: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button button--icon"
            aria-label=move || label.get()
            title=move || label.get()
            disabled=move || disabled.get()
            aria-pressed=move || pressed.map(|pressed| pressed.get().to_string())
            on:click=move |_| on_click.run(())
        >
            <Icon name=icon />
        </button>
    }
    .into_any()
}
