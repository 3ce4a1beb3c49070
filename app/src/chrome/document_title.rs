//! The title of the document, which the browser's tab shows.

use leptos::{prelude::*, text_prop::TextProp};
use leptos_meta::Title;

/// Names the document for as long as the page is there.
///
/// On the server the title goes into the head when the page has been built, perhaps twice, and the signals of the first one
/// are gone by then; so what it says is taken when the page is built. Nothing changes there afterwards.
#[component]
pub(crate) fn DocumentTitle(#[prop(into)] text: Signal<String>) -> impl IntoView {
    let text: TextProp =
        if cfg!(feature = "ssr") { escaped(&text.get_untracked()).into() } else { (move || text.get()).into() };
    view! { <Title text /> }
}

/// `leptos_meta` writes the text into the server's page as it is, so a board that is called `</title><meta …>` would become
/// part of the page. In the browser it is set as text.
fn escaped(title: &str) -> String {
    title.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use futures::{StreamExt as _, stream};
    use leptos_meta::{MetaTags, ServerMetaContext, provide_meta_context};

    async fn head_with(title: &'static str) -> String {
        let _ = any_spawner::Executor::init_tokio();
        let (context, output) = ServerMetaContext::new();
        let root = Owner::new();
        let page = root.with(|| {
            provide_context(context);
            provide_meta_context();
            let head = MetaTags().to_html();
            // The page is built, and what it stood on is let go before the head is written.
            let built = Owner::new();
            built.with(|| {
                let said = RwSignal::new(title.to_owned());
                let _ = DocumentTitle(DocumentTitleProps { text: Signal::from(said) }).to_html();
            });
            built.cleanup();
            format!("<head>{head}</head>")
        });
        let written = output.inject_meta_context(stream::iter([page])).await;
        written.collect::<String>().await
    }

    #[tokio::test]
    async fn a_title_outlives_the_page_it_was_said_on() {
        let head = head_with("全国运营总览").await;
        assert!(head.contains("<title>全国运营总览</title>"), "{head}");
    }

    #[tokio::test]
    async fn a_title_stays_within_its_element() {
        let head = head_with("R&D </title><script>").await;
        assert!(head.contains("<title>R&amp;D &lt;/title>&lt;script></title>"), "{head}");
    }
}
