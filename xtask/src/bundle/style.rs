//! One stylesheet out of many: `main.css` names the others by `@import`, in the order that counts.

use anyhow::{Context, Result, bail};
use std::{fs, path::Path};

/// `main.css` with its imports put in their places.
pub(super) fn concatenate(main: &Path) -> Result<String> {
    let read = |path: &Path| fs::read_to_string(path).with_context(|| format!("{} could not be read", path.display()));
    let folder = main.parent().unwrap_or(Path::new("."));
    let mut all = String::new();
    for line in read(main)?.lines() {
        match Import::parse(line)? {
            None => {
                all.push_str(line);
                all.push('\n');
            }
            Some(Import { file, layer: None }) => all.push_str(&read(&folder.join(file))?),
            Some(Import { file, layer: Some(layer) }) => {
                let content = read(&folder.join(file))?;
                all.extend(["@layer ", layer, " {\n", &content, "\n}\n"]);
            }
        }
    }
    Ok(without_comments(&with_dark_of_system(&all)))
}

/// The rule of those who chose dark.
const CHOSEN_DARK: &str = ":root[data-theme=\"dark\"]";
/// Those who chose nothing.
const NOT_CHOSEN: &str = ":root:not([data-theme=\"light\"])";

/// The same colours once more for those whose system is dark, so that they are written down in one place only: a condition
/// can't stand in a list of selectors.
fn with_dark_of_system(css: &str) -> String {
    let rule = css.find(CHOSEN_DARK).and_then(|start| {
        let begin = css.get(start..)?.find('{')? + start;
        let end = css.get(begin..)?.find('}')? + begin + 1;
        Some((css.get(begin..end)?, css.split_at(end)))
    });
    match rule {
        Some((colours, (before, after))) => {
            format!("{before}\n@media (prefers-color-scheme: dark) {{\n{NOT_CHOSEN} {colours}\n}}{after}")
        }
        None => css.to_owned(),
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Import<'a> {
    file: &'a str,
    layer: Option<&'a str>,
}

impl<'a> Import<'a> {
    /// `@import "file.css";`, `@import url("file.css") layer(name);`; other lines are none.
    fn parse(line: &'a str) -> Result<Option<Self>> {
        let Some(rest) = line.trim().strip_prefix("@import") else {
            return Ok(None);
        };
        let mut quoted = rest.splitn(3, ['"', '\'']);
        let (Some(before), Some(file), Some(after)) = (quoted.next(), quoted.next(), quoted.next()) else {
            bail!("style/main.css: “{line}” names no file: expected @import \"file.css\";");
        };
        if !matches!(before.trim(), "" | "url(") {
            bail!("style/main.css: “{line}” is no import of a file: expected @import \"file.css\";");
        }
        let layer =
            after.split_once("layer(").and_then(|(_, layer)| layer.split_once(')')).map(|(layer, _)| layer.trim());
        Ok(Some(Self { file, layer }))
    }
}

/// Comments are for those who read the sources; quoted text is left alone.
fn without_comments(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut quote = None;
    let mut rest = css.chars().peekable();
    while let Some(character) = rest.next() {
        match (quote, character) {
            (None, '/') if rest.peek() == Some(&'*') => {
                let mut before = ' ';
                for inside in rest.by_ref().skip(1) {
                    if before == '*' && inside == '/' {
                        break;
                    }
                    before = inside;
                }
                continue;
            }
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
        kept.push(character);
    }
    let lines = kept.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_put_in_their_places_in_order() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.css"), "a { color: red }\n").unwrap();
        fs::write(folder.path().join("b.css"), "b { color: blue } /* why */\n").unwrap();
        let main = folder.path().join("main.css");
        fs::write(
            &main,
            "/* order counts */\n@import \"b.css\" layer(base);\n@import url('a.css');\nc { content: \"/*\" }\n",
        )
        .unwrap();
        assert_eq!(
            concatenate(&main).unwrap(),
            "@layer base {\nb { color: blue }\n}\na { color: red }\nc { content: \"/*\" }"
        );
    }

    #[test]
    fn who_chose_nothing_has_the_dark_colours_of_a_dark_system() {
        let main = Path::new(env!("CARGO_MANIFEST_DIR")).join("../style/main.css");
        let css = concatenate(&main).unwrap();
        let rule = |head: &str| css.split_once(head).unwrap().1.split_once('}').unwrap().0.split_once('{').unwrap().1;
        let by_system = rule("@media (prefers-color-scheme: dark) {\n:root:not([data-theme=\"light\"])");
        assert_eq!(by_system, rule(CHOSEN_DARK));
        assert!(by_system.contains("--page: #0e1420;") && by_system.contains("color-scheme: dark;"));
    }

    #[test]
    fn a_missing_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let main = folder.path().join("main.css");
        fs::write(&main, "@import \"gone.css\";\n").unwrap();
        assert!(format!("{:#}", concatenate(&main).unwrap_err()).contains("gone.css"));
    }
}
