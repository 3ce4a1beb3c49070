//! The command line and the environment: read here and nowhere else. Every flag has a variable `LINGDONG_…`.

mod board;

pub use board::{Against, ApplyOptions, BoardCommand, LintFormat};

use clap::{Args, Parser, Subcommand, ValueEnum};
use engine::{collect::KeptDays, events::ClickHouseAddress, facts::CleaningRules};
use ipnet::IpNet;
use model::{
    access::Role,
    geo::{Province, Region},
    metric::Domain,
    time::Day,
};
use std::{fmt, net::SocketAddr, path::PathBuf, str::FromStr};

/// Dashboards for television, IPTV and new-media operators.
#[derive(Debug, Parser)]
#[command(name = "lingdong", version, propagate_version = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the server.
    Serve(Box<ServeOptions>),
    /// Bring the database to the newest schema and stop.
    Migrate(StoreOptions),
    /// Copy the events there are to ClickHouse and compare both; before a server is first started with --clickhouse-url.
    MigrateEvents(StoreOptions),
    /// Work the facts out again from the events, and put what differs in the place of what stands.
    ///
    /// The server must be stopped. The events are counted again in the folder `rebuild` of the data folder, which needs as
    /// much room again; until the end, the old facts stay as they are, and a run that was cut off is just run again. With
    /// --clickhouse-url as `serve` has it, ClickHouse is told at the server's next start; without, it must be copied to anew.
    RebuildFacts(RebuildOptions),
    /// Drop old days for good, all before a date: events, and facts but accounts. The last two weeks, and days of play
    /// sessions that may still change, are kept whatever the date.
    DropDay(DropOptions),
    /// People.
    #[command(subcommand)]
    User(UserCommand),
    /// Where events come from.
    #[command(subcommand)]
    Source(SourceCommand),
    /// Bearer tokens for programs.
    #[command(subcommand)]
    Token(TokenCommand),
    /// Boards as files.
    #[command(subcommand)]
    Board(BoardCommand),
    /// Load files.
    #[command(subcommand)]
    Import(ImportCommand),
    /// Ask a running server a metric query.
    Query(QueryOptions),
    /// Look at both stores and say how they are.
    Doctor(StoreOptions),
}

/// Where the data is.
#[derive(Debug, Clone, Args)]
pub struct StoreOptions {
    /// The folder of everything that is kept: events, ingest log, private PostgreSQL.
    #[arg(long, env = "LINGDONG_DATA_DIR", default_value = "data")]
    pub data_dir: PathBuf,
    /// A PostgreSQL of your own, as its owner; without it the server runs a private one under the data folder.
    #[arg(long, env = "LINGDONG_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<Secret>,
    /// A ClickHouse that answers the queries, where one machine is not enough:
    /// `http://USER:PASSWORD@HOST:8123/DATABASE`, with `?cluster=NAME` for one of its clusters and `&reader=USER:PASSWORD`
    /// for a user that can only read.
    #[arg(long, env = "LINGDONG_CLICKHOUSE_URL", hide_env_values = true)]
    pub clickhouse_url: Option<ClickHouseAddress>,
    #[command(flatten)]
    pub cleaning: CleaningOptions,
}

