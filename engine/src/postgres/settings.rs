//! The configuration files of the private cluster, written anew at every start.

use super::{
    PostgresError,
    site::{PORT, Site},
    system_account::SystemAccount,
};
use std::{fmt::Write as _, fs, path::Path};

/// The superuser of the private cluster: it owns and migrates the tables.
pub(super) const OWNER: &str = "lingdong_owner";

/// What the cluster is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Keeps what it was told through a power cut.
    Production,
    /// Many short databases at once, worth nothing after a crash.
    Tests,
}

/// Writes `postgresql.conf`, `pg_hba.conf` and `pg_ident.conf`.
pub(super) fn write(
    site: &Site,
    socket_folder: &Path,
    account: &SystemAccount,
    purpose: Purpose,
) -> Result<(), PostgresError> {
    let header = "# Written by Lingdong at every start; what is changed here is lost.\n";
    let files = [
        ("postgresql.conf", postgresql_conf(socket_folder, purpose)),
        // Who we are is vouched for by the kernel, so there is no password that could leak.
        ("pg_hba.conf", "local all all peer map=lingdong\n".to_owned()),
        ("pg_ident.conf", format!("lingdong {} {OWNER}\n", quoted(&account.own_name, '"'))),
    ];
    for (name, body) in files {
        let path = site.data().join(name);
        fs::write(&path, format!("{header}{body}")).map_err(PostgresError::unwritable("write", &path))?;
        account.give(&path)?;
    }
    Ok(())
}

fn postgresql_conf(socket_folder: &Path, purpose: Purpose) -> String {
    let socket = quoted(&quoted(&socket_folder.display().to_string(), '"'), '\'');
    let connections = match purpose {
        Purpose::Production => 40,
        Purpose::Tests => 200,
    };
    let mut conf = format!(
        "listen_addresses = ''\n\
         unix_socket_directories = {socket}\n\
         unix_socket_permissions = 0700\n\
         port = {PORT}\n\
         max_connections = {connections}\n\
         timezone = 'UTC'\n\
         log_timezone = 'UTC'\n\
         lc_messages = 'C'\n"
    );
    // Accounts and boards are small and read through our own caches: memory goes to the event store instead.
    conf.push_str(
        "shared_buffers = 24MB\n\
         work_mem = 2MB\n\
         maintenance_work_mem = 32MB\n\
         max_wal_size = 256MB\n\
         wal_level = minimal\n\
         max_wal_senders = 0\n\
         max_logical_replication_workers = 0\n\
         max_parallel_workers = 0\n\
         autovacuum_max_workers = 1\n\
         jit = off\n\
         log_checkpoints = off\n",
    );
    match purpose {
        Purpose::Production => {}
        Purpose::Tests => {
            let _ = conf.write_str("fsync = off\nfull_page_writes = off\nsynchronous_commit = off\n");
        }
    }
    conf
}

/// The text between quotes, those inside doubled.
fn quoted(text: &str, quote: char) -> String {
    format!("{quote}{}{quote}", text.replace(quote, &format!("{quote}{quote}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_listens_on_the_network() {
        let conf = postgresql_conf(Path::new("/srv/it's here/socket"), Purpose::Production);
        assert!(conf.contains("listen_addresses = ''\n"));
        assert!(conf.contains("unix_socket_directories = '\"/srv/it''s here/socket\"'\n"), "{conf}");
        assert!(!conf.contains("fsync = off"));
    }
}
