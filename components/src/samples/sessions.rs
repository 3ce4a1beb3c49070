//! Samples of single play sessions.

use super::{Said, Sample, dimension, frame, last_moment, metric, moment, scatter, time};
use model::{
    frame::{Cell, Column},
    metric::{SessionColumns, SessionState, Unit},
};

type Spans = &'static [(SessionState, i64)];

const TITLES: [(&str, &str); 6] = [
    ("山海情 第 12 集", "Minning Town 12"),
    ("CCTV-5 体育", "CCTV-5 Sports"),
    ("流浪地球", "The Wandering Earth"),
    ("湖南卫视", "Hunan TV"),
    ("熊出没 第 3 集", "Boonie Bears 3"),
    ("航拍中国", "Aerial China"),
];
/// On what, and in which province.
const PLACES: [((&str, &str), &str); 4] = [
    (("机顶盒", "Set-top box"), "ZJ"),
    (("iOS 客户端", "iOS app"), "GD"),
    (("电视应用", "TV app"), "SC"),
    (("安卓客户端", "Android app"), "JS"),
];

/// What sessions went through, in seconds.
const COURSES: [Spans; 6] = {
    use SessionState::{Ended, Failed, Left, Paused, Playing, Seeking, Stalled, Starting};
    [
        &[(Starting, 6), (Playing, 84), (Stalled, 27), (Playing, 40), (Stalled, 41), (Playing, 18), (Failed, 0)],
        &[(Starting, 3), (Playing, 120), (Stalled, 22), (Playing, 95), (Left, 0)],
        &[(Starting, 2), (Playing, 60), (Seeking, 4), (Playing, 30), (Stalled, 14), (Playing, 90), (Ended, 0)],
        &[(Starting, 19), (Playing, 33), (Stalled, 12), (Left, 0)],
        &[(Starting, 2), (Playing, 48), (Paused, 50), (Playing, 70), (Stalled, 9), (Playing, 26), (Left, 0)],
        &[(Starting, 31), (Failed, 0)],
    ]
};

fn columns() -> Vec<Column> {
    vec![
        dimension(SessionColumns::SESSION),
        dimension("content"),
        dimension("platform"),
        dimension("province"),
        time(),
        dimension(SessionColumns::STATE),
        metric(SessionColumns::OFFSET, Unit::Milliseconds),
        metric(SessionColumns::LENGTH, Unit::Milliseconds),
        dimension("cdn_node"),
    ]
}

/// The rows of the so-manieth session.
fn rows(at: usize, course: &[(SessionState, i64)], said: Said) -> Vec<Vec<Cell>> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let title = TITLES.get(at % TITLES.len()).copied().unwrap_or_default();
    let (platform, province) = PLACES.get(at % PLACES.len()).copied().unwrap_or_default();
    let start = last_moment().plus_millis(-(at as i64) * 417_000);
    let mut offset_ms = 0;
    let row = |(state, seconds): &(SessionState, i64)| {
        let from_ms = offset_ms;
        offset_ms += seconds * 1_000;
        vec![
            text(&format!("{:08x}", scatter(at))),
            said.cell(title),
            said.cell(platform),
            text(province),
            moment(start.plus_millis(from_ms)),
            text(state.name()),
            Cell::Integer(from_ms),
            Cell::Integer(seconds * 1_000),
            text(["hz-edge-07", "gz-edge-02"].get(at % 2).copied().unwrap_or_default()),
        ]
    };
    course.iter().map(row).collect()
}

pub(super) fn sessions(said: Said) -> Sample {
    let rows = COURSES.iter().enumerate().flat_map(|(at, course)| rows(at, course, said));
    Sample::of(frame(columns(), rows.collect()))
}

/// Twenty sessions with about so many spans together.
pub(super) fn large(spans: usize, said: Said) -> Sample {
    const SESSIONS: usize = 20;
    let state = |at: usize| match at % 4 {
        1 => SessionState::Stalled,
        3 => SessionState::Seeking,
        _ => SessionState::Playing,
    };
    let course = |session: usize| -> Vec<(SessionState, i64)> {
        (0..spans / SESSIONS).map(|at| (state(at), 1 + i64::from(scatter(session * 97 + at) % 40))).collect()
    };
    let rows = (0..SESSIONS).flat_map(|session| rows(session, &course(session), said));
    Sample::of(frame(columns(), rows.collect()))
}
