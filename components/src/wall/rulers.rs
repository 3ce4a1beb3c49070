//! Rulers along the wall, in its own pixels.

use leptos::prelude::*;
use model::layout::WallSize;

/// The distance between two numbers, so that they stand at least so far apart on the screen.
fn step(scale: f64) -> u16 {
    const APART_PX: f64 = 56.0;
    let steps = [50, 100, 200, 250, 500, 1_000, 2_000, 5_000];
    steps.into_iter().find(|step| f64::from(*step) * scale >= APART_PX).unwrap_or(5_000)
}

/// One along the top and one along the left side.
#[component]
pub(super) fn Rulers(size: Memo<WallSize>, scale: Signal<f64>) -> impl IntoView {
    let ruler = move |is_level: bool| {
        move || {
            let (size, scale) = (size.get(), scale.get());
            let (whole, every) = (if is_level { size.w() } else { size.h() }, step(scale));
            let marks = (0..=whole / every).map(|number| {
                let at = number * every;
                let px = f64::from(at) * scale;
                if is_level {
                    view! {
                        <line x1=px y1="10" x2=px y2="20" />
                        <text x=px + 3.0 y="13">{at}</text>
                    }
                    .into_any()
                } else {
                    view! {
                        <line x1="10" y1=px x2="20" y2=px />
                        <text x="2" y=px + 12.0>{at}</text>
                    }
                    .into_any()
                }
            });
            let length = f64::from(whole) * scale;
            let (w, h) = if is_level { (length, 20.0) } else { (36.0, length) };
            let class = if is_level { "ruler ruler--level" } else { "ruler ruler--upright" };
            view! {
                <svg class=class width=w height=h aria-hidden="true">
                    {marks.collect_view()}
                </svg>
            }
        }
    };
    view! {
        {ruler(true)}
        {ruler(false)}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_apart() {
        assert_eq!(step(1.0), 100);
        assert_eq!(step(0.25), 250);
        assert_eq!(step(0.05), 2_000);
    }
}
