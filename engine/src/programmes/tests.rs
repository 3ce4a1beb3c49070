use super::*;
use crate::events::{EventEngine, EventStore, Fact, Value};
use flate2::{Compression, write::GzEncoder};
use model::time::{Calendar, Day};
use std::io::Write;

const ORGANISATION: OrganisationId = OrganisationId(1);

async fn store() -> (tempfile::TempDir, EventStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = EventStore::open(folder.path(), Calendar::CHINA).await.unwrap();
    (folder, store)
}

async fn import(store: &EventStore, file: &[u8]) -> ImportReport {
    import_xmltv(store, ORGANISATION, file.to_vec(), 0).await.unwrap()
}

async fn schedule(store: &EventStore) -> String {
    let rows = store
        .ask("select channel_id, title, stop_minute - start_minute from programme order by channel_id, start_ms")
        .await;
    let line = |row: &Vec<Value>| match row.as_slice() {
        [Value::Text(channel), Value::Text(title), Value::Integer(minutes)] => format!("{channel} {title} {minutes}"),
        other => panic!("{other:?}"),
    };
    rows.iter().map(line).collect::<Vec<_>>().join("; ")
}

fn real() -> &'static [u8] {
    include_bytes!("../../../assets/epg-cctv1.xml")
}

#[tokio::test]
async fn a_real_guide_is_read_and_read_again() {
    let (_folder, store) = store().await;
    let report = import(&store, real()).await;
    assert_eq!((report.channels, report.programmes, report.rejected.len(), report.cut_at), (1, 37, 0, None));
    let before = schedule(&store).await;
    assert_eq!(import(&store, real()).await, report);
    assert_eq!(schedule(&store).await, before, "again changes nothing");
    let day = Day::from_year_month_day(2023, 11, 30).unwrap();
    assert!(store.version(Fact::Programme, (day, day)) > 0);
    assert_eq!(store.version(Fact::Programme, (day.plus(9), day.plus(9))), 0);
}

#[tokio::test]
async fn a_packed_guide_is_the_same() {
    let (_folder, store) = store().await;
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(real()).unwrap();
    let packed = packed.finish().unwrap();
    assert_eq!(import(&store, &packed).await.programmes, 37);
    let cut = import(&store, &packed[..packed.len() / 2]).await;
    assert!(cut.cut_at.is_some() && cut.programmes > 5 && cut.programmes < 37, "{cut:?}");
}

#[tokio::test]
async fn guides_are_mended() {
    let (_folder, store) = store().await;
    let file = r#"<tv>
        <programme start="20231130200000 +0800" stop="20231130200000 +0800" channel="x"><title>reversed</title></programme>
        <channel id="x"><display-name>X &amp; Y</display-name></channel>
        <programme start="20231130210000 +0800" stop="20231130223000 +0800" channel="x"><title>long</title></programme>
        <programme start="20231130220000 +0800" stop="20231130221000 +0800" channel="x"><title>first</title></programme>
        <programme start="20231130220000 +0800" stop="20231130223000 +0800" channel="x"><title>last</title></programme>
        <programme start="20231130230000 +0800" channel="x"><title lang="zh">open</title><title>other</title></programme>
        <programme start="soon" channel="x"><title>lost</title></programme>
        <programme start="20231130120000" stop="20231130123000" channel="y"><title><![CDATA[utc]]></title></programme>
    </tv>"#;
    let report = import(&store, file.as_bytes()).await;
    let expected = ImportReport {
        channels: 1,
        programmes: 5,
        duplicates: 1,
        reversed: 1,
        overlaps: 1,
        gaps: 1,
        broken: 0,
        garbled: 0,
        cut_at: None,
        rejected: vec!["“lost” on x: the start “soon” is no time".to_owned()],
    };
    assert_eq!(report, expected);
    assert_eq!(schedule(&store).await, "x reversed 60; x long 60; x last 30; x open 60; y utc 30");
    assert_eq!(store.ask("select name from channel").await, [[Value::Text("X & Y".to_owned())]]);
}

#[tokio::test]
async fn a_file_that_stops_in_the_middle_keeps_its_good_part() {
    let (_folder, store) = store().await;
    let half = &real()[..real().len() / 2];
    let report = import(&store, half).await;
    assert!(report.programmes > 10, "{report:?}");
    assert!(report.cut_at.unwrap() <= half.len() as u64);
}

