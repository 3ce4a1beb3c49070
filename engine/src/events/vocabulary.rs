//! The closed word lists of an event's columns.

use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Declares an enum that is written as fixed words, in JSON and in the store alike.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident, $what:literal { $($(#[$doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// How it is written.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                match text {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(UnknownWord { what: $what, given: text.chars().take(40).collect(), known: [$($word),*].join(", ") }),
                }
            }
        }
    };
}

/// A word that its list does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{given}” is no {what}: expected one of {known}")]
pub struct UnknownWord {
    what: &'static str,
    given: String,
    known: String,
}

words! {
    /// What a play session does from this event on. What lies between two states is time in the first one.
    PlayState, "play state" {
        /// Asked for: the viewer wants it, nothing is shown yet.
        Asked = "s",
        Playing = "p",
        Stalled = "r",
        Paused = "a",
        Seeking = "k",
        /// Over, because the content ended.
        Ended = "e",
        /// Over, because the viewer left.
        Quit = "q",
        /// Over, because of an error.
        Failed = "f",
    }
}

impl PlayState {
    /// Whether the session is over with it.
    pub const fn is_last(self) -> bool {
        match self {
            Self::Asked | Self::Playing | Self::Stalled | Self::Paused | Self::Seeking => false,
            Self::Ended | Self::Quit | Self::Failed => true,
        }
    }
}

words! {
    /// What happened to an account or its box.
    AccountEvent, "account event" {
        Open = "open",
        Activate = "activate",
        Suspend = "suspend",
        Resume = "resume",
        Close = "close",
        PowerOn = "power_on",
        PowerOff = "power_off",
        Heartbeat = "heartbeat",
    }
}

impl AccountEvent {
    /// Whether it is kept by itself: what shows a box in use, and what stops an account or lets it go on.
    pub const fn is_told_apart(self) -> bool {
        match self {
            Self::PowerOn | Self::PowerOff | Self::Heartbeat | Self::Suspend | Self::Resume => true,
            Self::Open | Self::Activate | Self::Close => false,
        }
    }

    /// Whether it shows a box in use, rather than a change of the contract.
    pub const fn is_activity(self) -> bool {
        match self {
            Self::PowerOn | Self::PowerOff | Self::Heartbeat => true,
            Self::Open | Self::Activate | Self::Suspend | Self::Resume | Self::Close => false,
        }
    }
}

words! {
    /// What happened to an element of a page.
    ElementAction, "action on an element" {
        /// It could be seen.
        Impression = "impression",
        /// It was clicked, or OK was pressed on it.
        Click = "click",
        /// The application broke down on the page.
        Crash = "crash",
        /// A script of the page failed.
        Error = "error",
        /// The page is there, and tells how long that took.
        Load = "load",
    }
}

words! {
    /// How a viewer takes part in an activity.
    Participation, "way to take part" {
        /// The activity's page was opened.
        Visit = "visit",
        /// Its QR code was scanned.
        Scan = "scan",
        Vote = "vote",
        /// Entered into a draw.
        Draw = "draw",
        /// Took a red packet.
        Grab = "grab",
        Comment = "comment",
        Like = "like",
        Share = "share",
        Answer = "answer",
        /// The activity's page is still open; told once a minute.
        Beat = "beat",
        /// What was accepted is on the result screen, so long after.
        Shown = "shown",
    }
}

words! {
    /// What became of taking part.
    ParticipationResult, "result of taking part" {
        Accepted = "accepted",
        /// The viewer had done so before, where once is enough.
        Duplicate = "dup",
        Rejected = "rejected",
        /// Taken away by an editor.
        Moderated = "moderated",
    }
}

words! {
    /// What happened to a manuscript of the media network.
    ArticleAction, "thing that happens to an article" {
        /// Handed in to another unit, …
        Submit = "submit",
        /// … and taken there.
        Adopt = "adopt",
        Publish = "publish",
        /// Put where all units may take it.
        Share = "share",
        /// Published again by another unit.
        Reprint = "reprint",
        Read = "read",
    }
}

words! {
    /// What happened to an advertisement.
    AdAction, "thing that happens to an advertisement" {
        /// A place asked for one.
        Request = "request",
        /// One was sent.
        Fill = "fill",
        /// It could be seen.
        Impression = "impression",
        Click = "click",
        /// A spot began on a channel: one event for all who watch.
        Air = "air",
    }
}

words! {
    /// A service of the house.
    Service, "service" {
        /// A request to the help desk.
        Help = "help",
        /// A call of the writing assistant.
        Assistant = "assistant",
        Search = "search",
        /// An instruction that a unit is to carry out.
        Instruction = "instruction",
        /// A title on its way from the archive to the shelf.
        Publishing = "publishing",
        /// An interactive page, from its making until it is on air.
        Production = "production",
        /// A fault of delivery: noticed (`accept`) and mended (`done`).
        Incident = "incident",
        /// A board that somebody opens.
        Board = "board",
        /// Appraisals made known to people (`ask`), and opened by them (`done`).
        Appraisal = "appraisal",
        /// A creator's work, uploaded (`done`).
        Creator = "creator",
        /// A circle of interest: joined (`ask`), posted in (`done`), reacted in (`accept`).
        Circle = "circle",
    }
}

words! {
    /// How far the use of a service has come.
    ServiceAction, "step of a service" {
        Ask = "ask",
        /// It was closed, carried out, or answered.
        Done = "done",
        /// The answer was of use: a suggestion was taken, a hit was opened.
        Accept = "accept",
    }
}

words! {
    /// Which way an indicator is better.
    Better, "direction" {
        Higher = "higher",
        Lower = "lower",
    }
}

words! {
    /// A number that another system works out and reports. Those that last stand until the next one of the same item is
    /// reported; those of a day are added up over days.
    Figure, "reported figure" {
        /// Households there are, by census or by the operator's own count. Lasts.
        Households = "households",
        /// Downloads of an application since its first version. Lasts.
        Downloads = "downloads",
        /// Its registered users. Lasts.
        RegisteredUsers = "registered_users",
        /// Followers on a platform of others. Lasts.
        Followers = "followers",
        /// Titles on the shelf, and how many minutes they have. Both last.
        Titles = "titles",
        TitleMinutes = "title_minutes",
        /// Persons with one identity over all clients. Lasts.
        Persons = "persons",
        /// Accounts of all clients, and those of them that are bound together. Both last.
        Accounts = "accounts",
        BoundAccounts = "bound_accounts",
        /// Impressions of advertisements that were planned for the day.
        PlannedImpressions = "planned_impressions",
        /// What a source of visitors cost on the day, in fen.
        SourceCostFen = "source_cost_fen",
        /// A content provider's share of what its content earns, in thousandths. Lasts.
        ProviderShareMilli = "provider_share_milli",
    }
}

words! {
    /// In which form an event came.
    Protocol, "protocol" {
        Native = "native",
        Segment = "segment",
        File = "file",
        /// What the collector itself has to tell.
        Collector = "collector",
    }
}

words! {
    /// Why a record that came in was not kept.
    NotKept, "reason for not keeping a record" {
        /// Its id had come before.
        Repeated = "repeated",
        /// It can't be read, or says what can't be.
        Refused = "refused",
    }
}

words! {
    /// Where the province of an event is known from; later ones give way to earlier ones.
    GeoSource, "source of a province" {
        /// The write key is bound to a province.
        Key = "key",
        /// The account's contract says it.
        Account = "account",
        /// The event said it itself.
        Event = "event",
    }
}
