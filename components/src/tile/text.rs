//! A little Markdown as headings, paragraphs and lists. Nothing in it runs: what is not known stays text.

use super::{
    card::Reader,
    inline::{Piece, pieces},
};
use crate::{markup::Markup, words};
use leptos::prelude::*;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Block {
    Heading(String),
    Subheading(String),
    Paragraph(Vec<String>),
    List(Vec<String>),
    Numbered(Vec<String>),
}

/// Markdown has no deeper ones (`CommonMark` 0.31.2, 4.2).
const DEEPEST_HEADING: usize = 6;

/// What one line is.
enum Line<'a> {
    Blank,
    Heading(&'a str),
    Subheading(&'a str),
    Item(&'a str),
    NumberedItem(&'a str),
    Plain(&'a str),
}

fn line(text: &str) -> Line<'_> {
    let text = text.trim();
    let numbered = || {
        let rest = text.trim_start_matches(|sign: char| sign.is_ascii_digit());
        let rest = (rest.len() < text.len()).then_some(rest)?;
        rest.strip_prefix(". ").or_else(|| rest.strip_prefix('、'))
    };
    if text.is_empty() {
        Line::Blank
    } else if let Some((depth, rest)) = heading(text) {
        if depth == 1 { Line::Heading(rest) } else { Line::Subheading(rest) }
    } else if let Some(rest) = ["- ", "* ", "• "].iter().find_map(|mark| text.strip_prefix(mark)) {
        Line::Item(rest.trim())
    } else if let Some(rest) = numbered() {
        Line::NumberedItem(rest.trim())
    } else {
        Line::Plain(text)
    }
}

/// How deep a heading is, and what it says. A card has room for two depths: what is deeper is as the second.
fn heading(text: &str) -> Option<(usize, &str)> {
    let rest = text.trim_start_matches('#');
    let depth = text.len() - rest.len();
    Some((depth, rest.strip_prefix(' ')?.trim())).filter(|_| (1..=DEEPEST_HEADING).contains(&depth))
}

/// `# heading`, `## subheading`, `- item`, `1. item`; everything else is a paragraph, up to an empty line.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_open = false;
    for text in text.lines() {
        let open = if is_open { blocks.last_mut() } else { None };
        is_open = true;
        match (line(text), open) {
            (Line::Blank, _) => is_open = false,
            (Line::Heading(text), _) => blocks.push(Block::Heading(text.to_owned())),
            (Line::Subheading(text), _) => blocks.push(Block::Subheading(text.to_owned())),
            (Line::Item(text), Some(Block::List(items))) | (Line::NumberedItem(text), Some(Block::Numbered(items))) => {
                items.push(text.to_owned());
            }
            (Line::Item(text), _) => blocks.push(Block::List(vec![text.to_owned()])),
            (Line::NumberedItem(text), _) => blocks.push(Block::Numbered(vec![text.to_owned()])),
            (Line::Plain(text), Some(Block::Paragraph(lines))) => lines.push(text.to_owned()),
            (Line::Plain(text), _) => blocks.push(Block::Paragraph(vec![text.to_owned()])),
        }
    }
    blocks
}

/// The text as markup: elements of ours, and beside them nothing but text.
pub(super) fn prose_markup(text: &str) -> String {
    let mut markup = Markup::default();
    for block in blocks(text) {
        match block {
            Block::Heading(text) => draw_line(&mut markup, "h4", &[("class", "prose__heading")], &text),
            Block::Subheading(text) => draw_line(&mut markup, "h5", &[("class", "prose__subheading")], &text),
            Block::Paragraph(lines) => draw_line(&mut markup, "p", &[], &lines.join("\n")),
            Block::List(items) => draw_list(&mut markup, "ul", &items),
            Block::Numbered(items) => draw_list(&mut markup, "ol", &items),
        }
    }
    markup.into_text()
}

fn draw_line(markup: &mut Markup, element: &str, attributes: &[(&str, &str)], text: &str) {
    markup.element(element, attributes, |inside| draw_pieces(inside, &pieces(text)));
}

fn draw_list(markup: &mut Markup, element: &str, items: &[String]) {
    markup.element(element, &[], |list| items.iter().for_each(|item| draw_line(list, "li", &[], item)));
}

fn draw_pieces(markup: &mut Markup, pieces: &[Piece]) {
    for piece in pieces {
        match piece {
            Piece::Plain(text) => markup.text(text),
            Piece::Code(text) => markup.element("code", &[], |code| code.text(text)),
            Piece::Strong(inside) => markup.element("strong", &[], |strong| draw_pieces(strong, inside)),
            Piece::Emphasis(inside) => markup.element("em", &[], |em| draw_pieces(em, inside)),
            Piece::Link { address, inside } => {
                let elsewhere = [("rel", "noopener noreferrer"), ("target", "_blank")];
                let elsewhere = elsewhere.into_iter().filter(|_| !address.is_own());
                let attributes: Vec<_> = std::iter::once(("href", address.as_str())).chain(elsewhere).collect();
                markup.element("a", &attributes, |a| draw_pieces(a, inside));
            }
        }
    }
}

#[component]
pub(super) fn TextBody(text: String, reader: Reader) -> impl IntoView {
    if text.trim().is_empty() {
        return view! {
            <div class="prose">
                <p class="prose__empty">{move || reader.say(words::EMPTY_TEXT)}</p>
            </div>
        }
        .into_any();
    }
    view! { <div class="prose" inner_html=prose_markup(&text)></div> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn headings_lists_and_paragraphs_are_told_apart() {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let text = "# 本周要点\n收视平稳\n连续两行\n\n- 一\n- 二\n1. 甲\n2、乙\n## 说明\n### 附\n####### 七\n<script>";
        let expected = [
            Block::Heading("本周要点".to_owned()),
            Block::Paragraph(owned(&["收视平稳", "连续两行"])),
            Block::List(owned(&["一", "二"])),
            Block::Numbered(owned(&["甲", "乙"])),
            Block::Subheading("说明".to_owned()),
            Block::Subheading("附".to_owned()),
            Block::Paragraph(owned(&["####### 七", "<script>"])),
        ];
        assert_eq!(blocks(text), expected);
    }

    #[test]
    fn links_lead_away_in_a_page_of_their_own() {
        let html = prose_markup("- 见[**口径**](https://example.org/a?x=1&y=2)\n\n[看板](/boards/1) <i>");
        assert_eq!(
            html,
            "<ul><li>见<a href=\"https://example.org/a?x=1&amp;y=2\" rel=\"noopener noreferrer\" target=\"_blank\">\
             <strong>口径</strong></a></li></ul><p><a href=\"/boards/1\">看板</a> &lt;i&gt;</p>"
        );
    }

    /// The elements in markup, and what stands in their tags.
    fn tags(html: &str) -> Vec<&str> {
        html.split('<').skip(1).filter_map(|rest| rest.split('>').next()).collect()
    }

    fn is_known(tag: &str) -> bool {
        let plain = [
            "h4 class=\"prose__heading\"",
            "h5 class=\"prose__subheading\"",
            "p",
            "ul",
            "ol",
            "li",
            "strong",
            "em",
            "code",
        ];
        let is_link = || {
            let rest = tag.strip_prefix("a href=\"")?;
            let (address, rest) = rest.split_once('"')?;
            let is_address = address.starts_with("https://") || address.starts_with('/') && !address.starts_with("//");
            Some(is_address && (rest.is_empty() || rest == " rel=\"noopener noreferrer\" target=\"_blank\""))
        };
        let closed = tag.strip_prefix('/');
        plain.contains(&tag)
            || closed
                .is_some_and(|name| ["h4", "h5", "p", "ul", "ol", "li", "strong", "em", "code", "a"].contains(&name))
            || is_link() == Some(true)
    }

    proptest! {
        #[test]
        fn nothing_but_text_and_known_elements_comes_out(
            parts in prop::collection::vec(prop_oneof![
                "\\PC{0,12}",
                prop::sample::select(vec![
                    "*", "**", "***", "`", "[", "](", ")", "](https://a.cn)", "](javascript:x)", "](/a\"onload=x)", "<script>",
                    "</p>", "<img src=x onerror=y>", "# ", "- ", "1. ", "\n", "\n\n", "\\", "&lt;", "\"", "'", "甲",
                ]).prop_map(str::to_owned),
            ], 0..40),
        ) {
            let text = parts.concat();
            let html = prose_markup(&text);
            let tags = tags(&html);
            for tag in &tags {
                prop_assert!(is_known(tag), "<{tag}> of {text:?}: {html}");
            }
            // What is opened is closed, in turn.
            let mut open: Vec<&str> = Vec::new();
            for tag in tags {
                match tag.strip_prefix('/') {
                    Some(name) => prop_assert_eq!(open.pop(), Some(name)),
                    None => open.push(tag.split(' ').next().unwrap()),
                }
            }
            prop_assert!(open.is_empty());
        }
    }
}
