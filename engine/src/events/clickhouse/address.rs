//! Where ClickHouse is: `http://user:password@host:8123/database?cluster=tv&reader=name:password`.

use percent_encoding::percent_decode_str;
use std::{borrow::Cow, fmt, str::FromStr};
use url::Url;

/// Where ClickHouse is, and as whom we speak to it.
#[derive(Clone, PartialEq, Eq)]
pub struct ClickHouseAddress {
    origin: Url,
    writer: Account,
    reader: Option<Account>,
    database: String,
    cluster: Option<String>,
}

/// A user of ClickHouse.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Account {
    pub user: String,
    pub password: String,
}

/// Why an address can't be used, and what one looks like.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}: expected http://USER:PASSWORD@HOST:8123/DATABASE, with ?cluster=NAME where there are several servers")]
pub struct AddressError(String);

impl ClickHouseAddress {
    /// The address of a server of the cluster: the same, but for the host. Servers of a cluster listen on the same port.
    pub(super) fn server(&self, host: Option<&str>) -> String {
        let mut origin = self.origin.clone();
        if let Some(host) = host {
            // A host that ClickHouse itself can use is one.
            let written = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
            let _ = origin.set_host(Some(&written));
        }
        origin.to_string()
    }

    pub(super) const fn writer(&self) -> &Account {
        &self.writer
    }

    pub(super) const fn reader(&self) -> Option<&Account> {
        self.reader.as_ref()
    }

    pub(super) fn database(&self) -> &str {
        &self.database
    }

    pub(super) fn cluster(&self) -> Option<&str> {
        self.cluster.as_deref()
    }
}

impl FromStr for ClickHouseAddress {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let mut url =
            Url::parse(text).map_err(|error| AddressError(format!("the address of ClickHouse is no URL ({error})")))?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
            return Err(AddressError("ClickHouse is spoken to over HTTP".to_owned()));
        }
        let writer = Account { user: decoded(url.username())?, password: decoded(url.password().unwrap_or_default())? };
        let database = identifier("database", url.path().trim_matches('/'))?;
        let (mut cluster, mut reader) = (None, None);
        for (name, value) in url.query_pairs() {
            match name.as_ref() {
                "cluster" => cluster = Some(identifier("cluster", &value)?),
                "reader" => {
                    let (user, password) = value.split_once(':').unwrap_or((&value, ""));
                    reader = Some(Account { user: user.to_owned(), password: password.to_owned() });
                }
                other => return Err(AddressError(format!("“{other}” means nothing in the address of ClickHouse"))),
            }
        }
        url.set_query(None);
        url.set_fragment(None);
        url.set_path("");
        // What is left can be shown in a log.
        let _ = url.set_username("").and_then(|()| url.set_password(None));
        Ok(Self { origin: url, writer, reader, database, cluster })
    }
}

impl fmt::Display for ClickHouseAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", self.origin, self.database)
    }
}

impl fmt::Debug for ClickHouseAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self}")
    }
}

fn decoded(text: &str) -> Result<String, AddressError> {
    let decoded = percent_decode_str(text).decode_utf8();
    decoded.map(Cow::into_owned).map_err(|_| AddressError("user or password is no UTF-8".to_owned()))
}

/// Names get into statements, so they are no more than names.
fn identifier(what: &str, name: &str) -> Result<String, AddressError> {
    let mut bytes = name.bytes();
    let is_name = bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_name {
        Ok(name.to_owned())
    } else {
        Err(AddressError(format!("“{name}” is no name of a {what}: letters, digits and _ only")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_who_where_and_which() {
        let address: ClickHouseAddress =
            "http://us%40er:p%3Aw@ch.example:8123/tv?cluster=main&reader=look:r".parse().unwrap();
        assert_eq!((address.database(), address.cluster()), ("tv", Some("main")));
        assert_eq!((address.writer().user.as_str(), address.writer().password.as_str()), ("us@er", "p:w"));
        assert_eq!(address.reader().unwrap().user, "look");
        assert_eq!(address.server(Some("10.0.0.7")), "http://10.0.0.7:8123/");
        assert_eq!(address.server(Some("::1")), "http://[::1]:8123/");
        assert_eq!(format!("{address:?}"), "http://ch.example:8123/tv", "no secret in a log");
    }

    #[test]
    fn what_is_no_address_is_told() {
        for wrong in [
            "ch:9000",
            "tcp://ch/tv",
            "http://ch:8123",
            "http://ch/a-b",
            "http://ch/tv?cluster=a'b",
            "http://ch/tv?x=1",
        ] {
            let told = wrong.parse::<ClickHouseAddress>().unwrap_err().to_string();
            assert!(told.contains("http://USER:PASSWORD@HOST:8123/DATABASE"), "{wrong}: {told}");
        }
    }
}
