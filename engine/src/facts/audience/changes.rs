//! What a batch changes in the tables of facts.

use super::{HouseholdKey, SessionKey};
use crate::events::{
    Touched,
    fact_rows::{
        AccountRow, ActivityRow, AdRow, AppraisalRow, ArrivalRow, ArticleRow, FigureRow, MinuteRow, OrderRow, PageRow,
        ParticipationRow, QualityMinuteRow, RequestRow, SeekRow, ServiceRow, ViewRow,
    },
};
use std::collections::BTreeMap;

/// Events of a session that has too many: they are kept, and no fact knows of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LeftOut {
    pub session: SessionKey,
    pub events: u64,
    /// The session was not full before.
    pub is_first: bool,
}

/// Rows to remove and rows to add, table by table. Removing comes first.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// With the moment at which the removed row starts, so that only its part of the table is read.
    pub views_gone: Vec<(SessionKey, i64)>,
    pub open_views_gone: Vec<SessionKey>,
    pub views: Vec<ViewRow>,
    pub open_views: Vec<ViewRow>,
    /// From this clock minute on.
    pub minutes_gone: Vec<(HouseholdKey, i32)>,
    pub open_minutes_gone: Vec<HouseholdKey>,
    pub minutes: Vec<MinuteRow>,
    pub open_minutes: Vec<MinuteRow>,
    /// From this minute on.
    pub quality_minutes_gone: Vec<(SessionKey, i32)>,
    pub open_quality_minutes_gone: Vec<SessionKey>,
    pub quality_minutes: Vec<QualityMinuteRow>,
    pub open_quality_minutes: Vec<QualityMinuteRow>,
    /// Each goes in the place of the row of its household.
    pub accounts: BTreeMap<HouseholdKey, AccountRow>,
    pub activities: Vec<ActivityRow>,
    pub orders: Vec<OrderRow>,
    pub pages: Vec<PageRow>,
    pub participations: Vec<ParticipationRow>,
    pub articles: Vec<ArticleRow>,
    pub advertisements: Vec<AdRow>,
    pub services: Vec<ServiceRow>,
    pub appraisals: Vec<AppraisalRow>,
    pub figures: Vec<FigureRow>,
    pub requests: Vec<RequestRow>,
    pub seeks: Vec<SeekRow>,
    pub arrivals: Vec<ArrivalRow>,
    pub touched: Touched,
    pub left_out: Vec<LeftOut>,
}

impl Changes {
    pub(crate) fn is_empty(&self) -> bool {
        self.views_gone.is_empty()
            && self.open_views_gone.is_empty()
            && self.views.is_empty()
            && self.open_views.is_empty()
            && self.minutes_gone.is_empty()
            && self.open_minutes_gone.is_empty()
            && self.minutes.is_empty()
            && self.open_minutes.is_empty()
            && self.quality_minutes_gone.is_empty()
            && self.open_quality_minutes_gone.is_empty()
            && self.quality_minutes.is_empty()
            && self.open_quality_minutes.is_empty()
            && self.accounts.is_empty()
            && self.activities.is_empty()
            && self.orders.is_empty()
            && self.pages.is_empty()
            && self.participations.is_empty()
            && self.articles.is_empty()
            && self.advertisements.is_empty()
            && self.services.is_empty()
            && self.appraisals.is_empty()
            && self.figures.is_empty()
            && self.requests.is_empty()
            && self.seeks.is_empty()
            && self.arrivals.is_empty()
    }
}
