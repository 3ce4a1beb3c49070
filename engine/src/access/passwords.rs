//! Passwords: which are taken, and how they are hashed off the async threads.

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version, password_hash::phc::PasswordHash,
};
use model::problem::{Problem, ProblemCode};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread::available_parallelism,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// OWASP's least for Argon2id: 19 MiB, two passes, one lane; about 40 ms.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Sign-ins that may wait for a processor; beyond them the server says so at once.
const MOST_WAITING: usize = 200;

const SHORTEST_CHARS: usize = 8;
const LONGEST_CHARS: usize = 128;
/// The passwords that every guesser tries first, of those long enough to be taken otherwise.
const COMMON: &str = include_str!("common_passwords.txt");

/// What a password turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Wrong,
    Right,
    /// Right, but hashed more cheaply than is done today.
    RightButCheap,
}

#[derive(Debug)]
pub(super) struct Passwords {
    /// One for each processor: a hash takes 19 MiB, and a thousand at once would take the machine.
    permits: Arc<Semaphore>,
    waiting: AtomicUsize,
    /// Stands in where there is no such account, so that both take the same time.
    decoy: String,
}

impl Passwords {
    pub(super) async fn open() -> Result<Self, Problem> {
        let processors = available_parallelism().map_or(1, usize::from);
        let permits = Arc::new(Semaphore::new(processors));
        let waiting = AtomicUsize::new(0);
        let passwords = Self { permits, waiting, decoy: String::new() };
        let decoy = passwords.hash(generate()).await?;
        Ok(Self { decoy, ..passwords })
    }

    /// A PHC string with a salt of its own.
    pub(super) async fn hash(&self, password: String) -> Result<String, Problem> {
        self.off_thread(move || {
            hasher()?.hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(failure)
        })
        .await
    }

    /// Takes equally long whether there is a `stored` hash or not.
    pub(super) async fn verify(&self, password: String, stored: Option<String>) -> Result<Verdict, Problem> {
        let exists = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.decoy.clone());
        let verdict = self.off_thread(move || verdict(&password, &stored)).await?;
        Ok(if exists { verdict } else { Verdict::Wrong })
    }

    async fn off_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let permit = self.permit().await?;
        let done = tokio::task::spawn_blocking(move || {
            // The permit goes with the work: a caller that hangs up does not make room for a further hash.
            let _permit = permit;
            work()
        });
        done.await.map_err(failure)?
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, Problem> {
        if self.waiting.fetch_add(1, Ordering::SeqCst) >= MOST_WAITING {
            self.waiting.fetch_sub(1, Ordering::SeqCst);
            return Err(Problem::new(ProblemCode::Overloaded, "too many people are signing in at once; try again"));
        }
        let _place = Place(&self.waiting);
        Arc::clone(&self.permits).acquire_owned().await.map_err(failure)
    }
}

/// A place in the queue, given up also by a caller that hangs up.
struct Place<'a>(&'a AtomicUsize);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Refuses a password that would not protect anything: too short, too long to be typed, or everybody's.
pub(super) fn check(password: &str, email: &str) -> Result<(), Problem> {
    let refusal = |rule: &str, detail: String| {
        Problem::new(ProblemCode::MalformedRequest, detail).with("field", "password").with("rule", rule)
    };
    let chars = password.chars().count();
    if chars < SHORTEST_CHARS {
        return Err(refusal(
            "short",
            format!("the password has {chars} characters: at least {SHORTEST_CHARS} are needed"),
        ));
    }
    if chars > LONGEST_CHARS {
        return Err(refusal("long", format!("the password has {chars} characters: at most {LONGEST_CHARS} are taken")));
    }
    let lower = password.to_lowercase();
    let name = email.split('@').next().unwrap_or_default();
    if COMMON.lines().any(|common| common == lower) || lower == email || lower == name {
        return Err(refusal("common", "the password is among the first that are guessed: choose another".to_owned()));
    }
    Ok(())
}

/// A password of 100 random bits that can be read out: no `l`, no `o`, no `0`, no `1`.
pub(super) fn generate() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let random: [u8; 20] = rand::random();
    let letters = random.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
    let mut password = String::new();
    for (index, letter) in letters.enumerate() {
        if index > 0 && index % 5 == 0 {
            password.push('-');
        }
        password.push(letter);
    }
    password
}

fn hasher() -> Result<Argon2<'static>, Problem> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(failure)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn verdict(password: &str, stored: &str) -> Result<Verdict, Problem> {
    let stored = PasswordHash::new(stored).map_err(failure)?;
    // Nobody's password is longer: it would not have been taken.
    let fits = password.chars().count() <= LONGEST_CHARS;
    let tried = if fits { password } else { "" };
    let right = hasher()?.verify_password(tried.as_bytes(), &stored).is_ok() && fits;
    let params = Params::try_from(&stored).map_err(failure)?;
    let cheap = params.m_cost() < MEMORY_KIB || params.t_cost() < PASSES;
    Ok(match (right, cheap) {
        (false, _) => Verdict::Wrong,
        (true, false) => Verdict::Right,
        (true, true) => Verdict::RightButCheap,
    })
}

fn failure(error: impl std::fmt::Display) -> Problem {
    tracing::error!(%error, "a password could not be hashed");
    Problem::new(ProblemCode::Internal, "the password could not be checked; the log has the reason")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_are_about_guessing_only() {
        let rule =
            |password: &str| check(password, "li.na@example.com").err().and_then(|p| p.parameters.get("rule").cloned());
        assert_eq!(rule("seven77").as_deref(), Some("short"));
        assert_eq!(rule("八个汉字也算可以"), None);
        assert_eq!(rule("no capitals no digits"), None);
        assert_eq!(rule(&"x".repeat(128)), None);
        assert_eq!(rule(&"x".repeat(129)).as_deref(), Some("long"));
        assert_eq!(rule("Password1").as_deref(), Some("common"));
        assert_eq!(rule("li.na@example.com").as_deref(), Some("common"));
    }

    #[test]
    fn the_common_ones_are_written_as_they_are_compared() {
        for line in COMMON.lines() {
            assert!(line.chars().count() >= SHORTEST_CHARS && line == line.to_lowercase(), "{line}");
        }
    }

    #[test]
    fn generated_passwords_are_taken_and_differ() {
        let (one, other) = (generate(), generate());
        assert_eq!(one.len(), 23);
        assert_ne!(one, other);
        assert_eq!(check(&one, "a@b"), Ok(()));
    }

    #[tokio::test]
    async fn hashes_are_as_dear_as_promised() {
        let passwords = Passwords::open().await.unwrap();
        let hash = passwords.hash("correct horse".to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        let verify = |password: &str, stored: &str| passwords.verify(password.to_owned(), Some(stored.to_owned()));
        assert_eq!(verify("correct horse", &hash).await, Ok(Verdict::Right));
        assert_eq!(verify("correct horsf", &hash).await, Ok(Verdict::Wrong));
        assert_eq!(passwords.verify("correct horse".to_owned(), None).await, Ok(Verdict::Wrong));
    }

    #[tokio::test]
    async fn a_cheaper_hash_is_known() {
        let passwords = Passwords::open().await.unwrap();
        let params = Params::new(8 * 1024, 1, 1, None).unwrap();
        let cheap = Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password(b"correct horse").unwrap();
        let verdict = passwords.verify("correct horse".to_owned(), Some(cheap.to_string())).await;
        assert_eq!(verdict, Ok(Verdict::RightButCheap));
    }
}
