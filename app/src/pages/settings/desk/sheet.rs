//! People × regions. One cell is reached by Tab and the others by arrows, as in a grid (ARIA Authoring Practices, “Grid”).

use super::{
    draft::{AT_ONCE, DeskState},
    keys,
};
use crate::i18n::{live_text, region_name, role_name, text, use_locale};
use components::controls::Button;
use leptos::prelude::*;
use model::{
    access::{Grantee, PersonId, PersonState},
    formatting::Locale,
    geo::Region,
};

#[component]
pub(super) fn Sheet(state: DeskState) -> impl IntoView {
    let locale = use_locale();
    let found = Memo::new(move |_| state.found());
    let rows = Memo::new(move |_| {
        let shown = state.shown.get();
        found.with(|found| found.iter().take(shown).cloned().enumerate().collect::<Vec<_>>())
    });
    let left = move || found.with(Vec::len).saturating_sub(state.shown.get());
    let head = move |(column, region): (usize, Region)| {
        view! {
            <th scope="col" class="desk__region">
                <button
                    type="button"
                    class="desk__all"
                    tabindex="-1"
                    title=move || text!(locale.get(), desk.column, region = region_name(region, locale.get()))
                    data-column=column
                    on:click=move |_| state.toggle(&state.column(region))
                >
                    {move || region_name(region, locale.get())}
                </button>
            </th>
        }
    };
    view! {
        <div class="desk__scroll">
            <table
                class="desk__sheet"
                role="grid"
                aria-label=live_text!(locale, desk.title)
                on:keydown=move |event| keys::press(&event)
            >
                <thead>
                    <tr>
                        <th scope="col" class="desk__corner">
                            {move || text!(locale.get(), people.count, shown = rows.with(Vec::len), all = found.with(Vec::len))}
                        </th>
                        {Region::all().enumerate().map(head).collect_view()}
                    </tr>
                </thead>
                <tbody>
                    <For each=move || rows.get() key=|(row, person)| (*row, person.id) let((row, person))>
                        <Row state row person />
                    </For>
                </tbody>
            </table>
        </div>
        <p class="desk__none" role="status">
            {move || found.with(Vec::is_empty).then(|| text!(locale.get(), people.nothing_found).to_owned())}
        </p>
        <Show when=move || { left() > 0 }>
            <Button on_click=move |()| state.shown.update(|shown| *shown += AT_ONCE)>
                {move || text!(locale.get(), desk.more, count = left())}
            </Button>
        </Show>
    }
    .into_any()
}

#[component]
fn Row(state: DeskState, row: usize, person: Grantee) -> impl IntoView {
    let locale = use_locale();
    let Grantee { id, name, email, role, state: standing, .. } = person;
    let is_out = matches!(standing, PersonState::Disabled { .. });
    let spoken = StoredValue::new(name.clone());
    let cells = Region::all().enumerate().map(move |(column, region)| {
        view! { <Cell state row column id region name=spoken /> }
    });
    view! {
        <tr class="desk__row" class:desk__row--out=is_out>
            <th scope="row" class="desk__person">
                <button
                    type="button"
                    class="desk__all"
                    tabindex="-1"
                    title=move || text!(locale.get(), desk.row, name = spoken.get_value())
                    on:click=move |_| state.toggle(&state.row(id))
                >
                    <span class="desk__name">{name}</span>
                    <span class="desk__email">
                        {email} " · " {move || role_name(role, locale.get())}
                        {is_out.then(|| view! { <span>" · " {live_text!(locale, people.disabled)}</span> })}
                    </span>
                </button>
            </th>
            {cells.collect_view()}
        </tr>
    }
    .into_any()
}

#[component]
fn Cell(
    state: DeskState,
    row: usize,
    column: usize,
    id: PersonId,
    region: Region,
    name: StoredValue<String>,
) -> impl IntoView {
    let locale = use_locale();
    let look = Memo::new(move |_| state.look(id, region));
    let spoken = move |locale: Locale| {
        let name = name.get_value();
        let region = region_name(region, locale);
        if look.get().is_barred {
            text!(locale, desk.cell_barred, name = name, region = region)
        } else {
            text!(locale, desk.cell, name = name, region = region)
        }
    };
    view! {
        <td class="desk__place">
            <button
                type="button"
                role="checkbox"
                class=move || look.get().class()
                aria-checked=move || look.get().checked()
                aria-label=move || spoken(locale.get())
                data-cell=format!("{row}-{column}")
                tabindex=if row == 0 && column == 0 { "0" } else { "-1" }
                on:click=move |_| state.toggle(&state.cells(id, region))
            ></button>
        </td>
    }
    .into_any()
}
