//! A few choices beside each other, each of them a link: it leads there without script too.

use leptos::prelude::*;

/// One of the choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    pub label: String,
    /// Where it leads; `None` where it is only to be seen.
    pub to: Option<String>,
    pub is_chosen: bool,
}

/// Choices beside each other, with what they are about before them.
#[component]
pub fn Segments(#[prop(into)] label: Signal<String>, #[prop(into)] segments: Signal<Vec<Segment>>) -> impl IntoView {
    let choice = |Segment { label, to, is_chosen }: Segment| {
        let class = if is_chosen { "segments__choice segments__choice--chosen" } else { "segments__choice" };
        let title = label.clone();
        match to {
            // Choosing leads nowhere else: the page stays where it is scrolled to.
            Some(to) => view! {
                <a class=class href=to title=title data-noscroll="" aria-current=is_chosen.then_some("true")>
                    {label}
                </a>
            }
            .into_any(),
            None => view! { <span class=class title=title>{label}</span> }.into_any(),
        }
    };
    view! {
        <div class="segments" role="group" aria-label=move || label.get()>
            <span class="segments__label" aria-hidden="true">{move || label.get()}</span>
            <div class="segments__choices">{move || segments.get().into_iter().map(choice).collect_view()}</div>
        </div>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_a_link_that_says_whether_it_is_chosen() {
        let segment = |label: &str, to: Option<&str>, is_chosen| Segment {
            label: label.to_owned(),
            to: to.map(str::to_owned),
            is_chosen,
        };
        let segments = vec![segment("浙江", Some("/b?province=ZJ"), true), segment("<b>", None, false)];
        let html = Owner::new().with(|| {
            view! { <Segments label=Signal::stored("省份".to_owned()) segments=Signal::stored(segments) /> }.to_html()
        });
        assert!(html.contains(r#"href="/b?province=ZJ""#) && html.contains(r#"aria-current="true""#), "{html}");
        assert!(html.contains(r#"aria-label="省份""#) && html.contains("&lt;b&gt;"), "{html}");
        assert_eq!((html.matches("<a ").count(), html.matches("aria-current").count()), (1, 1), "{html}");
    }
}
