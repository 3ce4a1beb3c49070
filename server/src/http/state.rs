//! What every handler may use.

use super::guards::Admission;
use crate::{config::PublicUrl, stop::Stop, stores::Stores, telemetry::Telemetry};
use app::{session::CookiePolicy, shell::SiteAssets};
use axum::extract::FromRef;
use engine::Engine;
use ipnet::IpNet;
use leptos::config::LeptosOptions;
use std::{
    collections::BTreeMap,
    fs,
    ops::Deref,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio_util::sync::CancellationToken;

/// Shared by all requests; cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

pub struct Shared {
    pub engine: Engine,
    pub stores: Arc<Stores>,
    pub site: Site,
    pub public_url: Option<PublicUrl>,
    pub trusted_proxies: Vec<IpNet>,
    pub telemetry: Telemetry,
    pub(super) admission: Admission,
    /// Streams end when this is cancelled.
    pub stopping: CancellationToken,
}

/// The browser bundle.
#[derive(Debug, Clone, Default)]
pub struct Site {
    folder: Option<PathBuf>,
    assets: SiteAssets,
}

impl Site {
    /// Reads which bundle counts now, from the `current.txt` that the build writes.
    pub fn open(folder: &Path) -> Result<Self, Stop> {
        let missing = || Stop::BundleMissing { path: folder.to_path_buf() };
        let current = fs::read_to_string(folder.join("current.txt")).map_err(|_| missing())?;
        let bundle = folder.join("pkg").join(current.trim());
        let manifest = fs::read(bundle.join("parts.json")).map_err(|_| missing())?;
        let parts: BTreeMap<String, Vec<String>> = serde_json::from_slice(&manifest).map_err(|_| missing())?;
        let assets = SiteAssets::of_bundle(&format!("/pkg/{}", current.trim()), parts);
        Ok(Self { folder: Some(folder.to_path_buf()), assets })
    }

    pub fn assets(&self) -> &SiteAssets {
        &self.assets
    }

    /// The folder that holds `pkg`; `None` where pages are tested without a browser.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }
}

impl AppState {
    pub fn new(
        stores: Arc<Stores>,
        site: Site,
        public_url: Option<PublicUrl>,
        trusted_proxies: Vec<IpNet>,
        stopping: CancellationToken,
    ) -> Self {
        Self(Arc::new(Shared {
            engine: stores.engine.clone(),
            stores,
            site,
            public_url,
            trusted_proxies,
            telemetry: Telemetry::default(),
            admission: Admission::default(),
            stopping,
        }))
    }

    pub fn cookies(&self) -> CookiePolicy {
        CookiePolicy { secure: self.public_url.as_ref().is_some_and(PublicUrl::is_secure) }
    }
}

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl FromRef<AppState> for LeptosOptions {
    /// Built in code, never read from the environment.
    fn from_ref(_: &AppState) -> Self {
        Self::builder().output_name("lingdong").site_pkg_dir("pkg").build()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_says_which_files_count() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(Site::open(folder.path()), Err(Stop::BundleMissing { .. })));
        let bundle = folder.path().join("pkg/abc");
        fs::create_dir_all(&bundle).unwrap();
        fs::write(folder.path().join("current.txt"), "abc\n").unwrap();
        fs::write(bundle.join("parts.json"), r#"{"builder": ["part_1"]}"#).unwrap();
        let site = Site::open(folder.path()).unwrap();
        assert_eq!(site.assets().wasm, "/pkg/abc/lingdong_bg.wasm");
        let files: Vec<_> = site.assets().parts.values().flatten().collect();
        assert_eq!(files, ["/pkg/abc/part_1.wasm"]);
    }
}
