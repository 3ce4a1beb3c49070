//! How a visitor came to a page, as Segment's clients tell it: by address of the page before, and by campaign.

use super::{
    fields::Draft,
    segment::{object, text_of},
};
use crate::events::Text;
use serde_json::{Map, Value};

/// Words in the name of a host, and what kind of place it is.
const PLACES: [(&str, &str); 12] = [
    ("baidu.", "search"),
    ("bing.", "search"),
    ("google.", "search"),
    ("sogou.", "search"),
    ("so.com", "search"),
    ("sm.cn", "search"),
    ("weibo.", "social"),
    ("weixin.", "social"),
    ("qq.com", "social"),
    ("douyin.", "social"),
    ("bilibili.", "social"),
    ("xiaohongshu.", "social"),
];

/// Fills the page before, the source of the visit and its campaign, as far as they are told.
pub(super) fn set_way(draft: &mut Draft, context: &Map<String, Value>, properties: &Map<String, Value>) {
    let page = object(context, "page");
    let told = |name: &str| text_of(properties, name).or_else(|| page.and_then(|page| text_of(page, name)));
    let referrer = told("referrer").filter(|referrer| !referrer.is_empty());
    let before = referrer.as_deref().and_then(address);
    let here = told("url").as_deref().and_then(address).map(|here| here.host);
    let event = &mut draft.event;
    event.campaign = object(context, "campaign").and_then(|campaign| text_of(campaign, "name"));
    event.source_class = Some(Text::new_static(match &before {
        _ if event.campaign.is_some() => "campaign",
        None => "direct",
        Some(before) if here.as_deref() == Some(before.host.as_str()) => "internal",
        Some(before) => {
            let place = PLACES.iter().find(|(word, _)| before.host.contains(word));
            place.map_or("referral", |(_, class)| class)
        }
    }));
    event.prev_page_id =
        before.filter(|before| here.as_deref() == Some(before.host.as_str())).map(|before| before.path);
}

struct Address {
    host: String,
    path: Text,
}

/// Host and path of an address; what is none of a web page has neither.
fn address(url: &str) -> Option<Address> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = if path.is_empty() { Text::new_static("/") } else { Text::from(path) };
    let fits = !host.is_empty() && path.len() <= super::limits::TEXT_BYTES;
    fits.then(|| Address { host: host.to_ascii_lowercase(), path })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn way(context: Value, properties: Value) -> (Option<Text>, Option<Text>, Option<Text>) {
        let mut draft = Draft::new();
        set_way(&mut draft, context.as_object().unwrap(), properties.as_object().unwrap());
        let event = draft.event;
        (event.source_class, event.prev_page_id, event.campaign)
    }

    #[test]
    fn the_page_before_says_where_a_visit_comes_from() {
        let from = |referrer: &str| {
            let (class, before, _) =
                way(json!({"page": {"referrer": referrer, "url": "https://tv.example.cn/vod?id=1"}}), json!({}));
            (class.unwrap().to_string(), before.map(|before| before.to_string()))
        };
        assert_eq!(from(""), ("direct".to_owned(), None));
        assert_eq!(from("https://www.baidu.com/s?wd=x"), ("search".to_owned(), None));
        assert_eq!(from("https://m.weibo.cn/"), ("social".to_owned(), None));
        assert_eq!(from("https://news.example.org/a"), ("referral".to_owned(), None));
        assert_eq!(from("https://TV.example.cn/home?x#y"), ("internal".to_owned(), Some("/home".to_owned())));
        assert_eq!(from("android-app://com.example"), ("direct".to_owned(), None), "no web page");
    }

    #[test]
    fn a_campaign_is_named_and_properties_stand_above_the_context() {
        let context =
            json!({"campaign": {"name": "春晚"}, "page": {"referrer": "https://a.cn/x", "url": "https://a.cn/y"}});
        let (class, before, campaign) = way(context, json!({"referrer": "https://a.cn/z"}));
        assert_eq!(
            (class.as_deref(), before.as_deref(), campaign.as_deref()),
            (Some("campaign"), Some("/z"), Some("春晚"))
        );
    }
}
