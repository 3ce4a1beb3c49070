//! A person's own account, as its page shows it.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The number of a session; says nothing about its secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SessionId(pub i64);

/// A browser that is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OwnSession {
    pub id: SessionId,
    pub device: Device,
    /// The neighbourhood of its address: a /24 or a /48.
    pub network: String,
    pub began: Timestamp,
    /// To five minutes.
    pub last_seen: Timestamp,
    /// Whether it is the one that asks.
    pub is_current: bool,
}

/// What a browser says of itself, as far as its owner would know it by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Device {
    pub browser: Browser,
    pub system: System,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Browser {
    WeChat,
    Edge,
    Chrome,
    Firefox,
    Safari,
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum System {
    Windows,
    MacOs,
    Android,
    Ios,
    Linux,
    Other,
}

impl Device {
    /// Reads a `User-Agent`. Browsers call themselves by each other's names, so the rarer word goes first: WeChat and Edge say
    /// “Chrome”, and Chrome says “Safari”.
    pub fn of_agent(agent: &str) -> Self {
        let says = |words: &[&str]| words.iter().any(|word| agent.contains(word));
        let browser = if says(&["MicroMessenger"]) {
            Browser::WeChat
        } else if says(&["Edg/", "EdgA/", "EdgiOS/"]) {
            Browser::Edge
        } else if says(&["Firefox/", "FxiOS/"]) {
            Browser::Firefox
        } else if says(&["Chrome/", "CriOS/", "Chromium/"]) {
            Browser::Chrome
        } else if says(&["Safari/"]) {
            Browser::Safari
        } else {
            Browser::Other
        };
        let system = if says(&["Windows"]) {
            System::Windows
        } else if says(&["iPhone", "iPad"]) {
            System::Ios
        } else if says(&["Android"]) {
            System::Android
        } else if says(&["Mac OS X", "Macintosh"]) {
            System::MacOs
        } else if says(&["Linux", "X11"]) {
            System::Linux
        } else {
            System::Other
        };
        Self { browser, system }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_known_by_the_rarer_word() {
        let told = |agent: &str| {
            let Device { browser, system } = Device::of_agent(agent);
            (browser, system)
        };
        for (agent, device) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
                (Browser::Edge, System::Windows),
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.50",
                (Browser::WeChat, System::Android),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1",
                (Browser::Safari, System::Ios),
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36",
                (Browser::Chrome, System::MacOs),
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
                (Browser::Firefox, System::Linux),
            ),
            ("", (Browser::Other, System::Other)),
        ] {
            assert_eq!(told(agent), device, "{agent}");
        }
    }
}
