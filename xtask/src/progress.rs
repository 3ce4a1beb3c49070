//! What is being done, and for how long: a spinner on a terminal, plain lines elsewhere.

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use std::{
    cell::Cell,
    io::IsTerminal,
    time::{Duration, Instant},
};

/// How often a long step says something where there is no terminal.
const PLAIN_INTERVAL: Duration = Duration::from_secs(30);

/// Shows the steps of a task, each under the one that began before it.
#[derive(Debug)]
pub(crate) struct Progress {
    terminal: Option<MultiProgress>,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self { terminal: std::io::stderr().is_terminal().then(MultiProgress::new) }
    }

    /// Begins a step.
    pub(crate) fn step(&self, name: &str) -> Step {
        let bar = self.terminal.as_ref().map(|terminal| {
            let bar = terminal.add(ProgressBar::new_spinner());
            if let Ok(style) = ProgressStyle::with_template("{spinner:.cyan} {prefix:.bold}  {wide_msg:.dim} {elapsed}")
            {
                bar.set_style(style);
            }
            bar.set_prefix(name.to_owned());
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        if bar.is_none() {
            eprintln!("… {name}");
        }
        Step { name: name.to_owned(), bar, began: Instant::now(), spoke: Cell::new(Instant::now()) }
    }

    /// A line between steps.
    pub(crate) fn say(&self, line: &str) {
        match &self.terminal {
            // A line that can't be shown on a terminal that is gone is no reason to stop.
            Some(terminal) => drop(terminal.println(line)),
            None => eprintln!("{line}"),
        }
    }
}

/// A step that is under way.
#[derive(Debug)]
pub(crate) struct Step {
    name: String,
    bar: Option<ProgressBar>,
    began: Instant,
    spoke: Cell<Instant>,
}

impl Step {
    /// What it is at just now.
    pub(crate) fn note(&self, message: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(message.to_owned());
        } else if self.spoke.get().elapsed() >= PLAIN_INTERVAL {
            self.spoke.set(Instant::now());
            eprintln!("  {} ({} s): {message}", self.name, self.began.elapsed().as_secs());
        }
    }

    /// A line of output that people should see now.
    pub(crate) fn print(&self, line: &str) {
        match &self.bar {
            Some(bar) => bar.println(line),
            None => eprintln!("{line}"),
        }
    }

    pub(crate) fn done(self, summary: &str) {
        self.finish('✔', summary);
    }

    pub(crate) fn failed(self, summary: &str) {
        self.finish('✘', summary);
    }

    fn finish(self, sign: char, summary: &str) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        let seconds = self.began.elapsed().as_secs_f64();
        let blank = if summary.is_empty() { "" } else { ": " };
        eprintln!("{sign} {}{blank}{summary} ({seconds:.1} s)", self.name);
    }
}
