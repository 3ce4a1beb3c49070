//! The files that are part of the program.

use super::{CatalogueFile, CatalogueFiles};

macro_rules! file {
    ($path:literal) => {
        CatalogueFile {
            name: concat!("engine/catalogue/", $path),
            text: include_str!(concat!("../../../catalogue/", $path)),
        }
    };
}

pub(super) const FILES: CatalogueFiles<'static> = CatalogueFiles {
    facts: file!("facts.toml"),
    derived: file!("derived.toml"),
    dimensions: file!("dimensions.toml"),
    measures: file!("measures.toml"),
    roll_ups: file!("roll_ups.toml"),
    composable: file!("composable.toml"),
    metrics: &[
        file!("metrics/content.toml"),
        file!("metrics/quality.toml"),
        file!("metrics/quality_by_minute.toml"),
        file!("metrics/picture.toml"),
        file!("metrics/delivery.toml"),
        file!("metrics/audience.toml"),
        file!("metrics/programmes.toml"),
        file!("metrics/spots.toml"),
        file!("metrics/operation.toml"),
        file!("metrics/boxes.toml"),
        file!("metrics/orders.toml"),
        file!("metrics/guide.toml"),
        file!("metrics/web.toml"),
        file!("metrics/interaction.toml"),
        file!("metrics/media.toml"),
        file!("metrics/appraisal.toml"),
        file!("metrics/platform.toml"),
    ],
};
