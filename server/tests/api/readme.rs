//! What the README tells people to type is what the program understands.

use clap::Parser;
use server::config::Arguments;

const README: &str = include_str!("../../../README.md");

/// The words of a command as a shell parts them: quotes hold words together, a comment ends the line.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for character in command.split(" #").next().unwrap().trim().chars() {
        match (quote, character) {
            (Some(open), closing) if open == closing => quote = None,
            (None, '"' | '\'') => quote = Some(character),
            (None, ' ') => words.push(String::new()),
            (_, other) => words.last_mut().unwrap().push(other),
        }
    }
    words.into_iter().filter(|word| !word.is_empty()).collect()
}

#[test]
fn the_commands_of_the_readme_are_understood() {
    let commands: Vec<&str> = README
        .lines()
        .filter_map(|line| line.find("lingdong ").filter(|_| !line.starts_with(['|', '#'])).map(|at| (line, at)))
        .filter(|(line, at)| *at == 0 || line.get(..*at).is_some_and(|before| before.ends_with("| ")))
        .filter_map(|(line, at)| line.get(at..))
        .collect();
    assert!(commands.len() >= 5, "{commands:?}");
    for command in commands {
        let parsed = Arguments::try_parse_from(words(command));
        assert!(parsed.is_ok(), "{command}: {}", parsed.unwrap_err());
    }
}
