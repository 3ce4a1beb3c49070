//! What stands within a line of Markdown: `**strong**`, `*emphasis*`, `` `code` `` and `[links](https://…)`. Whatever is
//! none of these stays as it was typed, and a sign after a backslash is only itself (after `CommonMark` 0.31, in small).

use model::board::WebAddress;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Plain(String),
    Code(String),
    Strong(Vec<Piece>),
    Emphasis(Vec<Piece>),
    Link { address: WebAddress, inside: Vec<Piece> },
}

/// Pieces stand in each other no deeper than that; a reader would not tell them apart any longer.
const DEEPEST: usize = 4;
/// The longest link, emphasis or code, in bytes: what is longer was not meant so, and would be sought for in vain.
const LONGEST_BYTES: usize = 2_000;

/// The pieces of a text.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    read(text, Around { depth: 0, is_link: false })
}

#[derive(Debug, Clone, Copy)]
struct Around {
    depth: usize,
    /// Links don't stand in links.
    is_link: bool,
}

fn read(text: &str, around: Around) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    let mut before = None;
    while let Some(sign) = rest.chars().next() {
        if let Some((piece, after)) = marked(rest, before, around) {
            if !plain.is_empty() {
                pieces.push(Piece::Plain(std::mem::take(&mut plain)));
            }
            pieces.push(piece);
            before = Some(sign);
            rest = after;
            continue;
        }
        let escaped = rest.strip_prefix('\\').and_then(|after| after.chars().next()).filter(char::is_ascii_punctuation);
        let (taken, length) = escaped.map_or((sign, sign.len_utf8()), |escaped| (escaped, 1 + escaped.len_utf8()));
        plain.push(taken);
        before = Some(taken);
        rest = rest.get(length..).unwrap_or_default();
    }
    if !plain.is_empty() {
        pieces.push(Piece::Plain(plain));
    }
    pieces
}

/// What begins here with a mark, and what comes after it.
fn marked(text: &str, before: Option<char>, around: Around) -> Option<(Piece, &str)> {
    if around.depth >= DEEPEST {
        return None;
    }
    let inner = Around { depth: around.depth + 1, ..around };
    if let Some(after) = text.strip_prefix('`') {
        let (code, after) = until(after, "`")?;
        return Some((Piece::Code(code.to_owned()), after));
    }
    if let Some(after) = text.strip_prefix("**") {
        let (inside, after) = between(after, "**")?;
        return Some((Piece::Strong(read(inside, inner)), after));
    }
    if let Some(after) = text.strip_prefix('*') {
        // The second of two that close nothing: 5 ** 2.
        if before == Some('*') {
            return None;
        }
        let (inside, after) = between(after, "*")?;
        return Some((Piece::Emphasis(read(inside, inner)), after));
    }
    let after = text.strip_prefix('[').filter(|_| !around.is_link)?;
    let (inside, after) = until(after, "](")?;
    let (address, after) = until(after, ")")?;
    let address = address.parse().ok()?;
    Some((Piece::Link { address, inside: read(inside, Around { is_link: true, ..inner }) }, after))
}

/// What stands before the next mark, if anything does, and what comes after it.
fn until<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let near = text.get(..text.floor_char_boundary(LONGEST_BYTES))?;
    let end = near.find(mark).filter(|end| *end > 0)?;
    Some((text.get(..end)?, text.get(end + mark.len()..)?))
}

/// Like [`until`], for marks that touch what they mark: `3 * 4 * 5` marks nothing. `*` is not the first of `**`.
fn between<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    if text.starts_with(char::is_whitespace) {
        return None;
    }
    let near = text.get(..text.floor_char_boundary(LONGEST_BYTES))?;
    let mut from = 0;
    loop {
        let end = from + near.get(from..)?.find(mark)?;
        let (inside, after) = (near.get(..end)?, text.get(end + mark.len()..)?);
        let is_part_of_two = mark.len() == 1 && after.starts_with('*');
        let closes = !inside.is_empty() && !inside.ends_with(|sign: char| sign.is_whitespace() || sign == '\\');
        if closes && !is_part_of_two {
            // `**a*b***`: the last two close.
            return if mark.len() == 2 && after.starts_with('*') {
                Some((near.get(..=end)?, after.get(1..)?))
            } else {
                Some((inside, after))
            };
        }
        from = end + if is_part_of_two { 2 } else { mark.len() };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(text: &str) -> Piece {
        Piece::Plain(text.to_owned())
    }

    #[test]
    fn marks_are_read_and_what_is_none_stays() {
        let strong = |text: &str| Piece::Strong(vec![plain(text)]);
        let emphasis = |text: &str| Piece::Emphasis(vec![plain(text)]);
        assert_eq!(pieces("a **b** *c* d"), [plain("a "), strong("b"), plain(" "), emphasis("c"), plain(" d")]);
        assert_eq!(pieces("`**x**`"), [Piece::Code("**x**".to_owned())]);
        assert_eq!(pieces("**a *b***"), [Piece::Strong(vec![plain("a "), emphasis("b")])]);
        assert_eq!(pieces("*a **b** c*"), [Piece::Emphasis(vec![plain("a "), strong("b"), plain(" c")])]);
        assert_eq!(pieces("收视率**上升**了"), [plain("收视率"), strong("上升"), plain("了")]);
        for none in
            ["3 * 4 * 5", "2 ** 3", "a * b", "**", "****", "`", "[x]", "[x](y)", "[](https://a.cn)", "*a", "**a*"]
        {
            assert_eq!(pieces(none), [plain(none)], "{none}");
        }
        assert_eq!(pieces(r"\*a\* \甲"), [plain(r"*a* \甲")]);
    }

    #[test]
    fn links_lead_to_pages_only() {
        let read = pieces("[**口径**](https://example.org/a)");
        let [Piece::Link { address, inside }] = read.as_slice() else {
            panic!("it is a link");
        };
        assert_eq!(address.as_str(), "https://example.org/a");
        assert_eq!(inside.as_slice(), [Piece::Strong(vec![plain("口径")])]);
        for bad in ["javascript:alert`1`", "data:text/html,x", "//example.org", "http://example.org", "https://a b"] {
            let text = format!("[x]({bad}");
            assert!(!pieces(&text).iter().any(|piece| matches!(piece, Piece::Link { .. })), "{bad}");
        }
    }

    fn letters(pieces: &[Piece]) -> String {
        let letters_of = |piece: &Piece| match piece {
            Piece::Plain(text) | Piece::Code(text) => text.clone(),
            Piece::Strong(inside) | Piece::Emphasis(inside) | Piece::Link { inside, .. } => letters(inside),
        };
        pieces.iter().map(letters_of).collect()
    }

    proptest! {
        #[test]
        fn no_letter_is_lost(text in "[ab*`甲 ]{0,60}") {
            let read = letters(&pieces(&text));
            let kept = |text: &str| text.chars().filter(|sign| !matches!(sign, '*' | '`')).collect::<String>();
            prop_assert_eq!(kept(&read), kept(&text));
        }
    }

    #[test]
    fn marks_without_end_are_read_at_once() {
        for mark in ["*", "**a", "[", "[a](", "`a", "*a **b "] {
            let _ = pieces(&mark.repeat(20_000 / mark.len()));
        }
    }
}
