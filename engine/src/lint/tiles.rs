//! One tile: its fields, its component, and what it is bound to.

use super::{
    Finding, FindingTile, Rule,
    document::{check, check_member},
    source::{Part, Source},
};
use model::{
    board::{
        ByShape, ComponentKind, FilterDisplay, FilterSubject, GroupId, InvalidText, Look, MAX_TEXT_BYTES, Pages,
        StillKind, Tile, TileContent, TileId, Title, WebAddress,
    },
    metric::{Filter, GroupBy, MetricRef, SessionOrder},
    time::{Compare, Grain, TimeRange},
};
use std::collections::BTreeMap;

/// A tile as far as it could be read.
pub(super) struct SeenTile<'a> {
    pub(super) part: Part<'a>,
    /// `None` where its id can't be read.
    pub(super) named: Option<FindingTile>,
    pub(super) content: Option<TileContent>,
    /// Where its query is written, its text, or what stands in it.
    pub(super) binding: Option<Part<'a>>,
}

pub(super) fn look_at<'a>(source: &Source<'a>, part: Part<'a>, findings: &mut Vec<Finding>) -> SeenTile<'a> {
    let mut mine = Vec::new();
    let mut tile = SeenTile { part, named: None, content: None, binding: None };
    match tile.part.members() {
        Some(members) => look_at_members(source, &mut tile, &members, &mut mine),
        None => mine.push(source.at(&tile.part, Finding::error(Rule::Form, "this is no object: expected a tile"))),
    }
    findings.extend(mine.into_iter().map(|finding| finding.of_tile(tile.named.as_ref())));
    tile
}

fn look_at_members<'a>(
    source: &Source<'a>,
    tile: &mut SeenTile<'a>,
    members: &BTreeMap<String, Part<'a>>,
    findings: &mut Vec<Finding>,
) {
    for needed in ["id", "content"].into_iter().filter(|needed| !members.contains_key(*needed)) {
        let what = format!("the field “{needed}” of the tile is missing");
        findings.push(source.at(&tile.part, Finding::error(Rule::Form, what)));
    }
    let mut keep = |finding| findings.push(finding);
    let title = members.get("title").map_or(Ok(Title::default()), |part| source.read(part, Rule::Form));
    let title = title.map_err(&mut keep).unwrap_or_default();
    let id = members.get("id").and_then(|part| source.read::<TileId>(part, Rule::Form).map_err(keep).ok());
    tile.named = id.map(|id| FindingTile { id, title });
    for (key, part) in members {
        match key.as_str() {
            "id" | "title" => {}
            "content" => look_at_content(source, tile, part, findings),
            "locked" => check::<bool>(source, part, findings),
            "group" => check::<Option<GroupId>>(source, part, findings),
            _ => {
                let needed = r#"{"id":"00000000-0000-0000-0000-000000000000","content":{"component":"text","text":""}"#;
                check_member::<Tile>(source, part, needed, key, findings);
            }
        }
    }
}

fn look_at_content<'a>(source: &Source<'a>, tile: &mut SeenTile<'a>, content: &Part<'a>, findings: &mut Vec<Finding>) {
    let before = findings.len();
    let Some(members) = content.members() else {
        let what = "this is no object: expected a component and its binding";
        findings.push(source.at(content, Finding::error(Rule::Form, what)));
        return;
    };
    let Some(component) = members.get("component") else {
        let names = ComponentKind::ALL.map(ComponentKind::name).join(", ");
        let what = format!("the field “component” is missing: expected one of {names}");
        findings.push(source.at(content, Finding::error(Rule::Form, what)));
        return;
    };
    let kind = match source.read::<ComponentKind>(component, Rule::Form) {
        Ok(kind) => kind,
        Err(finding) => {
            findings.push(finding);
            return;
        }
    };
    let inside = match kind.by_shape() {
        ByShape::Still(StillKind::Text | StillKind::QrCode) => {
            let text = members.get("text");
            if let Some(text) = text {
                look_at_text(source, text, findings);
            }
            text
        }
        ByShape::Still(StillKind::Image | StillKind::Video) => {
            let address = members.get("address");
            if let Some(address) = address {
                check::<Option<WebAddress>>(source, address, findings);
            }
            address
        }
        ByShape::Still(StillKind::Filter) => {
            if let Some(display) = members.get("display") {
                check::<Option<FilterDisplay>>(source, display, findings);
            }
            let about = members.get("about");
            if let Some(about) = about {
                check::<Option<FilterSubject>>(source, about, findings);
            }
            about
        }
        ByShape::Still(StillKind::Clock | StillKind::Frame) => None,
        ByShape::Container(_) => {
            let pages = members.get("pages");
            if let Some(pages) = pages {
                check::<Pages>(source, pages, findings);
            }
            pages
        }
        ByShape::Scalar(_)
        | ByShape::Series(_)
        | ByShape::Category(_)
        | ByShape::Matrix(_)
        | ByShape::Pair(_)
        | ByShape::Points(_)
        | ByShape::Spread(_)
        | ByShape::Table(_)
        | ByShape::Geo(_)
        | ByShape::Sessions(_) => {
            if let Some(look) = members.get("look") {
                check::<Look>(source, look, findings);
            }
            let binding = members.get("binding");
            if let Some(binding) = binding {
                look_at_binding(source, binding, findings);
            }
            binding
        }
    };
    // What was looked at part by part, and the rest, by its own type.
    if findings.len() == before {
        match source.read(content, Rule::Form) {
            Ok(read) => tile.content = Some(read),
            Err(finding) => findings.push(finding),
        }
    }
    tile.binding = inside.cloned();
}

fn look_at_text(source: &Source<'_>, part: &Part<'_>, findings: &mut Vec<Finding>) {
    match source.read::<String>(part, Rule::Form) {
        Ok(text) if text.len() > MAX_TEXT_BYTES => {
            let what = InvalidText::TextTooLong(text.len()).to_string();
            findings.push(source.at(part, Finding::error(Rule::Form, what)));
        }
        Ok(text) if text.contains('\0') => {
            let what = "the text holds the character U+0000, which can't be kept: take it out";
            findings.push(source.at(part, Finding::error(Rule::Form, what)));
        }
        Ok(_) => {}
        Err(finding) => findings.push(finding),
    }
}

/// Fields that mean the same in every binding; the shape of the whole is the type's own matter.
fn look_at_binding(source: &Source<'_>, binding: &Part<'_>, findings: &mut Vec<Finding>) {
    for (key, part) in binding.members().into_iter().flatten() {
        match key.as_str() {
            "metric" | "second" | "third" => check::<MetricRef>(source, &part, findings),
            "more_metrics" => check::<Vec<MetricRef>>(source, &part, findings),
            "across" => check::<Option<GroupBy>>(source, &part, findings),
            "grain" => check::<Option<Grain>>(source, &part, findings),
            "where" => check::<Vec<Filter>>(source, &part, findings),
            "time" => check::<TimeRange>(source, &part, findings),
            "compare" => check::<Option<Compare>>(source, &part, findings),
            "top" => check::<u16>(source, &part, findings),
            "limit" => check::<u32>(source, &part, findings),
            "order" => check::<Option<SessionOrder>>(source, &part, findings),
            _ => {}
        }
    }
}
