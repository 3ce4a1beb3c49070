//! What a person sees when the server starts: on standard output, apart from the log.

use crate::{
    config::ServeOptions,
    demo::{DemoUser, Progress},
};
use engine::access::FirstAdmin;
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    io::{IsTerminal, stderr},
    net::SocketAddr,
    sync::Mutex,
};

pub(super) fn ready(options: &ServeOptions, address: SocketAddr) {
    let typed = options.public_url.as_ref().map_or_else(|| format!("http://{address}"), ToString::to_string);
    println!("\n  灵动 Lingdong is ready:  {typed}\n");
    tracing::info!(%address, "listening");
}

pub(super) fn first_admin(admin: &FirstAdmin) {
    println!("\n  First sign-in, shown only now:");
    println!("    {}   {}", admin.email, admin.password);
}

pub(super) fn demo_accounts(accounts: &[DemoUser]) {
    println!("\n  Demo sign-ins:");
    let width = accounts.iter().map(|account| account.email.len()).max().unwrap_or(0);
    for account in accounts {
        println!("    {:width$}   {}   ({})", account.email, account.password, account.role.name());
    }
}

/// How far the demo's data is: a bar on a terminal, a line per tenth elsewhere.
pub(super) struct FillDisplay {
    bar: Option<ProgressBar>,
    told: Mutex<Option<(&'static str, u64)>>,
}

impl FillDisplay {
    pub(super) fn new() -> Self {
        let bar = stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(0);
            if let Ok(style) = ProgressStyle::with_template("  {prefix} [{bar:30.cyan}] {percent} %  {elapsed}") {
                bar.set_style(style);
            }
            bar
        });
        Self { bar, told: Mutex::new(None) }
    }

    pub(super) fn show(&self, progress: &Progress) {
        if let Some(bar) = &self.bar {
            bar.set_prefix(progress.label);
            bar.set_length(progress.total);
            bar.set_position(progress.done);
            if progress.done >= progress.total {
                bar.finish();
            }
            return;
        }
        let tenth = progress.done * 10 / progress.total.max(1);
        let now = Some((progress.label, tenth));
        let mut told = self.told.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if *told != now {
            *told = now;
            eprintln!("  {}: {} %", progress.label, tenth * 10);
        }
    }
}
