//! The browsers that are signed in.

use crate::{
    i18n::{error_words, live_text, text, use_locale},
    session::{end_own_session, list_own_sessions},
};
use components::controls::{Button, Icon, IconName, ToastKind, Toasts};
use leptos::prelude::*;
use model::{
    access::{Browser, Device, OwnSession, SessionId, System},
    formatting::{Locale, clock_time, step_label},
    time::{Calendar, Grain, Timestamp},
};

#[component]
pub(super) fn Devices(sessions: RwSignal<Vec<OwnSession>>, calendar: Calendar) -> impl IntoView {
    let locale = use_locale();
    let toasts = use_context::<Toasts>();
    let end = Action::new(move |session: &SessionId| {
        let session = *session;
        async move {
            let locale = locale.get_untracked();
            let told = match end_own_session(session).await {
                Ok(()) => (ToastKind::Done, text!(locale, own_account.signed_out).to_owned()),
                Err(error) => {
                    let words = error_words(&error, locale);
                    (ToastKind::Error, format!("{} {}", words.title, words.advice))
                }
            };
            if let Ok(left) = list_own_sessions().await {
                let _ = sessions.try_set(left);
            }
            if let Some(toasts) = toasts {
                toasts.show(told.0, told.1);
            }
        }
    });
    view! {
        <ul class="devices">
            <For each=move || sessions.get() key=Clone::clone let:session>
                {
                    let OwnSession { id, device, network, began, last_seen, is_current } = session;
                    view! {
                        <li class="devices__one">
                            <Icon name=icon(device.system) />
                            <div class="devices__told">
                                <p class="devices__name">
                                    {move || device_name(device, locale.get())}
                                    {is_current
                                        .then(|| view! { <span class="badge badge--published">{live_text!(locale, own_account.here)}</span> })}
                                </p>
                                <p class="devices__when">
                                    {move || {
                                        text!(
                                            locale.get(), own_account.seen, network = network.clone(),
                                            began = moment(began, calendar), seen = moment(last_seen, calendar)
                                        )
                                    }}
                                </p>
                            </div>
                            {(!is_current)
                                .then(|| {
                                    view! {
                                        <Button
                                            icon=IconName::SignOut
                                            busy=end.pending()
                                            on_click=move |()| {
                                                end.dispatch(id);
                                            }
                                        >
                                            {live_text!(locale, own_account.end)}
                                        </Button>
                                    }
                                })}
                        </li>
                    }
                }
            </For>
        </ul>
    }
    .into_any()
}

const fn icon(system: System) -> IconName {
    match system {
        System::Android | System::Ios => IconName::Phone,
        System::Windows | System::MacOs | System::Linux | System::Other => IconName::Desk,
    }
}

/// `Chrome · Windows`; what is not known is left out.
fn device_name(device: Device, locale: Locale) -> String {
    let browser = match device.browser {
        Browser::WeChat => Some(text!(locale, own_account.wechat)),
        Browser::Edge => Some("Edge"),
        Browser::Chrome => Some("Chrome"),
        Browser::Firefox => Some("Firefox"),
        Browser::Safari => Some("Safari"),
        Browser::Other => None,
    };
    let system = match device.system {
        System::Windows => Some("Windows"),
        System::MacOs => Some("macOS"),
        System::Android => Some("Android"),
        System::Ios => Some("iOS"),
        System::Linux => Some("Linux"),
        System::Other => None,
    };
    let known: Vec<&str> = browser.into_iter().chain(system).collect();
    if known.is_empty() { text!(locale, own_account.unknown_device).to_owned() } else { known.join(" · ") }
}

/// Date and time on the organisation's wall clock: `11-21 09:30`.
fn moment(at: Timestamp, calendar: Calendar) -> String {
    format!("{} {}", step_label(at, Grain::Day, calendar), clock_time(at, calendar))
}
