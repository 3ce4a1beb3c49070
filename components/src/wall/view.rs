//! The wall as it is looked at.

use super::{place::canvas_classes, tile::FramedTile};
use leptos::prelude::*;
use model::{board::TileId, layout::WallLayout};

/// The wall, drawn in its own pixels and scaled alike in both directions to the room there is; what is left over stays
/// empty. The scaling is the style sheet's, so it needs no script.
#[component]
pub fn WallView(
    #[prop(into)] layout: Signal<WallLayout>,
    /// What stands in the band along the top.
    #[prop(into)]
    head: ViewFn,
    /// Draws a tile; called once for each.
    #[prop(into)]
    render_tile: Callback<TileId, AnyView>,
) -> impl IntoView {
    let order = Memo::new(move |_| {
        layout.with(|layout| {
            let shown = layout.frames().iter().filter(|frame| !frame.hidden);
            shown.map(|frame| frame.tile).collect::<Vec<_>>()
        })
    });
    view! {
        <div class="wall-room">
            <div class=move || format!("wall wall--fit {}", layout.with(|layout| canvas_classes(layout.size())))>
                <div class="wall__head">{head.run()}</div>
                <For each=move || order.get() key=|tile| *tile let:tile>
                    <FramedTile tile shown=layout render_tile />
                </For>
            </div>
        </div>
    }
    .into_any()
}
