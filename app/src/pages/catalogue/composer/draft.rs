//! What is being composed, and what is known of it so far.

use super::tree::Node;
use crate::{
    error::AppError,
    server_functions::{ComposerData, LookedOver, check_metric},
    time::after,
};
use components::tile::Names;
use leptos::{prelude::*, task::spawn_local};
use model::{
    metric::{
        CatalogueView, Unit,
        own::{Composable, Derived, Mistake, OwnMetric, OwnMetricId, OwnMetricView, Rule, Texts},
    },
    text::LocalText,
};
use std::time::Duration;

/// A pause in typing after which the server looks it over.
const PAUSE: Duration = Duration::from_millis(300);

/// Every field of the composer.
#[derive(Clone)]
pub(super) struct Draft {
    pub(super) composable: StoredValue<Composable>,
    pub(super) names: Signal<Names>,
    /// The metric as it was; none for a new one.
    pub(super) before: Option<OwnMetric>,
    pub(super) version: Option<u32>,
    pub(super) formula: RwSignal<Node>,
    /// The part of the id after `own.`.
    pub(super) id: RwSignal<String>,
    pub(super) name_zh: RwSignal<String>,
    pub(super) name_en: RwSignal<String>,
    pub(super) definition_zh: RwSignal<String>,
    pub(super) definition_en: RwSignal<String>,
    pub(super) unit: RwSignal<Option<Unit>>,
    pub(super) owner: RwSignal<String>,
    pub(super) source: RwSignal<String>,
    pub(super) note: RwSignal<String>,
    /// Whether somebody has tried to keep it: what is empty is told from then on.
    pub(super) is_tried: RwSignal<bool>,
    pub(super) looked: RwSignal<Looked>,
    /// What the server said when it was to be kept.
    pub(super) refused: RwSignal<Vec<Mistake>>,
}

/// What the server last said.
#[derive(Clone, Default)]
pub(super) struct Looked {
    pub(super) is_busy: bool,
    pub(super) answer: Option<LookedOver>,
    /// What the answer is about.
    pub(super) metric: Option<OwnMetric>,
    pub(super) failed: Option<AppError>,
}

impl Draft {
    pub(super) fn new(data: ComposerData, author: &str) -> Self {
        let ComposerData { composable, before } = data;
        let version = before.as_ref().map(|before| before.version);
        let mistakes = before.as_ref().map(|before: &OwnMetricView| before.mistakes.clone()).unwrap_or_default();
        let before = before.map(|before| before.metric);
        let names = Signal::stored(Names::from_catalogue(&composable.catalogue));
        let text = |read: fn(&OwnMetric) -> &str| {
            RwSignal::new(before.as_ref().map(|metric| read(metric).to_owned()).unwrap_or_default())
        };
        let owner = text(|metric| &metric.owner);
        if before.is_none() {
            owner.set(author.to_owned());
        }
        Self {
            composable: StoredValue::new(composable),
            names,
            version,
            formula: RwSignal::new(before.as_ref().map_or_else(Node::ratio, |metric| Node::of(&metric.value))),
            id: text(|metric| metric.id.name()),
            name_zh: text(|metric| &metric.name.zh),
            name_en: text(|metric| &metric.name.en),
            definition_zh: text(|metric| &metric.definition.zh),
            definition_en: text(|metric| &metric.definition.en),
            unit: RwSignal::new(before.as_ref().and_then(|metric| metric.unit)),
            owner,
            source: text(|metric| &metric.source),
            note: RwSignal::new(String::new()),
            is_tried: RwSignal::new(false),
            looked: RwSignal::new(Looked::default()),
            refused: RwSignal::new(mistakes),
            before,
        }
    }

