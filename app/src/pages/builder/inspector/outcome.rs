//! What the choices come to right now: chosen values of which there is nothing, and rows that have no room.

use crate::{
    i18n::{text, use_locale},
    pages::{builder::previews::Previews, filter_words::values_words},
};
use components::tile::Names;
use leptos::prelude::*;
use model::{
    board::TileId,
    formatting::exact_number,
    frame::{Frame, FrameState, OTHER, Warning},
    metric::{DimensionId, Filter, FilterValues, SessionColumns, Unit},
};

/// Says, as the numbers come, what of the choices shows nothing and why. Not there where there is nothing to say.
#[component]
pub(super) fn OutcomeNote(names: Signal<Names>, previews: Previews, id: TileId) -> impl IntoView {
    let locale = use_locale();
    let state = previews.state(id);
    let notes = Memo::new(move |_| {
        let locale = locale.get();
        // As it was asked: what the board's filters begin with is in it.
        let query = previews.query(id);
        state.with(|state| {
            let (Some(frame), Some(query)) = (state.frame(), query) else { return Vec::new() };
            let without = without_data(&query.filters, frame).into_iter().map(|(dimension, values)| {
                let values = names.with(|names| values_words(&dimension, &values, names, locale));
                text!(locale, inspector.no_data_for, values = values)
            });
            let truncated = frame.warnings.iter().filter_map(|warning| match warning {
                Warning::Truncated { limit, rows } => {
                    let rows = exact_number(*rows as f64, Unit::Count, locale).joined();
                    Some(text!(locale, inspector.truncated, rows = rows, limit = *limit))
                }
                Warning::SmallSample { .. } | Warning::SessionsCutOff => None,
            });
            without.chain(truncated).collect::<Vec<_>>()
        })
    });
    view! {
        <div class="inspector__outcome" role="status">
            <For each=move || notes.get() key=Clone::clone let:note>
                <p class="inspector__note inspector__note--warning">{note}</p>
            </For>
        </div>
    }
}

/// The chosen values of which there is nothing within the editor's scope and the time, dimension by dimension. Only
/// where the frame can tell: it has a column of the dimension and none of its rows is the rest of a top-N or was cut
/// off, or it has nothing at all and only this dimension is filtered.
fn without_data(filters: &[Filter], frame: &Frame) -> Vec<(DimensionId, Vec<Option<String>>)> {
    let mut chosen = filters.iter().filter_map(|filter| match &filter.values {
        FilterValues::In(values) => Some((&filter.dimension, values)),
        FilterValues::NotIn(_) => None,
    });
    match frame.state {
        FrameState::Empty | FrameState::OutsideScope => match (chosen.next(), chosen.next()) {
            (Some((dimension, values)), None) => vec![(dimension.clone(), values.clone())],
            (Some(_) | None, _) => Vec::new(),
        },
        FrameState::Ready => chosen
            .filter_map(|(dimension, values)| {
                let column = frame.column(dimension.as_str())?;
                let seen: Vec<Option<&str>> = frame.cells(column).map(|cell| cell.as_text()).collect();
                // Of sessions only a few are shown, however many there are.
                let is_whole = !seen.contains(&Some(OTHER))
                    && frame.column(SessionColumns::SESSION).is_none()
                    && !frame.warnings.iter().any(|warning| matches!(warning, Warning::Truncated { .. }));
                let missing: Vec<_> =
                    values.iter().filter(|value| !seen.contains(&value.as_deref())).cloned().collect();
                (is_whole && !missing.is_empty()).then(|| (dimension.clone(), missing))
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::frame::{Cell, Column, ColumnKind};

    fn filters(filters: &[(&str, &[&str])]) -> Vec<Filter> {
        filters
            .iter()
            .map(|(dimension, values)| Filter {
                dimension: dimension.parse().unwrap(),
                values: FilterValues::In(values.iter().map(|value| Some((*value).to_owned())).collect()),
            })
            .collect()
    }

    fn frame(state: FrameState, provinces: &[&str], warnings: Vec<Warning>) -> Frame {
        Frame {
            columns: vec![Column::new("province", ColumnKind::Dimension)],
            rows: provinces.iter().map(|province| vec![Cell::Text((*province).to_owned())]).collect(),
            as_of: None,
            etag: String::new(),
            simulated: false,
            state,
            warnings,
        }
    }

    fn told(filters: &[Filter], frame: &Frame) -> Vec<String> {
        let name = |value: &Option<String>| value.clone().unwrap_or_default();
        let all = without_data(filters, frame);
        all.iter().map(|(_, values)| values.iter().map(name).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn values_that_no_row_shows_are_told() {
        let chosen = filters(&[("province", &["ZJ", "XZ", "QH"]), ("genre", &["剧"])]);
        assert_eq!(told(&chosen, &frame(FrameState::Ready, &["ZJ"], Vec::new())), ["XZ QH"]);
        assert!(told(&chosen, &frame(FrameState::Ready, &["ZJ", "XZ", "QH"], Vec::new())).is_empty());
    }

    #[test]
    fn a_frame_that_does_not_show_all_tells_nothing() {
        let chosen = filters(&[("province", &["ZJ", "XZ"])]);
        assert!(told(&chosen, &frame(FrameState::Ready, &["ZJ", OTHER], Vec::new())).is_empty());
        let cut = vec![Warning::Truncated { limit: 1, rows: 2 }];
        assert!(told(&chosen, &frame(FrameState::Ready, &["ZJ"], cut)).is_empty());
    }

    #[test]
    fn where_there_is_nothing_only_a_filter_alone_is_the_reason() {
        let nothing = frame(FrameState::Empty, &[], Vec::new());
        assert_eq!(told(&filters(&[("province", &["XZ"])]), &nothing), ["XZ"]);
        assert!(told(&filters(&[("province", &["XZ"]), ("genre", &["剧"])]), &nothing).is_empty());
        assert!(told(&filters(&[]), &nothing).is_empty());
    }
}
