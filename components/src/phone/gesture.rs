//! What a drag, or a key, makes of the cards. Pure.

use crate::{
    arranging::Arrow,
    chart::{Area, Point},
};
use model::{
    board::TileId,
    layout::{CardWidth, MAX_HEIGHT, PhoneCard, PhoneLayout},
};

/// The position that a held card takes when the pointer is there, among the other cards as they stood at the start on a
/// phone of that width.
pub(super) fn drop_position(cards: &[(TileId, Area)], held: TileId, at: Point, phone_width: f64) -> usize {
    let others = || cards.iter().filter(|(tile, _)| *tile != held);
    let is_before = |area: &Area| {
        if at.y < area.y {
            true
        } else if at.y >= area.bottom() {
            false
        } else if area.w < phone_width * 0.75 {
            at.x < area.centre().x
        } else {
            at.y < area.centre().y
        }
    };
    others().position(|(_, area)| is_before(area)).unwrap_or_else(|| others().count())
}

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    Before,
    After,
    Half,
    Full,
    Lower,
    Higher,
}

impl Wish {
    pub(super) const fn from_arrow(arrow: Arrow, is_shifted: bool) -> Self {
        match (arrow, is_shifted) {
            (Arrow::Up | Arrow::Left, false) => Self::Before,
            (Arrow::Down | Arrow::Right, false) => Self::After,
            (Arrow::Left, true) => Self::Half,
            (Arrow::Right, true) => Self::Full,
            (Arrow::Up, true) => Self::Lower,
            (Arrow::Down, true) => Self::Higher,
        }
    }

    /// The card and its position then; `None` where nothing would change.
    pub(super) fn of(self, phone: &PhoneLayout, tile: TileId) -> Option<(PhoneCard, usize)> {
        let (card, position) = (phone.card(tile)?, phone.position(tile)?);
        let (card, position) = match self {
            Self::Before => (card, position.checked_sub(1)?),
            Self::After => (card, position + 1),
            Self::Half => (PhoneCard { width: CardWidth::Half, ..card }, position),
            Self::Full => (PhoneCard { width: CardWidth::Full, ..card }, position),
            Self::Lower => (PhoneCard { rows: card.rows.saturating_sub(1).max(1), ..card }, position),
            Self::Higher => (PhoneCard { rows: (card.rows + 1).min(MAX_HEIGHT), ..card }, position),
        };
        (phone.put(card, position) != *phone).then_some((card, position))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::board::ComponentKind;

    fn id(number: u128) -> TileId {
        TileId::from_u128(number)
    }

    /// Two halves, a whole, and a half.
    fn areas() -> Vec<(TileId, Area)> {
        let areas = [(0.0, 0.0, 180.0), (190.0, 0.0, 180.0), (0.0, 110.0, 370.0), (0.0, 220.0, 180.0)];
        let area = |(x, y, w): (f64, f64, f64)| Area { x, y, w, h: 100.0 };
        areas.into_iter().enumerate().map(|(number, at)| (id(number as u128), area(at))).collect()
    }

    #[test]
    fn a_card_goes_where_the_pointer_is() {
        let dropped = |held: u128, x: f64, y: f64| drop_position(&areas(), id(held), Point { x, y }, 370.0);
        assert_eq!(dropped(2, 50.0, 50.0), 0, "before the first half");
        assert_eq!(dropped(2, 150.0, 50.0), 1, "between the halves");
        assert_eq!(dropped(2, 350.0, 50.0), 2, "after both");
        assert_eq!(dropped(0, 100.0, 120.0), 1, "over the upper part of the whole one");
        assert_eq!(dropped(0, 100.0, 200.0), 2, "over its lower part");
        assert_eq!(dropped(0, 100.0, 900.0), 3, "under all");
        assert_eq!(dropped(3, 100.0, -50.0), 0, "above all");
    }

    #[test]
    fn keys_move_and_resize_as_far_as_it_goes() {
        let phone = (0..3)
            .fold(PhoneLayout::default(), |phone, number| phone.set(PhoneCard::usual(id(number), ComponentKind::Kpi)));
        let after =
            |wish: Wish, tile: u128| wish.of(&phone, id(tile)).map(|(card, position)| phone.put(card, position));
        assert_eq!(after(Wish::Before, 0), None);
        assert_eq!(after(Wish::After, 2), None);
        assert_eq!(after(Wish::After, 0).unwrap().position(id(0)), Some(1));
        assert_eq!(after(Wish::Half, 0), None);
        assert_eq!(after(Wish::Full, 0).unwrap().card(id(0)).unwrap().width, CardWidth::Full);
        assert_eq!(after(Wish::Higher, 1).unwrap().card(id(1)).unwrap().rows, 4);
        assert_eq!(Wish::from_arrow(Arrow::Left, true), Wish::Half);
        assert_eq!(Wish::from_arrow(Arrow::Left, false), Wish::Before);
    }
}
