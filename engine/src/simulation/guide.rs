//! Programme lists for every channel and day of the simulated world.
//!
//! CCTV-1 shows what it really showed on 30 November 2023, day after day. The other channels keep its times, moved by
//! some minutes, under titles of their own, which move on by one slot every day.

use super::catalogue::{CHANNELS, Channel};
use crate::{events::Text, programmes::programme_id};
use model::time::{Calendar, Day, Timestamp};
use std::{fmt::Write, sync::LazyLock};

const REAL_GUIDE: &str = include_str!("../../../assets/epg-cctv1.xml");
const DAY_SECONDS: u32 = 86_400;
/// Between the times of one channel and the next.
const SHIFT_SECONDS: u32 = 7 * 60;
/// Shorter slots are trailers, which only the real list has.
const SHORTEST_SLOT_SECONDS: u32 = 8 * 60;

static SLOTS: LazyLock<Vec<Slot>> = LazyLock::new(real_slots);

/// The list of every channel on that day, as XMLTV.
pub fn programme_list(day: Day) -> Vec<u8> {
    xmltv(&SLOTS, day).into_bytes()
}

/// The id, as the importer gives it, of what a channel showed at that moment; `None` where it showed nothing that is listed.
pub(super) fn programme_at(channel: &Channel, moment: Timestamp) -> Option<Text> {
    let index = CHANNELS.iter().position(|one| one.id == channel.id)? as u32;
    let today = Calendar::CHINA.day_of(moment);
    // What began yesterday may last until this morning.
    [today, today.plus(-1)].into_iter().find_map(|day| {
        let begin = Calendar::CHINA.start_of(day);
        let second = u32::try_from(moment.millis_since(begin) / 1_000).ok()?;
        let shown = programmes_of(index, channel, &SLOTS, day);
        let (from, _, title) = shown.into_iter().find(|(from, to, _)| (*from..*to).contains(&second))?;
        Some(programme_id(channel.id, begin.plus_millis(i64::from(from) * 1_000).millis(), title))
    })
}

/// A slot of the real list, in seconds of its day.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Slot {
    from: u32,
    to: u32,
    title: &'static str,
}

/// Reads the list that comes with the product; it has one programme a line.
fn real_slots() -> Vec<Slot> {
    let seconds = |stamp: &str| {
        let clock: u32 = stamp.get(8..14)?.parse().ok()?;
        Some(clock / 10_000 * 3_600 + clock / 100 % 100 * 60 + clock % 100)
    };
    let slot = |line: &'static str| {
        let mut quoted = line.trim_start().strip_prefix("<programme")?.split('"');
        let (from, to) = (seconds(quoted.nth(1)?)?, seconds(quoted.nth(1)?)?);
        let title = line.split_once("<title lang=\"zh\">")?.1.split_once('<')?.0;
        Some(Slot { from, to, title })
    };
    REAL_GUIDE.lines().filter_map(slot).collect()
}

/// What channels of a genre show. Eight each, so that with 30 slots a day nothing stands at the same time every day.
fn titles(genre: &str) -> &'static [&'static str] {
    match genre {
        "新闻" => {
            &["新闻直播间", "国际时讯", "经济信息联播", "法治进行时", "今日亚洲", "新闻纵横", "环球视线", "民生关注"]
        }
        "综艺" => &[
            "歌声里的中国",
            "周末大舞台",
            "明星厨房",
            "欢乐总动员",
            "民歌新唱",
            "挑战不可能之夜",
            "脱口秀时间",
            "越剧春秋",
        ],
        "电视剧" => {
            &["山河故人来", "梅岭春深", "北上的列车", "老街坊", "风起钱塘", "秦关月", "问心何处", "远山的信"]
        }
        "电影" => &["极地救援", "夜航", "少年飞行员", "茶馆旧事", "星河彼岸", "大漠孤舟", "逆光而行", "光影人生"],
        "少儿" => {
            &["小熊侦探队", "蓝星探险记", "汉字大冒险", "森林医生", "动画乐翻天", "彩虹邮局", "恐龙学校", "智慧树屋"]
        }
        "体育" => {
            &["体育晨报", "中超精选", "乒乓大师赛", "篮坛风云", "冰雪竞技场", "排球时刻", "体坛人物", "直播周末"]
        }
        "纪录片" => {
            &["大江之源", "古城的清晨", "味道的旅程", "深海之下", "丝路遗珍", "匠心", "冰川日记", "自然的声音"]
        }
        _ => &["早安中国", "生活帮", "走遍乡村", "健康有道", "法治天地", "戏曲大观园", "文化十分", "午间剧场"],
    }
}