/// What counts as watching, and what is taken for a script's: the figures of NRTA unless set otherwise. They are for what is
/// counted from then on; `rebuild-facts` with the same figures counts what was before.
#[derive(Debug, Clone, Copy, Args)]
pub struct CleaningOptions {
    /// A play is effective that lasted for more milliseconds.
    #[arg(long, env = "LINGDONG_EFFECTIVE_PLAY_MS", value_name = "MS", default_value_t = Self::default().effective_play_ms)]
    pub effective_play_ms: u32,
    /// A household that begins more plays in a minute is a script.
    #[arg(long, env = "LINGDONG_MOST_PLAYS_A_MINUTE", value_name = "PLAYS", default_value_t = Self::default().most_plays_a_minute, value_parser = clap::value_parser!(u32).range(1..))]
    pub most_plays_a_minute: u32,
    /// A household that begins more plays on a day is a script.
    #[arg(long, env = "LINGDONG_MOST_PLAYS_A_DAY", value_name = "PLAYS", default_value_t = Self::default().most_plays_a_day, value_parser = clap::value_parser!(u32).range(1..))]
    pub most_plays_a_day: u32,
    /// What could be seen for so many milliseconds was seen.
    #[arg(long, env = "LINGDONG_EXPOSURE_MS", value_name = "MS", default_value_t = Self::default().exposure_ms)]
    pub exposure_ms: u32,
    /// The same of an advertisement.
    #[arg(long, env = "LINGDONG_AD_EXPOSURE_MS", value_name = "MS", default_value_t = Self::default().ad_exposure_ms)]
    pub ad_exposure_ms: u32,
}

impl Default for CleaningOptions {
    fn default() -> Self {
        let rules = CleaningRules::default();
        Self {
            effective_play_ms: rules.effective_play_over_ms,
            most_plays_a_minute: rules.most_plays_a_minute,
            most_plays_a_day: rules.most_plays_a_day,
            exposure_ms: rules.exposure_ms,
            ad_exposure_ms: rules.ad_exposure_ms,
        }
    }
}

impl From<CleaningOptions> for CleaningRules {
    fn from(options: CleaningOptions) -> Self {
        Self {
            effective_play_over_ms: options.effective_play_ms,
            most_plays_a_minute: options.most_plays_a_minute,
            most_plays_a_day: options.most_plays_a_day,
            exposure_ms: options.exposure_ms,
            ad_exposure_ms: options.ad_exposure_ms,
        }
    }
}

#[derive(Debug, Clone, Args)]
pub struct RebuildOptions {
    #[command(flatten)]
    pub stores: StoreOptions,
    /// Change no fact, only tell what differs; ends with 1 if anything does.
    #[arg(long)]
    pub check: bool,
}

#[derive(Debug, Clone, Args)]
pub struct DropOptions {
    #[command(flatten)]
    pub stores: StoreOptions,
    /// The first day that is kept, as 2026-01-31.
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub before: Day,
    /// Keep the facts; they can't be worked out again for those days.
    #[arg(long)]
    pub events_only: bool,
    /// Drop them; without it is only told what would be lost.
    #[arg(long)]
    pub yes: bool,
}

