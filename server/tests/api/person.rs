//! The people of a world.

use model::{
    access::Role,
    geo::{Province, Region},
};

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Person {
    Anonymous,
    ViewerWithoutGrant,
    ZhejiangEditor,
    NationalEditor,
}

impl Person {
    pub(crate) const ALL: [Self; 4] =
        [Self::Anonymous, Self::ViewerWithoutGrant, Self::ZhejiangEditor, Self::NationalEditor];

    pub(crate) const fn email(self) -> &'static str {
        match self {
            Self::Anonymous => "",
            Self::ViewerWithoutGrant => "viewer@test.cn",
            Self::ZhejiangEditor => "zhejiang@test.cn",
            Self::NationalEditor => "national@test.cn",
        }
    }

    pub(crate) const fn role(self) -> Role {
        match self {
            Self::Anonymous | Self::ViewerWithoutGrant => Role::Viewer,
            Self::ZhejiangEditor | Self::NationalEditor => Role::Editor,
        }
    }

    pub(crate) fn regions(self) -> Vec<Region> {
        match self {
            Self::Anonymous | Self::ViewerWithoutGrant => Vec::new(),
            Self::ZhejiangEditor => vec![Region::Province(Province::ZJ)],
            Self::NationalEditor => Region::all().collect(),
        }
    }
}
