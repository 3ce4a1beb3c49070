//! The server's end of the control socket.

use super::{
    order::{Order, Outcome, carry_out},
    socket::SocketPath,
};
use crate::{stop::Stop, stores::Stores};
use model::problem::{Problem, ProblemCode};
use std::{fs, os::unix::fs::PermissionsExt, path::Path, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{UnixListener, UnixStream},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// An order is a few names and a path, or a board: 200 texts of 20,000 bytes, of which JSON may write each as six.
const LONGEST_ORDER: u64 = 32 * 1024 * 1024;
/// The command line sends its order at once.
const ORDER_WITHIN: Duration = Duration::from_secs(10);
/// How long an order may go on once the server is told to stop. What is cut off can be ordered again: a file that was
/// loaded in part goes on where it was.
const FINISH_WITHIN: Duration = Duration::from_secs(20);

/// Takes orders until it is told to stop.
#[derive(Debug)]
pub struct ControlListener {
    listener: UnixListener,
}

impl ControlListener {
    /// Opens the socket for this account only. Whoever holds the data folder's lock may take a stale one away.
    pub fn bind(data_dir: &Path) -> Result<Self, Stop> {
        let failed = |source| Stop::DataFolder { path: data_dir.to_path_buf(), source };
        let socket = SocketPath::of(data_dir).map_err(failed)?;
        if socket.path().exists() {
            fs::remove_file(socket.path()).map_err(failed)?;
        }
        let listener = UnixListener::bind(socket.path()).map_err(failed)?;
        fs::set_permissions(socket.path(), fs::Permissions::from_mode(0o600)).map_err(failed)?;
        Ok(Self { listener })
    }

    pub async fn serve(self, stores: Arc<Stores>, stopping: CancellationToken) {
        let orders = TaskTracker::new();
        loop {
            let accepted = tokio::select! {
                () = stopping.cancelled() => break,
                accepted = self.listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, _)) => {
                    orders.spawn(answer(stores.clone(), stream, stopping.clone()));
                }
                Err(error) => {
                    tracing::warn!(%error, "the control socket could not accept a connection");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
        orders.close();
        if tokio::time::timeout(FINISH_WITHIN, orders.wait()).await.is_err() {
            tracing::warn!(orders = orders.len(), "orders of the command line took too long and are cut off");
        }
    }
}

async fn answer(stores: Arc<Stores>, stream: UnixStream, stopping: CancellationToken) {
    let (reader, mut writer) = stream.into_split();
    let mut line = String::new();
    let mut reader = BufReader::new(reader.take(LONGEST_ORDER));
    let read = tokio::select! {
        () = stopping.cancelled() => return,
        read = tokio::time::timeout(ORDER_WITHIN, reader.read_line(&mut line)) => read,
    };
    if !matches!(read, Ok(Ok(_))) {
        return;
    }
    let outcome = match serde_json::from_str::<Order>(&line) {
        Ok(order) => carry_out(&stores, order).await,
        Err(error) => {
            let detail = format!("the server does not know this order, perhaps it is of another version: {error}");
            Outcome::Refused { problem: Problem::new(ProblemCode::MalformedRequest, detail) }
        }
    };
    let mut reply = serde_json::to_vec(&outcome).unwrap_or_default();
    reply.push(b'\n');
    // Whoever asked may be gone; what was ordered is done all the same.
    let _ = writer.write_all(&reply).await;
}
