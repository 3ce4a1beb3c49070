//! How large the wall is drawn while it is arranged.

use model::layout::WallSize;

/// The scale of the wall in the builder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Zoom {
    /// As large as all of it fits.
    #[default]
    Fit,
    /// In percent of its own pixels.
    Percent(u16),
}

const STEPS: [u16; 9] = [10, 15, 25, 33, 50, 75, 100, 150, 200];

impl Zoom {
    /// Screen pixels per pixel of the wall, where there is so much room.
    pub(super) fn scale(self, wall: WallSize, room_w: f64, room_h: f64) -> f64 {
        match self {
            Self::Fit => (room_w / f64::from(wall.w())).min(room_h / f64::from(wall.h())).max(0.02),
            Self::Percent(percent) => f64::from(percent) / 100.0,
        }
    }

    /// The next step up from what is drawn now, in percent.
    pub fn larger(now_percent: u16) -> Self {
        Self::Percent(STEPS.into_iter().find(|step| *step > now_percent).unwrap_or(200))
    }

    /// The next step down from what is drawn now, in percent.
    pub fn smaller(now_percent: u16) -> Self {
        Self::Percent(STEPS.into_iter().rev().find(|step| *step < now_percent).unwrap_or(10))
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
        assert_eq!(Zoom::larger(33), Zoom::Percent(50));
        assert_eq!(Zoom::smaller(33), Zoom::Percent(25));
        assert_eq!((Zoom::larger(999), Zoom::smaller(1)), (Zoom::Percent(200), Zoom::Percent(10)));
    }
}
