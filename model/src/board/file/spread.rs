//! JSON over lines, for people: what is short stays on one line, what is long has one member a line.
//!
//! Keys keep their order. A place or a binding is then one line, so a review shows one line for each that changed.

/// The longest line that is not broken, in characters.
const LONGEST_LINE: usize = 110;
const INDENT: usize = 2;

/// A value, and how long it is on one line.
struct Value<'a> {
    form: Form<'a>,
    flat_chars: usize,
}

enum Form<'a> {
    /// A text, a number or a word, as it is written.
    Plain(&'a str),
    List {
        brackets: [char; 2],
        /// With its key, in an object.
        members: Vec<(Option<&'a str>, Value<'a>)>,
    },
}

/// Spreads JSON that was written without blanks, as `serde_json` writes it; ends with a line break.
pub(super) fn over_lines(compact: &str) -> String {
    let mut spread = String::with_capacity(compact.len() * 2);
    write(&read(&mut { compact }), 0, 0, &mut spread);
    spread.push('\n');
    spread
}

fn read<'a>(rest: &mut &'a str) -> Value<'a> {
    let (brackets, is_object) = match rest.chars().next() {
        Some('{') => (['{', '}'], true),
        Some('[') => (['[', ']'], false),
        Some(_) | None => {
            let plain = plain(rest);
            return Value { form: Form::Plain(plain), flat_chars: plain.chars().count() };
        }
    };
    skip(rest);
    let (mut members, mut flat_chars) = (Vec::new(), 2);
    while !rest.is_empty() && !rest.starts_with(brackets[1]) {
        let key = is_object.then(|| {
            let key = plain(rest);
            // The colon after it.
            skip(rest);
            key
        });
        let value = read(rest);
        let separator = if members.is_empty() { 0 } else { 2 };
        flat_chars += separator + key.map_or(0, |key| key.chars().count() + 2) + value.flat_chars;
        members.push((key, value));
        if rest.starts_with(',') {
            skip(rest);
        }
    }
    skip(rest);
    Value { form: Form::List { brackets, members }, flat_chars }
}

/// A text with its quotes, or all up to the next sign.
fn plain<'a>(rest: &mut &'a str) -> &'a str {
    let length = if rest.starts_with('"') {
        let mut is_escaped = false;
        let closing = |(_, byte): &(usize, u8)| {
            let closes = *byte == b'"' && !is_escaped;
            is_escaped = *byte == b'\\' && !is_escaped;
            closes
        };
        rest.bytes().enumerate().skip(1).find(closing).map_or(rest.len(), |(index, _)| index + 1)
    } else {
        rest.find([',', ':', ']', '}']).unwrap_or(rest.len())
    };
    let (plain, after) = rest.split_at(length);
    *rest = after;
    plain
}

/// Over one sign, which is one byte.
fn skip(rest: &mut &str) {
    *rest = rest.get(1..).unwrap_or_default();
}

/// `before` is what stands on the line already.
fn write(value: &Value<'_>, before: usize, depth: usize, spread: &mut String) {
    let (brackets, members) = match &value.form {
        Form::Plain(plain) => return spread.push_str(plain),
        Form::List { brackets, members } => (brackets, members),
    };
    // One more for the comma that may follow.
    let is_flat = before + value.flat_chars < LONGEST_LINE || members.is_empty();
    let break_line = |spread: &mut String, depth: usize| {
        spread.push('\n');
        spread.extend(std::iter::repeat_n(' ', depth * INDENT));
    };
    spread.push(brackets[0]);
    for (index, (key, member)) in members.iter().enumerate() {
        match (index, is_flat) {
            (0, true) => {}
            (_, true) => spread.push_str(", "),
            (0, false) => break_line(spread, depth + 1),
            (_, false) => {
                spread.push(',');
                break_line(spread, depth + 1);
            }
        }
        let mut before = if is_flat { 0 } else { (depth + 1) * INDENT };
        if let Some(key) = key {
            spread.push_str(key);
            spread.push_str(": ");
            before += key.chars().count() + 2;
        }
        write(member, before, depth + 1, spread);
    }
    if !is_flat {
        break_line(spread, depth);
    }
    spread.push(brackets[1]);
}
