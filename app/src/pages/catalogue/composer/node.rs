//! A part of the formula: its operation, and a card for each of its operands.

use super::{
    draft::Draft,
    term::TermEditor,
    tree::{Node, Operation},
};
use crate::{
    i18n::{label, text, use_locale},
    pages::catalogue::rule_words::rule_words,
};
use components::controls::{Choice, FieldKind, SelectField, TextField};
use leptos::prelude::*;
use model::formatting::Locale;

/// Deeper than this nobody composes by hand; files may.
const MOST_NESTED: usize = 3;
const SCALES: [f64; 2] = [1.0, 100.0];

fn operation_name(operation: Operation, locale: Locale) -> &'static str {
    match operation {
        Operation::Term => text!(locale, own.op_term),
        Operation::Plus => text!(locale, own.op_plus),
        Operation::Less => text!(locale, own.op_less),
        Operation::Ratio => text!(locale, own.op_ratio),
        Operation::Divided => text!(locale, own.op_divided),
    }
}

/// What an operand is to its operation.
fn role_name(operation: Operation, step: usize, locale: Locale) -> &'static str {
    match (operation, step) {
        (Operation::Ratio, 0) => text!(locale, own.part_numerator),
        (Operation::Ratio, _) => text!(locale, own.part_denominator),
        (Operation::Less, 0) => text!(locale, own.part_minuend),
        (Operation::Less, _) => text!(locale, own.part_subtrahend),
        (Operation::Divided, _) => text!(locale, own.part_dividend),
        (Operation::Plus | Operation::Term, 0) => text!(locale, own.part_first),
        (Operation::Plus | Operation::Term, _) => text!(locale, own.part_second),
    }
}

/// The sign between two operands.
const fn sign(operation: Operation) -> &'static str {
    match operation {
        Operation::Term => "",
        Operation::Plus => "+",
        Operation::Less => "−",
        Operation::Ratio | Operation::Divided => "÷",
    }
}

/// The part of the formula at a path of operands.
#[component]
pub(super) fn NodeEditor(draft: Draft, path: Vec<usize>) -> impl IntoView {
    let locale = use_locale();
    let name = path.iter().map(ToString::to_string).collect::<Vec<_>>().join("-");
    let name = if name.is_empty() { "whole".to_owned() } else { name };
    let operation = {
        let (draft, path) = (draft.clone(), path.clone());
        Memo::new(move |_| {
            draft.formula.with(|formula| formula.at(&path).map_or(Operation::Term, |node| node.operation))
        })
    };
    let may_nest = path.len() < MOST_NESTED;
    let operations = Signal::derive(move || {
        Operation::ALL
            .into_iter()
            .map(|it| Choice::new(it.name(), operation_name(it, locale.get())))
            .collect::<Vec<_>>()
    });
    let choose = {
        let (draft, path) = (draft.clone(), path.clone());
        move |chosen: String| {
            if let Some(chosen) = Operation::of_name(&chosen) {
                draft.change(&path, |node| node.choose(chosen));
            }
        }
    };
    let wrong = {
        let (draft, path) = (draft.clone(), path.clone());
        Signal::derive(move || {
            // A term shows its own beside itself.
            if operation.get() == Operation::Term {
                return String::new();
            }
            let field = draft.formula.with(|formula| formula.field(&path));
            let mistakes = draft.mistakes();
            let found = mistakes.iter().find(|mistake| mistake.field == field);
            found.map(|mistake| rule_words(&mistake.rule, locale.get())).unwrap_or_default()
        })
    };
    let body = {
        let (draft, path, name) = (draft.clone(), path.clone(), name.clone());
        move || match operation.get() {
            Operation::Term => view! { <TermEditor draft=draft.clone() path=path.clone() /> }.into_any(),
            operation @ Operation::Divided => view! {
                <Operand draft=draft.clone() path=path.clone() step=0 operation />
                <DivisorField draft=draft.clone() path=path.clone() name=name.clone() />
            }
            .into_any(),
            operation @ (Operation::Plus | Operation::Less | Operation::Ratio) => {
                let scale = (operation == Operation::Ratio)
                    .then(|| view! { <ScaleField draft=draft.clone() path=path.clone() name=name.clone() /> });
                view! {
                    <Operand draft=draft.clone() path=path.clone() step=0 operation />
                    <span class="composer__sign" aria-hidden="true">{sign(operation)}</span>
                    <Operand draft=draft.clone() path=path.clone() step=1 operation />
                    {scale}
                }
                .into_any()
            }
        }
    };
    view! {
        <div class="composer__node">
            {may_nest.then(|| view! {
                <SelectField
                    name=format!("operation-{name}")
                    label=label!(locale, own.operation)
                    choices=operations
                    value=Signal::derive(move || operation.get().name().to_owned())
                    on_change=choose
                />
            })}
            {body}
            <p class="composer__wrong" role="alert" hidden=move || wrong.with(String::is_empty)>{move || wrong.get()}</p>
        </div>
    }
    .into_any()
}

#[component]
fn Operand(draft: Draft, path: Vec<usize>, step: usize, operation: Operation) -> impl IntoView {
    let locale = use_locale();
    let path: Vec<usize> = path.into_iter().chain([step]).collect();
    view! {
        <fieldset class="composer__operand">
            <legend class="composer__role">{move || role_name(operation, step, locale.get())}</legend>
            <NodeEditor draft path />
        </fieldset>
    }
    .into_any()
}

#[component]
fn ScaleField(draft: Draft, path: Vec<usize>, name: String) -> impl IntoView {
    let locale = use_locale();
    let scale = {
        let (draft, path) = (draft.clone(), path.clone());
        Memo::new(move |_| draft.read(&path, |node: &Node| node.scale))
    };
    let choices = Signal::derive(move || {
        let mut choices = vec![
            Choice::new("100", text!(locale.get(), own.scale_percent)),
            Choice::new("1", text!(locale.get(), own.scale_ratio)),
        ];
        // Files know others.
        if SCALES.iter().all(|known| (known - scale.get()).abs() > f64::EPSILON) {
            choices
                .push(Choice::new(scale.get().to_string(), text!(locale.get(), own.scale_other, scale = scale.get())));
        }
        choices
    });
    view! {
        <SelectField
            name=format!("scale-{name}")
            label=label!(locale, own.scale)
            choices
            value=Signal::derive(move || scale.get().to_string())
            on_change=move |chosen: String| {
                if let Ok(chosen) = chosen.parse::<f64>() {
                    draft.change(&path, |node| node.scale = chosen);
                }
            }
        />
    }
    .into_any()
}

#[component]
fn DivisorField(draft: Draft, path: Vec<usize>, name: String) -> impl IntoView {
    let locale = use_locale();
    let value = {
        let (draft, path) = (draft.clone(), path.clone());
        Signal::derive(move || draft.read(&path, |node: &Node| node.by.clone()))
    };
    let error = {
        let (draft, path) = (draft.clone(), path.clone());
        Signal::derive(move || {
            let field = draft.formula.with(|formula| format!("{}.divided.by", formula.field(&path)));
            let found = draft.mistakes().into_iter().find(|mistake| mistake.field == field);
            found.map(|mistake| rule_words(&mistake.rule, locale.get())).unwrap_or_default()
        })
    };
    view! {
        <TextField
            name=format!("divisor-{name}")
            label=label!(locale, own.by)
            hint=label!(locale, own.by_hint)
            kind=FieldKind::Text
            value
            error
            on_input=move |text: String| draft.change(&path, |node| node.by = text)
        />
    }
    .into_any()
}
