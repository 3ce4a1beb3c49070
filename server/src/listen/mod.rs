//! Connections: how many, how slow they may be, and how they end.

mod file_limit;
mod stalled_write;

pub(crate) use file_limit::raise as raise_file_limit;

use crate::stop::Stop;
use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use stalled_write::GivesUpOnStalledWrites;
use std::{io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt;

/// Ten thousand open streams, and room for those who come and go.
const MOST_CONNECTIONS: usize = 20_000;
/// Also how long an idle connection is kept.
const HEADERS_WITHIN: Duration = Duration::from_secs(20);
/// Large enough for any header we take; small, since each open stream has one.
const BUFFER_BYTES: usize = 16 * 1024;
/// How long requests under way may take once the server is told to stop.
const FINISH_WITHIN: Duration = Duration::from_secs(20);

/// Takes an address; `option` is the flag to change it by.
pub async fn bind(address: SocketAddr, option: &'static str) -> Result<TcpListener, Stop> {
    TcpListener::bind(address).await.map_err(|source| {
        if source.kind() == io::ErrorKind::AddrInUse {
            Stop::AddressTaken { address, option }
        } else {
            Stop::Address { address, option, source }
        }
    })
}

/// Serves until told to stop; then takes no new connection, lets requests under way finish, and returns.
pub async fn serve(listener: TcpListener, router: Router, stopping: CancellationToken) {
    let connections = TaskTracker::new();
    let room = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        // Beyond the limit, new connections wait in the system's queue.
        let Ok(place) = room.clone().acquire_owned().await else {
            break;
        };
        let accepted = tokio::select! {
            () = stopping.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                let (router, stopping) = (router.clone(), stopping.clone());
                connections.spawn(async move {
                    connection(stream, peer, router, stopping).await;
                    drop(place);
                });
            }
            Err(error) => {
                // Out of file descriptors, or the client has gone: neither is over at once if we spin.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    drop(listener);
    connections.close();
    if tokio::time::timeout(FINISH_WITHIN, connections.wait()).await.is_err() {
        tracing::warn!(connections = connections.len(), "requests under way took too long and are cut off");
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, router: Router, stopping: CancellationToken) {
    // Small answers must not wait for more.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request.map(Body::new))
    });
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADERS_WITHIN)
            .max_buf_size(BUFFER_BYTES)
            .half_close(false)
            .serve_connection(TokioIo::new(GivesUpOnStalledWrites::new(stream)), service)
    );
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stopping.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke");
    }
}
