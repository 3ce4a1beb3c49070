//! A document as a picture.
//!
//! The picture is made from the SVG and the fonts of this program alone: no font of the machine, no file, no address that
//! the document names is ever read.

use png::{BitDepth, ColorType, Compression, PixelDimensions, Unit};
use resvg::{
    tiny_skia::{Color, Pixmap, Transform},
    usvg::{self, ImageHrefResolver, Options, Tree, fontdb::Database},
};
use std::sync::{Arc, LazyLock};

/// The largest picture: 8,000 × 4,000. While it is drawn it takes four bytes a pixel.
pub const MOST_PIXELS: u64 = 32_000_000;

/// Pixels of a style sheet in a metre: 96 to the inch of 25.4 mm.
const PIXELS_IN_A_METRE: f32 = 96.0 / 0.0254;

/// Chinese and Latin in two weights, cut out of Noto Sans CJK SC (`assets/fonts`).
const FONTS: [&[u8]; 2] = [
    include_bytes!("../../../assets/fonts/noto-sans-sc-regular.otf"),
    include_bytes!("../../../assets/fonts/noto-sans-sc-medium.otf"),
];

/// The name that both have.
const FAMILY: &str = "Noto Sans CJK SC";

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum NoPicture {
    #[error("a picture of {width} × {height} pixels would be larger than {MOST_PIXELS} pixels")]
    TooLarge { width: u64, height: u64 },
    #[error("a picture can't be drawn at a scale of {0}")]
    Scale(f32),
    #[error("the document can't be drawn")]
    Document(#[from] usvg::Error),
    #[error("the picture can't be written")]
    Written(#[from] png::EncodingError),
}

static FONT_DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut database = Database::new();
    for font in FONTS {
        database.load_font_source(usvg::fontdb::Source::Binary(Arc::new(font)));
    }
    database.set_sans_serif_family(FAMILY);
    database.set_serif_family(FAMILY);
    database.set_monospace_family(FAMILY);
    Arc::new(database)
});

fn options() -> Options<'static> {
    Options {
        font_family: FAMILY.to_owned(),
        // By default a path in a document would be opened.
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        fontdb: Arc::clone(&FONT_DATABASE),
        ..Options::default()
    }
}

/// Draws a document at so many pixels for each of its own, on white where it is not filled. It takes a tenth of a second or two:
/// not for a thread that answers others.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, NoPicture> {
    if !(scale.is_finite() && scale > 0.0) {
        return Err(NoPicture::Scale(scale));
    }
    let tree = Tree::from_str(svg, &options())?;
    let size = tree.size();
    let [width, height] = [size.width(), size.height()].map(|length| (length * scale).round().max(1.0) as u64);
    let too_large = NoPicture::TooLarge { width, height };
    if width.saturating_mul(height) > MOST_PIXELS {
        return Err(too_large);
    }
    let (Ok(across), Ok(down)) = (u32::try_from(width), u32::try_from(height)) else {
        return Err(too_large);
    };
    let Some(mut pixels) = Pixmap::new(across, down) else {
        return Err(too_large);
    };
    pixels.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    written(&pixels, scale)
}

