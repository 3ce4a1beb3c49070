//! Reads a request's body whole: never more than its limit, neither as it comes nor unpacked. The request's place is
//! left to others for as long as its client is waited for.

use super::{
    guards::place::{BodyRoom, Place},
    problem::Refusal,
};
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, header, request::Parts},
};
use flate2::read::MultiGzDecoder;
use futures::FutureExt;
use http_body_util::BodyExt;
use hyper::body::Frame;
use model::problem::{Problem, ProblemCode};
use std::{
    io::{Cursor, Read},
    ops::Deref,
};

/// A client that sends more than the limit is heard out so far, without keeping it: most read no answer before they
/// have sent everything, and would see nothing but a broken connection.
const HEARD_OUT: u64 = 128 * 1024 * 1024;
/// Unpacking more than this at once, or to more than this, would hold up other requests.
const UNPACKED_IN_PLACE: usize = 32 * 1024;

/// Taken at once for a body that announces itself; an announcement alone is worth no more.
const FIRST_PART: usize = 64 * 1024;

/// A whole body, and the room that is held for it.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) bytes: Bytes,
    pub(super) room: Option<BodyRoom>,
}

impl Deref for Whole {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

/// How a body is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Identity,
    Gzip,
}

impl Encoding {
    fn of(headers: &HeaderMap) -> Result<Self, Problem> {
        let Some(value) = headers.get(header::CONTENT_ENCODING) else {
            return Ok(Self::Identity);
        };
        match value.to_str().unwrap_or("?").trim().to_ascii_lowercase().as_str() {
            "identity" | "" => Ok(Self::Identity),
            "gzip" | "x-gzip" => Ok(Self::Gzip),
            other => Err(Problem::new(
                ProblemCode::UnsupportedEncoding,
                format!("the body is packed as “{other}”: send it as gzip, or unpacked"),
            )
            .with("encoding", other)),
        }
    }
}

/// The body, unpacked, of at most `limit` bytes.
pub(super) async fn read(parts: &Parts, body: Body, limit: usize) -> Result<Whole, Refusal> {
    let encoding = Encoding::of(&parts.headers)?;
    let place = parts.extensions.get::<Place>();
    let Whole { bytes: packed, room } = collect(body, limit, place).await?;
    if let Some(place) = place {
        place.come_back().await?;
    }
    let bytes = match encoding {
        Encoding::Identity => packed,
        Encoding::Gzip => {
            let mut unpacking = Unpacking::of(packed, limit);
            // A small body may hold a large one: how much comes out of it shows only here.
            if unpacking.begin()? {
                unpacking.whole()?
            } else {
                tokio::task::spawn_blocking(move || unpacking.go_on().and_then(Unpacking::whole))
                    .await
                    .map_err(|_| Refusal::new(ProblemCode::Internal, "the body could not be unpacked"))??
            }
        }
    };
    Ok(Whole { bytes, room })
}

pub(super) fn too_large(limit: usize) -> Problem {
    let detail = format!("the body is larger than {limit} bytes: send less at once");
    Problem::new(ProblemCode::BodyTooLarge, detail).with("limit_bytes", limit)
}

async fn collect(mut body: Body, limit: usize, place: Option<&Place>) -> Result<Whole, Problem> {
    let announced = axum::body::HttpBody::size_hint(&body).exact().unwrap_or(0);
    let mut room = place.map(Place::room_for_body);
    let mut whole = Vec::with_capacity(usize::try_from(announced).unwrap_or(limit).min(limit).min(FIRST_PART));
    let mut heard = 0_u64;
    while let Some(frame) = next_frame(&mut body, place).await {
        let frame = frame.map_err(|error| {
            Problem::new(ProblemCode::MalformedRequest, format!("the body ended before its time: {error}"))
        })?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        heard += data.len() as u64;
        if heard > HEARD_OUT || announced > HEARD_OUT {
            break;
        }
        if heard <= limit as u64 && announced <= limit as u64 {
            if let Some(room) = &mut room {
                room.hold(whole.len() + data.len())?;
            }
            whole.extend_from_slice(&data);
        } else if let Some(room) = &mut room {
            whole = Vec::new();
            room.give_back();
        }
    }
    if heard > limit as u64 || announced > limit as u64 {
        return Err(too_large(limit));
    }
    Ok(Whole { bytes: Bytes::from(whole), room })
}

/// Steps out of the place only where there is something to wait for.
async fn next_frame(body: &mut Body, place: Option<&Place>) -> Option<Result<Frame<Bytes>, axum::Error>> {
    if let Some(frame) = body.frame().now_or_never() {
        return frame;
    }
    if let Some(place) = place {
        place.step_out();
    }
    body.frame().await
}

/// A body on its way out of its packing; never more of it than the limit, whatever the packed bytes claim.
struct Unpacking<R> {
    packed_len: usize,
    decoder: MultiGzDecoder<R>,
    unpacked: Vec<u8>,
    limit: usize,
}

impl Unpacking<Cursor<Bytes>> {
    fn of(packed: Bytes, limit: usize) -> Self {
        let packed_len = packed.len();
        Self::of_stream(Cursor::new(packed), packed_len, limit)
    }
}

