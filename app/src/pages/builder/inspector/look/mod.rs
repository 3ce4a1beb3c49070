//! How a component is drawn: only what it heeds, as its description says.

mod annotations;
mod picture;
mod thresholds;

use super::typing::Typing;
use crate::{
    i18n::{label, live_text, text, use_locale},
    pages::builder::editor::Editor,
};
use annotations::AnnotationFields;
use components::controls::{Choice, SelectField, Switch, TextField};
use leptos::prelude::*;
use model::{
    board::{ComponentKind, Direction, Given, Look, LookPart, Operation, Stacking, Target, TileId, Title},
    formatting::Locale,
    geo::Province,
};
use picture::PictureFields;
use thresholds::ThresholdFields;

/// The most digits after the point that are offered.
const MOST_DECIMALS: u8 = 4;

/// A tile's look and how to change it. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct LookOfTile {
    editor: Editor,
    id: TileId,
    look: Memo<Look>,
}

impl LookOfTile {
    fn of(editor: Editor, id: TileId) -> Self {
        let tile = editor.tile(id);
        let look = Memo::new(move |_| {
            tile.with(|tile| tile.as_ref().and_then(|tile| tile.content.look().cloned())).unwrap_or_default()
        });
        Self { editor, id, look }
    }

    pub(super) fn read<T>(self, read: impl FnOnce(&Look) -> T) -> T {
        self.look.with(read)
    }

    /// Changes the look as one edit; the same as before is none.
    pub(super) fn change(self, change: impl FnOnce(&mut Look)) {
        let Some(mut content) =
            self.editor.tile(self.id).with_untracked(|tile| tile.as_ref().map(|tile| tile.content.clone()))
        else {
            return;
        };
        let before = content.clone();
        if let Some(look) = content.look_mut() {
            change(look);
        }
        if content != before {
            self.editor.apply_to(self.id, Operation::SetContent { tile: self.id, content });
        }
    }

    /// A field whose words change the look a moment later.
    pub(super) fn typing(self, keep: impl Fn(Self, &str) + Copy + Send + Sync + 'static) -> Typing {
        Typing::new(self.editor, move |words: String| keep(self, &words))
    }
}

/// A number as somebody types it; blank is none.
pub(super) fn typed_number(words: &str) -> Option<Given> {
    words.trim().replace(',', "").parse().ok().and_then(Given::new)
}

pub(super) fn written_number(given: Given) -> String {
    given.get().to_string()
}

/// Everything the component heeds.
#[component]
pub(super) fn LookFields(editor: Editor, id: TileId, kind: ComponentKind) -> impl IntoView {
    let look = LookOfTile::of(editor, id);
    let fields = kind.facts().look.iter().map(move |part| match part {
        LookPart::Numbers => view! { <NumberFields look /> }.into_any(),
        LookPart::Target => view! { <TargetFields look /> }.into_any(),
        LookPart::Thresholds => view! { <ThresholdFields look /> }.into_any(),
        LookPart::Annotations => view! { <AnnotationFields look editor /> }.into_any(),
        LookPart::Holidays => view! { <HolidaySwitch look /> }.into_any(),
        LookPart::Stacking => view! { <StackingField look /> }.into_any(),
        LookPart::Direction => view! { <DirectionField look /> }.into_any(),
        LookPart::Hole => view! { <HoleSwitch look /> }.into_any(),
        LookPart::Hub => view! { <HubField look /> }.into_any(),
        LookPart::Picture => view! { <PictureFields look /> }.into_any(),
    });
    fields.collect_view()
}

#[component]
fn NumberFields(look: LookOfTile) -> impl IntoView {
    let locale = use_locale();
    let choices = Signal::derive(move || {
        let auto = Choice::new("", text!(locale.get(), look.decimals_auto));
        let some = (0..=MOST_DECIMALS).map(|count| Choice::new(count.to_string(), count.to_string()));
        std::iter::once(auto).chain(some).collect::<Vec<_>>()
    });
    view! {
        <SelectField
            name="look-decimals"
            label=label!(locale, look.decimals)
            choices
            value=Signal::derive(move || look.read(|look| look.decimals.map(|count| count.to_string()).unwrap_or_default()))
            on_change=move |count: String| look.change(|look| look.decimals = count.parse().ok())
        />
        <Switch
            label=label!(locale, look.in_full)
            checked=Memo::new(move |_| look.read(|look| look.in_full))
            on_change=move |on| look.change(|look| look.in_full = on)
        />
    }
}