/// Without transparency, and with its size in print, by which programs for slides place it.
fn written(pixels: &Pixmap, scale: f32) -> Result<Vec<u8>, NoPicture> {
    let opaque: Vec<u8> = pixels.pixels().iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, pixels.width(), pixels.height());
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    let in_a_metre = (PIXELS_IN_A_METRE * scale).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: in_a_metre, yppu: in_a_metre, unit: Unit::Meter }));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&opaque)?;
    writer.finish()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    struct Picture {
        width: usize,
        pixels: Vec<u8>,
        dots_in_a_metre: u32,
    }

    fn read(file: &[u8]) -> Picture {
        let mut reader = png::Decoder::new(Cursor::new(file)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        let info = reader.info();
        Picture { width: info.width as usize, pixels, dots_in_a_metre: info.pixel_dims.unwrap().xppu }
    }

    fn drawn(inside: &str) -> Picture {
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="40" font-family="Noto Sans SC, sans-serif" font-size="24">{inside}</svg>"#
        );
        read(&png(&svg, 2.0).unwrap())
    }

    fn text(sign: char, weight: u16) -> Picture {
        drawn(&format!(r#"<text x="4" y="30" font-weight="{weight}">{sign}</text>"#))
    }

    /// How many pixels have something on them.
    fn inked(picture: &Picture) -> usize {
        picture.pixels.chunks_exact(3).filter(|pixel| pixel.iter().any(|channel| *channel < 128)).count()
    }

    #[test]
    fn a_picture_has_the_size_that_is_asked_for() {
        let picture = drawn("");
        assert_eq!((picture.width, picture.pixels.len()), (80, 80 * 80 * 3));
        assert_eq!(picture.dots_in_a_metre, 7_559, "192 to the inch");
        assert_eq!(inked(&picture), 0);
    }

    #[test]
    fn chinese_is_drawn_with_the_fonts_that_came_along() {
        // A sign that no font has is drawn as a box, or not at all.
        let unknown = text('\u{10ffff}', 400).pixels;
        let shown: Vec<Picture> =
            "中国播放收视率镕堃喆𬭎↑↓▲—…㎡（鳳凰衛視".chars().map(|sign| text(sign, 400)).collect();
        for (index, picture) in shown.iter().enumerate() {
            assert!(inked(picture) > 20, "sign {index} is not drawn");
            assert_ne!(picture.pixels, unknown, "sign {index} is a box");
            assert!(
                shown.iter().skip(index + 1).all(|other| other.pixels != picture.pixels),
                "sign {index} is another"
            );
        }
        assert!(inked(&text('中', 600)) > inked(&text('中', 400)), "there is a heavier weight");
    }

    #[test]
    fn figures_are_of_one_width() {
        let foot = |figure: char| {
            let picture = drawn(&format!(
                r#"<text y="20" font-size="12">{figure}{figure}{figure}{figure}<tspan font-size="9">|</tspan></text>"#
            ));
            let column = |index: usize| index / 3 % picture.width;
            picture
                .pixels
                .iter()
                .enumerate()
                .filter(|(_, channel)| **channel < 200)
                .map(|(index, _)| column(index))
                .max()
        };
        assert!(('0'..='9').all(|figure| foot(figure) == foot('0')));
    }

    #[test]
    fn nothing_outside_the_document_is_read() {
        let folder = std::env::temp_dir().join(format!("no-picture-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("black.svg");
        let black =
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>"#;
        std::fs::write(&file, black).unwrap();
        let path = file.display();
        let data = "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40'><rect width='40' height='40'/></svg>"
            .replace('<', "&lt;");
        for address in [format!("{path}"), format!("file://{path}"), "http://127.0.0.1:9/black.svg".to_owned(), data] {
            for attribute in ["href", "xlink:href"] {
                let image = drawn(&format!(r#"<image {attribute}="{address}" width="40" height="40"/>"#));
                assert_eq!(inked(&image), 0, "{attribute} {address}");
            }
            let used = drawn(&format!(r#"<use href="{address}#x"/><style>@import url("{address}");</style>"#));
            assert_eq!(inked(&used), 0, "{address}");
        }
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_is_too_large_or_no_document_is_said() {
        let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" width="4096" height="4096"/>"#;
        assert!(matches!(png(svg, 2.0), Err(NoPicture::TooLarge { width: 8_192, height: 8_192 })));
        assert!(png(svg, 1.0).is_ok());
        for scale in [0.0, -1.0, f32::NAN, f32::INFINITY] {
            assert!(matches!(png(svg, scale), Err(NoPicture::Scale(_))), "{scale}");
        }
        for text in ["", "no document", "<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"0\" height=\"0\"/>"]
        {
            assert!(matches!(png(text, 1.0), Err(NoPicture::Document(_))), "{text}");
        }
        let endless = r#"<svg xmlns="http://www.w3.org/2000/svg" width="1e30" height="1e30"/>"#;
        assert!(png(endless, 1.0).is_err());
    }
}
