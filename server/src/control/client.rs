//! The command line's end of the control socket.

use super::{
    order::{Order, Outcome, carry_out},
    socket::SocketPath,
};
use crate::{
    config::StoreOptions,
    stop::Stop,
    stores::{DataFolderLock, Stores},
};
use engine::clock::SystemClock;
use std::{io, path::Path, sync::Arc};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::UnixStream,
};

/// Has an order carried out: by the server that runs on the data folder, else by this process.
pub async fn ask(options: &StoreOptions, order: Order) -> Result<Outcome, Stop> {
    if let Some(outcome) = ask_running(&options.data_dir, &order).await? {
        return Ok(outcome);
    }
    let lock = DataFolderLock::take(&options.data_dir)?;
    let stores = Stores::open(options, lock, Arc::new(SystemClock)).await?;
    let outcome = carry_out(&stores, order).await;
    stores.close().await?;
    Ok(outcome)
}

/// `None` where no server runs on the folder.
async fn ask_running(data_dir: &Path, order: &Order) -> Result<Option<Outcome>, Stop> {
    let Ok(data_dir) = data_dir.canonicalize() else {
        return Ok(None);
    };
    let failed = |source| Stop::Control { path: data_dir.clone(), source };
    let socket = SocketPath::of(&data_dir).map_err(failed)?;
    let stream = match UnixStream::connect(socket.path()).await {
        Ok(stream) => stream,
        // No socket, or one that a crashed server left behind.
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused) => {
            return Ok(None);
        }
        Err(error) => return Err(failed(error)),
    };
    let (reader, mut writer) = stream.into_split();
    let mut line = serde_json::to_vec(order).map_err(|error| failed(error.into()))?;
    line.push(b'\n');
    writer.write_all(&line).await.map_err(failed)?;
    let mut reply = String::new();
    BufReader::new(reader).read_line(&mut reply).await.map_err(failed)?;
    serde_json::from_str(&reply).map(Some).map_err(|error| failed(error.into()))
}