#[component]
fn TargetFields(look: LookOfTile) -> impl IntoView {
    let locale = use_locale();
    let value = look.typing(|look, words| {
        let value = typed_number(words);
        look.change(|look| {
            let label = look.target.take().map(|target| target.label).unwrap_or_default();
            look.target = value.map(|value| Target { value, label });
        });
    });
    let name = look.typing(|look, words| {
        if let Ok(label) = Title::parse(words) {
            look.change(|look| {
                if let Some(target) = &mut look.target {
                    target.label = label;
                }
            });
        }
    });
    let written = move |read: fn(&Target) -> String| {
        Signal::derive(move || look.read(|look| look.target.as_ref().map(read).unwrap_or_default()))
    };
    view! {
        <TextField
            name="look-target"
            label=label!(locale, look.target)
            hint=label!(locale, look.target_hint)
            value=written(|target| written_number(target.value))
            on_input=value.on_input()
            on_change=value.on_change()
        />
        <Show when=move || look.read(|look| look.target.is_some())>
            <TextField
                name="look-target-name"
                label=label!(locale, look.target_name)
                value=written(|target| target.label.to_string())
                on_input=name.on_input()
                on_change=name.on_change()
            />
        </Show>
    }
}

#[component]
fn HolidaySwitch(look: LookOfTile) -> impl IntoView {
    let locale = use_locale();
    view! {
        <Switch
            label=label!(locale, look.holidays)
            checked=Memo::new(move |_| look.read(|look| look.holidays))
            on_change=move |on| look.change(|look| look.holidays = on)
        />
    }
}

#[component]
fn HoleSwitch(look: LookOfTile) -> impl IntoView {
    let locale = use_locale();
    view! {
        <Switch
            label=label!(locale, look.hole)
            checked=Memo::new(move |_| look.read(|look| look.hole))
            on_change=move |on| look.change(|look| look.hole = on)
        />
    }
}

const STACKINGS: [(&str, Stacking); 3] =
    [("beside", Stacking::Beside), ("stacked", Stacking::Stacked), ("share", Stacking::Share)];

#[component]
fn StackingField(look: LookOfTile) -> impl IntoView {
    let locale = use_locale();
    let named = move |stacking: Stacking| match stacking {
        Stacking::Beside => text!(locale.get(), look.beside),
        Stacking::Stacked => text!(locale.get(), look.stacked),
        Stacking::Share => text!(locale.get(), look.share),
    };
    let choices = Signal::derive(move || {
        let auto = Choice::new("", text!(locale.get(), look.by_itself));
        std::iter::once(auto)
            .chain(STACKINGS.into_iter().map(|(name, stacking)| Choice::new(name, named(stacking))))
            .collect::<Vec<_>>()
    });
    let of = |stacking: Option<Stacking>| {
        STACKINGS.into_iter().find(|(_, own)| Some(*own) == stacking).map_or("", |(name, _)| name).to_owned()
    };
    view! {
        <SelectField
            name="look-stacking"
            label=label!(locale, look.stacking)
            choices
            value=Signal::derive(move || of(look.read(|look| look.stacking)))
            on_change=move |name: String| {
                let stacking = STACKINGS.into_iter().find(|(own, _)| *own == name).map(|(_, stacking)| stacking);
                look.change(|look| look.stacking = stacking);
            }
        />
    }
}

#[component]
fn DirectionField(look: LookOfTile) -> impl IntoView {
    const LEVEL: &str = "level";
    let locale = use_locale();
    let choices = Signal::derive(move || {
        vec![Choice::new("", text!(locale.get(), look.upright)), Choice::new(LEVEL, text!(locale.get(), look.level))]
    });
    let is_level = move || look.read(|look| look.direction == Some(Direction::Level));
    view! {
        <SelectField
            name="look-direction"
            label=label!(locale, look.direction)
            choices
            value=Signal::derive(move || if is_level() { LEVEL.to_owned() } else { String::new() })
            on_change=move |name: String| {
                look.change(|look| look.direction = (name == LEVEL).then_some(Direction::Level));
            }
        />
    }
}

#[component]
fn HubField(look: LookOfTile) -> impl IntoView {
    let locale = use_locale();
    let choices = Signal::derive(move || {
        let name = |province: &Province, locale: Locale| Choice::new(province.code(), province.name_in(locale));
        Province::ALL.iter().map(|province| name(province, locale.get())).collect::<Vec<_>>()
    });
    view! {
        <SelectField
            name="look-hub"
            label=label!(locale, look.hub)
            choices
            value=Signal::derive(move || look.read(|look| look.hub.unwrap_or(Province::BJ).code().to_owned()))
            on_change=move |code: String| look.change(|look| look.hub = code.parse().ok())
        />
    }
}

/// The heading of a list of fields.
#[component]
pub(super) fn ListHeading(#[prop(into)] words: Signal<String>) -> impl IntoView {
    view! { <h4 class="inspector__subheading">{move || words.get()}</h4> }
}

/// What is said under the look where a component heeds none of it.
#[component]
pub(super) fn LookHint() -> impl IntoView {
    let locale = use_locale();
    view! { <p class="inspector__note">{live_text!(locale, look.hint)}</p> }
}
