//! What can be chosen of a filter, each with the reading it leads to and how the address writes it.

use crate::{
    i18n::{compare_name, text},
    pages::time_ranges::range_words,
};
use components::tile::Names;
use model::{
    board::{Board, FilterSubject, Reading},
    formatting::Locale,
    metric::DimensionId,
    time::{Calendar, CalendarWord, Compare, Span, TimeRange},
};

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offered {
    pub(crate) words: String,
    /// As the address writes it, under the name of what the filter is about.
    pub(crate) written: String,
    pub(crate) is_chosen: bool,
    /// How the board is read with it alone.
    pub(crate) leads_to: Reading,
}

/// What the choices are worked out from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) board: &'a Board,
    pub(crate) reading: &'a Reading,
    pub(crate) names: &'a Names,
    pub(crate) locale: Locale,
    pub(crate) calendar: Calendar,
}

/// How the address writes that all values are let in.
const ALL: &str = "*";

impl Asked<'_> {
    /// What can be chosen; of a dimension those values, and what is chosen beside them.
    pub(crate) fn offered(self, about: &FilterSubject, values: &[String]) -> Vec<Offered> {
        match about {
            FilterSubject::Time => self.times(),
            FilterSubject::Compare => self.compares(),
            FilterSubject::Dimension(dimension) => self.values(dimension, values),
        }
    }

    fn times(self) -> Vec<Offered> {
        let Self { board, reading, locale, calendar, .. } = self;
        let usual = board.chosen_time(&Reading::default());
        let current = board.chosen_time(reading);
        let last = |span: &str| span.parse::<Span>().ok().map(TimeRange::Last);
        let mut ranges = vec![TimeRange::Word(CalendarWord::Today), TimeRange::Word(CalendarWord::Yesterday)];
        ranges.extend(["7d", "30d"].into_iter().filter_map(last));
        for there in [usual, current].into_iter().flatten() {
            if !ranges.contains(&there) {
                ranges.push(there);
            }
        }
        let own = usual.is_none().then(|| Offered {
            words: text!(locale, filters.own_times).to_owned(),
            written: String::new(),
            is_chosen: current.is_none(),
            leads_to: Reading { time: None, ..reading.clone() },
        });
        let named = ranges.into_iter().map(|range| Offered {
            words: range_words(range, calendar, locale),
            written: range.to_string(),
            is_chosen: current == Some(range),
            leads_to: Reading { time: Some(range).filter(|_| usual != Some(range)), ..reading.clone() },
        });
        own.into_iter().chain(named).collect()
    }

    fn compares(self) -> Vec<Offered> {
        let Self { board, reading, locale, .. } = self;
        let usual = board.chosen_compare(&Reading::default());
        let current = board.chosen_compare(reading);
        let own = usual.is_none().then(|| Offered {
            words: text!(locale, filters.own_compares).to_owned(),
            written: String::new(),
            is_chosen: current.is_none(),
            leads_to: Reading { compare: None, ..reading.clone() },
        });
        let named = Compare::ALL.into_iter().map(|one| Offered {
            words: compare_name(one, locale).to_owned(),
            written: one.name().to_owned(),
            is_chosen: current == Some(one),
            leads_to: Reading { compare: Some(one).filter(|_| usual != Some(one)), ..reading.clone() },
        });
        own.into_iter().chain(named).collect()
    }

    fn values(self, dimension: &DimensionId, values: &[String]) -> Vec<Offered> {
        let Self { board, reading, names, locale, .. } = self;
        let chosen = board.chosen(reading, dimension).unwrap_or_default();
        let all = Offered {
            words: text!(locale, filters.all).to_owned(),
            written: ALL.to_owned(),
            is_chosen: chosen.is_empty(),
            leads_to: board.letting_all_in(reading.clone(), dimension),
        };
        let mut there: Vec<Option<String>> = values.iter().cloned().map(Some).collect();
        // What is chosen can be let go, also where it does not occur any more.
        there
            .extend(chosen.iter().filter(|value| !value.as_ref().is_some_and(|value| values.contains(value))).cloned());
        let named = there.into_iter().map(|value| Offered {
            words: names.value(dimension.as_str(), value.as_deref(), locale),
            is_chosen: chosen.contains(&value),
            leads_to: reading.clone().choosing(dimension.clone(), vec![value.clone()], None),
            written: value.unwrap_or_default(),
        });
        std::iter::once(all).chain(named).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::board::{BoardFilter, Operation};

    fn board(filters: &str) -> Board {
        let filters: Vec<BoardFilter> = serde_json::from_str(filters).unwrap();
        Board::default().apply(&Operation::SetFilters { filters }).unwrap().board
    }

    fn offered(board: &Board, about: &str, reading: &Reading, values: &[&str]) -> Vec<Offered> {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        let (names, locale, calendar) = (Names::default(), Locale::En, Calendar::CHINA);
        Asked { board, reading, names: &names, locale, calendar }.offered(&about.parse().unwrap(), &values)
    }

    #[test]
    fn each_choice_leads_to_what_its_address_says() {
        let board = board(
            r#"[{"filter":"time","usual":{"last":"7d"}},{"filter":"compare"},{"filter":"values","dim":"isp","usual":["a"]}]"#,
        );
        let other = Reading::default().choosing("province".parse().unwrap(), vec![None], None);
        for about in ["time", "compare", "isp"] {
            for one in offered(&board, about, &other, &["a", "b"]) {
                let mut pairs = other.pairs();
                pairs.push((about.to_owned(), one.written.clone()));
                let written = Reading::from_pairs(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())));
                // What the board begins with need not be said; both read the same.
                let read = |reading: &Reading| {
                    let isp = "isp".parse().unwrap();
                    let chosen = board.chosen(reading, &isp).map(<[_]>::to_vec);
                    (board.chosen_time(reading), board.chosen_compare(reading), chosen)
                };
                assert_eq!(read(&written), read(&one.leads_to), "{about} {one:?}");
                assert_eq!(one.leads_to.values.get(&"province".parse().unwrap()).map(|it| it.values.len()), Some(1));
            }
        }
    }

    #[test]
    fn just_what_is_read_now_is_chosen() {
        let board = board(r#"[{"filter":"time"},{"filter":"values","dim":"isp"}]"#);
        let chosen = |about: &str, reading: &Reading| -> Vec<String> {
            let all = offered(&board, about, reading, &["a", "b"]);
            all.into_iter().filter(|one| one.is_chosen).map(|one| one.written).collect()
        };
        let isp = || "isp".parse().unwrap();
        assert_eq!(chosen("time", &Reading::default()), [""]);
        assert_eq!(chosen("isp", &Reading::default()), ["*"]);
        let odd = Reading { time: Some("90d".parse().unwrap()), ..Reading::default() };
        assert_eq!(chosen("time", &odd), ["90d"], "a range that is not usually offered is there while it is read");
        let gone = Reading::default().choosing(isp(), vec![Some("c".to_owned()), None], None);
        assert_eq!(chosen("isp", &gone), ["c", ""]);
    }
}
