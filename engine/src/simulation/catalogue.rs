//! What there is to watch and to buy in the simulated world.
//!
//! Channels are real ones, so that a programme list fits; titles of films and series are made up. Ids are what people
//! read, since boards show channels and contents by their ids.

use super::chance::Urn;

/// A television channel.
#[derive(Debug, PartialEq, Eq)]
pub struct Channel {
    pub id: &'static str,
    pub name: &'static str,
    /// What it mostly shows.
    pub genre: &'static str,
}

const fn channel(id: &'static str, name: &'static str, genre: &'static str) -> Channel {
    Channel { id, name, genre }
}

/// All channels, the most watched first.
pub const CHANNELS: [Channel; 16] = [
    channel("CCTV-1", "CCTV-1 综合", "综合"),
    channel("湖南卫视", "湖南卫视", "综艺"),
    channel("浙江卫视", "浙江卫视", "综艺"),
    channel("CCTV-8", "CCTV-8 电视剧", "电视剧"),
    channel("东方卫视", "东方卫视", "综艺"),
    channel("CCTV-6", "CCTV-6 电影", "电影"),
    channel("江苏卫视", "江苏卫视", "综艺"),
    channel("CCTV-13", "CCTV-13 新闻", "新闻"),
    channel("CCTV-14", "CCTV-14 少儿", "少儿"),
    channel("CCTV-5", "CCTV-5 体育", "体育"),
    channel("北京卫视", "北京卫视", "电视剧"),
    channel("CCTV-3", "CCTV-3 综艺", "综艺"),
    channel("广东卫视", "广东卫视", "综合"),
    channel("山东卫视", "山东卫视", "电视剧"),
    channel("CCTV-4", "CCTV-4 中文国际", "新闻"),
    channel("CCTV-9", "CCTV-9 纪录", "纪录片"),
];

/// A title to be watched on demand.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) id: &'static str,
    pub(super) genre: &'static str,
}

/// Genres and their titles; popularity mixes them, see [`Catalogue::new`].
const TITLES: [(&str, [&str; 9]); 7] = [
    (
        "电视剧",
        [
            "山河故人来",
            "长安二十四时辰",
            "北上的列车",
            "梅岭春深",
            "问心何处",
            "老街坊",
            "风起钱塘",
            "秦关月",
            "远山的信",
        ],
    ),
    (
        "电影",
        ["极地救援", "少年飞行员", "夜航", "最后一班渡轮", "茶馆旧事", "逆光而行", "星河彼岸", "雪落无声", "大漠孤舟"],
    ),
    (
        "少儿",
        [
            "小熊侦探队",
            "蓝星探险记",
            "汉字大冒险",
            "森林医生",
            "超级工程车",
            "彩虹邮局",
            "恐龙学校",
            "海底音乐会",
            "小小天文家",
        ],
    ),
    (
        "综艺",
        [
            "一路有歌",
            "乡村合伙人",
            "厨神驾到",
            "最强记忆",
            "相声新势力",
            "星光练习室",
            "向山而行",
            "好久不见",
            "非遗手艺人",
        ],
    ),
    (
        "纪录片",
        ["大江之源", "古城的清晨", "味道的旅程", "深海之下", "丝路遗珍", "匠心", "候鸟", "冰川日记", "稻田里的中国"],
    ),
    (
        "体育",
        [
            "中超精选",
            "乒乓大师赛",
            "篮坛风云",
            "马拉松之城",
            "冰雪竞技场",
            "排球时刻",
            "围棋名局",
            "羽坛对决",
            "街舞争霸",
        ],
    ),
    (
        "新闻",
        ["经济观察", "法治在线", "每周科技", "对话乡村", "健康之路", "军事前沿", "城市会客厅", "数字中国", "今日关注"],
    ),
];

/// Something sold to an account.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Product {
    pub(super) id: &'static str,
    pub(super) price_fen: i64,
}

const PRODUCTS: [(Product, f64); 5] = [
    (Product { id: "影视会员·月", price_fen: 2_500 }, 46.0),
    (Product { id: "单片点播", price_fen: 600 }, 28.0),
    (Product { id: "少儿包·月", price_fen: 1_500 }, 14.0),
    (Product { id: "体育包·月", price_fen: 3_000 }, 7.0),
    (Product { id: "影视会员·年", price_fen: 19_800 }, 5.0),
];

/// Urns over all of it.
#[derive(Debug)]
pub(super) struct Catalogue {
    pub(super) channels: Urn<&'static Channel>,
    pub(super) contents: Urn<&'static Content>,
    pub(super) products: Urn<&'static Product>,
}

static CONTENTS: [Content; 63] = contents();
static SOLD: [(Product, f64); 5] = PRODUCTS;

/// How many titles of each genre are played.
pub(super) fn titles_by_genre() -> impl Iterator<Item = (&'static str, i64)> {
    TITLES.iter().map(|(genre, titles)| (*genre, titles.len() as i64))
}

/// Titles in order of popularity: one of each genre in turn, so that the first title of every genre is a hit.
const fn contents() -> [Content; 63] {
    const NOTHING: Content = Content { id: "", genre: "" };
    let mut all = [NOTHING; 63];
    let mut index = 0;
    while index < all.len() {
        let (genre, titles) = TITLES[index % TITLES.len()];
        all[index] = Content { id: titles[index / TITLES.len()], genre };
        index += 1;
    }
    all
}

impl Catalogue {
    pub(super) fn new() -> Self {
        let [first_channel, channels @ ..] = &CHANNELS;
        let [first_content, contents @ ..] = &CONTENTS;
        let [first_product, products @ ..] = &SOLD;
        Self {
            channels: Urn::zipf(first_channel, channels, 0.8),
            contents: Urn::zipf(first_content, contents, 0.85),
            products: Urn::new(
                (&first_product.0, first_product.1),
                products.iter().map(|(product, weight)| (product, *weight)),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_name_is_used_twice() {
        assert_eq!(CHANNELS.iter().map(|channel| channel.id).collect::<BTreeSet<_>>().len(), CHANNELS.len());
        assert_eq!(CONTENTS.iter().map(|content| content.id).collect::<BTreeSet<_>>().len(), CONTENTS.len());
        assert!(CONTENTS.iter().all(|content| !content.id.is_empty()));
    }
}
