//! Reading markup of ours: what [`super::Markup`] and the drawings write, and nothing else.

/// A piece of markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open(OpenTag<'a>),
    Close,
    /// As it is written, with its escapes.
    Text(&'a str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OpenTag<'a> {
    pub(super) name: &'a str,
    pub(super) attributes: Attributes<'a>,
    /// Closes itself.
    pub(super) is_empty: bool,
}

/// Names and values as they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attributes<'a>(&'a str);

/// The pieces of a markup, one after another.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    pub(super) const fn of(markup: &'a str) -> Self {
        Self { rest: markup }
    }

    /// How many bytes are still to be read.
    pub(super) const fn left(&self) -> usize {
        self.rest.len()
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let Some(tag) = self.rest.strip_prefix('<') else {
            let (text, rest) = self.rest.split_at(self.rest.find('<').unwrap_or(self.rest.len()));
            self.rest = rest;
            return Some(Token::Text(text)).filter(|_| !text.is_empty());
        };
        // No value holds a `>`: it is escaped.
        let (tag, rest) = tag.split_once('>')?;
        self.rest = rest;
        if tag.starts_with('/') {
            return Some(Token::Close);
        }
        let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        Some(Token::Open(OpenTag { name, attributes: Attributes(attributes), is_empty }))
    }
}

impl<'a> Attributes<'a> {
    pub(super) fn pairs(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let (name, after) = rest.split_once('=')?;
            let (value, after) = after.strip_prefix('"')?.split_once('"')?;
            rest = after;
            Some((name.trim_start(), value))
        })
    }

    pub(super) fn value(self, wanted: &str) -> Option<&'a str> {
        self.pairs().find_map(|(name, value)| (name == wanted).then_some(value))
    }
}

/// A text or a value without its escapes.
pub(super) fn unescaped(written: &str) -> String {
    if !written.contains('&') {
        return written.to_owned();
    }
    // The escaped `&` last: what it stands before is text.
    written.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_read_as_they_are_written() {
        let markup = r#"<p class="a" title="&quot;x&quot; = 1">1 &lt; 2<br/></p>"#;
        let tokens: Vec<Token> = Tokens::of(markup).collect();
        let [Token::Open(p), Token::Text(text), Token::Open(br), Token::Close] = tokens.as_slice() else {
            panic!("{tokens:?}");
        };
        assert_eq!((p.name, p.is_empty, br.name, br.is_empty), ("p", false, "br", true));
        assert_eq!(p.attributes.pairs().collect::<Vec<_>>(), [("class", "a"), ("title", "&quot;x&quot; = 1")]);
        assert_eq!((unescaped(text), p.attributes.value("titl")), ("1 < 2".to_owned(), None));
        assert_eq!(unescaped("&amp;lt;"), "&lt;", "escaped twice, unescaped once");
    }
}