#[derive(Debug, Clone, Args)]
pub struct ServeOptions {
    #[command(flatten)]
    pub stores: StoreOptions,
    /// Address and port of pages, API and collectors.
    #[arg(long, env = "LINGDONG_LISTEN", default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// Address and port of the figures for Prometheus; nothing listens without it.
    #[arg(long, env = "LINGDONG_METRICS_LISTEN")]
    pub metrics_listen: Option<SocketAddr>,
    /// The address people type; with https, cookies are pinned to it and browsers are told to stay with TLS.
    #[arg(long, env = "LINGDONG_PUBLIC_URL")]
    pub public_url: Option<PublicUrl>,
    /// Networks of proxies whose X-Forwarded-For is believed.
    #[arg(long, env = "LINGDONG_TRUSTED_PROXY", value_delimiter = ',')]
    pub trusted_proxy: Vec<IpNet>,
    /// The folder of the browser bundle; beside the program's own folder by default.
    #[arg(long, env = "LINGDONG_SITE_DIR")]
    pub site_dir: Option<PathBuf>,
    /// How many days of events are kept, today among them; older ones are dropped once a day. All are by default. Facts of
    /// dropped events stay, and can't be worked out again.
    #[arg(long, env = "LINGDONG_KEEP_EVENTS_DAYS", value_name = "DAYS")]
    pub keep_events_days: Option<KeptDays>,
    /// How many days of facts are kept; accounts always are.
    #[arg(long, env = "LINGDONG_KEEP_FACTS_DAYS", value_name = "DAYS")]
    pub keep_facts_days: Option<KeptDays>,
    /// Fill in simulated data, marked as such on every board, and keep it coming.
    #[arg(long, env = "LINGDONG_DEMO")]
    pub demo: bool,
    /// What is logged, in the notation of `tracing`: `info`, `debug`, `engine=debug,info` …
    #[arg(long, env = "LINGDONG_LOG", default_value = "info")]
    pub log: String,
    #[arg(long, env = "LINGDONG_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    /// One JSON object a line.
    Json,
}

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add a person and print their password once.
    Add {
        email: String,
        #[command(flatten)]
        stores: StoreOptions,
        /// How pages call them; their address by default.
        #[arg(long)]
        name: Option<String>,
        #[arg(long, value_parser = parse_role, default_value = "viewer")]
        role: Role,
    },
    /// Let a person see regions of kinds of data, besides what they see already.
    Grant {
        email: String,
        #[command(flatten)]
        stores: StoreOptions,
        /// `audience,content` …, or `all` kinds there are now.
        #[arg(long, required = true, value_parser = parse_domains)]
        domains: Listed<Domain>,
        /// `ZJ,GD` …, `unknown`, or `all` provinces; rows of unknown province need `unknown` as well.
        #[arg(long, required = true, value_parser = parse_regions)]
        regions: Listed<Region>,
    },
    /// Let an editor add metrics to the catalogue, or no longer. Administrators always may.
    DefineMetrics {
        email: String,
        #[command(flatten)]
        stores: StoreOptions,
        /// Take the right away.
        #[arg(long)]
        no_longer: bool,
    },
    /// Everybody, with what they may see.
    List {
        #[command(flatten)]
        stores: StoreOptions,
    },
}

#[derive(Debug, Subcommand)]
pub enum SourceCommand {
    /// Make a source and print its write key once.
    Create {
        name: String,
        #[command(flatten)]
        stores: StoreOptions,
        /// Bind it to a province; its events then count for that one.
        #[arg(long)]
        province: Option<Province>,
    },
}

#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make a bearer token and print it once.
    Create {
        /// Whose rights it carries.
        #[arg(long = "user", value_name = "EMAIL")]
        email: String,
        #[command(flatten)]
        stores: StoreOptions,
    },
}

#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// A programme list in XMLTV, plain or gzip; replaces the channel-days it covers.
    Epg {
        file: PathBuf,
        #[command(flatten)]
        stores: StoreOptions,
    },
    /// Native events, one JSON object a line, plain or gzip; the same file twice counts once.
    Events {
        file: PathBuf,
        #[command(flatten)]
        stores: StoreOptions,
        /// The write key of the source they belong to.
        #[arg(long, env = "LINGDONG_WRITE_KEY", hide_env_values = true)]
        write_key: Secret,
    },
}

#[derive(Debug, Args)]
pub struct QueryOptions {
    /// A JSON file with a metric query, or `-` for standard input.
    pub file: PathBuf,
    #[arg(long, env = "LINGDONG_SERVER", default_value = "http://127.0.0.1:3000")]
    pub server: String,
    /// A bearer token, as `lingdong token create` prints it.
    #[arg(long, env = "LINGDONG_TOKEN", hide_env_values = true)]
    pub token: Secret,
    #[arg(long, value_enum, default_value_t = OutputFormat::Table)]
    pub format: OutputFormat,
    /// Tell how the query is answered instead of the answer: rows read, statements, what was kept, how long it took.
    #[arg(long)]
    pub explain: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    Table,
    /// The answer as the server gives it.
    Json,
    Csv,
}

/// A text that never shows up in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl FromStr for Secret {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("(secret)")
    }
}

/// `http://…` or `https://…`, without a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    secure: bool,
    authority: String,
}

impl PublicUrl {
    /// Whether people reach us over TLS.
    pub const fn is_secure(&self) -> bool {
        self.secure
    }

