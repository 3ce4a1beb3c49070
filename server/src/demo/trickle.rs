//! The simulated present: what happens now is sent to the collector over HTTP, as any other client would.

use super::{guide::Guided, state::DemoState};
use engine::{
    clock::SharedClock,
    simulation::{LiveFeed, World, native_lines},
};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;
use ureq::Agent;

const EVERY: Duration = Duration::from_secs(1);
/// At most so many events in one request, and so long between two of them: 2,000 a second when there is much to tell.
const AT_ONCE: usize = 500;
const BETWEEN_REQUESTS: Duration = Duration::from_millis(250);
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Sends what the simulated households do, second by second.
pub struct Trickle {
    feed: LiveFeed,
    guided: Guided,
    world: Arc<World>,
    clock: SharedClock,
    state: DemoState,
}

/// How one request came out.
enum Sent {
    Taken,
    /// The collector can't take it now.
    Later(String),
    /// The collector will never take it.
    Refused(String),
}

/// Whether to go on.
#[derive(PartialEq, Eq)]
enum Next {
    GoOn,
    Stop,
}

impl Trickle {
    pub(super) fn new(world: Arc<World>, guided: Guided, clock: SharedClock, state: DemoState) -> Self {
        let feed = LiveFeed::from(Arc::clone(&world), state.told_until);
        Self { feed, guided, world, clock, state }
    }

    /// Runs until `stop`, sending to the server at that address.
    pub async fn run(mut self, address: SocketAddr, stop: CancellationToken) {
        let agent: Agent =
            Agent::config_builder().timeout_global(Some(REQUEST_TIMEOUT)).http_status_as_error(false).build().into();
        let url = format!("http://{address}/api/v1/events");
        loop {
            if self.tell(&agent, &url, &stop).await == Next::Stop || paused(EVERY, &stop).await == Next::Stop {
                return;
            }
        }
    }

    /// Sends everything that has happened since the last time.
    async fn tell(&mut self, agent: &Agent, url: &str, stop: &CancellationToken) -> Next {
        let now = self.clock.now();
        match self.guided.ensure(self.state.guide_until, &self.world, now, &|_| {}).await {
            Ok(until) => self.state.guide_until = until,
            Err(error) => tracing::warn!(%error, "the demo's programme list could not be continued"),
        }
        let lines = native_lines(&self.feed.until(now));
        // Noted first: what is sent twice would count once, but what is loaded as history later is not looked up.
        self.state.told_until = self.feed.looked_until();
        if let Err(error) = self.state.save() {
            tracing::warn!(%error, "how far the demo has come could not be noted");
        }
        for batch in lines.chunks(AT_ONCE) {
            if self.deliver(agent, url, batch, stop).await == Next::Stop {
                return Next::Stop;
            }
            let more = batch.len() == AT_ONCE;
            if more && paused(BETWEEN_REQUESTS, stop).await == Next::Stop {
                return Next::Stop;
            }
        }
        Next::GoOn
    }

    /// Sends one batch until it is taken. The same events twice count once, so trying again is safe.
    async fn deliver(&self, agent: &Agent, url: &str, batch: &[String], stop: &CancellationToken) -> Next {
        let body = batch.join("\n");
        let mut pause = FIRST_PAUSE;
        loop {
            match self.post(agent, url, body.clone()).await {
                Sent::Taken => return Next::GoOn,
                Sent::Refused(why) => {
                    tracing::error!(why, "the collector refuses the demo's events; the simulated present stands still");
                    return Next::Stop;
                }
                Sent::Later(why) => tracing::debug!(why, "the demo's events are sent again in a moment"),
            }
            if paused(pause, stop).await == Next::Stop {
                return Next::Stop;
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    async fn post(&self, agent: &Agent, url: &str, body: String) -> Sent {
        let request = agent
            .post(url)
            .header("content-type", "application/x-ndjson")
            .header("authorization", format!("Bearer {}", self.state.write_key));
        let answer = tokio::task::spawn_blocking(move || request.send(body)).await;
        match answer {
            Ok(Ok(answer)) if answer.status().is_success() => Sent::Taken,
            Ok(Ok(answer)) if answer.status().is_client_error() && answer.status() != 429 && answer.status() != 408 => {
                Sent::Refused(answer.status().to_string())
            }
            Ok(Ok(answer)) => Sent::Later(answer.status().to_string()),
            Ok(Err(error)) => Sent::Later(error.to_string()),
            Err(error) => Sent::Later(error.to_string()),
        }
    }
}

async fn paused(pause: Duration, stop: &CancellationToken) -> Next {
    tokio::select! {
        () = tokio::time::sleep(pause) => Next::GoOn,
        () = stop.cancelled() => Next::Stop,
    }
}
