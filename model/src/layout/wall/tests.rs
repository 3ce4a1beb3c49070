//! The wall: nothing leaves it, whatever is done.

use super::*;
use proptest::prelude::*;

fn id(number: u128) -> TileId {
    TileId::from_u128(number)
}

fn sizes() -> impl Strategy<Value = WallSize> {
    (0_i32..17_000, 0_i32..17_000).prop_map(|(w, h)| WallSize::clamped(w, h))
}

fn walls() -> impl Strategy<Value = WallLayout> {
    let rects = prop::collection::vec((-200_i32..4_000, -200_i32..4_000, 0_i32..3_000, 0_i32..2_000), 0..10);
    (sizes(), rects).prop_map(|(size, rects)| {
        rects.into_iter().enumerate().fold(WallLayout::empty(size), |wall, (number, (x, y, w, h))| {
            let rect = WallRect::clamped(x, y, w, h, size);
            wall.set(&[WallFrame { tile: id(number as u128), rect, hidden: number % 4 == 3 }])
        })
    })
}

fn desks() -> impl Strategy<Value = DeskLayout> {
    prop::collection::vec((0_i32..12, 0_i32..40, 1_i32..13, 1_i32..9), 0..14).prop_map(|rects| {
        rects.into_iter().enumerate().fold(DeskLayout::default(), |desk, (number, (x, y, w, h))| {
            desk.place(id(number as u128), GridRect::clamped(x, y, w, h))
        })
    })
}

fn is_valid(wall: &WallLayout) -> bool {
    let json = serde_json::to_string(wall).unwrap();
    serde_json::from_str::<WallLayout>(&json).is_ok_and(|read| read == *wall)
}

fn ids(wall: &WallLayout) -> Vec<TileId> {
    let mut ids: Vec<TileId> = wall.frames().iter().map(|frame| frame.tile).collect();
    ids.sort_unstable();
    ids
}

proptest! {
    #[test]
    fn nothing_leaves_the_wall(wall in walls(), size in sizes(), which in 0_u128..12) {
        prop_assert!(is_valid(&wall));
        let resized = wall.resized(size);
        prop_assert!(is_valid(&resized));
        prop_assert_eq!(ids(&resized), ids(&wall));
        let appended = wall.append(id(99), GridSize { w: 4, h: 6 });
        prop_assert!(is_valid(&appended));
        prop_assert_eq!(appended.remove(&[id(99)]), wall.clone());
        prop_assert!(wall.remove(&[id(which)]).frame(id(which)).is_none());
    }

    #[test]
    fn restacking_moves_nothing_but_depth(wall in walls(), which in prop::collection::vec(0_u128..12, 0..4)) {
        let tiles: Vec<TileId> = which.into_iter().map(id).collect();
        for depth in [Depth::Front, Depth::Forward, Depth::Backward, Depth::Back] {
            let after = wall.restack(&tiles, depth);
            prop_assert_eq!(ids(&after), ids(&wall));
            for frame in wall.frames() {
                prop_assert_eq!(after.frame(frame.tile), Some(*frame));
            }
            let order = |wall: &WallLayout, is_moved: bool| {
                wall.frames().iter().map(|frame| frame.tile).filter(|tile| tiles.contains(tile) == is_moved).collect::<Vec<_>>()
            };
            prop_assert_eq!(order(&after, true), order(&wall, true));
            prop_assert_eq!(order(&after, false), order(&wall, false));
        }
        let front = wall.restack(&tiles, Depth::Front);
        prop_assert_eq!(front.restack(&tiles, Depth::Front), front);
    }

    #[test]
    fn a_draft_holds_the_desk_without_overlap(desk in desks(), w in 1_280_i32..8_000, h in 720_i32..4_000) {
        let size = WallSize::clamped(w, h);
        let wall = WallLayout::draft(&desk, size);
        prop_assert!(is_valid(&wall));
        prop_assert_eq!(wall.frames().len(), desk.placed().len());
        // A desk deeper than the wall has room for gets frames of the least height, which may overlap.
        if desk.height() < 16 {
            for (index, one) in wall.frames().iter().enumerate() {
                for other in &wall.frames()[index + 1..] {
                    let apart = one.rect.right() <= other.rect.x || other.rect.right() <= one.rect.x
                        || one.rect.bottom() <= other.rect.y || other.rect.bottom() <= one.rect.y;
                    prop_assert!(apart, "{:?} {:?}", one.rect, other.rect);
                }
            }
            prop_assert!(wall.frames().iter().all(|frame| frame.rect.y >= size.head_px()));
        }
    }

    #[test]
    fn a_draft_goes_back_to_its_columns(desk in desks()) {
        let back = WallLayout::draft(&desk, WallSize::FULL_HD).on_desk();
        for placed in desk.placed() {
            let rect = back.rect(placed.tile).unwrap();
            prop_assert_eq!((rect.x(), rect.w()), (placed.rect.x(), placed.rect.w()));
        }
    }

    #[test]
    fn any_wall_stands_on_the_desk(wall in walls()) {
        let desk = wall.on_desk();
        let json = serde_json::to_string(&desk).unwrap();
        prop_assert_eq!(&serde_json::from_str::<DeskLayout>(&json).unwrap(), &desk);
        prop_assert_eq!(desk.placed().len(), wall.frames().iter().filter(|frame| !frame.hidden).count());
    }
}

#[test]
fn what_can_not_stand_is_refused() {
    let read = |size: &str, frames: &str| {
        serde_json::from_str::<WallLayout>(&format!(r#"{{"size":{size},"frames":[{frames}]}}"#))
    };
    let hd = r#"{"w":1920,"h":1080}"#;
    let frame = |x: u16, w: u16| format!(r#"{{"tile":"{}","rect":{{"x":{x},"y":0,"w":{w},"h":100}}}}"#, id(1));
    assert!(read(hd, &frame(0, 100)).is_ok());
    assert!(read(hd, &frame(1_900, 100)).unwrap_err().to_string().contains("leaves the wall"));
    assert!(read(hd, &frame(0, 10)).is_err());
    assert!(read(r#"{"w":100,"h":100}"#, "").unwrap_err().to_string().contains("320 to 16384"));
    assert!(read(hd, &format!("{},{}", frame(0, 100), frame(0, 100))).unwrap_err().to_string().contains("twice"));
}

#[test]
fn a_wider_wall_keeps_the_proportions() {
    let rect = WallRect { x: 0, y: 0, w: 1_920, h: 1_080 };
    let wall = WallLayout::empty(WallSize::FULL_HD).set(&[WallFrame { tile: id(1), rect, hidden: false }]);
    let wide = wall.resized(WallSize::clamped(3_840, 1_080));
    assert_eq!(wide.frame(id(1)).unwrap().rect, WallRect { x: 960, y: 0, w: 1_920, h: 1_080 });
}
