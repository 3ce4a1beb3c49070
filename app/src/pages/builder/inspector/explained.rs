//! How the numbers of a tile come about, told when somebody wants to know.

use crate::{
    i18n::{error_words, text, use_locale},
    pages::builder::previews::Previews,
    server_functions::explain_query,
};
use leptos::prelude::*;
use model::{
    board::TileId,
    explanation::{Explanation, StatementExplained},
    formatting::{Locale, clock_time, exact_number},
    metric::Unit,
    time::Calendar,
};

#[component]
pub(super) fn Explained(previews: Previews, calendar: Calendar, id: TileId) -> impl IntoView {
    let locale = use_locale();
    let explain = Action::new(move |(): &()| {
        let asked = previews.asked_together(id);
        async move {
            let (queries, own) = asked?;
            Some(explain_query(queries, own).await)
        }
    });
    let (pending, answer) = (explain.pending(), explain.value());
    let lines = move || {
        let locale = locale.get();
        match answer.get().flatten() {
            None => Vec::new(),
            Some(Ok(explanation)) => explanation_words(&explanation, calendar, locale),
            Some(Err(error)) => vec![error_words(&error, locale).title],
        }
    };
    view! {
        <div class="inspector__explained">
            <button
                type="button"
                class="button button--quiet"
                disabled=move || pending.get()
                on:click=move |_| {
                    explain.dispatch(());
                }
            >
                {move || if answer.with(Option::is_some) {
                    text!(locale.get(), explain.again)
                } else {
                    text!(locale.get(), explain.ask)
                }}
            </button>
            <ul class="inspector__statements" role="status">
                <For each=lines key=Clone::clone let:line>
                    <li class="inspector__note">{line}</li>
                </For>
            </ul>
        </div>
    }
}

/// One line for the whole, and one for each statement.
fn explanation_words(explanation: &Explanation, calendar: Calendar, locale: Locale) -> Vec<String> {
    if explanation.statements.is_empty() {
        return vec![text!(locale, explain.nothing).to_owned()];
    }
    let whole = text!(locale, explain.whole, took = millis(explanation.took_ms), count = explanation.statements.len());
    std::iter::once(whole)
        .chain(explanation.statements.iter().map(|statement| statement_words(statement, calendar, locale)))
        .collect()
}

fn statement_words(statement: &StatementExplained, calendar: Calendar, locale: Locale) -> String {
    let count = |number: u64| exact_number(number as f64, Unit::Count, locale).figure;
    let (fact, groups) = (fact_name(&statement.fact, locale).to_owned(), count(statement.groups));
    let rows = if let Some(rows) = statement.rows {
        text!(locale, explain.rows, fact = fact, rows = count(rows), groups = groups)
    } else {
        text!(locale, explain.rows_unknown, fact = fact, groups = groups)
    };
    let at = |moment| {
        let day = calendar.day_of(moment);
        format!("{day} {}", clock_time(moment, calendar))
    };
    let range = text!(locale, explain.range, from = at(statement.from), to = at(statement.to));
    let joined = statement.joins_programmes.then(|| text!(locale, explain.programmes).to_owned());
    let added_up =
        (statement.days_added_up > 0).then(|| text!(locale, explain.added_up, days = statement.days_added_up));
    let merged = match statement.merged_with {
        0 => text!(locale, explain.alone).to_owned(),
        others => text!(locale, explain.merged, count = others),
    };
    let took = millis(statement.took_ms);
    let kept = if let Some(kept) = statement.kept_ms {
        text!(locale, explain.kept, age = kept.div_ceil(1_000), took = took)
    } else {
        text!(locale, explain.fresh, took = took)
    };
    let parts: Vec<String> =
        [Some(rows), Some(range), added_up, joined, Some(merged), Some(kept)].into_iter().flatten().collect();
    parts.join(match locale {
        Locale::ZhCn => "；",
        Locale::En => "; ",
    })
}

/// One decimal below ten, since most statements take less.
fn millis(took_ms: f64) -> String {
    if took_ms < 10.0 { format!("{took_ms:.1}") } else { format!("{took_ms:.0}") }
}

