//! Tiles that are let go over a container go into it.

use super::ArrangingTiles;
use crate::chart::{Area, Point};
use leptos::prelude::Callable as _;
use model::board::TileId;

/// What of a container's width and height, on each side, is for putting something beside it.
const RIM: f64 = 0.2;

/// Whether what is let go there goes into a container that is drawn so; nearer to its edges it is put beside.
fn is_well_inside(area: Area, at: Point) -> bool {
    let (rim_x, rim_y) = (area.w * RIM, area.h * RIM);
    Area { x: area.x + rim_x, y: area.y + rim_y, w: area.w - 2.0 * rim_x, h: area.h - 2.0 * rim_y }.contains(at)
}

impl ArrangingTiles {
    /// The container that takes in what is let go there: `moving`, or with none of them something new. `areas` are those of
    /// the tiles that are in sight, the foremost first.
    pub(crate) fn receiver(
        self,
        moving: &[TileId],
        areas: impl IntoIterator<Item = (TileId, Area)>,
        at: Point,
    ) -> Option<TileId> {
        let (under, area) = areas.into_iter().find(|(tile, area)| !moving.contains(tile) && area.contains(at))?;
        let enters =
            is_well_inside(area, at) && self.takes_in.run(under) && moving.iter().all(|tile| self.may_enter.run(*tile));
        enters.then_some(under)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arranging::Selection;
    use leptos::prelude::*;

    const TABS: TileId = TileId::from_u128(1);
    const CHART: TileId = TileId::from_u128(2);
    const OTHER: TileId = TileId::from_u128(3);

    #[test]
    fn a_container_takes_in_what_is_let_go_well_inside_it() {
        Owner::new().with(|| {
            let tiles = ArrangingTiles {
                selected: RwSignal::new(Selection::none()),
                is_held: RwSignal::new(false),
                label_of: Callback::new(|id: TileId| id.to_string()),
                is_locked: Callback::new(|_| false),
                colleague_at: Callback::new(|_| None),
                together_with: Callback::new(|id: TileId| vec![id]),
                takes_in: Callback::new(|id: TileId| id == TABS),
                may_enter: Callback::new(|id: TileId| id != TABS),
                on_enter: Callback::new(|_| ()),
                on_remove: Callback::new(|_| ()),
                on_open: Callback::new(|_| ()),
            };
            let areas = [
                (CHART, Area { x: 0.0, y: 0.0, w: 100.0, h: 100.0 }),
                (TABS, Area { x: 100.0, y: 0.0, w: 200.0, h: 100.0 }),
            ];
            let at = |moving: &[TileId], x, y| tiles.receiver(moving, areas, Point { x, y });
            assert_eq!(at(&[CHART], 200.0, 50.0), Some(TABS));
            assert_eq!(at(&[], 200.0, 50.0), Some(TABS), "something new");
            assert_eq!(at(&[CHART], 120.0, 50.0), None, "so near to the edge it is put beside");
            assert_eq!(at(&[CHART, TABS], 200.0, 50.0), None, "it goes along");
            let covered = [(OTHER, Area { x: 190.0, y: 0.0, w: 200.0, h: 100.0 }), areas[1]];
            assert_eq!(tiles.receiver(&[], covered, Point { x: 200.0, y: 50.0 }), None, "a chart lies over it there");
            assert_eq!(at(&[OTHER], 50.0, 50.0), None, "a chart takes in nothing");
        });
    }
}