    /// Host, and port where it is not the usual one; as browsers send it in `Host`.
    pub fn authority(&self) -> &str {
        &self.authority
    }
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (secure, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
            (Some(rest), _) => (true, rest),
            (None, Some(rest)) => (false, rest),
            (None, None) => {
                return Err(format!("“{text}” is no address of pages: expected https://HOST[:PORT]"));
            }
        };
        let authority = rest.trim_end_matches('/').to_ascii_lowercase();
        let usual = if secure { ":443" } else { ":80" };
        let authority = authority.strip_suffix(usual).unwrap_or(&authority).to_owned();
        if authority.is_empty() || authority.contains(['/', '@', ' ']) {
            return Err(format!("“{text}” must be https://HOST[:PORT], without a path"));
        }
        Ok(Self { secure, authority })
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "http{}://{}", if self.secure { "s" } else { "" }, self.authority)
    }
}

/// Several values in one argument, parted by commas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T>(pub Vec<T>);

fn parse_day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| format!("“{text}” is no date: expected one as 2026-01-31"))
}

fn parse_role(text: &str) -> Result<Role, String> {
    Role::ALL
        .into_iter()
        .find(|role| role.name() == text)
        .ok_or_else(|| format!("“{text}” is no role: expected viewer, editor or admin"))
}

fn parse_domains(text: &str) -> Result<Listed<Domain>, String> {
    parse_listed(text, || Domain::ALL.to_vec())
}

fn parse_regions(text: &str) -> Result<Listed<Region>, String> {
    parse_listed(text, || Region::all().filter(|region| region.province().is_some()).collect())
}

fn parse_listed<T: FromStr<Err: fmt::Display> + PartialEq>(
    text: &str,
    all: impl Fn() -> Vec<T>,
) -> Result<Listed<T>, String> {
    let mut values = Vec::new();
    for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
        let named = if word == "all" { all() } else { vec![word.parse().map_err(|error: T::Err| error.to_string())?] };
        for value in named {
            if !values.contains(&value) {
                values.push(value);
            }
        }
    }
    if values.is_empty() { Err("nothing is named: give at least one, or all".to_owned()) } else { Ok(Listed(values)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn all_provinces_do_not_hold_the_unknown_one() {
        assert_eq!(parse_regions("all").unwrap().0.len(), 34);
        assert_eq!(parse_regions("all,unknown").unwrap().0.len(), 35);
        assert_eq!(parse_regions("ZJ,ZJ").unwrap().0.len(), 1);
        assert!(parse_regions("XX").unwrap_err().contains("XX"));
        assert!(parse_domains(" , ").is_err());
    }

    #[test]
    fn a_secret_is_not_printed() {
        let parsed = Arguments::try_parse_from(["lingdong", "query", "-", "--token", "hush"]).unwrap();
        assert!(!format!("{parsed:?}").contains("hush"));
    }

    #[test]
    fn days_are_dates_and_two_weeks_are_always_kept() {
        let parsed = |arguments: &[&str]| {
            let words = ["lingdong"].iter().chain(arguments);
            Arguments::try_parse_from(words).map(|_| ()).map_err(|error| error.to_string())
        };
        assert_eq!(parsed(&["drop-day", "--before", "2026-01-31"]), Ok(()));
        assert!(parsed(&["drop-day", "--before", "2026-02-30"]).unwrap_err().contains("no date"));
        assert_eq!(parsed(&["serve", "--keep-events-days", "14", "--keep-facts-days", "400"]), Ok(()));
        assert!(parsed(&["serve", "--keep-facts-days", "13"]).unwrap_err().contains("at least"));
    }

    #[test]
    fn a_public_url_is_a_host_and_a_port() {
        let url: PublicUrl = "https://Boards.example:443/".parse().unwrap();
        assert_eq!((url.is_secure(), url.authority()), (true, "boards.example"));
        assert!("boards.example".parse::<PublicUrl>().is_err());
        assert!("https://boards.example/path".parse::<PublicUrl>().is_err());
    }
}