/// The programmes of a channel on a day: from, to (seconds of the day, `to` perhaps of the next), title.
fn programmes_of(index: u32, channel: &Channel, slots: &[Slot], day: Day) -> Vec<(u32, u32, &'static str)> {
    if channel.id == "CCTV-1" {
        return slots.iter().map(|slot| (slot.from, slot.to, slot.title)).collect();
    }
    let titles = titles(channel.genre);
    let moved = index * SHIFT_SECONDS;
    let long = slots.iter().filter(|slot| slot.to - slot.from >= SHORTEST_SLOT_SECONDS);
    let title = |number: usize| {
        titles.get((number + day.0.unsigned_abs() as usize) % titles.len()).copied().unwrap_or(channel.name)
    };
    let mut shown: Vec<(u32, u32, &'static str)> = long
        .enumerate()
        .map(|(number, slot)| {
            let from = (slot.from + moved) % DAY_SECONDS;
            (from, from + (slot.to - slot.from), title(number))
        })
        .collect();
    shown.sort_unstable();
    shown
}

/// XMLTV for all channels of one day.
fn xmltv(slots: &[Slot], day: Day) -> String {
    let mut file = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tv>\n");
    for channel in &CHANNELS {
        let _ = writeln!(
            file,
            r#"<channel id="{}"><display-name lang="zh">{}</display-name></channel>"#,
            channel.id, channel.name
        );
    }
    for (index, channel) in (0..).zip(&CHANNELS) {
        for (from, to, title) in programmes_of(index, channel, slots, day) {
            let _ = writeln!(
                file,
                r#"<programme start="{} +0800" stop="{} +0800" channel="{}"><title lang="zh">{title}</title></programme>"#,
                stamp(day, from),
                stamp(day, to),
                channel.id,
            );
        }
    }
    file.push_str("</tv>\n");
    file
}

/// `20231130190000`
fn stamp(day: Day, seconds: u32) -> String {
    let (year, month, date) = day.plus((seconds / DAY_SECONDS) as i32).year_month_day();
    let clock = seconds % DAY_SECONDS;
    format!("{year:04}{month:02}{date:02}{:02}{:02}{:02}", clock / 3_600, clock / 60 % 60, clock % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_real_list_is_read_whole() {
        let slots = real_slots();
        assert_eq!(slots.len(), 37);
        assert_eq!(slots[0], Slot { from: 4_380, to: 6_075, title: "今日说法-2023-302" });
        assert!(slots.iter().all(|slot| slot.from < slot.to));
    }

    #[test]
    fn no_channel_shows_two_things_at_once() {
        let slots = real_slots();
        for (index, channel) in (0..).zip(&CHANNELS) {
            let shown = programmes_of(index, channel, &slots, Day(20_000));
            let apart = shown.windows(2).all(|pair| pair[0].1 <= pair[1].0);
            assert!(apart && shown.len() > 20, "{}: {shown:?}", channel.id);
            let last = &shown[shown.len() - 1];
            assert!(last.1.saturating_sub(DAY_SECONDS) <= shown[0].0, "{} runs into its next morning", channel.id);
        }
    }

    #[test]
    fn a_moment_has_the_programme_that_lasts_then() {
        let evening = Timestamp::parse("2024-10-04T19:10:00+08:00").unwrap();
        let news = Timestamp::parse("2024-10-04T19:00:00+08:00").unwrap();
        let title = SLOTS.iter().find(|slot| slot.from == 19 * 3_600).unwrap().title;
        assert_eq!(programme_at(&CHANNELS[0], evening), Some(programme_id("CCTV-1", news.millis(), title)));
        let early = Timestamp::parse("2024-10-04T00:00:30+08:00").unwrap();
        let known = CHANNELS.iter().filter(|channel| programme_at(channel, early).is_some()).count();
        assert!(known > CHANNELS.len() / 2, "what began before midnight goes on");
    }

    #[test]
    fn every_genre_of_a_channel_has_titles_of_its_own() {
        let genres: BTreeSet<&str> = CHANNELS.iter().map(|channel| channel.genre).collect();
        let lists: BTreeSet<&[&str]> = genres.iter().map(|genre| titles(genre)).collect();
        assert_eq!(lists.len(), genres.len());
        assert!(lists.iter().all(|list| list.len() == 8));
    }

    #[test]
    fn a_list_is_as_xmltv_wants_it() {
        let file = xmltv(&real_slots(), Day(20_000));
        assert!(
            file.contains(r#"start="20241004190000 +0800" stop="20241004193920 +0800" channel="CCTV-1""#),
            "{file}"
        );
        assert!(file.contains(r#"<channel id="浙江卫视"><display-name lang="zh">浙江卫视</display-name></channel>"#));
        assert_eq!(stamp(Day(20_000), DAY_SECONDS + 61), "20241005000101");
    }
}
