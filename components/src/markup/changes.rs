//! What differs between two markups of ours: most new numbers move marks and change words, and now and then an axis has a
//! tick more or less. A browser makes such changes quicker than it reads the whole anew.

use super::{
    tokens::{Attributes, unescaped},
    tree::{Piece, Tree},
};

/// What makes the older markup the newer one, one after another. Elements go by their numbers in the older one, where they
/// are numbered in the order in which their tags open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change<'a> {
    /// An attribute has that value, or is gone.
    Attribute { element: usize, name: &'a str, value: Option<String> },
    /// Of the nodes in an element the one at that place is a text, and reads differently.
    Text { element: usize, place: usize, text: String },
    /// Elements come before one that is there, or else as the last in `within`, or of all.
    Come { before: Option<usize>, within: Option<usize>, markup: &'a str },
    /// An element goes, with all that is in it.
    Gone { element: usize },
}

/// An older markup, and what makes it the newer one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Changes<'a> {
    /// How many elements the older one has.
    pub(crate) elements: usize,
    pub(crate) changes: Vec<Change<'a>>,
}

/// The changes from one markup to another. `None` where most of it is new, and better read as a whole.
pub(crate) fn changes<'a>(before: &'a str, after: &'a str) -> Option<Changes<'a>> {
    let (older, newer) = (Tree::of(before)?, Tree::of(after)?);
    let mut comparison = Comparison { older: &older, newer: &newer, changes: Vec::new(), new_bytes: 0 };
    comparison.inside(None, None)?;
    let Comparison { changes, new_bytes, .. } = comparison;
    (new_bytes * 2 <= after.len()).then(|| Changes { elements: older.elements(), changes })
}

struct Comparison<'t, 'a> {
    older: &'t Tree<'a>,
    newer: &'t Tree<'a>,
    changes: Vec<Change<'a>>,
    /// How much of the newer markup has to be read.
    new_bytes: usize,
}

/// Nothing where texts come or go, or stand in no element.
type Compared = Option<()>;

impl Comparison<'_, '_> {
    /// Compares what is in two nodes, or in none. What is alike at the beginning and at the end is the same, and what is
    /// between comes or goes.
    fn inside(&mut self, old: Option<usize>, new: Option<usize>) -> Compared {
        let (older, newer) = (self.older, self.newer);
        let (mut olds, mut news) = (older.inside(old).peekable(), newer.inside(new).peekable());
        let mut place = 0;
        while let (Some(old_node), Some(new_node)) = (olds.peek().copied(), news.peek().copied())
            && self.is_alike(old_node, new_node)
        {
            self.pair(old, place, old_node, new_node)?;
            (place, _, _) = (place + 1, olds.next(), news.next());
        }
        if olds.peek().is_none() && news.peek().is_none() {
            return Some(());
        }
        let (olds, news): (Vec<usize>, Vec<usize>) = (olds.collect(), news.collect());
        self.rest(old, place, &olds, &news)
    }

    /// Compares what is left of two nodes, from that place on, where it is no longer alike.
    fn rest(&mut self, parent: Option<usize>, place: usize, olds: &[usize], news: &[usize]) -> Compared {
        let ends = olds.iter().rev().zip(news.iter().rev());
        let end = ends.take_while(|(old, new)| self.is_alike(**old, **new)).count();
        let (gone, old_end) = olds.split_at_checked(olds.len() - end)?;
        let (come, new_end) = news.split_at_checked(news.len() - end)?;
        // Texts go by their places, so they change before their neighbours come or go.
        for (index, (old, new)) in old_end.iter().zip(new_end).enumerate() {
            self.pair(parent, place + gone.len() + index, *old, *new)?;
        }
        if !come.is_empty() {
            come.iter().try_for_each(|node| self.newer_element(*node))?;
            let element = |node: &usize| self.element(*node);
            let before = olds.first().map_or(Some(None), |node| element(node).map(Some))?;
            let within = parent.map_or(Some(None), |node| element(&node).map(Some))?;
            self.come(before, within, come);
        }
        for node in gone {
            let element = self.element(*node)?;
            self.changes.push(Change::Gone { element });
        }
        Some(())
    }

