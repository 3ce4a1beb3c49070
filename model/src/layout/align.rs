//! Aligning and spreading several tiles, in grid units or in pixels.

use super::{GridRect, WallRect};

/// A place in whole units, wherever it may lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    pub x: i32,
    pub y: i32,
    pub w: i32,
    pub h: i32,
}

/// What can be done with several tiles at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    Left,
    Centre,
    Right,
    Top,
    Middle,
    Bottom,
    /// As wide, or as high, as the first.
    SameWidth,
    SameHeight,
    /// Equal gaps between the outermost, which stay.
    SpreadAcross,
    SpreadDown,
}

impl From<GridRect> for Bounds {
    fn from(rect: GridRect) -> Self {
        Self { x: rect.x().into(), y: rect.y().into(), w: rect.w().into(), h: rect.h().into() }
    }
}

impl From<WallRect> for Bounds {
    fn from(rect: WallRect) -> Self {
        Self { x: rect.x.into(), y: rect.y.into(), w: rect.w.into(), h: rect.h.into() }
    }
}

impl Bounds {
    pub const fn right(self) -> i32 {
        self.x + self.w
    }

    pub const fn bottom(self) -> i32 {
        self.y + self.h
    }

    /// The smallest that holds all of them; `None` where there are none.
    pub fn around(bounds: &[Self]) -> Option<Self> {
        let x = bounds.iter().map(|one| one.x).min()?;
        let y = bounds.iter().map(|one| one.y).min()?;
        let right = bounds.iter().map(|one| one.right()).max()?;
        let bottom = bounds.iter().map(|one| one.bottom()).max()?;
        Some(Self { x, y, w: right - x, h: bottom - y })
    }

    pub const fn overlaps(self, other: Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }
}

/// Where they stand then, in the same order. What asks for more than two, or for two, leaves fewer as they are.
pub fn aligned(bounds: &[Bounds], alignment: Alignment) -> Vec<Bounds> {
    let (Some(whole), Some(first)) = (Bounds::around(bounds), bounds.first().copied()) else { return Vec::new() };
    let each = |place: &dyn Fn(Bounds) -> Bounds| bounds.iter().copied().map(place).collect();
    match alignment {
        Alignment::Left => each(&|one| Bounds { x: whole.x, ..one }),
        Alignment::Centre => {
            let (start, length) = middle(whole.x, whole.w, bounds.iter().map(|one| one.w));
            each(&|one| Bounds { x: start + (length - one.w) / 2, ..one })
        }
        Alignment::Right => each(&|one| Bounds { x: whole.right() - one.w, ..one }),
        Alignment::Top => each(&|one| Bounds { y: whole.y, ..one }),
        Alignment::Middle => {
            let (start, length) = middle(whole.y, whole.h, bounds.iter().map(|one| one.h));
            each(&|one| Bounds { y: start + (length - one.h) / 2, ..one })
        }
        Alignment::Bottom => each(&|one| Bounds { y: whole.bottom() - one.h, ..one }),
        Alignment::SameWidth => each(&|one| Bounds { w: first.w, ..one }),
        Alignment::SameHeight => each(&|one| Bounds { h: first.h, ..one }),
        Alignment::SpreadAcross => {
            let starts = spread(&bounds.iter().map(|one| (one.x, one.w)).collect::<Vec<_>>());
            bounds.iter().zip(starts).map(|(one, x)| Bounds { x, ..*one }).collect()
        }
        Alignment::SpreadDown => {
            let starts = spread(&bounds.iter().map(|one| (one.y, one.h)).collect::<Vec<_>>());
            bounds.iter().zip(starts).map(|(one, y)| Bounds { y, ..*one }).collect()
        }
    }
}

/// The longest in the middle of the whole, as (start, length): the others are centred in it, so that doing it again
/// rounds nothing else.
fn middle(start: i32, whole: i32, lengths: impl Iterator<Item = i32>) -> (i32, i32) {
    let longest = lengths.max().unwrap_or(0);
    (start + (whole - longest) / 2, longest)
}

/// The starts of spans (start, length) with equal gaps; the first and the last stay. Where there is no room for gaps,
/// the starts are spread instead.
fn spread(spans: &[(i32, i32)]) -> Vec<i32> {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|index| spans.get(*index));
    let at = |place: usize| order.get(place).and_then(|index| spans.get(*index)).copied();
    let (Some((begin, _)), Some((last, last_length))) = (at(0), at(spans.len().saturating_sub(1))) else {
        return Vec::new();
    };
    let lengths: i32 = spans.iter().map(|(_, length)| length).sum();
    let gaps = i32::try_from(spans.len()).unwrap_or(i32::MAX) - 1;
    let room = last + last_length - begin - lengths;
    let mut starts: Vec<i32> = spans.iter().map(|(start, _)| *start).collect();
    if gaps < 2 {
        return starts;
    }
    let mut taken = 0;
    for (number, index) in (0_i32..).zip(order) {
        // Rounded each from the whole, so that what is left over does not gather at the end.
        let (fixed, spread) = if room < 0 { (0, last - begin) } else { (taken, room) };
        let start = begin + fixed + (f64::from(spread) * f64::from(number) / f64::from(gaps)).round() as i32;
        if let (Some(place), Some((_, length))) = (starts.get_mut(index), spans.get(index)) {
            *place = start;
            taken += length;
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bounds() -> impl Strategy<Value = Vec<Bounds>> {
        prop::collection::vec((0..2_000, 0..2_000, 1..500, 1..500), 0..8)
            .prop_map(|all| all.into_iter().map(|(x, y, w, h)| Bounds { x, y, w, h }).collect())
    }

    #[test]
    fn three_are_spread_evenly() {
        let three = [(0, 10), (15, 20), (90, 10)].map(|(x, w)| Bounds { x, y: 0, w, h: 5 });
        let after = aligned(&three, Alignment::SpreadAcross);
        assert_eq!(after.iter().map(|one| one.x).collect::<Vec<_>>(), [0, 40, 90]);
    }

    proptest! {
        #[test]
        fn aligning_twice_is_aligning_once(bounds in bounds()) {
            for alignment in [
                Alignment::Left, Alignment::Centre, Alignment::Right, Alignment::Top, Alignment::Middle,
                Alignment::Bottom, Alignment::SameWidth, Alignment::SameHeight,
            ] {
                let once = aligned(&bounds, alignment);
                prop_assert_eq!(once.len(), bounds.len());
                prop_assert_eq!(&aligned(&once, alignment), &once);
            }
        }

        #[test]
        fn spreading_keeps_the_sizes_and_the_ends(bounds in bounds()) {
            let after = aligned(&bounds, Alignment::SpreadDown);
            prop_assert!(after.iter().zip(&bounds).all(|(one, before)| (one.x, one.w, one.h) == (before.x, before.w, before.h)));
            prop_assert_eq!(after.iter().map(|one| one.y).min(), bounds.iter().map(|one| one.y).min());
        }
    }
}
