//! `lingdong serve`.

mod signals;
mod welcome;

use crate::{
    config::ServeOptions,
    control::ControlListener,
    demo,
    http::{AppState, Site, router},
    listen,
    stop::Stop,
    stores::{DataFolderLock, Stores},
    telemetry,
};
use engine::{
    clock::SystemClock,
    collect::{Retention, keep_house, keep_scripts_out},
};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Runs until a signal ends it; then everything under way finishes and everything is closed, in order.
pub(super) async fn run(options: ServeOptions) -> Result<(), Stop> {
    telemetry::start(&options.log, options.log_format);
    let stopping = signals::watch();
    listen::raise_file_limit();
    // What can be wrong with the command line or the machine is found before anything is opened.
    let site = Site::open(&site_dir(&options)?)?;
    let listener = listen::bind(options.listen, "--listen").await?;
    let address = listener.local_addr().map_err(|source| Stop::Address {
        address: options.listen,
        option: "--listen",
        source,
    })?;
    let metrics_listener = match options.metrics_listen {
        Some(address) => Some(listen::bind(address, "--metrics-listen").await?),
        None => None,
    };
    let lock = DataFolderLock::take(&options.stores.data_dir)?;
    let control = ControlListener::bind(lock.folder())?;
    let stores = Arc::new(Stores::open(&options.stores, lock, Arc::new(SystemClock)).await?);

    let tasks = TaskTracker::new();
    let prepared = prepare(&options, &stores, &stopping).await;
    if let Ok(Some(demo)) = prepared {
        let state = AppState::new(
            stores.clone(),
            site,
            options.public_url.clone(),
            options.trusted_proxy.clone(),
            stopping.clone(),
        );
        tasks.spawn(listen::serve(listener, router(state.clone()), stopping.clone()));
        if let Some(listener) = metrics_listener {
            tasks.spawn(listen::serve(listener, telemetry::router(state.clone()), stopping.clone()));
        }
        drop(state);
        tasks.spawn(control.serve(stores.clone(), stopping.clone()));
        tasks.spawn(stores.engine.boards.clone().keep_schedule(stores.engine.access.clone(), stopping.clone()));
        let retention = Retention { events: options.keep_events_days, facts: options.keep_facts_days };
        tasks.spawn(keep_house(stores.store.clone(), stores.engine.clock.clone(), retention, stopping.clone()));
        tasks.spawn(keep_scripts_out(stores.store.clone(), stores.engine.clock.clone(), stopping.clone()));
        start_trickle(&tasks, demo, address, &stopping);
        welcome::ready(&options, address);
        stopping.cancelled().await;
        tracing::info!("stopping: requests under way finish first");
        tasks.close();
        tasks.wait().await;
        stores.close().await
    } else {
        let closed = stores.close().await;
        prepared.map(|_| ()).and(closed)
    }
}

/// What the demo goes on with once the server listens.
type Trickle = Option<demo::Trickle>;

/// The first sign-in and the demo's data; `None` where a signal came meanwhile.
async fn prepare(
    options: &ServeOptions,
    stores: &Stores,
    stopping: &CancellationToken,
) -> Result<Option<Trickle>, Stop> {
    if !options.demo {
        if let Some(admin) = stores.engine.access.ensure_first_admin().await? {
            welcome::first_admin(&admin);
        }
        return Ok(Some(None));
    }
    // The demo brings an administrator of its own.
    let display = welcome::FillDisplay::new();
    let filling = demo::fill(&stores.engine, &stores.store, &stores.data_dir, move |progress| display.show(&progress));
    tokio::select! {
        () = stopping.cancelled() => Ok(None),
        filled = filling => {
            let filled = filled.map_err(|error| Stop::Demo(error.into()))?;
            welcome::demo_accounts(&filled.accounts);
            Ok(Some(Some(filled.trickle)))
        }
    }
}

fn start_trickle(tasks: &TaskTracker, trickle: Trickle, address: SocketAddr, stopping: &CancellationToken) {
    if let Some(trickle) = trickle {
        let stop = stopping.clone();
        tasks.spawn(async move { trickle.run(address, stop).await });
    }
}

/// Beside the program: `target/debug/lingdong` finds `target/site`.
fn site_dir(options: &ServeOptions) -> Result<PathBuf, Stop> {
    if let Some(folder) = &options.site_dir {
        return Ok(folder.clone());
    }
    let program = std::env::current_exe().map_err(|error| Stop::Input {
        what: format!("the program's own folder is unknown: {error}: name --site-dir"),
    })?;
    let folder = program.parent().and_then(Path::parent).unwrap_or(Path::new(".")).join("site");
    Ok(folder)
}
