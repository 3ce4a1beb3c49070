//! The title of the document, which the browser's tab shows.

/// A title as `leptos_meta` has to be given it: on the server it writes the text into the page as it is, so a board that is
/// called `</title><meta …>` would become part of the page. In the browser it is set as text.
pub(crate) fn document_title(title: String) -> String {
    if cfg!(feature = "ssr") { title.replace('&', "&amp;").replace('<', "&lt;") } else { title }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_title_stays_within_its_element() {
        assert_eq!(document_title("R&D </title><script>".to_owned()), "R&amp;D &lt;/title>&lt;script>");
    }
}