    /// Compares two nodes that are alike; where what is in them can't be compared, the newer comes in place of the older.
    fn pair(&mut self, parent: Option<usize>, place: usize, old: usize, new: usize) -> Compared {
        match (self.older.piece(old)?, self.newer.piece(new)?) {
            (Piece::Text(older), Piece::Text(newer)) => {
                let element = self.element(parent?)?;
                if older != newer {
                    self.changes.push(Change::Text { element, place, text: unescaped(newer) });
                }
            }
            (Piece::Element { number, tag: older }, Piece::Element { tag: newer, .. }) => {
                let (changes, new_bytes) = (self.changes.len(), self.new_bytes);
                compare(number, older.attributes, newer.attributes, &mut self.changes);
                if self.inside(Some(old), Some(new)).is_none() {
                    self.changes.truncate(changes);
                    self.new_bytes = new_bytes;
                    self.come(Some(number), None, &[new]);
                    self.changes.push(Change::Gone { element: number });
                }
            }
            (Piece::Text(_), Piece::Element { .. }) | (Piece::Element { .. }, Piece::Text(_)) => return None,
        }
        Some(())
    }

    fn come(&mut self, before: Option<usize>, within: Option<usize>, nodes: &[usize]) {
        let markup = self.newer.written(nodes);
        self.new_bytes += markup.len();
        self.changes.push(Change::Come { before, within, markup });
    }

    fn is_alike(&self, old: usize, new: usize) -> bool {
        match (self.older.piece(old), self.newer.piece(new)) {
            (Some(Piece::Element { tag: older, .. }), Some(Piece::Element { tag: newer, .. })) => {
                older.name == newer.name && older.is_empty == newer.is_empty
            }
            (Some(Piece::Text(_)), Some(Piece::Text(_))) => true,
            (Some(Piece::Element { .. } | Piece::Text(_)) | None, _) => false,
        }
    }

    /// The number of an element of the older markup.
    fn element(&self, node: usize) -> Option<usize> {
        match self.older.piece(node)? {
            Piece::Element { number, .. } => Some(number),
            Piece::Text(_) => None,
        }
    }

    fn newer_element(&self, node: usize) -> Compared {
        match self.newer.piece(node)? {
            Piece::Element { .. } => Some(()),
            Piece::Text(_) => None,
        }
    }
}

