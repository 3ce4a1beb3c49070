use super::super::{matrix_frames::*, tests::*};
use super::*;
use proptest::prelude::*;

#[test]
fn states_flow_into_states() {
    let flows = [
        ("新增", "活跃", Some(320.0)),
        ("新增", "沉默", Some(140.0)),
        ("活跃", "活跃", Some(900.0)),
        ("活跃", "沉默", Some(210.0)),
        ("沉默", "流失", Some(160.0)),
        ("沉默", "活跃", Some(40.0)),
        ("沉默", "停机", None),
    ];
    let frame = by_two("state_before", "state", &flows);
    let chart = SankeySpec::read(&source(&frame)).unwrap();
    insta::assert_snapshot!(drawn(&chart, 480.0, 260.0));
    let first = chart.readout(0);
    assert_eq!(first.spoken(), "活跃 → 活跃, content.plays 900, 占活跃 81.1%, 占活跃 71.4%");
    assert_eq!(chart.row(0), Some(2));
    assert_eq!(chart.readout(6).spoken(), "活跃, 流出 1,110, 占比 62.7%");
    assert_eq!(chart.summary(), "流向图：content.plays，6 项，最高 活跃 → 活跃 900");
}

#[test]
fn what_is_joined_one_to_one_does_not_cross() {
    let flows = [("a", "x", Some(9.0)), ("b", "y", Some(5.0)), ("c", "z", Some(7.0)), ("a", "z", Some(0.5))];
    let chart = SankeySpec::read(&source(&by_two("page", "next_page", &flows))).unwrap();
    let layout = placed(&chart, (0.0, 100.0), 10.0, (0.0, 100.0));
    let mut ends: Vec<(f64, f64)> = layout.bands.iter().map(|band| (band.from_y, band.to_y)).collect();
    ends.sort_by(|one, other| one.0.total_cmp(&other.0));
    assert!(ends.windows(2).all(|pair| pair[0].1 < pair[1].1), "{ends:?}");
}

#[test]
fn hard_frames_are_borne() {
    assert_bears_hard_frames(hard_by_two(), SankeySpec::read);
}

proptest! {
    #[test]
    fn what_leaves_a_node_is_the_sum_of_its_bands(
        values in prop::collection::vec((0_usize..20, 0_usize..20, 0.01_f64..1e6), 1..120),
        w in 20.0_f64..900.0,
        h in 12.0_f64..600.0,
    ) {
        let named: Vec<(String, String, f64)> =
            values.iter().map(|(from, to, value)| (format!("f{from}"), format!("t{to}"), *value)).collect();
        let cells: Vec<(&str, &str, Option<f64>)> =
            named.iter().map(|(from, to, value)| (from.as_str(), to.as_str(), Some(*value))).collect();
        let chart = SankeySpec::read(&source(&by_two("page", "next_page", &cells))).unwrap();
        let layout = placed(&chart, (0.0, w), 10.0, (0.0, h));
        let near = |one: f64, other: f64| (one - other).abs() < 1e-6 * one.abs().max(1.0);
        for (index, area) in layout.from.nodes.iter().enumerate() {
            let bands = chart.flows.iter().zip(&layout.bands).filter(|(flow, _)| flow.from == index);
            let sum: f64 = bands.map(|(_, band)| band.thick).sum();
            prop_assert!(near(area.h, sum), "{} is not {sum}", area.h);
        }
        for (index, area) in layout.to.nodes.iter().enumerate() {
            let bands = chart.flows.iter().zip(&layout.bands).filter(|(flow, _)| flow.to == index);
            let sum: f64 = bands.map(|(_, band)| band.thick).sum();
            prop_assert!(near(area.h, sum), "{} is not {sum}", area.h);
        }
        let total = |side: &Side| side.nodes.iter().map(|area| area.h).sum::<f64>();
        prop_assert!(near(total(&layout.from), total(&layout.to)));
        prop_assert!(chart.from.len() <= MOST_NODES && chart.to.len() <= MOST_NODES);
        for area in layout.from.nodes.iter().chain(&layout.to.nodes) {
            prop_assert!(area.y >= -1e-6 && area.bottom() <= h + 1e-6);
        }
        assert_sound(&chart, Size { w, h });
    }
}
