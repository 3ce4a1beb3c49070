//! What is wrong in a section is told with its line and the reason.

use super::super::{Catalogue, CatalogueFile, CatalogueFiles, shipped};

#[test]
fn what_can_not_be_derived_is_refused_where_it_stands() {
    let reported = |items: &str, fact: &str| {
        format!(
            "[[reported]]\nname = \"mine\"\ndimensions = []\nitems = [\"{items}\"]\nstands = \"for_its_day\"\nfigures = {{ fact = \"{fact}\" }}"
        )
    };
    let settled = |orders: &str, shares: &str| {
        format!(
            "[[settled]]\nname = \"mine\"\ndimensions = [\"cp\"]\norders = {{ fact = \"{orders}\" }}\nshares = {{ fact = \"{shares}\" }}"
        )
    };
    let acquired = |days: u16, visits: &str, plays: &str, orders: &str| {
        format!(
            "[[acquired]]\nname = \"mine\"\ndimensions = []\nsource_dimension = \"visit_source\"\ndays = {days}\n\
             visits = {{ fact = \"{visits}\" }}\nplays = {{ fact = \"{plays}\" }}\norders = {{ fact = \"{orders}\" }}"
        )
    };
    let rolling = |days: u16, fact: &str| {
        format!("[[rolling]]\nname = \"mine\"\ndimensions = []\ndays = {days}\nactivity = [{{ fact = \"{fact}\" }}]")
    };
    let progress = |views: &str| {
        format!(
            "[[progress]]\nname = \"mine\"\ndimensions = []\ntenth_dimension = \"seen_tenth\"\nviews = {{ fact = \"{views}\" }}"
        )
    };
    let ranking = |item: &str| {
        format!(
            "[[ranking]]\nname = \"mine\"\ndimensions = []\nitem_dimension = \"{item}\"\nrows = {{ fact = \"view\" }}"
        )
    };
    let cases = [
        (reported("value", "figure"), 4, "“value” is no column that tells figures apart"),
        (reported("genre", "view"), 6, "only figures are reported"),
        (reported("genre", "figure").replace("for_its_day", "for_ever"), 5, "unknown variant `for_ever`"),
        (settled("view", "figure"), 4, "only orders are settled"),
        (settled("order_event", "order_event"), 5, "shares are figures that are reported"),
        (acquired(7, "page_event", "view", "order_event"), 5, "8 to 366 days"),
        (acquired(30, "view", "view", "order_event"), 6, "visits are pages"),
        (acquired(30, "page_event", "page_event", "order_event"), 7, "plays are play sessions"),
        (acquired(30, "page_event", "view", "view"), 8, "only orders are paid"),
        (rolling(0, "view"), 4, "between 1 and 366 days"),
        (rolling(7, "appraisal"), 5, "name no household"),
        (progress("order_event"), 5, "only play sessions come so far in a title"),
        (ranking("page"), 4, "its fact does not know “page”"),
    ];
    for (text, line, reason) in cases {
        let derived = CatalogueFile { name: "derived.toml", text: &text };
        let error = Catalogue::read(CatalogueFiles { derived, ..shipped::FILES }).map(|_| ()).unwrap_err();
        assert_eq!((error.file.as_str(), error.line), ("derived.toml", line), "{error}");
        assert!(error.reason.contains(reason), "{error}");
    }
}
