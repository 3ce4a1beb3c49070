//! What differs between two markups of ours, where both have the same elements: most new numbers move marks and change
//! words, and a browser does that quicker than it reads the whole anew.

use super::tokens::{Attributes, Token, Tokens, unescaped};

/// What makes the older markup the newer one. Elements are numbered in the order in which their tags open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change<'a> {
    /// An attribute has that value, or is gone.
    Attribute { element: usize, name: &'a str, value: Option<String> },
    /// Of the nodes in an element the one at that place is a text, and reads differently.
    Text { element: usize, place: usize, text: String },
}

/// An older and a newer markup whose elements are the same.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Changes<'a> {
    pub(crate) elements: usize,
    pub(crate) changes: Vec<Change<'a>>,
}

/// An element that is open.
struct Open {
    element: usize,
    /// How many nodes of it have begun.
    nodes: usize,
}

/// The changes from one markup to another. `None` where elements came or went: then the whole must be read anew.
pub(crate) fn changes<'a>(before: &'a str, after: &'a str) -> Option<Changes<'a>> {
    let (mut before, mut after) = (Tokens::of(before), Tokens::of(after));
    let mut found = Changes { elements: 0, changes: Vec::new() };
    // What stands outside of all elements has no number.
    let mut open: Vec<Open> = Vec::new();
    loop {
        match (before.next(), after.next()) {
            (None, None) => return Some(found),
            (Some(Token::Open(old)), Some(Token::Open(new)))
                if old.name == new.name && old.is_empty == new.is_empty =>
            {
                if let Some(parent) = open.last_mut() {
                    parent.nodes += 1;
                }
                compare(found.elements, old.attributes, new.attributes, &mut found.changes);
                if !new.is_empty {
                    open.push(Open { element: found.elements, nodes: 0 });
                }
                found.elements += 1;
            }
            (Some(Token::Close), Some(Token::Close)) => {
                open.pop()?;
            }
            (Some(Token::Text(old)), Some(Token::Text(new))) => {
                let Open { element, nodes } = open.last_mut()?;
                if old != new {
                    let (element, place) = (*element, *nodes);
                    found.changes.push(Change::Text { element, place, text: unescaped(new) });
                }
                *nodes += 1;
            }
            (Some(_), Some(_) | None) | (None, Some(_)) => return None,
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
    use crate::markup::Markup;
    use proptest::prelude::*;

    /// An element as a browser would keep it.
    #[derive(Debug, Clone, PartialEq, Eq, Default)]
    struct Node {
        name: &'static str,
        attributes: Vec<(&'static str, String)>,
        inside: Vec<Inside>,
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

    fn written(node: &Node) -> String {
        let mut markup = Markup::default();
        write(node, &mut markup);
        markup.into_text()
    }

    /// Makes the changes as a browser would.
    fn make(node: &mut Node, next: &mut usize, changes: &[Change]) {
        let this = *next;
        *next += 1;
        for change in changes {
            match change {
                Change::Attribute { element, name, value } if *element == this => {
                    node.attributes.retain(|(known, _)| known != name);
                    if let Some(value) = value {
                        let name = ["class", "x", "data-key"].into_iter().find(|known| known == name).unwrap();
                        node.attributes.push((name, value.clone()));
                    }
                }
                Change::Text { element, place, text } if *element == this => {
                    assert!(matches!(node.inside[*place], Inside::Text(_)), "a text stands there");
                    node.inside[*place] = Inside::Text(text.clone());
                }
                Change::Attribute { .. } | Change::Text { .. } => {}
            }
        }
        for it in &mut node.inside {
            if let Inside::Element(node) = it {
                make(node, next, changes);
            }
        }
        node.attributes.sort();
    }

    fn some_attributes() -> impl Strategy<Value = Vec<(&'static str, String)>> {
        let value = r#"[<>&"a文]{0,3}"#;
        prop::collection::btree_map(prop::sample::select(vec!["class", "x", "data-key"]), value, 0..3)
            .prop_map(|attributes| attributes.into_iter().collect())
    }

    fn some_node() -> impl Strategy<Value = Node> {
        let name = || prop::sample::select(vec!["g", "text", "rect"]);
        let leaf =
            (name(), some_attributes(), prop::option::of(r#"[<>&"a文]{1,3}"#)).prop_map(|(name, attributes, text)| {
                Node { name, attributes, inside: text.into_iter().map(Inside::Text).collect() }
            });
        leaf.prop_recursive(3, 12, 3, move |inner| {
            // Two texts side by side would be one.
            (name(), some_attributes(), prop::collection::vec((inner, prop::option::of("[a&文]{1,2}")), 0..3)).prop_map(
                |(name, attributes, inside)| {
                    let inside = inside.into_iter().flat_map(|(node, text)| {
                        [Some(Inside::Element(node)), text.map(Inside::Text)].into_iter().flatten()
                    });
                    Node { name, attributes, inside: inside.collect() }
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
        (some_attributes(), inside).prop_map(move |(attributes, inside)| Node { name, attributes, inside }).boxed()
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
            let mut made = older.clone();
            make(&mut made, &mut 0, &found.changes);
            prop_assert_eq!(written(&made), after);
        }

        #[test]
        fn whatever_is_compared_the_changes_are_all_that_is_needed(older in some_node(), newer in some_node()) {
            let (before, after) = (written(&older), written(&newer));
            if let Some(found) = changes(&before, &after) {
                let mut made = older.clone();
                make(&mut made, &mut 0, &found.changes);
                prop_assert_eq!(written(&made), after);
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
    fn what_comes_or_goes_is_no_change() {
        let before = r#"<rect x="1"/><text>a</text>"#;
        for after in ["", r#"<rect x="1"/>"#, r#"<rect x="1"/><text></text>"#, r#"<rect x="1"/><g>a</g>"#, "a"] {
            assert_eq!(changes(before, after), None, "{after}");
            assert_eq!(changes(after, before), None, "{after}");
        }
    }
}
