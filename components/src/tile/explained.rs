//! Where a number is explained.

use leptos::prelude::*;
use model::metric::MetricId;

/// Leads to what a metric means; whoever draws tiles to be read may provide it, and their menus then offer it.
#[derive(Debug, Clone, Copy)]
pub struct MetricsExplained(pub Callback<MetricId>);
