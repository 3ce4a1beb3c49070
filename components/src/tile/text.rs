//! Plain text as headings, paragraphs and lists. Nothing in it runs.

use super::card::Reader;
use crate::words;
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
    } else if let Some(rest) = text.strip_prefix("## ") {
        Line::Subheading(rest.trim())
    } else if let Some(rest) = text.strip_prefix("# ") {
        Line::Heading(rest.trim())
    } else if let Some(rest) = ["- ", "* ", "• "].iter().find_map(|mark| text.strip_prefix(mark)) {
        Line::Item(rest.trim())
    } else if let Some(rest) = numbered() {
        Line::NumberedItem(rest.trim())
    } else {
        Line::Plain(text)
    }
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

fn items(items: Vec<String>) -> impl IntoView {
    items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view()
}

#[component]
pub(super) fn TextBody(text: Memo<String>, reader: Reader) -> impl IntoView {
    let drawn = move || {
        let block = |block| match block {
            Block::Heading(text) => view! { <h4 class="prose__heading">{text}</h4> }.into_any(),
            Block::Subheading(text) => view! { <h5 class="prose__subheading">{text}</h5> }.into_any(),
            Block::Paragraph(lines) => view! { <p>{lines.join("\n")}</p> }.into_any(),
            Block::List(list) => view! { <ul>{items(list)}</ul> }.into_any(),
            Block::Numbered(list) => view! { <ol>{items(list)}</ol> }.into_any(),
        };
        text.with(|text| blocks(text)).into_iter().map(block).collect_view()
    };
    view! {
        <div class="prose">
            {drawn}
            <Show when=move || text.with(|text| text.trim().is_empty())>
                <p class="prose__empty">{move || reader.say(words::EMPTY_TEXT)}</p>
            </Show>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn headings_lists_and_paragraphs_are_told_apart() {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let text = "# 本周要点\n收视平稳\n连续两行\n\n- 一\n- 二\n1. 甲\n2、乙\n## 说明\n<script>";
        let expected = [
            Block::Heading("本周要点".to_owned()),
            Block::Paragraph(owned(&["收视平稳", "连续两行"])),
            Block::List(owned(&["一", "二"])),
            Block::Numbered(owned(&["甲", "乙"])),
            Block::Subheading("说明".to_owned()),
            Block::Paragraph(owned(&["<script>"])),
        ];
        assert_eq!(blocks(text), expected);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,80}(\n\\PC{0,20}){0,6}") {
            let _ = blocks(&text);
        }
    }
}
