//! The series colours are told apart by everybody: with full colour vision and with each of the three common kinds of
//! colour-blindness, in every theme.

#![expect(clippy::unwrap_used, reason = "a test that can't read its colours has failed")]

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../../style/tokens.css");

/// The tokens of the last block that a selector stands at the head of alone.
fn block(selector: &str) -> BTreeMap<&'static str, &'static str> {
    let after = TOKENS.rsplit_once(selector).unwrap().1;
    let body = after.split_once('{').unwrap().1.split_once("\n}").unwrap().0;
    body.lines().filter_map(|line| line.trim().trim_end_matches(';').split_once(": ")).collect()
}

/// The series colours of light, dark, and the wall, which takes from dark what it does not say.
fn themes() -> Vec<(&'static str, Vec<[f64; 3]>)> {
    let (light, dark, wall) = (block("\n:root {"), block("\n:root[data-theme=\"dark\"],"), block("\n.wall {"));
    let colours = |own: &dyn Fn(&str) -> &'static str| (1..=8).map(|at| rgb(own(&format!("--series-{at}")))).collect();
    vec![
        ("light", colours(&|name| light[name])),
        ("dark", colours(&|name| dark[name])),
        ("wall", colours(&|name| wall.get(name).copied().unwrap_or_else(|| dark[name]))),
    ]
}

/// Linear red, green and blue of `#rrggbb`.
fn rgb(hex: &str) -> [f64; 3] {
    let channel = |at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
    [1, 3, 5].map(channel).map(|c| if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) })
}

type Matrix = [[f64; 3]; 3];

/// Full severity, after Machado, Oliveira and Fernandes, “A physiologically-based model for simulation of color vision
/// deficiency”, IEEE TVCG 15 (2009), table 1; they are meant for linear values.
const SEEN_BY: [(&str, Matrix); 4] = [
    ("full colour vision", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    ),
    (
        "deuteranopia",
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
    ),
    (
        "tritanopia",
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
    ),
];

fn times(matrix: &Matrix, colour: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(colour).map(|(one, other)| one * other).sum::<f64>())
}

/// Oklab (Ottosson, 2020), in which equal distances look alike.
fn oklab(colour: [f64; 3]) -> [f64; 3] {
    const TO_CONES: Matrix = [
        [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
        [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
        [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
    ];
    const TO_LAB: Matrix = [
        [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
        [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
        [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
    ];
    times(&TO_LAB, times(&TO_CONES, colour.map(|channel| channel.clamp(0.0, 1.0))).map(f64::cbrt))
}

/// Nearer than this, two colours in different places of a chart are taken for one another. Side by side 0.02 is just seen.
const LEAST_APART: f64 = 0.06;

#[test]
fn series_colours_are_told_apart_by_everybody() {
    let mut near = Vec::new();
    for (theme, colours) in themes() {
        for (who, matrix) in &SEEN_BY {
            let seen: Vec<[f64; 3]> = colours.iter().map(|colour| oklab(times(matrix, *colour))).collect();
            for (at, one) in seen.iter().enumerate() {
                for (other_at, other) in seen.iter().enumerate().skip(at + 1) {
                    let apart = one.iter().zip(other).map(|(one, other)| (one - other).powi(2)).sum::<f64>().sqrt();
                    if apart < LEAST_APART {
                        near.push(format!("{theme}, {who}: {} and {} are {apart:.3} apart", at + 1, other_at + 1));
                    }
                }
            }
        }
    }
    assert!(near.is_empty(), "{near:#?}");
}
