//! The programs of the PostgreSQL that the system has installed.

use super::PostgresError;
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// The oldest version that does what we need.
const OLDEST_MAJOR: u32 = 15;
/// Where Debian and its kin keep them, one folder a version.
const VERSIONED: &str = "/usr/lib/postgresql";
/// Where others do.
const USUAL: [&str; 3] = ["/usr/local/pgsql/bin", "/usr/local/bin", "/usr/bin"];

/// `initdb`, `pg_ctl` and `postgres` of one version, in one folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Programs {
    folder: PathBuf,
    major: u32,
}

impl Programs {
    /// The newest ones, or those of the version that made the cluster, since only they can read it.
    pub(super) fn find(cluster_made_by: Option<u32>, place: &Path) -> Result<Self, PostgresError> {
        let installed = installed();
        match cluster_made_by {
            Some(made_by) => installed
                .into_iter()
                .find(|programs| programs.major == made_by)
                .ok_or_else(|| PostgresError::OtherVersion { place: place.to_owned(), made_by }),
            None => installed
                .into_iter()
                .filter(|programs| programs.major >= OLDEST_MAJOR)
                .max_by_key(|programs| programs.major)
                .ok_or_else(|| PostgresError::NoPrograms {
                    looked_in: format!("{VERSIONED}/*/bin, {}, PATH", USUAL.join(", ")),
                }),
        }
    }

    pub(super) fn initdb(&self) -> PathBuf {
        self.folder.join("initdb")
    }

    pub(super) fn pg_ctl(&self) -> PathBuf {
        self.folder.join("pg_ctl")
    }
}

fn installed() -> Vec<Programs> {
    let versioned = std::fs::read_dir(VERSIONED).into_iter().flatten().flatten().map(|entry| entry.path().join("bin"));
    let usual = USUAL.into_iter().map(PathBuf::from);
    versioned.chain(usual).chain(folder_on_path()).filter_map(in_folder).collect()
}

/// `pg_config` is found along PATH by the system, and knows where its server is.
fn folder_on_path() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    Some(PathBuf::from(String::from_utf8(output.stdout).ok()?.trim()))
}

fn in_folder(folder: PathBuf) -> Option<Programs> {
    if !folder.join("initdb").is_file() || !folder.join("pg_ctl").is_file() {
        return None;
    }
    let output = Command::new(folder.join("postgres")).arg("--version").output().ok()?;
    let major = major_version(&String::from_utf8(output.stdout).ok()?)?;
    Some(Programs { folder, major })
}

/// The first number of `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)`.
fn major_version(text: &str) -> Option<u32> {
    let number = text.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
    number.split(|other: char| !other.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_as_the_programs_write_it() {
        assert_eq!(major_version("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n"), Some(15));
        assert_eq!(major_version("postgres (PostgreSQL) 18beta2"), Some(18));
        assert_eq!(major_version("command not found"), None);
    }

    #[test]
    fn a_cluster_of_a_missing_version_names_the_package() {
        let error = Programs::find(Some(9), Path::new("/srv/lingdong")).unwrap_err().to_string();
        assert!(error.contains("/srv/lingdong") && error.contains("postgresql-9"), "{error}");
    }
}
