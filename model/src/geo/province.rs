//! The 34 province-level divisions of China.
//!
//! Codes are ISO 3166-2:CN (letters, since November 2017) and GB/T 2260; populations are the census of
//! 1 November 2020. The table repeats `assets/provinces.csv`, and a test holds the two together.

use crate::{formatting::Locale, text::LocalText};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

/// What a province is called and how many people live there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProvinceFacts {
    /// The two letters of ISO 3166-2, without `CN-`.
    pub code: &'static str,
    /// The six digits of GB/T 2260.
    pub gb2260: u32,
    pub short_zh: &'static str,
    pub full_zh: &'static str,
    pub name_en: &'static str,
    /// Persons, census of 1 November 2020.
    pub population: u32,
    /// Where it stands on the tile-grid map: column from the west, row from the north.
    pub tile: (u8, u8),
}

macro_rules! provinces {
    ($($code:ident, $gb:literal, $short:literal, $full:literal, $en:literal, $population:literal, ($column:literal, $row:literal);)*) => {
        /// A province-level division, by its ISO letters.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(clippy::upper_case_acronyms)]
        pub enum Province { $(#[doc = $en] $code,)* }

        impl Province {
            /// Every province, in the order of GB/T 2260.
            pub const ALL: &'static [Self] = &[$(Self::$code,)*];

            pub const fn facts(self) -> ProvinceFacts {
                match self {
                    $(Self::$code => ProvinceFacts {
                        code: stringify!($code), gb2260: $gb, short_zh: $short, full_zh: $full,
                        name_en: $en, population: $population, tile: ($column, $row),
                    },)*
                }
            }
        }
    };
}

provinces! {
    BJ, 110_000, "北京", "北京市", "Beijing", 21_893_095, (6, 1);
    TJ, 120_000, "天津", "天津市", "Tianjin", 13_866_009, (7, 2);
    HE, 130_000, "河北", "河北省", "Hebei", 74_610_235, (6, 2);
    SX, 140_000, "山西", "山西省", "Shanxi", 34_915_616, (5, 2);
    NM, 150_000, "内蒙古", "内蒙古自治区", "Inner Mongolia", 24_049_155, (5, 1);
    LN, 210_000, "辽宁", "辽宁省", "Liaoning", 42_591_407, (7, 1);
    JL, 220_000, "吉林", "吉林省", "Jilin", 24_073_453, (8, 1);
    HL, 230_000, "黑龙江", "黑龙江省", "Heilongjiang", 31_850_088, (8, 0);
    SH, 310_000, "上海", "上海市", "Shanghai", 24_870_895, (8, 4);
    JS, 320_000, "江苏", "江苏省", "Jiangsu", 84_748_016, (7, 4);
    ZJ, 330_000, "浙江", "浙江省", "Zhejiang", 64_567_588, (7, 5);
    AH, 340_000, "安徽", "安徽省", "Anhui", 61_027_171, (6, 4);
    FJ, 350_000, "福建", "福建省", "Fujian", 41_540_086, (7, 6);
    JX, 360_000, "江西", "江西省", "Jiangxi", 45_188_635, (6, 5);
    SD, 370_000, "山东", "山东省", "Shandong", 101_527_453, (7, 3);
    HA, 410_000, "河南", "河南省", "Henan", 99_365_519, (6, 3);
    HB, 420_000, "湖北", "湖北省", "Hubei", 57_752_557, (5, 4);
    HN, 430_000, "湖南", "湖南省", "Hunan", 66_444_864, (5, 5);
    GD, 440_000, "广东", "广东省", "Guangdong", 126_012_510, (6, 6);
    GX, 450_000, "广西", "广西壮族自治区", "Guangxi", 50_126_804, (5, 6);
    HI, 460_000, "海南", "海南省", "Hainan", 10_081_232, (5, 7);
    CQ, 500_000, "重庆", "重庆市", "Chongqing", 32_054_159, (4, 4);
    SC, 510_000, "四川", "四川省", "Sichuan", 83_674_866, (3, 4);
    GZ, 520_000, "贵州", "贵州省", "Guizhou", 38_562_148, (4, 5);
    YN, 530_000, "云南", "云南省", "Yunnan", 47_209_277, (3, 5);
    XZ, 540_000, "西藏", "西藏自治区", "Xizang", 3_648_100, (1, 4);
    SN, 610_000, "陕西", "陕西省", "Shaanxi", 39_528_999, (5, 3);
    GS, 620_000, "甘肃", "甘肃省", "Gansu", 25_019_831, (3, 2);
    QH, 630_000, "青海", "青海省", "Qinghai", 5_923_957, (2, 3);
    NX, 640_000, "宁夏", "宁夏回族自治区", "Ningxia", 7_202_654, (4, 2);
    XJ, 650_000, "新疆", "新疆维吾尔自治区", "Xinjiang", 25_852_345, (0, 2);
    TW, 710_000, "台湾", "台湾省", "Taiwan", 23_561_236, (8, 6);
    HK, 810_000, "香港", "香港特别行政区", "Hong Kong SAR", 7_474_200, (7, 7);
    MO, 820_000, "澳门", "澳门特别行政区", "Macao SAR", 683_218, (6, 7);
}

impl Province {
    pub const fn code(self) -> &'static str {
        self.facts().code
    }

    pub const fn name(self) -> LocalText<&'static str> {
        let facts = self.facts();
        LocalText { zh: facts.short_zh, en: facts.name_en }
    }

    pub const fn name_in(self, locale: Locale) -> &'static str {
        match locale {
            Locale::ZhCn => self.facts().short_zh,
            Locale::En => self.facts().name_en,
        }
    }

    /// Whether it is one of the 31 mainland rows of the census.
    pub const fn in_mainland_census(self) -> bool {
        !matches!(self, Self::TW | Self::HK | Self::MO)
    }
}

