//! Values as part of the text, for a server that takes no binds: ClickHouse before 20. This is the only place where a value
//! gets near a text, and only [`super::clickhouse`] calls it.

use super::Bind;

/// The value as ClickHouse reads it back, whatever it holds: text never leaves its quotes.
pub(super) fn literal(value: &Bind) -> String {
    match value {
        Bind::Integer(number) => number.to_string(),
        Bind::Text(text) => quoted(text),
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('\'');
    for character in text.chars() {
        match character {
            '\'' => quoted.push_str("\\'"),
            '\\' => quoted.push_str("\\\\"),
            // A parser may take it for the end of the text.
            '\0' => quoted.push_str("\\0"),
            other => quoted.push(other),
        }
    }
    quoted.push('\'');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A string literal as ClickHouse's lexer reads one: what it says, and what stands behind it.
    fn read(text: &str) -> Option<(String, &str)> {
        let mut said = String::new();
        let mut rest = text.strip_prefix('\'')?.chars();
        loop {
            match rest.next()? {
                '\'' => return Some((said, rest.as_str())),
                '\\' => said.push(match rest.next()? {
                    '0' => '\0',
                    'n' => '\n',
                    other => other,
                }),
                other => said.push(other),
            }
        }
    }

    proptest! {
        #[test]
        fn a_text_is_read_back_whole_and_what_follows_stays_outside(
            text in r#"([\\'"`;\-/*{}$?%\x00\n\r\t0bnx]|\PC){0,40}"#, behind in "[ -~]{0,20}",
        ) {
            let written = literal(&Bind::Text(text.clone())) + &behind;
            // Two quotes side by side would be one inside of a text.
            prop_assume!(!behind.starts_with('\''));
            prop_assert_eq!(read(&written), Some((text, behind.as_str())));
        }

        #[test]
        fn a_number_is_only_digits(number in any::<i64>()) {
            let written = literal(&Bind::Integer(number));
            prop_assert!(written.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit()));
        }
    }
}