    /// The metric as it stands, or what keeps it from being one.
    pub(super) fn metric(&self) -> Result<OwnMetric, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let value = self.formula.with(Node::composition).map_err(|fields| {
            mistakes.extend(fields.into_iter().map(|field| Mistake::new(field, Rule::Missing)));
        });
        let id = format!("{}{}", OwnMetricId::PREFIX, self.id.get().trim()).parse::<OwnMetricId>().map_err(|rule| {
            mistakes.push(Mistake::new("id", rule));
        });
        match (value, id) {
            (Ok(value), Ok(id)) => Ok(self.metric_of(id, value)),
            (Ok(_) | Err(()), _) => Err(mistakes),
        }
    }

    fn metric_of(&self, id: OwnMetricId, value: model::metric::own::Composition) -> OwnMetric {
        OwnMetric {
            id,
            unit: self.unit.get(),
            owner: self.owner.get(),
            source: self.source.get(),
            name: LocalText { zh: self.name_zh.get(), en: self.name_en.get() },
            definition: LocalText { zh: self.definition_zh.get(), en: self.definition_en.get() },
            value,
        }
    }

    /// What the preview is about: the formula counts, whatever the metric will be called.
    fn previewed(&self) -> Option<OwnMetric> {
        let value = self.formula.with(Node::composition).ok()?;
        let id =
            format!("{}{}", OwnMetricId::PREFIX, self.id.get().trim()).parse().or_else(|_| "own.new_metric".parse());
        Some(self.metric_of(id.ok()?, value))
    }

    /// Asks the server after each change, once the hands rest.
    pub(super) fn look_over_as_it_changes(&self) {
        let draft = self.clone();
        let asked = StoredValue::new(0_u32);
        Effect::new(move |_| {
            let metric = draft.previewed();
            let looked = draft.looked;
            let is_new = draft.before.is_none();
            let number = asked.try_update_value(|asked| {
                *asked += 1;
                *asked
            });
            let Some(metric) = metric else {
                looked.set(Looked::default());
                return;
            };
            looked.update(|looked| looked.is_busy = true);
            after(PAUSE, move || {
                spawn_local(async move {
                    let answer = check_metric(metric.clone(), is_new).await;
                    // What was changed meanwhile is asked for by itself.
                    if asked.try_get_value() != number {
                        return;
                    }
                    let now = match answer {
                        Ok(answer) => Looked { answer: Some(answer), metric: Some(metric), ..Looked::default() },
                        Err(error) => Looked { failed: Some(error), ..Looked::default() },
                    };
                    let _ = looked.try_set(now);
                });
            });
        });
    }

    /// Everything that is wrong with it, as far as it is known.
    pub(super) fn mistakes(&self) -> Vec<Mistake> {
        let is_tried = self.is_tried.get();
        let mut mistakes = self.metric().err().unwrap_or_default();
        mistakes.extend(self.text_mistakes());
        mistakes.extend(
            self.looked.with(|looked| {
                looked.answer.as_ref().map(|answer| answer.checked.mistakes.clone()).unwrap_or_default()
            }),
        );
        mistakes.extend(self.refused.get());
        let is_empty = |mistake: &Mistake| match mistake.rule {
            Rule::Missing => true,
            Rule::NoName { .. } => self.id.with(|id| id.trim().is_empty()),
            _ => false,
        };
        let mut shown: Vec<Mistake> = Vec::new();
        for mistake in mistakes.into_iter().filter(|mistake| is_tried || !is_empty(mistake)) {
            if shown.iter().all(|other| other.field != mistake.field) {
                shown.push(mistake);
            }
        }
        shown
    }

    /// What is wrong with the texts, which can be told while the formula is not yet whole.
    fn text_mistakes(&self) -> Vec<Mistake> {
        Texts {
            name: &LocalText { zh: self.name_zh.get(), en: self.name_en.get() },
            definition: &LocalText { zh: self.definition_zh.get(), en: self.definition_en.get() },
            owner: &self.owner.get(),
            source: &self.source.get(),
        }
        .mistakes()
    }

    pub(super) fn derived(&self) -> Option<Derived> {
        self.looked.with(|looked| looked.answer.as_ref().and_then(|answer| answer.checked.derived.clone()))
    }

    /// Reads the part of the formula at a path.
    pub(super) fn read<T: Default>(&self, path: &[usize], read: impl FnOnce(&Node) -> T) -> T {
        self.formula.with(|formula| formula.at(path).map(read)).unwrap_or_default()
    }

    /// Changes the part of the formula at a path.
    pub(super) fn change(&self, path: &[usize], change: impl FnOnce(&mut Node)) {
        self.refused.set(Vec::new());
        self.formula.update(|formula| {
            if let Some(node) = formula.at_mut(path) {
                change(node);
            }
        });
    }

    pub(super) fn catalogue<T>(&self, read: impl FnOnce(&CatalogueView) -> T) -> T {
        self.composable.with_value(|composable| read(&composable.catalogue))
    }
}
