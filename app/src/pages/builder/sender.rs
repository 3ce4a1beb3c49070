//! What carries the edits to the server, one after another, and goes on when the network comes back.

use super::{
    kept_edits::KeptEdits,
    queue::{EditQueue, Step},
    remedy::{Remedy, remedy},
};
use crate::{
    error::AppError,
    i18n::{error_words, text},
    server_functions::{edit_board, open_draft, redo_board, undo_board},
};
use components::controls::{ToastKind, Toasts};
use leptos::{prelude::*, task::spawn_local};
use model::{
    board::{BoardId, Draft, Operation},
    formatting::Locale,
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

/// The longest pause between two tries to reach the server again.
const LONGEST_PAUSE_SECONDS: u64 = 15;

/// Whether edits get through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Connection {
    Online,
    /// Edits wait here and are sent when the server is reached again.
    Offline,
    /// The server fails over an edit; all wait here, and are sent when the editor asks for another try at the latest.
    Failing,
    /// The session has ended; edits wait until the editor has signed in again, in another tab.
    SignedOut,
}

/// Two people edited the same thing; this editor decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Conflict {
    pub mine: Operation,
    /// Who edited it meanwhile, where the server tells.
    pub who: Option<String>,
}

/// What sends the edits. It outlives the page: leaving the builder does not lose what still waits.
#[derive(Clone)]
pub(crate) struct Sender {
    pub(crate) id: BoardId,
    pub(crate) queue: ArcRwSignal<EditQueue>,
    pub(crate) connection: ArcRwSignal<Connection>,
    pub(crate) conflict: ArcRwSignal<Option<Conflict>>,
    is_sending: Arc<AtomicBool>,
    failures: Arc<AtomicU32>,
    kept: Arc<KeptEdits>,
    toasts: Option<Toasts>,
    locale: Signal<Locale>,
}

impl Sender {
    /// For a draft that was just opened, by whoever has this address.
    pub(crate) fn new(draft: Draft, email: &str, locale: Signal<Locale>) -> Self {
        Self {
            id: draft.id,
            kept: Arc::new(KeptEdits::of(draft.id, email)),
            queue: ArcRwSignal::new(EditQueue::new(draft)),
            connection: ArcRwSignal::new(Connection::Online),
            conflict: ArcRwSignal::new(None),
            is_sending: Arc::default(),
            failures: Arc::default(),
            toasts: use_context::<Toasts>(),
            locale,
        }
    }

    /// Changes what waits; the browser keeps it as it is then.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut EditQueue) -> T) -> Option<T> {
        let outcome = self.queue.try_update(change);
        self.queue.with_untracked(|queue| self.kept.keep(queue.waiting()));
        outcome
    }

    /// Goes on with what a tab that died has left.
    pub(crate) fn restore(&self) {
        let steps = self.kept.take_over();
        let count = steps.len();
        if count > 0 {
            self.change(|queue| queue.restore(steps));
            self.say(ToastKind::Notice, |locale| text!(locale, builder.restored, count = count));
            self.send();
        }
    }

    /// Sends what waits, if nothing is on its way already.
    pub(crate) fn send(&self) {
        let has_work = self.queue.with_untracked(|queue| !queue.is_empty());
        let may_send = has_work && self.conflict.with_untracked(Option::is_none);
        if may_send && !self.is_sending.swap(true, Ordering::SeqCst) {
            let sender = self.clone();
            spawn_local(async move {
                while let Some(step) = sender.next() {
                    if !sender.deliver(step).await {
                        break;
                    }
                }
                sender.is_sending.store(false, Ordering::SeqCst);
            });
        }
    }

    fn next(&self) -> Option<Step> {
        if self.conflict.with_untracked(Option::is_some) {
            return None;
        }
        self.queue.with_untracked(EditQueue::next)
    }

    /// Sends one step; whether the next one may follow at once.
    async fn deliver(&self, step: Step) -> bool {
        let answer = match &step {
            Step::Edit(edit) => edit_board(self.id, edit.clone()).await,
            Step::Undo(id) => undo_board(self.id, *id).await,
            Step::Redo(id) => redo_board(self.id, *id).await,
        };
        match answer {
            Ok(draft) => {
                self.failures.store(0, Ordering::SeqCst);
                self.connection.set(Connection::Online);
                let clash = self.change(|queue| queue.accepted(draft)).flatten();
                if let Some(clash) = clash {
                    self.conflict.set(Some(Conflict { mine: clash.mine, who: None }));
                }
                true
            }
            Err(error) => self.failed(step, error).await,
        }
    }

    async fn failed(&self, step: Step, error: AppError) -> bool {
        match remedy(&step, &error, self.failures.load(Ordering::SeqCst)) {
            Remedy::SendAgain => {
                self.connection.set(Connection::Offline);
                self.try_again_later();
                false
            }
            Remedy::SendAgainUnsaved => {
                self.connection.set(Connection::Failing);
                self.try_again_later();
                false
            }
            Remedy::WaitForEditor => {
                self.connection.set(Connection::Failing);
                self.tell(&error);
                false
            }
            Remedy::WaitForSignIn => {
                self.connection.set(Connection::SignedOut);
                false
            }
            Remedy::AskWhichStays { who } => {
                self.refresh().await;
                if let Step::Edit(edit) = step {
                    self.conflict.set(Some(Conflict { mine: edit.operation, who }));
                }
                false
            }
            Remedy::TellItStays => {
                self.change(EditQueue::drop_first);
                self.say(ToastKind::Error, |locale| text!(locale, conflict.stays).to_owned());
                self.refresh().await;
                true
            }
            Remedy::GiveUp => {
                self.change(EditQueue::drop_first);
                self.tell(&error);
                self.refresh().await;
                true
            }
        }
    }

    /// Reads the draft anew.
    pub(crate) async fn refresh(&self) {
        // Unreached, the next answer brings the draft.
        if let Ok(draft) = open_draft(self.id).await {
            self.connection.set(Connection::Online);
            self.change(|queue| queue.refreshed(draft));
        }
    }

    fn try_again_later(&self) {
        let failures = self.failures.fetch_add(1, Ordering::SeqCst).min(4);
        let pause = Duration::from_secs((1 << failures).min(LONGEST_PAUSE_SECONDS));
        let sender = self.clone();
        set_timeout(
            move || {
                if sender.queue.with_untracked(EditQueue::is_empty) {
                    spawn_local(async move { sender.refresh().await });
                } else {
                    sender.send();
                }
            },
            pause,
        );
    }

    /// Says what is wrong.
    pub(crate) fn tell(&self, error: &AppError) {
        self.say(ToastKind::Error, |locale| {
            let words = error_words(error, locale);
            format!("{} {}", words.title, words.advice)
        });
    }

    fn say(&self, kind: ToastKind, words: impl FnOnce(Locale) -> String) {
        // The page may be gone meanwhile; then nobody is left to be told.
        let locale = self.locale.try_get_untracked().unwrap_or_default();
        if let Some(toasts) = self.toasts {
            toasts.show(kind, words(locale));
        }
    }
}
