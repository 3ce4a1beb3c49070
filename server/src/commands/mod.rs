//! What each command does.

mod board;
mod migrate_events;
mod query;
mod rebuild_facts;
mod report;
mod serve;

use crate::{
    config::{Arguments, Command, DropOptions, ImportCommand, SourceCommand, StoreOptions, TokenCommand, UserCommand},
    control::{self, Order},
    stop::Stop,
    stores::{self, DataFolderLock},
};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Does what the command line says. Success is 0, but for commands that look for something and found it.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Stop> {
    let done = match arguments.command {
        Command::Board(command) => return board::run(command).await,
        Command::RebuildFacts(options) => return rebuild_facts::run(&options).await,
        Command::Serve(options) => serve::run(*options).await,
        Command::Migrate(stores) => migrate(&stores).await,
        Command::MigrateEvents(stores) => migrate_events::run(&stores).await,
        Command::User(command) => match command {
            UserCommand::Add { email, stores, name, role } => {
                let name = name.unwrap_or_else(|| email.clone());
                order(&stores, Order::AddUser { email, name, role }).await
            }
            UserCommand::Grant { email, stores, domains, regions } => {
                order(&stores, Order::Grant { email, domains: domains.0, regions: regions.0 }).await
            }
            UserCommand::DefineMetrics { email, stores, no_longer } => {
                order(&stores, Order::DefineMetrics { email, may: !no_longer }).await
            }
            UserCommand::List { stores } => order(&stores, Order::ListUsers).await,
        },
        Command::Source(SourceCommand::Create { name, stores, province }) => {
            order(&stores, Order::CreateSource { name, province }).await
        }
        Command::Token(TokenCommand::Create { email, stores }) => order(&stores, Order::CreateToken { email }).await,
        Command::Import(command) => match command {
            ImportCommand::Epg { file, stores } => order(&stores, Order::ImportEpg { file: absolute(&file)? }).await,
            ImportCommand::Events { file, stores, write_key } => {
                let file = absolute(&file)?;
                order(&stores, Order::ImportEvents { file, write_key: write_key.reveal().to_owned() }).await
            }
        },
        Command::DropDay(DropOptions { stores, before, events_only, yes }) => {
            order(&stores, Order::DropDays { before, events_only, confirmed: yes }).await
        }
        Command::Query(options) => query::run(&options),
        Command::Doctor(stores) => order(&stores, Order::Doctor).await,
    };
    done.map(|()| ExitCode::SUCCESS)
}

async fn order(stores: &StoreOptions, order: Order) -> Result<(), Stop> {
    report::print(control::ask(stores, order).await?)
}

async fn migrate(options: &StoreOptions) -> Result<(), Stop> {
    let lock = DataFolderLock::take(&options.data_dir)?;
    let (databases, cluster) = stores::open_databases(options, lock.folder()).await?;
    databases.application.close().await;
    if let Some(cluster) = cluster {
        cluster.stop().await.map_err(|error| Stop::PostgreSql(error.into()))?;
    }
    println!("the database has the newest schema");
    Ok(())
}

fn absolute(file: &Path) -> Result<PathBuf, Stop> {
    file.canonicalize().map_err(|source| Stop::File { path: file.to_path_buf(), source })
}
