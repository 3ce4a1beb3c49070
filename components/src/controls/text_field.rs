//! A field for a line of text, or for several.

use leptos::{either::Either, prelude::*};

/// What a field is for; decides keyboard, masking and what a browser may fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FieldKind {
    #[default]
    Text,
    /// The reader's own address.
    Email,
    /// Somebody else's: nothing to be filled in by the browser.
    EmailOfAnother,
    Password,
    /// One that is being chosen.
    NewPassword,
    Search,
    Number,
    /// A day: `2026-11-26`.
    Day,
    /// Date and time, on nobody's clock in particular.
    Moment,
    /// Several lines.
    Paragraph,
}

impl FieldKind {
    const fn html(self) -> &'static str {
        match self {
            Self::Text | Self::Paragraph => "text",
            Self::Email | Self::EmailOfAnother => "email",
            Self::Password | Self::NewPassword => "password",
            Self::Search => "search",
            Self::Number => "number",
            Self::Day => "date",
            Self::Moment => "datetime-local",
        }
    }

    const fn autocomplete(self) -> &'static str {
        match self {
            Self::Email => "username",
            Self::Password => "current-password",
            Self::NewPassword => "new-password",
            Self::EmailOfAnother
            | Self::Text
            | Self::Search
            | Self::Number
            | Self::Day
            | Self::Moment
            | Self::Paragraph => "off",
        }
    }
}

/// What the reader has typed since they last left the field or pressed Enter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Typed {
    text: Option<String>,
    /// An input method is at work: what stands in the field is half a word, in Latin letters perhaps.
    is_composing: bool,
}

impl Typed {
    /// What the field shows for that value. Where the value is what the reader typed but for blanks at its ends, the
    /// blanks stay: the next word is still to come.
    fn shown(&self, value: String) -> String {
        match &self.text {
            Some(text) if self.is_composing || text.trim() == value.trim() => text.clone(),
            Some(_) | None => value,
        }
    }

    /// Notes what stands in the field; whether it may be told.
    fn note(&mut self, text: &str) -> bool {
        self.text = Some(text.to_owned());
        !self.is_composing
    }
}

/// A labelled field. `name` must be unique on the page: it names the field in a form and ties the messages to it.
///
/// `on_input` runs with every key, but only with whole words of an input method; `on_change` when the reader leaves
/// the field or presses Enter.
#[component]
pub fn TextField(
    #[prop(into)] name: String,
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] value: Signal<String>,
    #[prop(optional)] kind: FieldKind,
    #[prop(optional, into)] placeholder: Signal<String>,
    /// How to fill it in.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is wrong and what to do; the field is marked while it is not empty.
    #[prop(optional, into)]
    error: Signal<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional)] required: bool,
    #[prop(optional)] rows: Option<u16>,
    /// The least and the largest, where it is a number.
    #[prop(optional)]
    bounds: Option<(u16, u16)>,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    let id = format!("field-{name}");
    let message_id = format!("{id}-message");
    let is_wrong = move || !error.with(String::is_empty);
    let message = move || if is_wrong() { error.get() } else { hint.get() };
    let described_by = {
        let message_id = message_id.clone();
        move || (!message().is_empty()).then(|| message_id.clone())
    };
    let value = Memo::new(move |_| value.get());
    let typed = StoredValue::new(Typed::default());
    let left = Trigger::new();
    let shown = move || {
        left.track();
        let value = value.get();
        typed.with_value(|typed| typed.shown(value))
    };
    let input = move |text: String| {
        let may_be_told = typed.try_update_value(|typed| typed.note(&text)) == Some(true);
        if let Some(on_input) = on_input.filter(|_| may_be_told) {
            on_input.run(text);
        }
    };
    let compose = move || typed.update_value(|typed| typed.is_composing = true);
    let composed = move |text: String| {
        typed.update_value(|typed| typed.is_composing = false);
        input(text);
    };
    let change = move |text: String| {
        typed.set_value(Typed::default());
        if let Some(on_change) = on_change {
            on_change.run(text);
            // What was typed may have come to another value, or to the same as before; what is wrong stays to be mended.
            if error.with_untracked(String::is_empty) {
                left.notify();
            }
        }
    };
    let control = if kind == FieldKind::Paragraph {
        Either::Left(view! {
            <textarea
                id=id.clone()
                name=name
                class="field__control field__control--paragraph"
                rows=rows.unwrap_or(6)
                required=required
                placeholder=move || placeholder.get()
                disabled=move || disabled.get()
                aria-invalid=move || is_wrong().then_some("true")
                aria-describedby=described_by
                prop:value=shown
                on:input:target=move |event| input(event.target().value())
                on:compositionstart=move |_| compose()
                on:compositionend:target=move |event| composed(event.target().value())
                on:change:target=move |event| change(event.target().value())
            ></textarea>
        })
    } else {
        Either::Right(view! {
            <input
                id=id.clone()
                name=name
                class="field__control"
                type=kind.html()
                min=bounds.map(|(least, _)| least)
                max=bounds.map(|(_, largest)| largest)
                autocomplete=kind.autocomplete()
                required=required
                placeholder=move || placeholder.get()
                disabled=move || disabled.get()
                aria-invalid=move || is_wrong().then_some("true")
                aria-describedby=described_by
                value=value.get_untracked()
                prop:value=shown
                on:input:target=move |event| input(event.target().value())
                on:compositionstart=move |_| compose()
                on:compositionend:target=move |event| composed(event.target().value())
                on:change:target=move |event| change(event.target().value())
            />
        })
    };
    view! {
        <div class="field" class:field--wrong=is_wrong>
            <label class="field__label" for=id>
                {move || label.get()}
            </label>
            {control}
            <p class="field__message" id=message_id role=move || is_wrong().then_some("alert")>
                {message}
            </p>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::Typed;

    fn typed(text: &str) -> Typed {
        let mut typed = Typed::default();
        assert!(typed.note(text));
        typed
    }

    #[test]
    fn a_blank_before_the_next_word_stays() {
        assert_eq!(typed("Top ").shown("Top".to_owned()), "Top ");
        assert_eq!(typed("Top ").shown("Tap".to_owned()), "Tap");
        assert_eq!(Typed::default().shown("Top".to_owned()), "Top");
    }

    #[test]
    fn half_a_word_of_an_input_method_is_neither_told_nor_replaced() {
        let mut typed = typed("收视");
        typed.is_composing = true;
        assert!(!typed.note("收视lv"));
        assert_eq!(typed.shown("收视".to_owned()), "收视lv");
        typed.is_composing = false;
        assert!(typed.note("收视率"));
    }
}
