//! A connection whose other end takes nothing for a while is given up: a browser that went to sleep must not keep a
//! stream, its buffers and its place.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Sleep, sleep},
};

const PATIENCE: Duration = Duration::from_secs(15);

#[derive(Debug)]
pub(super) struct GivesUpOnStalledWrites<Stream> {
    stream: Stream,
    patience: Duration,
    /// Runs while a write waits.
    deadline: Option<Pin<Box<Sleep>>>,
}

impl<Stream: AsyncWrite + Unpin> GivesUpOnStalledWrites<Stream> {
    pub(super) const fn new(stream: Stream) -> Self {
        Self::after(stream, PATIENCE)
    }

    const fn after(stream: Stream, patience: Duration) -> Self {
        Self { stream, patience, deadline: None }
    }

    fn watched<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.deadline = None;
            return written;
        }
        let patience = self.patience;
        let deadline = self.deadline.get_or_insert_with(|| Box::pin(sleep(patience)));
        if deadline.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        Poll::Pending
    }
}

impl<Stream: AsyncRead + Unpin> AsyncRead for GivesUpOnStalledWrites<Stream> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl<Stream: AsyncWrite + Unpin> AsyncWrite for GivesUpOnStalledWrites<Stream> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watched(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.watched(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.watched(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    #[tokio::test]
    async fn a_reader_that_takes_nothing_is_given_up() {
        let (ours, _theirs) = duplex(16);
        let mut ours = GivesUpOnStalledWrites::after(ours, Duration::from_millis(5));
        let failed = ours.write_all(&[0; 64]).await.unwrap_err();
        assert_eq!(failed.kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn a_reader_that_takes_a_little_at_a_time_is_not() {
        let (ours, mut theirs) = duplex(16);
        let mut ours = GivesUpOnStalledWrites::new(ours);
        let mut read = [0; 64];
        let (written, _) = tokio::join!(ours.write_all(&[7; 64]), theirs.read_exact(&mut read));
        written.unwrap();
        assert_eq!(read, [7; 64]);
        assert!(ours.deadline.is_none());
    }
}