#[tokio::test]
async fn a_file_that_stops_in_the_middle_takes_nothing_away() {
    let (_folder, store) = store().await;
    import(&store, real()).await;
    let whole = schedule(&store).await;
    for part in [2, 3, 5] {
        let report = import(&store, &real()[..real().len() * (part - 1) / part]).await;
        assert!(report.cut_at.is_some(), "{report:?}");
        assert_eq!(schedule(&store).await, whole);
    }
    // Whoever lists a day to its end says that there is nothing else.
    let channel = "<channel id=\"x\"/>";
    let programme = |hour: &str| {
        format!(r#"<programme start="20231130{hour}0000 +0800" channel="x"><title>{hour}</title></programme>"#)
    };
    import(&store, format!("<tv>{channel}{}{}</tv>", programme("08"), programme("22")).as_bytes()).await;
    import(&store, format!("<tv>{channel}{}", programme("08")).as_bytes()).await;
    assert!(schedule(&store).await.ends_with("x 08 840; x 22 120"), "{}", schedule(&store).await);
    import(&store, format!("<tv>{channel}{}</tv>", programme("08")).as_bytes()).await;
    assert!(schedule(&store).await.ends_with("x 08 960"), "{}", schedule(&store).await);
}

#[tokio::test]
async fn one_bad_place_does_not_take_the_rest_away() {
    let programmes = |second: &str, after: &str| {
        format!(
            r#"<tv>
                <programme start="20231130100000 +0800" stop="20231130110000 +0800" channel="x"><title>one</title></programme>
                {second}{after}
                <programme start="20231130120000 +0800" stop="20231130130000 +0800" channel="x"><title>three</title></programme>
            </tv>"#
        )
    };
    let second = |title: &str| {
        format!(
            r#"<programme start="20231130110000 +0800" stop="20231130120000 +0800" channel="x" note="R&D"><title>{title}</title></programme>"#
        )
    };
    let all = |title: &str| format!("x one 60; x {title} 60; x three 60");
    let unended = second("two").replace("</programme>", "");
    for (file, broken, expected) in [
        (programmes(&second("Tom & Jerry"), ""), 0, all("Tom & Jerry")),
        (programmes(&second("Tom & Jerry; again"), ""), 0, all("Tom & Jerry; again")),
        (programmes(&second("two"), "</desc></programme>"), 0, all("two")),
        (programmes(&unended, ""), 0, all("two")),
        (programmes(&second("two").replace(r#"+0800" stop"#, "+0800 stop"), ""), 1, "x one 60; x three 60".to_owned()),
        (programmes(&second("two"), "<!- no comment ->"), 1, all("two")),
    ] {
        let (_folder, store) = store().await;
        let report = import(&store, file.as_bytes()).await;
        assert_eq!((report.broken, report.cut_at), (broken, None), "{file}");
        assert_eq!(schedule(&store).await, expected, "{file}");
    }
}

#[tokio::test]
async fn a_channel_may_have_a_bare_ampersand_in_its_name() {
    let (_folder, store) = store().await;
    let file = r#"<tv><channel id="A&E"><display-name>A & E</display-name></channel>
        <programme start="20231130100000 +0800" stop="20231130110000 +0800" channel="A&E"><title>one</title></programme></tv>"#;
    assert_eq!(import(&store, file.as_bytes()).await.rejected, Vec::<String>::new());
    assert_eq!(schedule(&store).await, "A&E one 60");
}

#[tokio::test]
async fn a_guide_in_gbk_is_read() {
    let (_folder, store) = store().await;
    let file = r#"<?xml version="1.0" encoding="GBK"?><tv>
        <programme start="20231130190000 +0800" stop="20231130193000 +0800" channel="CCTV1"><title>新闻联播</title></programme></tv>"#;
    let report = import(&store, &encoding_rs::GBK.encode(file).0).await;
    assert_eq!((report.programmes, report.garbled), (1, 0));
    assert_eq!(schedule(&store).await, "CCTV1 新闻联播 30");
}

#[tokio::test]
async fn other_days_stay_and_meet_the_new_ones() {
    let (_folder, store) = store().await;
    let day = |date: &str, start: &str, stop: &str, title: &str| {
        format!(
            r#"<programme start="{date}{start}00 +0800" stop="{stop}00 +0800" channel="x"><title>{title}</title></programme>"#
        )
    };
    let first = format!("<tv>{}</tv>", day("20231129", "2330", "202311300030", "night"));
    let third = format!("<tv>{}</tv>", day("20231201", "0000", "202312010100", "third"));
    import(&store, first.as_bytes()).await;
    import(&store, third.as_bytes()).await;
    let second = format!(
        "<tv>{}{}</tv>",
        day("20231130", "0010", "202311300100", "early"),
        day("20231130", "2300", "202312010030", "late"),
    );
    import(&store, second.as_bytes()).await;
    assert_eq!(schedule(&store).await, "x night 40; x early 50; x late 60; x third 60");
}

#[tokio::test]
async fn what_is_no_guide_is_refused() {
    let (_folder, store) = store().await;
    for file in [&b"{}"[..], b"", b"<html></html>"] {
        let problem = import_xmltv(&store, ORGANISATION, file.to_vec(), 0).await.unwrap_err();
        assert_eq!(problem.code, ProblemCode::MalformedRequest);
    }
}
