//! HTML written as text, for what is drawn anew with every frame: no view is built, and the same words fill a page that
//! nobody has touched yet.

mod changes;
mod tokens;
mod tree;

pub(crate) use changes::{Change, Changes, changes};

/// HTML, written from the inside out. Text and the values of attributes are escaped here and nowhere else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Markup(String);

impl Markup {
    /// An element and what stands in it. Names of elements and attributes are ours.
    pub(crate) fn element(&mut self, name: &str, attributes: &[(&str, &str)], inside: impl FnOnce(&mut Self)) {
        self.0.push('<');
        self.0.push_str(name);
        for (attribute, value) in attributes {
            self.0.push(' ');
            self.0.push_str(attribute);
            self.0.push_str("=\"");
            self.text(value);
            self.0.push('"');
        }
        self.0.push('>');
        inside(self);
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    pub(crate) fn text(&mut self, text: &str) {
        // What needs no escape is taken over in one piece: most text is one.
        let mut written = 0;
        for (at, byte) in text.bytes().enumerate() {
            let escaped = match byte {
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'&' => "&amp;",
                b'"' => "&quot;",
                _ => continue,
            };
            self.0.push_str(text.get(written..at).unwrap_or_default());
            self.0.push_str(escaped);
            written = at + 1;
        }
        self.0.push_str(text.get(written..).unwrap_or_default());
    }

    /// What is markup already: a drawing of ours.
    pub(crate) fn drawing(&mut self, svg: &str) {
        self.0.push_str(svg);
    }

    pub(crate) fn into_text(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(text: &str) -> String {
        let mut markup = Markup::default();
        markup.element("p", &[("title", text)], |p| p.text(text));
        markup.into_text()
    }

    #[test]
    fn nothing_that_is_said_can_leave_its_place() {
        assert_eq!(
            written(r#""><b onx='1'>&"#),
            r#"<p title="&quot;&gt;&lt;b onx='1'&gt;&amp;">&quot;&gt;&lt;b onx='1'&gt;&amp;</p>"#
        );
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_was_said(text in r#"[<>&"a文\u{10000}]{0,12}"#) {
            let written = written(&text);
            let inside = written.strip_suffix("</p>").and_then(|rest| rest.rsplit_once('>')).map(|(_, text)| text);
            let read = inside.unwrap().replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
            prop_assert_eq!(read, text);
        }

        #[test]
        fn there_are_as_many_tags_and_quotes_as_were_written(text in ".*") {
            let written = written(&text);
            let count = |sign: char| written.matches(sign).count();
            prop_assert_eq!((count('<'), count('>'), count('"')), (2, 2, 2));
        }
    }
}
