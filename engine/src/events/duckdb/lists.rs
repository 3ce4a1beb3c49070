//! A list as one bind: its parts divided by a control character that no part may hold, for `string_split(…, chr(30))`.

const DIVIDER: &str = "\u{1e}";

pub(crate) fn joined<S: AsRef<str>>(parts: impl Iterator<Item = S>) -> String {
    let mut list = String::new();
    for part in parts {
        if !list.is_empty() {
            list.push_str(DIVIDER);
        }
        list.push_str(part.as_ref());
    }
    list
}