/// A text that names no province.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no province: expected the two letters of ISO 3166-2, such as ZJ")]
pub struct UnknownProvince(pub String);

impl FromStr for Province {
    type Err = UnknownProvince;

    /// Accepts `ZJ`, `CN-ZJ`, and the GB/T 2260 digits `330000` or `33`, as older files have them.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let code = text.strip_prefix("CN-").unwrap_or(text);
        let by_digits = |digits: u32| {
            let six = if digits < 100 { digits * 10_000 } else { digits };
            Self::ALL.iter().find(|province| province.facts().gb2260 == six)
        };
        let found = match code.parse::<u32>() {
            Ok(digits) => by_digits(digits),
            Err(_) => Self::ALL.iter().find(|province| province.code().eq_ignore_ascii_case(code)),
        };
        found.copied().ok_or_else(|| UnknownProvince(text.to_owned()))
    }
}

impl fmt::Display for Province {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl Serialize for Province {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Province {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_repeats_the_reference_file() {
        let file = include_str!("../../../assets/provinces.csv");
        let rows: Vec<Vec<&str>> = file.lines().skip(1).map(|line| line.split(',').collect()).collect();
        assert_eq!(rows.len(), Province::ALL.len());
        for (row, province) in rows.iter().zip(Province::ALL) {
            let facts = province.facts();
            assert_eq!(row[0], format!("CN-{}", facts.code));
            assert_eq!(row[1], facts.gb2260.to_string());
            assert_eq!((row[2], row[3]), (facts.short_zh, facts.full_zh));
            assert!(row[4].starts_with(facts.name_en));
            assert_eq!(row[6], facts.population.to_string());
        }
    }

    #[test]
    fn the_mainland_rows_sum_to_the_census() {
        let sum: u32 = Province::ALL
            .iter()
            .filter(|province| province.in_mainland_census())
            .map(|province| province.facts().population)
            .sum();
        assert_eq!(sum, 1_409_778_724);
    }

    #[test]
    fn every_province_has_a_tile_of_its_own() {
        let mut tiles: Vec<_> = Province::ALL.iter().map(|province| province.facts().tile).collect();
        tiles.sort_unstable();
        tiles.dedup();
        assert_eq!(tiles.len(), Province::ALL.len());
    }

    #[test]
    fn older_spellings_are_read() {
        for text in ["ZJ", "zj", "CN-ZJ", "330000", "33"] {
            assert_eq!(text.parse(), Ok(Province::ZJ), "{text}");
        }
        assert!("XX".parse::<Province>().is_err());
        assert!("".parse::<Province>().is_err());
    }
}
