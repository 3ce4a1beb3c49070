//! The text of a guide, in whichever encoding it comes.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use model::problem::{Problem, ProblemCode};
use std::borrow::Cow;

/// The declaration stands in the first line.
const DECLARATION_BYTES: usize = 256;
/// With more than one such character in so many bytes, it is another encoding than the file says.
const ONE_GARBLED_IN: usize = 50;

pub(super) struct Decoded<'f> {
    pub text: Cow<'f, str>,
    /// Characters that the encoding does not have.
    pub garbled: usize,
}

/// By the byte order mark, else by the declaration, else UTF-8.
pub(super) fn decode(xml: &[u8]) -> Result<Decoded<'_>, Problem> {
    let encoding = match Encoding::for_bom(xml) {
        Some((encoding, _)) => encoding,
        None => declared(xml)?,
    };
    let (text, has_errors) = encoding.decode_with_bom_removal(xml);
    let garbled = if has_errors { text.matches(char::REPLACEMENT_CHARACTER).count() } else { 0 };
    if garbled * ONE_GARBLED_IN > text.len() {
        let name = encoding.name();
        let detail = format!(
            "the programme list is not in {name}, as its first line says or leaves open: name its encoding there, as in \
             <?xml version=\"1.0\" encoding=\"GBK\"?>"
        );
        return Err(Problem::new(ProblemCode::MalformedRequest, detail).with("encoding", name));
    }
    Ok(Decoded { text, garbled })
}

fn declared(xml: &[u8]) -> Result<&'static Encoding, Problem> {
    match xml {
        [b'<', 0, ..] => return Ok(UTF_16LE),
        [0, b'<', ..] => return Ok(UTF_16BE),
        _ => {}
    }
    let Some(label) = label(xml.get(..DECLARATION_BYTES).unwrap_or(xml)) else {
        return Ok(UTF_8);
    };
    match Encoding::for_label_no_replacement(label.as_bytes()) {
        // Its first line could not have been read.
        Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => Ok(UTF_8),
        Some(encoding) => Ok(encoding),
        None => {
            let detail = format!("the programme list is in “{label}”, which is not known here: save it as UTF-8");
            Err(Problem::new(ProblemCode::MalformedRequest, detail).with("encoding", label))
        }
    }
}

/// What the XML declaration says, if there is one.
fn label(beginning: &[u8]) -> Option<String> {
    let beginning = String::from_utf8_lossy(beginning);
    let declaration = beginning.trim_start().strip_prefix("<?xml")?;
    let (declaration, _) = declaration.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|letter| matches!(letter, '"' | '\''))?;
    let label = value.get(1..)?.split(quote).next()?.trim();
    Some(label.chars().take(40).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::GBK;

    fn text(xml: &[u8]) -> Result<String, String> {
        decode(xml).map(|decoded| decoded.text.into_owned()).map_err(|problem| problem.detail)
    }

    fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn mark_and_declaration_say_the_encoding() {
        let plain = "<tv>新闻联播</tv>";
        let gbk = format!("<?xml version='1.0' encoding = 'gb2312' ?>{plain}");
        assert_eq!(text(&GBK.encode(&gbk).0).unwrap(), gbk);
        assert_eq!(text(plain.as_bytes()).unwrap(), plain);
        assert_eq!(text(format!("\u{feff}{plain}").as_bytes()).unwrap(), plain);
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            assert_eq!(text(&utf_16(plain, bytes)).unwrap(), plain);
            assert_eq!(text(&utf_16(&format!("\u{feff}{plain}"), bytes)).unwrap(), plain);
        }
        let wrong = r#"<?xml version="1.0" encoding="UTF-16"?><tv/>"#;
        assert_eq!(text(wrong.as_bytes()).unwrap(), wrong, "it was read as bytes, so it is none");
    }

    #[test]
    fn what_can_not_be_read_is_said() {
        let told = text(br#"<?xml version="1.0" encoding="x-klingon"?><tv/>"#).unwrap_err();
        assert!(told.contains("x-klingon"), "{told}");
        let told = text(&GBK.encode("<tv><title>新闻联播</title></tv>").0).unwrap_err();
        assert!(told.contains("UTF-8"), "{told}");
    }

    #[test]
    fn a_few_broken_letters_are_counted() {
        let mut xml = "<tv>".repeat(100).into_bytes();
        xml.extend_from_slice(&"播".as_bytes()[..2]);
        let decoded = decode(&xml).unwrap();
        assert_eq!((decoded.garbled, decoded.text.len()), (1, 403));
    }
}
