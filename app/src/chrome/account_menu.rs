//! Who is signed in, what they may see, and the way out. Opens without wasm.

use crate::{
    i18n::{domain_name, live_text, region_name, role_name, text, use_locale},
    pages::SettingsPage,
    routes,
};
use components::controls::{Icon, IconName};
use leptos::{ev, html, prelude::*};
use model::{
    access::{Account, ScopeSummary},
    formatting::Locale,
    geo::Region,
    metric::Domain,
};
use std::{collections::BTreeSet, sync::Arc};
use wasm_bindgen::JsCast as _;

/// More regions than this are counted and not listed.
const LISTED_REGIONS: usize = 6;

/// The account menu: name, role, scope, sign-out.
#[component]
pub(crate) fn AccountMenu(account: Arc<Account>) -> impl IntoView {
    let locale = use_locale();
    let whole = NodeRef::<html::Details>::new();
    let close = move || {
        if let Some(whole) = whole.try_get_untracked().flatten() {
            whole.set_open(false);
        }
    };
    let leave = move |event: ev::FocusEvent| {
        let target = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let inside = target.is_none_or(|target| {
            whole.try_get_untracked().flatten().is_some_and(|whole| whole.contains(Some(&target)))
        });
        if !inside {
            close();
        }
    };
    let press = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            close();
        }
    };
    let role = account.role;
    let may_administer = role.may_administer();
    let name = account.name.clone();
    let scope = Arc::clone(&account);
    view! {
        <details class="account" node_ref=whole on:focusout=leave on:keydown=press>
            <summary class="button button--icon" aria-label=live_text!(locale, account.open) title=name.clone()>
                <Icon name=IconName::User />
            </summary>
            <div class="account__panel">
                <p class="account__name">{name}</p>
                <p class="account__email">{account.email.clone()}</p>
                <p class="account__role">{move || role_name(role, locale.get())}</p>
                <h2 class="account__heading">{live_text!(locale, account.scope)}</h2>
                {move || view! { <ScopeList lines=scope_lines(&scope.scope, locale.get()) /> }}
                <SettingsLink page=SettingsPage::Account icon=IconName::Lock />
                {may_administer.then(|| view! {
                    <SettingsLink page=SettingsPage::People icon=IconName::User />
                    <SettingsLink page=SettingsPage::Desk icon=IconName::Board />
                    <SettingsLink page=SettingsPage::Appearance icon=IconName::Settings />
                })}
                // A plain form: the whole page goes, and with it everything it held.
                <form method="post" action="/fn/sign_out">
                    <button type="submit" class="button button--secondary account__sign-out">
                        <Icon name=IconName::SignOut />
                        <span class="button__label">{live_text!(locale, account.sign_out)}</span>
                    </button>
                </form>
            </div>
        </details>
    }
}

#[component]
fn SettingsLink(page: SettingsPage, icon: IconName) -> impl IntoView {
    let locale = use_locale();
    view! {
        <a class="button button--secondary account__settings" href=routes::settings(page)>
            <Icon name=icon />
            <span class="button__label">{move || page.title(locale.get())}</span>
        </a>
    }
    .into_any()
}

#[component]
fn ScopeList(lines: Vec<(String, String)>) -> impl IntoView {
    let locale = use_locale();
    if lines.is_empty() {
        return view! { <p class="account__empty">{text!(locale.get_untracked(), account.no_scope)}</p> }.into_any();
    }
    view! {
        <dl class="account__scope">
            {lines
                .into_iter()
                .map(|(domains, regions)| {
                    view! {
                        <dt>{regions}</dt>
                        <dd>{domains}</dd>
                    }
                })
                .collect_view()}
        </dl>
    }
    .into_any()
}

/// Domains with the same regions share a line: `受众、质量` and `浙江`.
pub(crate) fn scope_lines(scope: &ScopeSummary, locale: Locale) -> Vec<(String, String)> {
    let mut lines: Vec<(Vec<Domain>, &BTreeSet<Region>)> = Vec::new();
    for (domain, regions) in &scope.regions {
        match lines.iter_mut().find(|(_, found)| *found == regions) {
            Some((domains, _)) => domains.push(*domain),
            None => lines.push((vec![*domain], regions)),
        }
    }
    let comma = match locale {
        Locale::ZhCn => "、",
        Locale::En => ", ",
    };
    let join = |names: Vec<&str>| names.join(comma);
    lines
        .into_iter()
        .map(|(domains, regions)| {
            let domains = join(domains.into_iter().map(|domain| domain_name(domain, locale)).collect());
            let regions = if regions.len() > LISTED_REGIONS {
                text!(locale, account.regions, count = regions.len())
            } else {
                join(regions.iter().map(|region| region_name(*region, locale)).collect())
            };
            (domains, regions)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::geo::Province;

    #[test]
    fn domains_with_the_same_regions_share_a_line() {
        let zhejiang = BTreeSet::from([Region::Province(Province::ZJ)]);
        let everywhere: BTreeSet<Region> = Region::all().collect();
        let scope = ScopeSummary {
            regions: [(Domain::Audience, zhejiang.clone()), (Domain::Orders, everywhere), (Domain::Quality, zhejiang)]
                .into_iter()
                .collect(),
        };
        let lines = scope_lines(&scope, Locale::En);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].1, "Zhejiang");
        assert!(lines[1].1.contains("35"), "{}", lines[1].1);
    }
}