impl<R: Read> Unpacking<R> {
    fn of_stream(packed: R, packed_len: usize, limit: usize) -> Self {
        Self { packed_len, decoder: MultiGzDecoder::new(packed), unpacked: Vec::new(), limit }
    }

    /// Unpacks as much as may be unpacked between other requests; whether that was all.
    fn begin(&mut self) -> Result<bool, Problem> {
        if self.packed_len > UNPACKED_IN_PLACE {
            return Ok(false);
        }
        self.read(UNPACKED_IN_PLACE)?;
        Ok(self.unpacked.len() < UNPACKED_IN_PLACE)
    }

    fn go_on(mut self) -> Result<Self, Problem> {
        self.read((self.limit + 1).saturating_sub(self.unpacked.len()))?;
        Ok(self)
    }

    fn read(&mut self, most: usize) -> Result<(), Problem> {
        let read = (&mut self.decoder).take(most as u64).read_to_end(&mut self.unpacked);
        let broken = |error| Problem::new(ProblemCode::MalformedRequest, format!("the body is no gzip: {error}"));
        read.map(|_| ()).map_err(broken)
    }

    fn whole(self) -> Result<Bytes, Problem> {
        if self.unpacked.len() > self.limit { Err(too_large(self.limit)) } else { Ok(Bytes::from(self.unpacked)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderValue, Request};
    use flate2::{Compression, write::GzEncoder};
    use std::{cell::Cell, io::Write};

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    async fn read_as(encoding: Option<&'static str>, body: Vec<u8>) -> Result<Bytes, ProblemCode> {
        let (mut parts, ()) = Request::new(()).into_parts();
        if let Some(encoding) = encoding {
            parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        let read = read(&parts, Body::from(body), 1_000).await;
        read.map(|whole| whole.bytes).map_err(|refusal| refusal.0.code)
    }

    #[tokio::test]
    async fn bodies_up_to_the_limit_are_read_in_both_encodings() {
        assert_eq!(read_as(None, vec![b'a'; 1_000]).await.unwrap().len(), 1_000);
        assert_eq!(read_as(Some("gzip"), gzip(&[b'a'; 1_000])).await.unwrap().len(), 1_000);
        assert_eq!(read_as(None, vec![b'a'; 1_001]).await, Err(ProblemCode::BodyTooLarge));
    }

    /// Counts what is taken from it.
    struct Counted<'a> {
        rest: &'a [u8],
        taken: &'a Cell<usize>,
    }

    impl Read for Counted<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let read = self.rest.read(into)?;
            self.taken.set(self.taken.get() + read);
            Ok(read)
        }
    }

    #[tokio::test]
    async fn a_gzip_bomb_is_not_unpacked() {
        let mut bomb = gzip(&vec![0; 900_000]);
        assert!(bomb.len() < 1_000);
        assert_eq!(read_as(Some("gzip"), bomb.clone()).await, Err(ProblemCode::BodyTooLarge));
        // Whoever unpacks it to its end finds that the end is damaged.
        let end = bomb.len() - 8;
        bomb[end..].fill(0xff);
        assert_eq!(read_as(Some("gzip"), bomb).await, Err(ProblemCode::BodyTooLarge));
    }

    #[test]
    fn what_becomes_large_is_not_unpacked_in_place() {
        let limit = 8 * 1024 * 1024;
        for (unpacked, is_small) in [(1_000, true), (UNPACKED_IN_PLACE, false), (limit, false), (limit + 1, false)] {
            let packed = gzip(&vec![b'x'; unpacked]);
            assert!(packed.len() <= UNPACKED_IN_PLACE);
            let mut unpacking = Unpacking::of(Bytes::from(packed), limit);
            assert_eq!(unpacking.begin().unwrap(), is_small, "{unpacked}");
            assert!(unpacking.unpacked.len() <= UNPACKED_IN_PLACE);
            let whole = unpacking.go_on().and_then(Unpacking::whole);
            assert_eq!(whole.is_ok(), unpacked <= limit, "{unpacked}");
        }
    }

    #[test]
    fn no_more_of_a_bomb_is_read_than_the_limit_needs() {
        let bomb = gzip(&vec![0; 128 * 1024 * 1024]);
        let taken = Cell::new(0);
        let unpacking = Unpacking::of_stream(Counted { rest: &bomb, taken: &taken }, bomb.len(), 1_000);
        let refused = unpacking.go_on().and_then(Unpacking::whole).err().unwrap();
        assert_eq!(refused.code, ProblemCode::BodyTooLarge);
        assert!(taken.get() <= bomb.len() / 2, "{} of {} bytes", taken.get(), bomb.len());
    }

    #[tokio::test]
    async fn what_can_not_be_unpacked_is_refused() {
        assert_eq!(read_as(Some("gzip"), b"plain".to_vec()).await, Err(ProblemCode::MalformedRequest));
        assert_eq!(read_as(Some("br"), b"plain".to_vec()).await, Err(ProblemCode::UnsupportedEncoding));
    }
}
