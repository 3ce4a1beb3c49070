//! What there is to watch and to buy in the simulated world.
//!
//! Channels are real ones, so that a programme list fits; titles of films and series are made up. Ids are what people
//! read, since boards show channels and contents by their ids.

use super::chance::Urn;

/// A television channel.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Channel {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    /// What it mostly shows.
    pub(super) genre: &'static str,
}

const fn channel(id: &'static str, name: &'static str, genre: &'static str) -> Channel {
    Channel { id, name, genre }
}

/// All channels, the most watched first.
pub(super) const CHANNELS: [Channel; 16] = [
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
    /// Whose it is.
    pub(super) provider: &'static str,
    pub(super) length_ms: i64,
    /// So many days before the world is first looked at it was released.
    pub(super) days_old: i32,
}

/// The content providers, each at home in one genre (in the order of [`TITLES`]).
pub(super) const PROVIDERS: [&str; 7] =
    ["华映剧业", "东海影业", "青禾动漫", "大舞台文化", "新视纪实", "体坛在线", "全景资讯"];
/// How long a title of each genre is.
const LENGTH_MINUTES: [i64; 7] = [45, 100, 22, 70, 50, 55, 28];
/// Titles that came out lately, by their place: they rise and fall while one watches.
const NEW: [(usize, i32); 6] = [(2, 19), (7, 8), (12, 4), (17, 26), (23, 13), (31, 2)];

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
    /// Whose it is, where all of it is of one provider.
    pub(super) provider: Option<&'static str>,
}

impl Product {
    /// Whether it is one title and no package.
    pub(super) fn is_single_title(&self) -> bool {
        self.id == SINGLE_TITLE
    }
}

const SINGLE_TITLE: &str = "单片点播";

const fn product(id: &'static str, price_fen: i64, provider: Option<&'static str>) -> Product {
    Product { id, price_fen, provider }
}

const PRODUCTS: [(Product, f64); 5] = [
    (product("影视会员·月", 2_500, None), 46.0),
    (product(SINGLE_TITLE, 600, None), 28.0),
    (product("少儿包·月", 1_500, Some(PROVIDERS[2])), 14.0),
    (product("体育包·月", 3_000, Some(PROVIDERS[5])), 7.0),
    (product("影视会员·年", 19_800, None), 5.0),
];

/// What is sold.
#[derive(Debug)]
pub(super) struct Catalogue {
    pub(super) products: Urn<&'static Product>,
}

/// All titles in order of popularity.
pub(super) static CONTENTS: [Content; 63] = contents();
static SOLD: [(Product, f64); 5] = PRODUCTS;

/// How many titles of each genre are played.
pub(super) fn titles_by_genre() -> impl Iterator<Item = (&'static str, i64)> {
    TITLES.iter().map(|(genre, titles)| (*genre, titles.len() as i64))
}

/// Titles in order of popularity: one of each genre in turn, so that the first title of every genre is a hit. One in three is of
/// a provider that is at home elsewhere.
const fn contents() -> [Content; 63] {
    const NOTHING: Content = Content { id: "", genre: "", provider: "", length_ms: 0, days_old: 0 };
    let mut all = [NOTHING; 63];
    let mut index = 0;
    while index < all.len() {
        let (at, row) = (index % TITLES.len(), index / TITLES.len());
        let (genre, titles) = TITLES[at];
        let provider = PROVIDERS[if row % 3 == 2 { (at + row) % PROVIDERS.len() } else { at }];
        let days_old = 60 + (index as i32 * 53) % 700;
        all[index] = Content { id: titles[row], genre, provider, length_ms: LENGTH_MINUTES[at] * 60_000, days_old };
        index += 1;
    }
    let mut new = 0;
    while new < NEW.len() {
        let (index, days_old) = NEW[new];
        all[index].days_old = days_old;
        new += 1;
    }
    all
}

impl Catalogue {
    pub(super) fn new() -> Self {
        let [first, rest @ ..] = &SOLD;
        let rest = rest.iter().map(|(product, weight)| (product, *weight));
        Self { products: Urn::new((&first.0, first.1), rest) }
    }

    /// The packages that renew themselves each month.
    pub(super) fn monthly() -> impl Iterator<Item = &'static Product> {
        SOLD.iter().map(|(product, _)| product).filter(|product| product.id.ends_with("·月"))
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
