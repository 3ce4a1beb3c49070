//! Sessions as a frame: a row for each span, those of one session after one another.

use super::{events::Timeline, found::Found, names::SessionNames};
use crate::{
    facts::timeline::SessionSpan,
    metrics::{frame::sealed, plan::SessionsRequest},
};
use model::{
    frame::{Cell, Column, ColumnKind, Frame, FrameState, Warning},
    geo::Region,
    metric::{SessionColumns, SessionState, Unit},
    time::Timestamp,
};

fn columns(scope: &[Region]) -> Vec<Column> {
    let dimension = |name: &str| Column::new(name, ColumnKind::Dimension);
    let number = |name: &str, unit: Unit| Column {
        unit: Some(unit),
        scope: scope.to_vec(),
        ..Column::new(name, ColumnKind::Number)
    };
    vec![
        dimension(SessionColumns::SESSION),
        dimension("content"),
        dimension("channel"),
        dimension("view_mode"),
        dimension("platform"),
        dimension("province"),
        dimension("isp"),
        dimension("cdn"),
        dimension("app_version"),
        Column::new("time", ColumnKind::Time),
        dimension(SessionColumns::STATE),
        number(SessionColumns::OFFSET, Unit::Milliseconds),
        number(SessionColumns::LENGTH, Unit::Milliseconds),
        dimension("cdn_node"),
        number(SessionColumns::POSITION, Unit::Milliseconds),
        number(SessionColumns::BITRATE, Unit::Kbps),
        dimension("error_class"),
        dimension(SessionColumns::ERROR),
    ]
}

/// Where filters and scope have nothing in common: the same bytes for what is forbidden and for what does not exist.
pub(super) fn outside_scope() -> Frame {
    of_rows(columns(&[]), Vec::new(), FrameState::OutsideScope)
}

/// Where there is no such session.
pub(super) fn empty(request: &SessionsRequest) -> Frame {
    of_rows(columns(&regions(request)), Vec::new(), FrameState::Empty)
}

fn regions(request: &SessionsRequest) -> Vec<Region> {
    request.base.regions.regions().into_iter().collect()
}

fn of_rows(columns: Vec<Column>, rows: Vec<Vec<Cell>>, state: FrameState) -> Frame {
    let (etag, warnings) = (String::new(), Vec::new());
    sealed(Frame { columns, rows, as_of: None, etag, simulated: false, state, warnings })
}

/// The sessions with their timelines, which are in the same order.
pub(super) fn frame(request: &SessionsRequest, found: &[Found], timelines: &[Timeline], names: &SessionNames) -> Frame {
    let offset_minutes = request.base.calendar.offset_minutes;
    let rows: Vec<Vec<Cell>> = (found.iter().zip(timelines))
        .flat_map(|(session, timeline)| {
            let name = names.name(session.organisation, &session.sid);
            timeline.spans.iter().map(move |span| row(session, &name, span, timeline, offset_minutes))
        })
        .collect();
    // Events may have been dropped for their age where the facts were kept.
    let state = if rows.is_empty() { FrameState::Empty } else { FrameState::Ready };
    let is_cut_off = timelines.iter().any(|timeline| timeline.is_cut_off);
    sealed(Frame {
        as_of: found.iter().map(|session| session.received_ms).max().map(Timestamp::from_millis),
        simulated: found.iter().any(|session| session.simulated),
        warnings: is_cut_off.then_some(Warning::SessionsCutOff).into_iter().collect(),
        ..of_rows(columns(&regions(request)), rows, state)
    })
}

fn row(session: &Found, name: &str, span: &SessionSpan, timeline: &Timeline, offset_minutes: i16) -> Vec<Cell> {
    let text = |text: Option<&str>| text.map_or(Cell::Null, |text| Cell::Text(text.to_owned()));
    let number = |number: Option<i64>| number.map_or(Cell::Null, Cell::Integer);
    let error_code = timeline.error_code.as_deref().filter(|_| span.state == SessionState::Failed);
    vec![
        text(Some(name)),
        text(session.content.as_deref()),
        text(session.channel.as_deref()),
        text(session.view_mode.as_deref()),
        text(session.platform.as_deref()),
        text(session.province.as_deref()),
        text(session.isp.as_deref()),
        text(session.cdn.as_deref()),
        text(session.app_version.as_deref()),
        Timestamp::from_millis(span.from_ms).to_rfc3339(offset_minutes).map_or(Cell::Null, Cell::Text),
        text(Some(span.state.name())),
        Cell::Integer(span.from_ms - session.start.millis()),
        Cell::Integer(span.to_ms - span.from_ms),
        text(span.cdn_node.as_deref()),
        number(span.position_ms),
        number(span.bitrate_kbps.map(i64::from)),
        text(span.error_class.as_deref()),
        text(error_code),
    ]
}
