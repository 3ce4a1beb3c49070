//! The board's event stream, as the browser reads it.

use leptos::web_sys;
use model::board::TileFrame;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{EventSource, MessageEvent};

/// What the stream tells.
#[derive(Debug)]
pub(crate) enum StreamEvent {
    Opened,
    /// Tiles whose numbers have changed; after opening, all of them.
    Frames(Vec<TileFrame>),
    /// A new version of the board was published; nothing more is told of this one.
    NewVersion,
    /// The reader may not see the board any longer, or it is gone.
    RightsChanged,
    /// The session has ended.
    SignedOut,
    /// The connection broke; the browser tries again by itself.
    Interrupted,
    /// The server did not give the stream; it must be asked for anew.
    Refused,
}

/// An open stream and what listens to it; closed when dropped.
pub(crate) struct OpenStream {
    source: EventSource,
    _messages: [Closure<dyn Fn(MessageEvent)>; 4],
    _connection: [Closure<dyn Fn()>; 2],
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.source.close();
    }
}

/// Opens the stream; `None` where the browser has none to give. In the browser only.
pub(crate) fn open_stream(url: &str, tell: impl Fn(StreamEvent) + Clone + 'static) -> Option<OpenStream> {
    let Ok(source) = EventSource::new(url) else {
        tell(StreamEvent::Refused);
        return None;
    };
    // After a last word the browser would come back by itself, and be told the same again.
    let last_word = |event: fn() -> StreamEvent| {
        let (tell, source) = (tell.clone(), source.clone());
        move || {
            source.close();
            tell(event());
        }
    };
    let frames = {
        let (tell, misunderstood) = (tell.clone(), last_word(|| StreamEvent::NewVersion));
        Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            let text = message.data().as_string().unwrap_or_default();
            match serde_json::from_str(&text) {
                Ok(frames) => tell(StreamEvent::Frames(frames)),
                // A newer server may speak otherwise: a reload fetches the pages that understand it.
                Err(_) => misunderstood(),
            }
        })
    };
    let board = {
        let outdated = last_word(|| StreamEvent::NewVersion);
        Closure::<dyn Fn(MessageEvent)>::new(move |_| outdated())
    };
    let rights = {
        let changed = last_word(|| StreamEvent::RightsChanged);
        Closure::<dyn Fn(MessageEvent)>::new(move |_| changed())
    };
    let signed_out = {
        let signed_out = last_word(|| StreamEvent::SignedOut);
        Closure::<dyn Fn(MessageEvent)>::new(move |_| signed_out())
    };
    let opened = {
        let tell = tell.clone();
        Closure::<dyn Fn()>::new(move || tell(StreamEvent::Opened))
    };
    let failed = {
        let source = source.clone();
        Closure::<dyn Fn()>::new(move || {
            let is_closed = source.ready_state() == EventSource::CLOSED;
            tell(if is_closed { StreamEvent::Refused } else { StreamEvent::Interrupted });
        })
    };
    for (name, listener) in [("frames", &frames), ("board", &board), ("rights", &rights), ("signed_out", &signed_out)] {
        // Refused only for a listener that is no function.
        let _ = source.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    }
    source.set_onopen(Some(opened.as_ref().unchecked_ref()));
    source.set_onerror(Some(failed.as_ref().unchecked_ref()));
    Some(OpenStream { source, _messages: [frames, board, rights, signed_out], _connection: [opened, failed] })
}
