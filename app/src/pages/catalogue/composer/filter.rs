//! What narrows a term: values of a dimension, let in or kept out.

use super::{
    draft::Draft,
    tree::{Node, OpenTerm},
};
use crate::{
    i18n::{text, use_locale},
    pages::{catalogue::rule_words::rule_words, values_menu::ValuesMenu},
    server_functions::filter_values,
};
use components::controls::{Choice, IconButton, IconName, SelectField};
use leptos::prelude::*;
use model::{
    metric::{DimensionId, DimensionKind, FilterValues, MetricId},
    text::LocalText,
};

const WITHIN: &str = "in";
const NOT_IN: &str = "not_in";
/// Joined when a query is asked, so nothing is narrowed by it beforehand.
const JOINED: &str = "programme";

/// What a term may be narrowed by.
pub(super) fn narrowing_dimensions(draft: &Draft, term: &OpenTerm) -> Vec<(DimensionId, LocalText)> {
    draft.composable.with_value(|composable| {
        let catalogue = &composable.catalogue;
        let ids: Vec<DimensionId> = match (term.measure(), term.metric()) {
            (Some(id), _) => {
                let measure = composable.measures.iter().find(|measure| measure.id == *id);
                measure.map(|measure| measure.dimensions.clone()).unwrap_or_default()
            }
            (None, Some(id)) => catalogue.metric(id).map(|metric| metric.dimensions.clone()).unwrap_or_default(),
            (None, None) => Vec::new(),
        };
        let known = ids.into_iter().filter_map(|id| catalogue.dimension(&id));
        known
            .filter(|dimension| dimension.kind == DimensionKind::Text && dimension.id.as_str() != JOINED)
            .map(|dimension| (dimension.id.clone(), dimension.name.clone()))
            .collect()
    })
}

/// The metric whose rows tell which values occur: the term's own, or for a measure one of the same kind of data.
fn metric_with_values(draft: &Draft, term: &OpenTerm, dimension: &DimensionId) -> Option<MetricId> {
    if let Some(metric) = term.metric() {
        return Some(metric.clone());
    }
    draft.composable.with_value(|composable| {
        let measure = composable.measures.iter().find(|measure| Some(&measure.id) == term.measure())?;
        let knows = composable
            .catalogue
            .metrics
            .iter()
            .find(|metric| metric.domains == [measure.domain] && metric.dimensions.contains(dimension))?;
        Some(knows.id.clone())
    })
}

#[component]
pub(super) fn FilterEditor(
    draft: StoredValue<Draft>,
    path: StoredValue<Vec<usize>>,
    dimension: DimensionId,
    name: String,
) -> impl IntoView {
    let locale = use_locale();
    let names = draft.with_value(|draft| draft.names);
    let id = StoredValue::new(dimension.clone());
    let term = Memo::new(move |_| {
        draft.with_value(|draft| path.with_value(|path| draft.read(path, |node: &Node| node.term.clone())))
    });
    let values = Memo::new(move |_| {
        let found = term.with(|term| {
            id.with_value(|id| term.filters.iter().find(|filter| filter.dimension == *id).map(|it| it.values.clone()))
        });
        found.unwrap_or_else(|| FilterValues::In(Vec::new()))
    });
    let is_excluding = Memo::new(move |_| matches!(values.get(), FilterValues::NotIn(_)));
    let chosen = Signal::derive(move || match values.get() {
        FilterValues::In(values) | FilterValues::NotIn(values) => values,
    });
    let put = move |values: FilterValues| {
        draft.with_value(|draft| {
            path.with_value(|path| {
                draft.change(path, |node| id.with_value(|id| node.term.narrow(id, values)));
            });
        });
    };
    let remove = move |()| {
        draft.with_value(|draft| {
            path.with_value(|path| {
                draft.change(path, |node| {
                    id.with_value(|id| node.term.filters.retain(|filter| filter.dimension != *id));
                });
            });
        });
    };
    let with_mode = move |is_excluding: bool, values: Vec<Option<String>>| {
        put(if is_excluding { FilterValues::NotIn(values) } else { FilterValues::In(values) });
    };
    let name_of = move || names.with(|names| id.with_value(|id| names.dimension(id.as_str(), locale.get())));
    let modes = Signal::derive(move || {
        vec![
            Choice::new(WITHIN, text!(locale.get(), own.is_in)),
            Choice::new(NOT_IN, text!(locale.get(), own.is_not_in)),
        ]
    });
    let wrong = Memo::new(move |_| {
        draft.with_value(|draft| {
            let index = term.with(|term| id.with_value(|id| term.filters.iter().position(|it| it.dimension == *id)));
            let field = draft.formula.with(|formula| path.with_value(|path| formula.field(path)));
            let field = format!("{field}.where[{}]", index.unwrap_or_default());
            let found = draft.mistakes().into_iter().find(|mistake| mistake.field == field);
            found.map(|mistake| rule_words(&mistake.rule, locale.get())).unwrap_or_default()
        })
    });
    let ask = move |search: String| {
        let metric = draft
            .with_value(|draft| term.with_untracked(|term| id.with_value(|id| metric_with_values(draft, term, id))));
        let dimension = id.get_value();
        async move {
            match metric {
                Some(metric) => filter_values(metric, dimension, search).await,
                None => Ok(Vec::new()),
            }
        }
    };
    let field = id.with_value(|id| id.as_str().replace('.', "-"));
    view! {
        <div class="composer__filter">
            <SelectField
                name=format!("mode-{name}-{field}")
                label=Signal::derive(name_of)
                choices=modes
                value=Signal::derive(move || if is_excluding.get() { NOT_IN.to_owned() } else { WITHIN.to_owned() })
                on_change=move |mode: String| with_mode(mode == NOT_IN, chosen.get_untracked())
            />
            <ValuesMenu
                dimension
                names
                locale
                chosen
                ask
                on_change=Callback::new(move |values: Vec<Option<String>>| {
                    with_mode(is_excluding.get_untracked(), values);
                })
            />
            <IconButton
                icon=IconName::Trash
                label=Signal::derive(move || text!(locale.get(), own.remove_filter, name = name_of()))
                on_click=remove
            />
            <p class="composer__wrong" role="alert" hidden=move || wrong.with(String::is_empty)>{move || wrong.get()}</p>
        </div>
    }
    .into_any()
}