fn compare<'a>(element: usize, old: Attributes<'a>, new: Attributes<'a>, changes: &mut Vec<Change<'a>>) {
    if old == new {
        return;
    }
    for (name, value) in new.pairs() {
        if old.value(name) != Some(value) {
            changes.push(Change::Attribute { element, name, value: Some(unescaped(value)) });
        }
    }
    let gone = old.pairs().filter(|(name, _)| new.value(name).is_none());
    changes.extend(gone.map(|(name, _)| Change::Attribute { element, name, value: None }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{
        Markup,
        tokens::{Token, Tokens},
    };
    use proptest::prelude::*;

    const NAMES: [&str; 3] = ["g", "text", "rect"];

    /// An element as a browser would keep it.
    #[derive(Debug, Clone, PartialEq, Eq, Default)]
    struct Node {
        name: &'static str,
        attributes: Vec<(&'static str, String)>,
        inside: Vec<Inside>,
        number: Option<usize>,
    }

    #[derive(Debug, Clone, PartialEq, Eq)]
    enum Inside {
        Text(String),
        Element(Node),
    }

    fn write(node: &Node, markup: &mut Markup) {
        let attributes: Vec<(&str, &str)> =
            node.attributes.iter().map(|(name, value)| (*name, value.as_str())).collect();
        markup.element(node.name, &attributes, |inside| {
            for it in &node.inside {
                match it {
                    Inside::Text(text) => inside.text(text),
                    Inside::Element(node) => write(node, inside),
                }
            }
        });
    }

    fn all_written(inside: &[Inside]) -> String {
        let mut markup = Markup::default();
        for it in inside {
            match it {
                Inside::Text(text) => markup.text(text),
                Inside::Element(node) => write(node, &mut markup),
            }
        }
        markup.into_text()
    }

    fn written(node: &Node) -> String {
        all_written(&[Inside::Element(node.clone())])
    }

    /// What a browser would make of markup.
    fn read(markup: &str) -> Vec<Inside> {
        fn level<'a>(tokens: &mut impl Iterator<Item = Token<'a>>) -> Vec<Inside> {
            let mut inside = Vec::new();
            while let Some(token) = tokens.next() {
                match token {
                    Token::Text(text) => inside.push(Inside::Text(unescaped(text))),
                    Token::Close => break,
                    Token::Open(tag) => {
                        let attributes = tag.attributes.pairs().map(|(name, value)| (known(name), unescaped(value)));
                        let attributes = attributes.collect();
                        let name = NAMES.into_iter().find(|name| *name == tag.name).unwrap();
                        let inner = if tag.is_empty { Vec::new() } else { level(tokens) };
                        inside.push(Inside::Element(Node { name, attributes, inside: inner, number: None }));
                    }
                }
            }
            inside
        }
        level(&mut Tokens::of(markup))
    }

    fn known(name: &str) -> &'static str {
        ["class", "data-key", "x"].into_iter().find(|known| *known == name).unwrap()
    }

    /// Numbers the elements in the order in which they begin.
    fn number(inside: &mut [Inside], next: &mut usize) {
        for it in inside {
            if let Inside::Element(node) = it {
                node.number = Some(*next);
                *next += 1;
                number(&mut node.inside, next);
            }
        }
    }

    /// Does something with the level in which an element of that number stands, and its place there.
    fn at<R>(inside: &mut Vec<Inside>, wanted: usize, act: &mut dyn FnMut(&mut Vec<Inside>, usize) -> R) -> Option<R> {
        let is_wanted = |it: &Inside| matches!(it, Inside::Element(node) if node.number == Some(wanted));
        if let Some(place) = inside.iter().position(is_wanted) {
            return Some(act(inside, place));
        }
        inside.iter_mut().find_map(|it| match it {
            Inside::Element(node) => at(&mut node.inside, wanted, act),
            Inside::Text(_) => None,
        })
    }

    fn node(inside: &mut [Inside], place: usize) -> &mut Node {
        match &mut inside[place] {
            Inside::Element(node) => node,
            Inside::Text(_) => panic!("an element stands there"),
        }
    }

    /// Makes the changes as a browser would.
    fn make(markup: &str, changes: &[Change]) -> String {
        let mut all = read(markup);
        number(&mut all, &mut 0);
        for change in changes {
            let was_there = match change {
                Change::Attribute { element, name, value } => at(&mut all, *element, &mut |level, place| {
                    let node = node(level, place);
                    node.attributes.retain(|(known, _)| known != name);
                    node.attributes.extend(value.iter().map(|value| (known(name), value.clone())));
                    node.attributes.sort();
                }),
                Change::Text { element, place: text_place, text } => at(&mut all, *element, &mut |level, place| {
                    let node = node(level, place);
                    assert!(matches!(node.inside[*text_place], Inside::Text(_)), "a text stands there");
                    node.inside[*text_place] = Inside::Text(text.clone());
                }),
                Change::Come { before: Some(element), markup, .. } => at(&mut all, *element, &mut |level, place| {
                    level.splice(place..place, read(markup));
                }),
                Change::Come { before: None, within: Some(element), markup } => {
                    at(&mut all, *element, &mut |level, place| node(level, place).inside.extend(read(markup)))
                }
                Change::Come { before: None, within: None, markup } => {
                    all.extend(read(markup));
                    Some(())
                }
                Change::Gone { element } => at(&mut all, *element, &mut |level, place| {
                    level.remove(place);
                }),
            };
            was_there.expect("the element is there");
        }
        all_written(&all)
    }

    fn some_attributes() -> impl Strategy<Value = Vec<(&'static str, String)>> {
        let value = r#"[<>&"a文]{0,3}"#;
        prop::collection::btree_map(prop::sample::select(vec!["class", "x", "data-key"]), value, 0..3)
            .prop_map(|attributes| attributes.into_iter().collect())
    }

    fn some_node() -> impl Strategy<Value = Node> {
        let name = || prop::sample::select(NAMES.to_vec());
        let leaf =
            (name(), some_attributes(), prop::option::of(r#"[<>&"a文]{1,3}"#)).prop_map(|(name, attributes, text)| {
                Node { name, attributes, inside: text.into_iter().map(Inside::Text).collect(), number: None }
            });
        leaf.prop_recursive(3, 12, 3, move |inner| {
            // Two texts side by side would be one.
            (name(), some_attributes(), prop::collection::vec((inner, prop::option::of("[a&文]{1,2}")), 0..3)).prop_map(
                |(name, attributes, inside)| {
                    let inside = inside.into_iter().flat_map(|(node, text)| {
                        [Some(Inside::Element(node)), text.map(Inside::Text)].into_iter().flatten()
                    });
                    Node { name, attributes, inside: inside.collect(), number: None }
                },
            )
        })
    }

    /// The same elements, with other words and attributes.
    fn changed(node: Node) -> BoxedStrategy<Node> {
        let Node { name, inside, .. } = node;
        let inside: Vec<BoxedStrategy<Inside>> = inside
            .into_iter()
            .map(|it| match it {
                Inside::Text(_) => r#"[<>&"a文]{1,3}"#.prop_map(Inside::Text).boxed(),
                Inside::Element(node) => changed(node).prop_map(Inside::Element).boxed(),
            })
            .collect();
        (some_attributes(), inside)
            .prop_map(move |(attributes, inside)| Node { name, attributes, inside, number: None })
            .boxed()
    }

    fn count(node: &Node) -> usize {
        1 + node.inside.iter().map(|it| if let Inside::Element(node) = it { count(node) } else { 0 }).sum::<usize>()
    }

    proptest! {
        #[test]
        fn the_changes_make_the_older_markup_the_newer_one(
            (older, newer) in some_node().prop_flat_map(|node| (Just(node.clone()), changed(node))),
        ) {
            let (before, after) = (written(&older), written(&newer));
            let found = changes(&before, &after).expect("the elements are the same");
            prop_assert_eq!(found.elements, count(&older));
            prop_assert_eq!(make(&before, &found.changes), after);
        }

        #[test]
        fn whatever_is_compared_the_changes_are_all_that_is_needed(older in some_node(), newer in some_node()) {
            let (before, after) = (written(&older), written(&newer));
            if let Some(found) = changes(&before, &after) {
                prop_assert_eq!(make(&before, &found.changes), after);
            }
        }

        #[test]
        fn nothing_changes_into_itself(node in some_node()) {
            let markup = written(&node);
            prop_assert_eq!(changes(&markup, &markup), Some(Changes { elements: count(&node), changes: Vec::new() }));
        }
    }

    #[test]
    fn marks_move_and_words_change() {
        let before = r#"<svg viewBox="0 0 9 9"><rect x="1" y="2"/><text x="3">8,000户</text></svg>"#;
        let after = r#"<svg viewBox="0 0 9 9"><rect x="1" y="4"/><text x="3">A &amp; B</text></svg>"#;
        let expected = vec![
            Change::Attribute { element: 1, name: "y", value: Some("4".to_owned()) },
            Change::Text { element: 2, place: 0, text: "A & B".to_owned() },
        ];
        assert_eq!(changes(before, after), Some(Changes { elements: 3, changes: expected }));
    }

    #[test]
    fn a_tick_more_or_less_is_read_alone() {
        let axis = |ticks: &[u32]| {
            let marks = ticks
                .iter()
                .map(|y| format!(r#"<line y="{y}"/><text y="{y}">{y}</text>"#))
                .collect::<Vec<_>>()
                .concat();
            format!(r#"<svg>{marks}<rect x="1"/><rect x="2"/></svg>"#)
        };
        let (few, many) = (axis(&[1, 2]), axis(&[1, 2, 3]));
        let come = r#"<line y="3"/><text y="3">3</text>"#;
        let expected = vec![Change::Come { before: Some(5), within: Some(0), markup: come }];
        assert_eq!(changes(&few, &many), Some(Changes { elements: 7, changes: expected }));
        let expected = [5, 6].map(|element| Change::Gone { element }).to_vec();
        assert_eq!(changes(&many, &few), Some(Changes { elements: 9, changes: expected }));
    }

    #[test]
    fn what_is_mostly_new_is_read_as_a_whole() {
        for (before, after) in [("", "<g/>"), ("<g/>", "a"), ("a", "b"), ("<g/>", "<rect/><rect/>")] {
            assert_eq!(changes(before, after), None, "{before} {after}");
        }
    }
}
