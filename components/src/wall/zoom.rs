//! How large the wall is drawn while it is arranged.

use model::layout::WallSize;

/// The scale of the wall in the builder.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Zoom {
    /// As large as all of it fits.
    #[default]
    Fit,
    /// So many screen pixels for each of its own.
    Times(f64),
}

/// Smaller or larger than this there is nothing to be seen.
const LEAST: f64 = 0.02;
const MOST: f64 = 4.0;

const STEPS: [u16; 9] = [10, 15, 25, 33, 50, 75, 100, 150, 200];

impl Zoom {
    /// Screen pixels per pixel of the wall, where there is so much room.
    pub(super) fn scale(self, wall: WallSize, room_w: f64, room_h: f64) -> f64 {
        match self {
            Self::Fit => (room_w / f64::from(wall.w())).min(room_h / f64::from(wall.h())).max(LEAST),
            Self::Times(times) => times,
        }
    }

    /// As near to that scale as there is.
    pub(super) const fn of_scale(scale: f64) -> Self {
        Self::Times(scale.clamp(LEAST, MOST))
    }

    /// The next step up from what is drawn now, in percent.
    pub fn larger(now_percent: u16) -> Self {
        Self::step(STEPS.into_iter().find(|step| *step > now_percent).unwrap_or(200))
    }

    /// The next step down from what is drawn now, in percent.
    pub fn smaller(now_percent: u16) -> Self {
        Self::step(STEPS.into_iter().rev().find(|step| *step < now_percent).unwrap_or(10))
    }

    fn step(percent: u16) -> Self {
        Self::Times(f64::from(percent) / 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_a_wall_fits() {
        let wide = WallSize::clamped(3_840, 1_080);
        let scale = Zoom::Fit.scale(wide, 960.0, 800.0);
        assert!((scale - 0.25).abs() < 1e-9);
        assert_eq!(Zoom::larger(33), Zoom::Times(0.5));
        assert_eq!(Zoom::smaller(33), Zoom::Times(0.25));
        assert_eq!((Zoom::of_scale(99.0), Zoom::of_scale(0.0)), (Zoom::Times(MOST), Zoom::Times(LEAST)));
        assert_eq!((Zoom::larger(999), Zoom::smaller(1)), (Zoom::Times(2.0), Zoom::Times(0.1)));
    }
}
