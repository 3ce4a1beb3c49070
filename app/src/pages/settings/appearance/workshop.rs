//! The themes on the page, and the one that is being changed.

use leptos::prelude::*;
use model::{
    appearance::{Appearance, BaseTheme, Finding, KeptTheme, OwnTheme, Palette, ThemeId, Token, check},
    board::Title,
    colour::Colour,
};
use std::collections::BTreeMap;

/// A theme that is being changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    /// The theme and the version that it was made of; none for a new one.
    pub(super) before: Option<(ThemeId, i32)>,
    /// As it stands in the field, perhaps too long yet.
    pub(super) name: String,
    pub(super) theme: OwnTheme,
}

/// What the parts of the page share. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Workshop {
    pub(super) themes: RwSignal<Vec<KeptTheme>>,
    pub(super) draft: RwSignal<Option<Draft>>,
    shipped: StoredValue<BTreeMap<BaseTheme, Palette>>,
    /// All colours of what is being changed.
    pub(super) palette: Memo<Palette>,
    /// What is wrong with them.
    pub(super) findings: Memo<Vec<Finding>>,
}

impl Workshop {
    pub(super) fn of(themes: Vec<KeptTheme>, shipped: BTreeMap<BaseTheme, Palette>) -> Self {
        let draft = RwSignal::new(None::<Draft>);
        let shipped = StoredValue::new(shipped);
        // A name changes no colour.
        let theme = Memo::new(move |_| {
            draft.with(|draft| {
                let draft = draft.as_ref()?;
                Some((draft.theme.base, draft.theme.colours.clone()))
            })
        });
        let palette = Memo::new(move |_| {
            theme.with(|theme| match theme {
                Some((base, colours)) => {
                    let theme = OwnTheme { name: Title::default(), base: *base, colours: colours.clone() };
                    theme.palette(&shipped_palette(shipped, *base))
                }
                None => Palette::default(),
            })
        });
        let findings = Memo::new(move |_| if theme.with(Option::is_some) { palette.with(check) } else { Vec::new() });
        Self { themes: RwSignal::new(themes), draft, shipped, palette, findings }
    }

    /// All colours of a kept theme.
    pub(super) fn palette_of(self, theme: &OwnTheme) -> Palette {
        theme.palette(&shipped_palette(self.shipped, theme.base))
    }

    /// What the organisation has, with its themes as they are on the page.
    pub(super) fn with_themes(self, appearance: &Appearance) -> Appearance {
        let themes = self.themes.with(|themes| themes.iter().map(KeptTheme::line).collect());
        Appearance { themes, ..appearance.clone() }
    }

    /// Begins with a new theme like a shipped one.
    pub(super) fn begin(self, base: BaseTheme) {
        let theme = OwnTheme { name: Title::default(), base, colours: BTreeMap::new() };
        self.draft.set(Some(Draft { before: None, name: String::new(), theme }));
    }

    /// Begins to change a kept theme.
    pub(super) fn change(self, kept: &KeptTheme) {
        let KeptTheme { id, version, theme } = kept.clone();
        self.draft.set(Some(Draft { before: Some((id, version)), name: theme.name.to_string(), theme }));
    }

    /// Changes the draft, if there is one.
    pub(super) fn update(self, change: impl FnOnce(&mut Draft)) {
        self.draft.update(|draft| {
            if let Some(draft) = draft {
                change(draft);
            }
        });
    }

    /// Gives the draft a colour; the one of the shipped theme is no change.
    pub(super) fn paint(self, token: Token, colour: Colour) {
        self.update(|draft| {
            let is_shipped = shipped_palette(self.shipped, draft.theme.base).chosen(token) == colour;
            if is_shipped {
                draft.theme.colours.remove(&token);
            } else {
                draft.theme.colours.insert(token, colour);
            }
        });
    }

    /// Whether the draft has a colour of its own there.
    pub(super) fn is_changed(self, token: Token) -> bool {
        self.draft.with(|draft| draft.as_ref().is_some_and(|draft| draft.theme.colours.contains_key(&token)))
    }

    /// Puts a kept theme where it belongs in the list.
    pub(super) fn take(self, kept: KeptTheme) {
        self.themes.update(|themes| {
            themes.retain(|theme| theme.id != kept.id);
            themes.push(kept);
            themes.sort_by(|one, other| one.theme.name.as_str().cmp(other.theme.name.as_str()));
        });
    }
}

fn shipped_palette(shipped: StoredValue<BTreeMap<BaseTheme, Palette>>, base: BaseTheme) -> Palette {
    shipped.with_value(|shipped| shipped.get(&base).cloned()).unwrap_or_default()
}
