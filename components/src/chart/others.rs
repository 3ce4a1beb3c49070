//! Charts whose code is loaded when a board first has one: the way from a kind to the code that draws it.
//!
//! On the server all code is there. In the browser the application says how the code is fetched ([`set_loader`]) and the
//! fetched part announces itself ([`provide`]); until then such a chart is not there yet, and whoever has asked is told
//! when it is.

use super::{Chart, Source, Unfit};
use leptos::prelude::*;
use model::board::ComponentKind;
use std::sync::{Arc, OnceLock};

/// Reads a frame as a chart of a kind; [`super::kinds::read`].
pub type Read = fn(ComponentKind, &Source) -> Result<Arc<dyn Chart>, Unfit>;

static READ: OnceLock<Read> = OnceLock::new();
static LOADER: OnceLock<fn()> = OnceLock::new();
static IS_THERE: OnceLock<ArcRwSignal<bool>> = OnceLock::new();
#[cfg(target_arch = "wasm32")]
static IS_ASKED: OnceLock<()> = OnceLock::new();

fn is_there() -> &'static ArcRwSignal<bool> {
    IS_THERE.get_or_init(|| ArcRwSignal::new(READ.get().is_some()))
}

/// How the code is fetched: called at most once.
pub fn set_loader(loader: fn()) {
    let _ = LOADER.set(loader);
}

/// The code is there. Whoever waits for it is told.
pub fn provide(read: Read) {
    if READ.set(read).is_ok() {
        is_there().set(true);
    }
}

/// Whether the code is there.
pub fn are_there() -> bool {
    cfg!(not(target_arch = "wasm32")) || READ.get().is_some()
}

/// Reads a frame as a chart of that kind. `None` while the code is on its way; then whoever follows signals runs again
/// when it has come.
pub(super) fn read(kind: ComponentKind, source: &Source) -> Option<Result<Arc<dyn Chart>, Unfit>> {
    #[cfg(not(target_arch = "wasm32"))]
    let read: Option<Read> = Some(super::kinds::read);
    #[cfg(target_arch = "wasm32")]
    let read: Option<Read> = READ.get().copied().or_else(|| {
        is_there().track();
        if let (Ok(()), Some(loader)) = (IS_ASKED.set(()), LOADER.get()) {
            loader();
        }
        None
    });
    read.map(|read| read(kind, source))
}
