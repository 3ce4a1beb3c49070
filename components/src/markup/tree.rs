//! A markup of ours as a tree, its nodes in the order in which they begin.

use super::tokens::{OpenTag, Token, Tokens};
use std::ops::Range;

/// About as long is what is written of a node: a mark with its places.
const USUAL_BYTES: usize = 48;

#[derive(Debug)]
pub(super) struct Tree<'a> {
    markup: &'a str,
    nodes: Vec<Node<'a>>,
}

#[derive(Debug)]
struct Node<'a> {
    piece: Piece<'a>,
    /// The node that follows when all that is in this one has passed.
    next: usize,
    /// Where it is written, with all that is in it.
    written: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Elements are numbered in the order in which they begin.
    Element { number: usize, tag: OpenTag<'a> },
    /// As it is written, with its escapes.
    Text(&'a str),
}

impl<'a> Tree<'a> {
    /// `None` where an element does not end, or one ends that did not begin.
    pub(super) fn of(markup: &'a str) -> Option<Self> {
        let mut tokens = Tokens::of(markup);
        let mut nodes: Vec<Node<'a>> = Vec::with_capacity(markup.len() / USUAL_BYTES);
        let (mut open, mut elements) = (Vec::new(), 0);
        let mut from = 0;
        while let Some(token) = tokens.next() {
            let to = markup.len() - tokens.left();
            let this = nodes.len();
            match token {
                Token::Open(tag) => {
                    let piece = Piece::Element { number: elements, tag };
                    nodes.push(Node { piece, next: this + 1, written: from..to });
                    elements += 1;
                    if !tag.is_empty {
                        open.push(this);
                    }
                }
                Token::Text(text) => nodes.push(Node { piece: Piece::Text(text), next: this + 1, written: from..to }),
                Token::Close => {
                    let node = nodes.get_mut(open.pop()?)?;
                    (node.next, node.written.end) = (this, to);
                }
            }
            from = to;
        }
        open.is_empty().then_some(Self { markup, nodes })
    }

    /// What a node is.
    pub(super) fn piece(&self, node: usize) -> Option<Piece<'a>> {
        self.nodes.get(node).map(|node| node.piece)
    }

    /// The nodes in a node, or those that are in none.
    pub(super) fn inside(&self, node: Option<usize>) -> impl Iterator<Item = usize> + use<'_, 'a> {
        let end = node.map_or(self.nodes.len(), |node| self.nodes.get(node).map_or(0, |node| node.next));
        let first = node.map_or(0, |node| node + 1);
        let exists = move |at: &usize| *at < end;
        std::iter::successors(Some(first).filter(exists), move |at| {
            self.nodes.get(*at).map(|node| node.next).filter(exists)
        })
    }

    /// How nodes are written that stand one after another.
    pub(super) fn written(&self, nodes: &[usize]) -> &'a str {
        let ends = nodes.first().zip(nodes.last());
        let ends = ends.and_then(|(first, last)| Some((self.nodes.get(*first)?, self.nodes.get(*last)?)));
        ends.and_then(|(first, last)| self.markup.get(first.written.start..last.written.end)).unwrap_or_default()
    }

    /// How many elements there are.
    pub(super) fn elements(&self) -> usize {
        self.nodes.iter().filter(|node| matches!(node.piece, Piece::Element { .. })).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_stand_in_nodes() {
        let tree = Tree::of("<g><a/>x<b><c/></b></g><d/>").expect("it is whole");
        let names = |node: Option<usize>| -> Vec<&str> {
            let inside = tree.inside(node).filter_map(|node| tree.piece(node));
            inside.map(|piece| if let Piece::Element { tag, .. } = piece { tag.name } else { "…" }).collect()
        };
        assert_eq!((names(None), names(Some(0)), names(Some(1))), (vec!["g", "d"], vec!["a", "…", "b"], vec![]));
        let written = |node: Option<usize>| tree.written(&tree.inside(node).collect::<Vec<_>>());
        assert_eq!(
            (written(None), written(Some(0)), written(Some(1))),
            ("<g><a/>x<b><c/></b></g><d/>", "<a/>x<b><c/></b>", "")
        );
        assert_eq!(tree.elements(), 5);
        assert!(Tree::of("<g>").is_none() && Tree::of("</g>").is_none());
    }
}
