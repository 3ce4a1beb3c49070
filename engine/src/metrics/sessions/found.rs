//! The sessions that the first statement found.

use crate::{
    events::{Column, ResultSet, Text, ValueRef},
    metrics::sql::SessionColumn,
};
use model::{access::OrganisationId, time::Timestamp};
use std::sync::Arc;

/// A session, and what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub organisation: OrganisationId,
    pub sid: String,
    /// Its first and its last moment.
    pub start: Timestamp,
    pub end: Timestamp,
    pub province: Option<String>,
    pub isp: Option<String>,
    pub platform: Option<String>,
    pub app_version: Option<String>,
    pub cdn: Option<String>,
    pub channel: Option<String>,
    pub content: Option<String>,
    pub view_mode: Option<String>,
    /// When the newest of its events was received.
    pub received_ms: i64,
    pub simulated: bool,
}

/// A text, where a column has one in that row.
pub(super) fn text(column: Option<&Column>, row: usize) -> Option<&str> {
    match column?.value(row) {
        ValueRef::Text(text) => Some(text),
        ValueRef::Null | ValueRef::Bool(_) | ValueRef::Integer(_) | ValueRef::Float(_) => None,
    }
}

pub(super) fn integer(column: Option<&Column>, row: usize) -> Option<i64> {
    column?.integer(row)
}

/// The same, as events hold it.
pub(super) fn owned(column: Option<&Column>, row: usize) -> Option<Text> {
    text(column, row).map(Text::from)
}

/// In the order of the rows.
pub(super) fn read(parts: &[Arc<ResultSet>]) -> Vec<Found> {
    parts.iter().flat_map(|part| (0..part.row_count()).filter_map(|row| found(part, row))).collect()
}

fn found(part: &ResultSet, row: usize) -> Option<Found> {
    let column = |column: SessionColumn| part.column(column as usize);
    let said = |of: SessionColumn| text(column(of), row).map(str::to_owned);
    let number = |of: SessionColumn| integer(column(of), row);
    let simulated = column(SessionColumn::Simulated).map(|column| column.value(row));
    Some(Found {
        organisation: OrganisationId(i32::try_from(number(SessionColumn::Organisation)?).ok()?),
        sid: said(SessionColumn::Sid)?,
        start: Timestamp::from_millis(number(SessionColumn::Start)?),
        end: Timestamp::from_millis(number(SessionColumn::End)?),
        province: said(SessionColumn::Province),
        isp: said(SessionColumn::Isp),
        platform: said(SessionColumn::Platform),
        app_version: said(SessionColumn::AppVersion),
        cdn: said(SessionColumn::Cdn),
        channel: said(SessionColumn::Channel),
        content: said(SessionColumn::Content),
        view_mode: said(SessionColumn::ViewMode),
        received_ms: number(SessionColumn::Received)?,
        // What is true is 1 to some engines.
        simulated: matches!(simulated, Some(ValueRef::Bool(true) | ValueRef::Integer(1))),
    })
}
