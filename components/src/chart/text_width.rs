//! How wide a text will be, without a font engine, so that server and browser agree.
//!
//! Chinese, Japanese and Korean signs are one em wide. Latin ones are measured by the advance widths of Helvetica,
//! widened to those of Inter; the estimate is meant to be a little too wide rather than too narrow.

/// Advance widths of ` ` to `~`, in thousandths of an em.
const LATIN: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, // p to ~
];

/// How much wider Inter runs than Helvetica.
const WIDENED: f64 = 1.1;

fn width_em(sign: char) -> f64 {
    let code = sign as usize;
    if let Some(thousandths) = code.checked_sub(0x20).and_then(|index| LATIN.get(index)) {
        return f64::from(*thousandths) / 1_000.0 * WIDENED;
    }
    // As wide as they are high: dashes and the ellipsis as Chinese fonts have them, Hangul, CJK, fullwidth forms, emoji.
    if (0x2010..=0x2027).contains(&code) || code >= 0x1100 && !(0x2000..0x2e80).contains(&code) { 1.0 } else { 0.62 }
}

/// How wide the text will be at a font size.
pub fn text_width_px(text: &str, font_px: f64) -> f64 {
    text.chars().map(width_em).sum::<f64>() * font_px
}

/// The text, or as much of its beginning as fits with `…` after it. Nothing where not even that fits.
pub fn shortened(text: &str, font_px: f64, room_px: f64) -> String {
    if text_width_px(text, font_px) <= room_px {
        return text.to_owned();
    }
    let mut left_px = room_px - text_width_px("…", font_px);
    if left_px <= 0.0 {
        return String::new();
    }
    let mut kept: String = text
        .chars()
        .take_while(|sign| {
            left_px -= width_em(*sign) * font_px;
            left_px >= 0.0
        })
        .collect();
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn chinese_is_one_em_a_sign() {
        assert!((text_width_px("收视率", 12.0) - 36.0).abs() < 1e-9);
        assert!(text_width_px("1,234", 12.0) < 36.0);
    }

    #[test]
    fn long_names_end_in_an_ellipsis() {
        assert_eq!(shortened("中央电视台综合频道", 12.0, 60.0), "中央电视…");
        assert_eq!(shortened("CCTV-1", 12.0, 60.0), "CCTV-1");
        assert_eq!(shortened("浙江卫视", 12.0, 5.0), "");
    }

    proptest! {
        #[test]
        fn what_was_shortened_fits(text in "[ -~一-龥]{0,40}", room_px in 0.0_f64..300.0) {
            let short = shortened(&text, 12.0, room_px);
            prop_assert!(text_width_px(&short, 12.0) <= room_px + 1e-6);
            prop_assert!(short == text || short.is_empty() || short.ends_with('…'));
        }
    }
}
