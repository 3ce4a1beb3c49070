//! Runs that whoever asks for the same meanwhile joins.
//!
//! A run goes on as long as anybody waits for it, whoever began it, and ends when nobody does.

use futures::{
    FutureExt,
    future::{BoxFuture, Shared, WeakShared},
};
use parking_lot::Mutex;
use rustc_hash::FxHashMap;
use std::{
    future::Future,
    hash::Hash,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// What all who joined wait for.
pub(super) type Run<T> = Shared<BoxFuture<'static, T>>;

/// A run under way. Holding it keeps nobody waiting.
struct Begun<T: Clone, N> {
    number: u64,
    run: WeakShared<BoxFuture<'static, T>>,
    note: N,
}

type Runs<K, T, N> = Arc<Mutex<FxHashMap<K, Begun<T, N>>>>;

/// Runs by what they are for; of each is noted what is needed to join it. Cheap to clone.
pub(super) struct UnderWay<K, T: Clone, N> {
    runs: Runs<K, T, N>,
}

impl<K, T: Clone, N> Clone for UnderWay<K, T, N> {
    fn clone(&self) -> Self {
        Self { runs: Arc::clone(&self.runs) }
    }
}

impl<K, T: Clone, N> Default for UnderWay<K, T, N> {
    fn default() -> Self {
        Self { runs: Arc::default() }
    }
}

/// Tells one run from another with the same key.
static NUMBERS: AtomicU64 = AtomicU64::new(0);

impl<K, T, N> UnderWay<K, T, N>
where
    K: Hash + Eq + Clone + Send + 'static,
    T: Clone + Send + Sync + 'static,
    N: Send + 'static,
{
    /// Joins the run of that key, or begins it; `true` where somebody else had begun it.
    pub(super) fn join_or_begin<F, E>(
        &self,
        key: K,
        join: impl FnOnce(&N) -> Result<(), E>,
        begin: impl FnOnce() -> Result<(N, F), E>,
    ) -> Result<(Run<T>, bool), E>
    where
        F: Future<Output = T> + Send + 'static,
    {
        let mut runs = self.runs.lock();
        if let Some((run, joined)) = runs.get(&key).and_then(|begun| Some((begun.run.upgrade()?, join(&begun.note)))) {
            // A run that is let go of here takes itself off the list, so the list is let go of first.
            drop(runs);
            joined?;
            return Ok((run, true));
        }
        let (note, work) = begin()?;
        let number = NUMBERS.fetch_add(1, Ordering::Relaxed);
        let listed = Listed { runs: Arc::clone(&self.runs), key: key.clone(), number };
        let run = async move {
            let _listed = listed;
            work.await
        };
        let run = run.boxed().shared();
        if let Some(weak) = run.downgrade() {
            runs.insert(key, Begun { number, run: weak, note });
        }
        Ok((run, false))
    }
}

/// Takes a run off the list, also where it was given up.
struct Listed<K: Hash + Eq, T: Clone, N> {
    runs: Runs<K, T, N>,
    key: K,
    number: u64,
}

impl<K: Hash + Eq, T: Clone, N> Drop for Listed<K, T, N> {
    fn drop(&mut self) {
        let mut runs = self.runs.lock();
        // Somebody may have begun anew meanwhile.
        if runs.get(&self.key).is_some_and(|run| run.number == self.number) {
            runs.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::oneshot;

    type Numbers = UnderWay<&'static str, u32, ()>;

    fn begun(under_way: &Numbers, key: &'static str) -> (Run<u32>, Option<oneshot::Sender<u32>>) {
        let (tell, told) = oneshot::channel();
        let work = async move { told.await.unwrap() };
        let (run, joined) = under_way.join_or_begin::<_, ()>(key, |()| Ok(()), || Ok(((), work))).unwrap();
        (run, (!joined).then_some(tell))
    }

    #[tokio::test]
    async fn who_asks_for_the_same_waits_for_one_run() {
        let under_way = Numbers::default();
        let (first, tell) = begun(&under_way, "a");
        let (second, none) = begun(&under_way, "a");
        let (_, other) = begun(&under_way, "b");
        assert!(none.is_none() && other.is_some());
        tell.unwrap().send(7).unwrap();
        assert_eq!((first.await, second.await), (7, 7));
        assert!(begun(&under_way, "a").1.is_some(), "it is over");
    }

    #[tokio::test]
    async fn a_run_that_nobody_waits_for_is_over() {
        let under_way = Numbers::default();
        let (run, tell) = begun(&under_way, "a");
        let refused = under_way.join_or_begin("a", |()| Err("no room"), || Ok(((), async { 0 })));
        assert_eq!(refused.err(), Some("no room"));
        drop(run);
        assert!(tell.unwrap().is_closed());
        assert!(begun(&under_way, "a").1.is_some(), "the next one begins anew");
    }
}
