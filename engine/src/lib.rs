//! Everything behind the pages, with no HTTP and no UI.
//!
//! - [`clock`]: the one clock
//! - [`postgres`]: the private cluster, the pools, the migrations
//! - [`access`]: who is asking, and what they may see
//! - [`appearance`]: what organisations set for how their boards look
//! - [`boards`]: drafts, operations, published versions
//! - [`collect`]: events from clients, made durable
//! - [`events`]: the event store (DuckDB)
//! - [`facts`]: tables derived from events
//! - [`programmes`]: programme lists
//! - [`metrics`]: metric queries, scoped and answered
//! - [`own_metrics`]: metrics that organisations add themselves
//! - [`lint`]: board files looked over before they are applied
//! - [`templates`]: boards that new ones begin with
//! - [`live`]: boards that change while they are watched
//! - [`simulation`]: the demo's deterministic viewers

pub mod access;
pub mod appearance;
pub mod boards;
pub mod clock;
pub mod collect;
pub mod events;
pub mod facts;
pub mod lint;
pub mod live;
pub mod metrics;
pub mod own_metrics;
pub mod postgres;
pub mod programmes;
pub mod simulation;
pub mod templates;

mod sounds;

/// All of it, wired; cheap to clone. The server puts one into the state of its router and into the pages' context.
#[derive(Clone)]
pub struct Engine {
    pub clock: clock::SharedClock,
    pub calendar: model::time::Calendar,
    pub access: access::Access,
    pub appearances: appearance::Appearances,
    pub boards: boards::Boards,
    pub templates: templates::Templates,
    pub collector: collect::Collector,
    pub metrics: metrics::Metrics,
    pub own_metrics: own_metrics::OwnMetrics,
    pub live: live::Live,
}
