//! `lingdong migrate-events`: the events there are, copied to ClickHouse and compared.

use crate::{
    config::StoreOptions,
    stop::Stop,
    stores::{self, DataFolderLock},
};
use engine::events::CopyProgress;
use indicatif::{ProgressBar, ProgressStyle};

/// Nothing else has the data folder meanwhile. A copy that was interrupted goes on where it was.
pub(super) async fn run(options: &StoreOptions) -> Result<(), Stop> {
    let missing = || {
        let what = "say where ClickHouse is: --clickhouse-url http://USER:PASSWORD@HOST:8123/DATABASE";
        Stop::Input { what: what.to_owned() }
    };
    // Before anything is opened.
    options.clickhouse_url.as_ref().ok_or_else(missing)?;
    let lock = DataFolderLock::take(&options.data_dir)?;
    let (store, clickhouse) = stores::open_events_alone(options, lock.folder()).await?;
    let clickhouse = clickhouse.ok_or_else(missing)?;
    let bar = bar();
    let copied = clickhouse.take_history(&store, |progress| show(&bar, &progress)).await;
    bar.finish_and_clear();
    let closed = store.close().await;
    let copied = copied.and_then(|copied| closed.map(|()| copied)).map_err(|error| Stop::EventStore(error.into()))?;
    let days = copied.slices * 30;
    println!(
        "{} rows are in ClickHouse, alike day by day; about {days} days of tables were copied just now",
        copied.rows
    );
    Ok(())
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) =
        ProgressStyle::with_template("  {prefix:22} [{bar:30.cyan}] {human_pos} of {human_len} rows  {elapsed}")
    {
        bar.set_style(style);
    }
    bar
}

fn show(bar: &ProgressBar, progress: &CopyProgress) {
    bar.set_prefix(progress.table);
    bar.set_length(progress.of);
    bar.set_position(progress.rows);
}
