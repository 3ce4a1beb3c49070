//! "Did you mean …?"

/// Up to three of the names that are nearest to `wanted`, nearest first; none that is nothing like it.
pub(in crate::metrics) fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let tail = |name: &'a str| name.rsplit('.').next().unwrap_or(name);
    let mut near: Vec<(usize, &str)> = names
        .map(|name| (distance(wanted, name).min(distance(wanted, tail(name)) + 1), name))
        .filter(|(distance, name)| *distance <= 1 + name.len().min(wanted.len()) / 3)
        .collect();
    near.sort_unstable();
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

/// How many letters must be changed, added or dropped (Levenshtein).
fn distance(one: &str, two: &str) -> usize {
    let two: Vec<char> = two.chars().collect();
    let mut row: Vec<usize> = (0..=two.len()).collect();
    for (i, letter) in one.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, other) in row.iter_mut().skip(1).zip(&two) {
            let above = *cell;
            left = (diagonal + usize::from(letter != *other)).min(above + 1).min(left + 1);
            diagonal = above;
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_counted() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("same", "same"), 0);
    }

    #[test]
    fn the_nearest_name_comes_first() {
        let names = ["content.plays", "content.play_users", "qoe.attempts"];
        assert_eq!(nearest("content.play", names.into_iter())[0], "content.plays");
        assert_eq!(nearest("plays", names.into_iter())[0], "content.plays");
        assert!(nearest("zzzzzz", names.into_iter()).is_empty());
    }
}
