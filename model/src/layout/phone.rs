//! The phone layout: cards one under another, small ones two abreast.

use super::{DeskLayout, MAX_HEIGHT};
use crate::board::{ComponentKind, TileId};
use serde::{Deserialize, Deserializer, Serialize, de};

/// How much of the screen's width a card takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CardWidth {
    Full,
    /// Two of these stand side by side.
    Half,
}

/// A tile as a card on the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PhoneCard {
    pub tile: TileId,
    pub width: CardWidth,
    /// In rows of the grid, 1 to [`MAX_HEIGHT`].
    pub rows: u16,
    /// Kept in its place, and not shown.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
}

impl PhoneCard {
    /// As a tile of that kind usually stands on a phone.
    pub const fn usual(tile: TileId, kind: ComponentKind) -> Self {
        let (width, rows) = kind.facts().phone;
        Self { tile, width, rows, hidden: false }
    }
}

/// Cards in the order in which they stand; no tile twice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct PhoneLayout {
    cards: Vec<PhoneCard>,
}

impl PhoneLayout {
    /// A first draft from the desk: its reading order, numbers two abreast and all else over the whole width. A number
    /// that would stand alone takes the whole width.
    pub fn draft(desk: &DeskLayout, kind_of: impl Fn(TileId) -> ComponentKind) -> Self {
        let card = |tile| PhoneCard::usual(tile, kind_of(tile));
        let mut cards: Vec<PhoneCard> = desk.placed().iter().map(|placed| card(placed.tile)).collect();
        for run in cards.chunk_by_mut(|one, next| one.width == next.width) {
            let is_odd = run.len() % 2 == 1;
            if let Some(last) = run.last_mut().filter(|_| is_odd) {
                last.width = CardWidth::Full;
            }
        }
        Self { cards }
    }

    pub fn cards(&self) -> &[PhoneCard] {
        &self.cards
    }

    pub fn card(&self, tile: TileId) -> Option<PhoneCard> {
        self.cards.iter().copied().find(|card| card.tile == tile)
    }

    /// Counted from 0, hidden cards too.
    pub fn position(&self, tile: TileId) -> Option<usize> {
        self.cards.iter().position(|card| card.tile == tile)
    }

    /// With that card as the `position`th, counted from 0 and cut to the end; what stood there goes on after it.
    #[must_use]
    pub fn put(&self, card: PhoneCard, position: usize) -> Self {
        let mut cards: Vec<PhoneCard> = self.cards.iter().copied().filter(|other| other.tile != card.tile).collect();
        let rows = card.rows.clamp(1, MAX_HEIGHT);
        cards.insert(position.min(cards.len()), PhoneCard { rows, ..card });
        Self { cards }
    }

    /// With that card as it says, where its tile stands already, else at the end.
    #[must_use]
    pub fn set(&self, card: PhoneCard) -> Self {
        self.put(card, self.position(card.tile).unwrap_or(self.cards.len()))
    }

    #[must_use]
    pub fn remove(&self, tiles: &[TileId]) -> Self {
        Self { cards: self.cards.iter().copied().filter(|card| !tiles.contains(&card.tile)).collect() }
    }
}

impl<'de> Deserialize<'de> for PhoneLayout {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let cards = Vec::<PhoneCard>::deserialize(deserializer)?;
        for (index, card) in cards.iter().enumerate() {
            if !(1..=MAX_HEIGHT).contains(&card.rows) {
                let message =
                    format!("the card of tile {} is {} rows high: 1 to {MAX_HEIGHT} are", card.tile, card.rows);
                return Err(de::Error::custom(message));
            }
            if cards.iter().take(index).any(|other| other.tile == card.tile) {
                return Err(de::Error::custom(format!("tile {} stands twice in the phone layout", card.tile)));
            }
        }
        Ok(Self { cards })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::GridRect;
    use proptest::prelude::*;

    fn id(number: u128) -> TileId {
        TileId::from_u128(number)
    }

    fn layouts() -> impl Strategy<Value = PhoneLayout> {
        let kinds = prop::collection::vec(prop::sample::select(ComponentKind::ALL.to_vec()), 0..12);
        kinds.prop_map(|kinds| {
            let tiles = kinds.into_iter().enumerate();
            tiles.fold(PhoneLayout::default(), |layout, (number, kind)| {
                layout.set(PhoneCard::usual(id(number as u128), kind))
            })
        })
    }

    #[test]
    fn numbers_stand_two_abreast_in_reading_order() {
        let desk = (0..5_u16).fold(DeskLayout::default(), |desk, number| {
            let (x, y) = if number < 3 { (i32::from(number) * 4, 0) } else { (0, i32::from(number) * 5) };
            desk.place(id(number.into()), GridRect::clamped(x, y, 4, 3))
        });
        let kind = |tile| if tile == id(3) { ComponentKind::Line } else { ComponentKind::Kpi };
        let drafted = PhoneLayout::draft(&desk, kind);
        let widths: Vec<CardWidth> = drafted.cards().iter().map(|card| card.width).collect();
        let (half, full) = (CardWidth::Half, CardWidth::Full);
        assert_eq!(widths, [half, half, full, full, full], "the third number and the last one stand alone");
        assert!(drafted.cards().iter().map(|card| card.tile).eq((0..5).map(id)));
    }

    #[test]
    fn what_can_not_stand_is_refused() {
        let card = |number: u128, rows: u16| format!(r#"{{"tile":"{}","width":"half","rows":{rows}}}"#, id(number));
        let read = |cards: &[String]| serde_json::from_str::<PhoneLayout>(&format!("[{}]", cards.join(",")));
        assert!(read(&[card(1, 3), card(2, 60)]).is_ok());
        assert!(read(&[card(1, 0)]).unwrap_err().to_string().contains("0 rows high"));
        assert!(read(&[card(1, 61)]).is_err());
        assert!(read(&[card(1, 3), card(1, 3)]).unwrap_err().to_string().contains("twice"));
    }

    proptest! {
        #[test]
        fn putting_keeps_the_others_in_order(layout in layouts(), which in 0_u128..14, position in 0_usize..16) {
            let card = layout.card(id(which)).unwrap_or_else(|| PhoneCard::usual(id(which), ComponentKind::Bar));
            let after = layout.put(card, position);
            let others = |layout: &PhoneLayout| layout.remove(&[id(which)]);
            prop_assert_eq!(others(&after), others(&layout));
            prop_assert_eq!(after.position(id(which)), Some(position.min(others(&layout).cards().len())));
            if let Some(before) = layout.position(id(which)) {
                prop_assert_eq!(after.put(card, before), layout);
            }
        }

        #[test]
        fn a_layout_survives_writing(layout in layouts()) {
            let json = serde_json::to_string(&layout).unwrap();
            prop_assert_eq!(serde_json::from_str::<PhoneLayout>(&json).unwrap(), layout);
        }
    }
}
