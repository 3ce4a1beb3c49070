//! Reads a request's body whole: never more than its limit, neither as it comes nor unpacked.

use super::problem::Refusal;
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, header},
};
use flate2::read::MultiGzDecoder;
use http_body_util::BodyExt;
use model::problem::{Problem, ProblemCode};
use std::io::{Cursor, Read};

/// A client that sends more than the limit is heard out so far, without keeping it: most read no answer before they
/// have sent everything, and would see nothing but a broken connection.
const HEARD_OUT: u64 = 128 * 1024 * 1024;
/// Unpacking more than this at once, or to more than this, would hold up other requests.
const UNPACKED_IN_PLACE: usize = 32 * 1024;

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
pub(super) async fn read(headers: &HeaderMap, body: Body, limit: usize) -> Result<Bytes, Refusal> {
    let encoding = Encoding::of(headers)?;
    let packed = collect(body, limit).await?;
    let unpacked = match encoding {
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
    Ok(unpacked)
}

pub(super) fn too_large(limit: usize) -> Problem {
    let detail = format!("the body is larger than {limit} bytes: send less at once");
    Problem::new(ProblemCode::BodyTooLarge, detail).with("limit_bytes", limit)
}

async fn collect(mut body: Body, limit: usize) -> Result<Bytes, Problem> {
    let announced = axum::body::HttpBody::size_hint(&body).exact().unwrap_or(0);
    let mut whole = Vec::with_capacity(usize::try_from(announced).unwrap_or(limit).min(limit));
    let mut heard = 0_u64;
    while let Some(frame) = body.frame().await {
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
            whole.extend_from_slice(&data);
        }
    }
    if heard > limit as u64 || announced > limit as u64 { Err(too_large(limit)) } else { Ok(Bytes::from(whole)) }
}

/// A body on its way out of its packing; never more of it than the limit, whatever the packed bytes claim.
struct Unpacking {
    packed_len: usize,
    decoder: MultiGzDecoder<Cursor<Bytes>>,
    unpacked: Vec<u8>,
    limit: usize,
}

impl Unpacking {
    fn of(packed: Bytes, limit: usize) -> Self {
        let packed_len = packed.len();
        Self { packed_len, decoder: MultiGzDecoder::new(Cursor::new(packed)), unpacked: Vec::new(), limit }
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
    use axum::http::HeaderValue;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    async fn read_as(encoding: Option<&'static str>, body: Vec<u8>) -> Result<Bytes, ProblemCode> {
        let mut headers = HeaderMap::new();
        if let Some(encoding) = encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        read(&headers, Body::from(body), 1_000).await.map_err(|refusal| refusal.0.code)
    }

    #[tokio::test]
    async fn bodies_up_to_the_limit_are_read_in_both_encodings() {
        assert_eq!(read_as(None, vec![b'a'; 1_000]).await.unwrap().len(), 1_000);
        assert_eq!(read_as(Some("gzip"), gzip(&[b'a'; 1_000])).await.unwrap().len(), 1_000);
        assert_eq!(read_as(None, vec![b'a'; 1_001]).await, Err(ProblemCode::BodyTooLarge));
    }

    #[tokio::test]
    async fn a_gzip_bomb_is_not_unpacked() {
        let bomb = gzip(&vec![0; 900_000]);
        assert!(bomb.len() < 1_000);
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

    #[tokio::test]
    async fn what_can_not_be_unpacked_is_refused() {
        assert_eq!(read_as(Some("gzip"), b"plain".to_vec()).await, Err(ProblemCode::MalformedRequest));
        assert_eq!(read_as(Some("br"), b"plain".to_vec()).await, Err(ProblemCode::UnsupportedEncoding));
    }
}
