//! Turns the texts in `locales/` into code, so that a missing or misspelt one does not compile.

use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos};
use std::{env, error::Error, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    #[allow(clippy::disallowed_methods)] // cargo speaks to build scripts by environment only
    let generated = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?).join("i18n");
    let texts = {
        let options = ParseOptions::new().interpolate_display(true);
        TranslationsInfos::parse(Config::new("zh-CN")?.add_locale("en")?.parse_options(options))?
    };
    texts.emit_diagnostics();
    texts.rerun_if_locales_changed();
    texts.generate_i18n_module(generated)?;
    Ok(())
}
