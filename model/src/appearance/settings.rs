//! What an organisation sets, and what follows from it for a board.

use super::{BaseTheme, KeptTheme, MapApproval, Palette, ThemeChoice, ThemeId, ThemeLine};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The colour of what has become more; what has become less has the other one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RisingColour {
    /// As exchanges in China have it.
    #[default]
    Red,
    Green,
}

impl RisingColour {
    pub const ALL: [Self; 2] = [Self::Red, Self::Green];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Green => "green",
        }
    }

    pub const fn is_red(self) -> bool {
        match self {
            Self::Red => true,
            Self::Green => false,
        }
    }
}

/// What all tiles of an organisation are drawn by.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HouseStyle {
    pub rising: RisingColour,
    /// Printed on maps of China; without one the map says that it is still to be entered.
    pub map_approval: Option<MapApproval>,
}

/// How the boards of an organisation look, as every page of theirs knows it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Appearance {
    pub house: HouseStyle,
    /// The theme of boards that choose none; `None`: whatever the reader prefers.
    pub theme: Option<ThemeChoice>,
    /// Their own themes, by name.
    pub themes: Vec<ThemeLine>,
}

/// How a board is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    Shipped(BaseTheme),
    /// By a style sheet of its own.
    Own {
        id: ThemeId,
        version: i32,
    },
}

impl Paint {
    /// The value of the attribute that style sheets go by.
    pub fn name(self) -> String {
        match self {
            Self::Shipped(base) => base.name().to_owned(),
            Self::Own { id, .. } => id.to_string(),
        }
    }

    /// The address of its style sheet, where it needs one of its own. Under an address stands always the same.
    pub fn style_sheet(self) -> Option<String> {
        match self {
            Self::Shipped(_) => None,
            Self::Own { id, version } => Some(format!("/themes/{id}/{version}")),
        }
    }
}

impl Appearance {
    /// How a board is painted that has chosen this; an own theme that is gone is as none, and none is the organisation's.
    /// `None`: as the reader prefers.
    pub fn paint(&self, chosen: Option<ThemeChoice>) -> Option<Paint> {
        chosen.and_then(|chosen| self.found(chosen)).or_else(|| self.found(self.theme?))
    }

    /// How a wall is painted: as its board has chosen, else as walls are.
    pub fn wall_paint(&self, chosen: Option<ThemeChoice>) -> Paint {
        chosen.and_then(|chosen| self.found(chosen)).unwrap_or(Paint::Shipped(BaseTheme::Wall))
    }

    fn found(&self, choice: ThemeChoice) -> Option<Paint> {
        match choice {
            ThemeChoice::Shipped(base) => Some(Paint::Shipped(base)),
            ThemeChoice::Own(id) => {
                let line = self.themes.iter().find(|line| line.id == id)?;
                Some(Paint::Own { id, version: line.version })
            }
        }
    }
}

/// What an administrator changes, apart from themes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppearanceChange {
    pub house: HouseStyle,
    pub theme: Option<ThemeChoice>,
}

/// All that the page of the settings shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppearanceSettings {
    pub appearance: Appearance,
    /// By name.
    pub themes: Vec<KeptTheme>,
    /// All colours of the shipped themes.
    pub shipped: BTreeMap<BaseTheme, Palette>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Title;
    use uuid::Uuid;

    #[test]
    fn a_theme_that_is_gone_gives_way_to_the_organisations() {
        let id = ThemeId(Uuid::from_u128(1));
        let line = ThemeLine { id, version: 3, name: Title::parse("蓝").unwrap() };
        let own = Some(ThemeChoice::Own(id));
        let mut appearance = Appearance { themes: vec![line], ..Appearance::default() };
        assert_eq!(appearance.paint(own), Some(Paint::Own { id, version: 3 }));
        assert_eq!(appearance.paint(None), None);
        appearance.theme = Some(ThemeChoice::Shipped(BaseTheme::Dark));
        assert_eq!(appearance.paint(None), Some(Paint::Shipped(BaseTheme::Dark)));
        let shipped = Some(ThemeChoice::Shipped(BaseTheme::Light));
        assert_eq!(appearance.paint(shipped), Some(Paint::Shipped(BaseTheme::Light)));
        appearance.themes.clear();
        assert_eq!(appearance.paint(own), Some(Paint::Shipped(BaseTheme::Dark)));
        assert_eq!(appearance.wall_paint(own), Paint::Shipped(BaseTheme::Wall));
        assert_eq!(appearance.wall_paint(shipped), Paint::Shipped(BaseTheme::Light));
        appearance.theme = own;
        assert_eq!(appearance.paint(None), None);
    }
}
