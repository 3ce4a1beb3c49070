//! What a list offers.

/// One thing to choose: what is kept, what is read, and what else it is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is kept when it is chosen.
    pub value: String,
    pub label: String,
    /// A second, muted text: the other language's name, a definition, an id.
    pub detail: String,
    /// What else it is found by, and nobody reads: how it sounds.
    pub sounds: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), detail: String::new(), sounds: String::new() }
    }

    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    #[must_use]
    pub fn sounding(mut self, sounds: impl Into<String>) -> Self {
        self.sounds = sounds.into();
        self
    }

    /// Whether every word of the search stands in the label, the detail or the value, in any case.
    pub fn matches(&self, search: &str) -> bool {
        let text = format!("{} {} {} {}", self.label, self.detail, self.value, self.sounds).to_lowercase();
        search.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_finds_both_languages_and_the_id() {
        let choice = Choice::new("tv.rating_pct", "收视率").with_detail("Rating").sounding("shoushilv ssl");
        for search in ["", "ssl", "shoushi", "收视", "RATING", "tv. 收视", "rating_pct"] {
            assert!(choice.matches(search), "{search}");
        }
        assert!(!choice.matches("份额"));
    }
}
