//! Reads a request's body whole: never more than its limit, neither as it comes nor unpacked.

use super::problem::Refusal;
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, header},
};
use flate2::read::MultiGzDecoder;
use http_body_util::BodyExt;
use model::problem::{Problem, ProblemCode};
use std::io::Read;

/// A client that sends more than the limit is heard out so far, without keeping it: most read no answer before they
/// have sent everything, and would see nothing but a broken connection.
const HEARD_OUT: u64 = 128 * 1024 * 1024;
/// Unpacking more than this at once would hold up other requests.
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
        Encoding::Gzip if packed.len() <= UNPACKED_IN_PLACE => unpack(&packed, limit)?,
        Encoding::Gzip => tokio::task::spawn_blocking(move || unpack(&packed, limit))
            .await
            .map_err(|_| Refusal::new(ProblemCode::Internal, "the body could not be unpacked"))??,
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

/// Unpacks only as far as the limit, whatever the packed bytes claim.
fn unpack(packed: &[u8], limit: usize) -> Result<Bytes, Problem> {
    let mut unpacked = Vec::new();
    let read = MultiGzDecoder::new(packed).take(limit as u64 + 1).read_to_end(&mut unpacked);
    read.map_err(|error| Problem::new(ProblemCode::MalformedRequest, format!("the body is no gzip: {error}")))?;
    if unpacked.len() > limit { Err(too_large(limit)) } else { Ok(Bytes::from(unpacked)) }
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

    #[tokio::test]
    async fn what_can_not_be_unpacked_is_refused() {
        assert_eq!(read_as(Some("gzip"), b"plain".to_vec()).await, Err(ProblemCode::MalformedRequest));
        assert_eq!(read_as(Some("br"), b"plain".to_vec()).await, Err(ProblemCode::UnsupportedEncoding));
    }
}