/// What people call the rows of a fact; by its own name where nobody has given it one.
fn fact_name(fact: &str, locale: Locale) -> &str {
    match fact {
        "view" => text!(locale, explain.view),
        "event" => text!(locale, explain.event),
        "minute_audience" => text!(locale, explain.minute_audience),
        "quality_minute" => text!(locale, explain.quality_minute),
        "stalled_minute" => text!(locale, explain.stalled_minute),
        "account" => text!(locale, explain.account),
        "account_opening" => text!(locale, explain.account_opening),
        "account_closing" => text!(locale, explain.account_closing),
        "account_activity" => text!(locale, explain.account_activity),
        "order_event" => text!(locale, explain.order_event),
        "page_event" => text!(locale, explain.page_event),
        "participation" => text!(locale, explain.participation),
        "programme" => text!(locale, explain.programme),
        "article" => text!(locale, explain.article),
        "advertisement" => text!(locale, explain.advertisement),
        "service" => text!(locale, explain.service),
        "appraisal" => text!(locale, explain.appraisal),
        "figure" => text!(locale, explain.figure),
        "standing_figure" => text!(locale, explain.standing_figure),
        "figure_of_day" => text!(locale, explain.figure_of_day),
        "provider_settlement" => text!(locale, explain.provider_settlement),
        "acquisition" => text!(locale, explain.acquisition),
        "request" => text!(locale, explain.request),
        "arrival" => text!(locale, explain.arrival),
        "guide_funnel" => text!(locale, explain.guide_funnel),
        "guide_click" => text!(locale, explain.guide_click),
        "web_funnel" => text!(locale, explain.web_funnel),
        "order_funnel" => text!(locale, explain.order_funnel),
        "interaction_funnel" => text!(locale, explain.interaction_funnel),
        "viewer_cohort" => text!(locale, explain.viewer_cohort),
        "poweron_cohort" => text!(locale, explain.poweron_cohort),
        "visitor_cohort" => text!(locale, explain.visitor_cohort),
        "account_state" => text!(locale, explain.account_state),
        "channel_arrival" => text!(locale, explain.channel_arrival),
        "channel_departure" => text!(locale, explain.channel_departure),
        "channel_flow" => text!(locale, explain.channel_flow),
        "guide_page_step" => text!(locale, explain.guide_page_step),
        "web_page_step" => text!(locale, explain.web_page_step),
        "audience_minute" => text!(locale, explain.audience_minute),
        "interaction_second" => text!(locale, explain.interaction_second),
        "request_second" => text!(locale, explain.request_second),
        "seek" => text!(locale, explain.seek),
        "node_fault" => text!(locale, explain.node_fault),
        "request_five_minutes" => text!(locale, explain.request_five_minutes),
        "concurrent_play" => text!(locale, explain.concurrent_play),
        "box_on_time" => text!(locale, explain.box_on_time),
        "boxes_on" => text!(locale, explain.boxes_on),
        "subscription" => text!(locale, explain.subscription),
        "inheritance" => text!(locale, explain.inheritance),
        "programme_play" => text!(locale, explain.programme_play),
        "spot_audience" => text!(locale, explain.spot_audience),
        "commercial_audience_3" => text!(locale, explain.commercial_audience_3),
        "commercial_audience_7" => text!(locale, explain.commercial_audience_7),
        "guide_steps_to_play" => text!(locale, explain.guide_steps_to_play),
        "article_reads" => text!(locale, explain.article_reads),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::time::Timestamp;

    #[test]
    fn a_statement_is_told_as_people_talk() {
        let at = |text: &str| Timestamp::parse(text).unwrap();
        let statement = StatementExplained {
            fact: "view".to_owned(),
            from: at("2026-03-02T00:00:00+08:00"),
            to: at("2026-03-03T00:00:00+08:00"),
            joins_programmes: false,
            rows: Some(1_234_567),
            groups: 24,
            days_added_up: 28,
            merged_with: 3,
            kept_ms: Some(2_500),
            took_ms: 8.04,
        };
        assert_eq!(
            statement_words(&statement, Calendar::CHINA, Locale::ZhCn),
            "播放会话：从您可见的 1,234,567 行得出 24 行；2026-03-02 00:00 至 2026-03-03 00:00；有 28 天直接读取预先汇总的结果；\
             同一条语句还回答了 3 个其他组件；来自 3 秒前的缓存，当时用时 8.0 毫秒"
        );
        let nothing = Explanation { statements: Vec::new(), took_ms: 0.2 };
        assert_eq!(
            explanation_words(&nothing, Calendar::CHINA, Locale::En),
            ["Filters and your scope have nothing in common, so nothing was read."]
        );
    }
}
