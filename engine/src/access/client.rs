//! From where somebody comes.

use super::network::Network;
use std::net::IpAddr;

/// A `User-Agent` that is longer says nothing more.
const LONGEST_AGENT: usize = 400;

/// The browser of somebody who signs in.
#[derive(Debug, Clone)]
pub struct Client {
    address: IpAddr,
    agent: String,
}

impl Client {
    /// `agent` is what the browser says of itself.
    pub fn new(address: IpAddr, agent: &str) -> Self {
        Self { address, agent: agent.chars().filter(|letter| !letter.is_control()).take(LONGEST_AGENT).collect() }
    }

    pub(super) fn network(&self) -> Network {
        Network::of(self.address)
    }

    pub(super) fn agent(&self) -> &str {
        &self.agent
    }
}

/// One that says nothing of itself.
impl From<IpAddr> for Client {
    fn from(address: IpAddr) -> Self {
        Self::new(address, "")
    }
}
