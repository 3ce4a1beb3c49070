//! Runs other programs and shows what they say.

use crate::progress::Step;
use anyhow::{Context, Result, bail};
use std::{
    io::{BufRead, BufReader, Read},
    process::{Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
};

/// What a program said, line by line, and how it ended.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) status: ExitStatus,
    pub(crate) lines: Vec<String>,
}

/// Whether people see all that a program says, or only what it is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speech {
    /// The newest line beside the spinner; everything only when it fails.
    Newest,
    /// Every line.
    All,
}

/// Runs a program to its end.
pub(crate) fn run(step: &Step, mut command: Command, speech: Speech) -> Result<Finished> {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("`{name}` could not be started: is it installed and on the PATH?"))?;
    let (sender, receiver) = mpsc::channel();
    let readers = [
        child.stdout.take().map(|output| read_lines(output, sender.clone())),
        child.stderr.take().map(|output| read_lines(output, sender)),
    ];
    let mut lines = Vec::new();
    for line in receiver {
        match speech {
            Speech::Newest => step.note(line.trim()),
            Speech::All => step.print(&line),
        }
        lines.push(line);
    }
    for reader in readers.into_iter().flatten() {
        // A reader only ends; what it read has arrived already.
        drop(reader.join());
    }
    let status = child.wait().with_context(|| format!("`{name}` could not be waited for"))?;
    Ok(Finished { status, lines })
}

fn read_lines(output: impl Read + Send + 'static, sender: mpsc::Sender<String>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            if sender.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                break;
            }
        }
    })
}

/// Runs a program that must succeed; what it said is printed when it does not.
pub(crate) fn must(step: &Step, command: Command) -> Result<Vec<String>> {
    let what = describe(&command);
    let finished = run(step, command, Speech::Newest)?;
    if finished.status.success() {
        return Ok(finished.lines);
    }
    for line in &finished.lines {
        step.print(line);
    }
    bail!("`{what}` failed ({})", finished.status)
}

fn describe(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|argument| argument.to_string_lossy().into_owned()));
    words.join(" ")
}
