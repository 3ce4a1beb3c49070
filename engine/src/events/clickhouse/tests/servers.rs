//! Real servers for tests: a cluster of two shards as Debian has them, and today's engine.

use super::super::ClickHouseAddress;
use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::{Ipv4Addr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU8, Ordering},
    time::{Duration, Instant},
};
use tempfile::TempDir;

const PROGRAM: &str = "clickhouse-server";
const STARTS_WITHIN: Duration = Duration::from_mins(1);

/// Two shards of one server each, on addresses of their own of the loopback network, on the same ports, as in a real
/// cluster. They end with the value.
pub(crate) struct TestCluster {
    shards: Vec<Shard>,
    folder: TempDir,
    ports: Ports,
}

struct Shard {
    host: Ipv4Addr,
    running: Option<Child>,
}

#[derive(Clone, Copy)]
struct Ports {
    http: u16,
    native: u16,
    between: u16,
}

impl TestCluster {
    pub(crate) async fn start() -> Self {
        static CLUSTERS: AtomicU8 = AtomicU8::new(1);
        let [low, high, ..] = std::process::id().to_le_bytes();
        let number = CLUSTERS.fetch_add(1, Ordering::Relaxed);
        let net = |shard| Ipv4Addr::new(127, high | 64, low, number.wrapping_mul(2).wrapping_add(shard));
        let hosts = [net(0), net(1)];
        let ports = free_ports(hosts);
        let shards = hosts.map(|host| Shard { host, running: None }).into();
        let mut cluster = Self { shards, folder: tempfile::tempdir().unwrap(), ports };
        for shard in 0..cluster.shards.len() {
            cluster.configure(shard);
            cluster.start_shard(shard);
        }
        for shard in 0..cluster.shards.len() {
            cluster.answers(shard).await;
        }
        cluster
    }

    pub(crate) fn address(&self) -> ClickHouseAddress {
        let Ports { http, .. } = self.ports;
        let text = format!("http://default@{}:{http}/tv?cluster=pair&reader=reader:look", self.shards[0].host);
        text.parse().unwrap()
    }

    /// As the system does when memory is short, in the middle of anything.
    pub(crate) fn kill(&mut self, shard: usize) {
        if let Some(mut running) = self.shards[shard].running.take() {
            running.kill().unwrap();
            running.wait().unwrap();
        }
    }

    pub(crate) async fn start_again(&mut self, shard: usize) {
        self.start_shard(shard);
        self.answers(shard).await;
    }

    fn start_shard(&mut self, shard: usize) {
        let folder = self.folder.path().join(shard.to_string());
        let log = fs::File::options().create(true).append(true).open(folder.join("out")).unwrap();
        let started = Command::new(PROGRAM)
            .arg(format!("--config-file={}", folder.join("config.xml").display()))
            .current_dir(&folder)
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn();
        let running = started.unwrap_or_else(|error| {
            panic!(
                "{PROGRAM} can't be started ({error}): `cargo xtask test` installs it, or `apt-get install {PROGRAM}`"
            )
        });
        self.shards[shard].running = Some(running);
    }

    async fn answers(&mut self, shard: usize) {
        let until = Instant::now() + STARTS_WITHIN;
        let Shard { host, running } = &mut self.shards[shard];
        let folder = self.folder.path().join(shard.to_string());
        let client = clickhouse::Client::default().with_url(format!("http://{host}:{}", self.ports.http));
        while client.query_raw("SELECT 1").execute().await.is_err() {
            let ended = running.as_mut().and_then(|running| running.try_wait().unwrap());
            assert!(ended.is_none() && Instant::now() < until, "{PROGRAM} does not start: {}", said(&folder));
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn configure(&self, shard: usize) {
        let host = self.shards[shard].host;
        let folder = self.folder.path().join(shard.to_string());
        fs::create_dir_all(&folder).unwrap();
        let path = folder.display();
        let Ports { http, native, between } = self.ports;
        let replica = |Shard { host, .. }: &Shard| {
            format!(
                "<shard><replica><host>{host}</host><port>{native}</port><default_database>tv</default_database></replica></shard>"
            )
        };
        let shards = self.shards.iter().map(replica).collect::<Vec<_>>().concat();
        let config = format!(
            "<yandex>
                <logger><level>warning</level><log>{path}/log</log><errorlog>{path}/errors</errorlog></logger>
                <listen_host>{host}</listen_host>
                <http_port>{http}</http_port><tcp_port>{native}</tcp_port>
                <interserver_http_port>{between}</interserver_http_port><interserver_http_host>{host}</interserver_http_host>
                <path>{path}/data/</path><tmp_path>{path}/tmp/</tmp_path>
                <users_config>{path}/users.xml</users_config>
                <default_profile>default</default_profile><default_database>default</default_database>
                <mark_cache_size>16777216</mark_cache_size><timezone>UTC</timezone>
                <remote_servers><pair>{shards}</pair></remote_servers>
            </yandex>"
        );
        let users = "<yandex>
                <profiles><default></default><reader>
                    <readonly>1</readonly><max_execution_time>30</max_execution_time>
                    <max_memory_usage>2000000000</max_memory_usage><max_result_rows>1000000</max_result_rows>
                </reader></profiles>
                <users>
                    <default><password></password><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota></default>
                    <reader><password>look</password><networks><ip>::/0</ip></networks><profile>reader</profile><quota>default</quota></reader>
                </users>
                <quotas><default></default></quotas>
            </yandex>";
        fs::write(folder.join("config.xml"), config).unwrap();
        fs::write(folder.join("users.xml"), users).unwrap();
    }
}

impl Drop for TestCluster {
    fn drop(&mut self) {
        for shard in 0..self.shards.len() {
            self.kill(shard);
        }
    }
}

/// Ports that are free on all hosts.
fn free_ports(hosts: [Ipv4Addr; 2]) -> Ports {
    let mut held = Vec::new();
    let mut free = || loop {
        let first = TcpListener::bind((hosts[0], 0)).unwrap();
        let port = first.local_addr().unwrap().port();
        if let Ok(second) = TcpListener::bind((hosts[1], port)) {
            held.push((first, second));
            return port;
        }
    };
    Ports { http: free(), native: free(), between: free() }
}

fn said(folder: &Path) -> String {
    ["out", "errors"].map(|name| fs::read_to_string(folder.join(name)).unwrap_or_default()).join("\n")
}

/// Today's engine, in a process of its own that ends with the value.
pub(crate) struct ModernServer {
    running: Child,
    port: u16,
    _folder: TempDir,
}

impl ModernServer {
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/events/clickhouse/tests/modern.py");
        let mut running = Command::new("python3")
            .arg(script)
            .arg(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("python3 can't be started ({error}): install it, with the package chdb"));
        let mut line = String::new();
        BufReader::new(running.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().parse().unwrap_or_else(|_| panic!("chdb did not start; it said why above"));
        Self { running, port, _folder: folder }
    }

    pub(crate) fn address(&self) -> ClickHouseAddress {
        format!("http://127.0.0.1:{}/tv", self.port).parse().unwrap()
    }
}

impl Drop for ModernServer {
    fn drop(&mut self) {
        self.running.kill().unwrap();
        self.running.wait().unwrap();
    }
}
