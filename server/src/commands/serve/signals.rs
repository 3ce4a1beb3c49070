//! SIGTERM and SIGINT: the first stops cleanly, the second at once.

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// As shells report a program that was interrupted.
const INTERRUPTED: i32 = 130;

/// Cancelled by the first signal.
pub(super) fn watch() -> CancellationToken {
    let stopping = CancellationToken::new();
    let token = stopping.clone();
    let signals = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
    match signals {
        (Ok(terminate), Ok(interrupt)) => {
            tokio::spawn(listen(terminate, interrupt, token));
        }
        (Err(error), _) | (_, Err(error)) => {
            tracing::warn!(%error, "signals can't be watched: the server will stop without finishing requests");
        }
    }
    stopping
}

async fn listen(mut terminate: Signal, mut interrupt: Signal, stopping: CancellationToken) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    stopping.cancel();
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::warn!("stopped at once; the next start makes up for what was not finished");
    std::process::exit(INTERRUPTED);
}
