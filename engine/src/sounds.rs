//! How Chinese names sound, so that they are found by those who type Latin letters.

use pinyin::ToPinyin as _;

/// A text's syllables and their first letters: `收视率` is `shoushilv ssl`. Letters and digits stay; empty where nothing in
/// it is Chinese.
pub(crate) fn sounds_of(text: &str) -> String {
    let (mut whole, mut initials) = (String::new(), String::new());
    let mut is_chinese = false;
    for (character, syllable) in text.chars().zip(text.to_pinyin()) {
        match syllable {
            Some(syllable) => {
                is_chinese = true;
                // A keyboard has no ü: input methods take v.
                whole.push_str(&syllable.plain().replace('ü', "v"));
                initials.push_str(syllable.first_letter());
            }
            None if character.is_alphanumeric() => {
                whole.extend(character.to_lowercase());
                initials.extend(character.to_lowercase());
            }
            None => {}
        }
    }
    if is_chinese { format!("{whole} {initials}") } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::sounds_of;

    #[test]
    fn names_are_found_by_syllables_and_by_first_letters() {
        assert_eq!(sounds_of("收视率"), "shoushilv ssl");
        assert_eq!(sounds_of("CCTV-1 收视"), "cctv1shoushi cctv1ss");
        assert_eq!(sounds_of("Plays"), "");
    }
}
