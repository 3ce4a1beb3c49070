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
    ZhejiangViewer,
    ZhejiangEditor,
    NationalEditor,
    /// Gives rights and holds none to data: those are grants, like anybody's.
    Admin,
}

impl Person {
    pub(crate) const ALL: [Self; 6] = [
        Self::Anonymous,
        Self::ViewerWithoutGrant,
        Self::ZhejiangViewer,
        Self::ZhejiangEditor,
        Self::NationalEditor,
        Self::Admin,
    ];

    pub(crate) const fn email(self) -> &'static str {
        match self {
            Self::Anonymous => "",
            Self::ViewerWithoutGrant => "viewer@test.cn",
            Self::ZhejiangViewer => "leader@test.cn",
            Self::ZhejiangEditor => "zhejiang@test.cn",
            Self::NationalEditor => "national@test.cn",
            Self::Admin => "admin@test.cn",
        }
    }

    pub(crate) const fn role(self) -> Role {
        match self {
            Self::Anonymous | Self::ViewerWithoutGrant | Self::ZhejiangViewer => Role::Viewer,
            Self::ZhejiangEditor | Self::NationalEditor => Role::Editor,
            Self::Admin => Role::Admin,
        }
    }

    pub(crate) fn regions(self) -> Vec<Region> {
        match self {
            Self::Anonymous | Self::ViewerWithoutGrant | Self::Admin => Vec::new(),
            Self::ZhejiangViewer | Self::ZhejiangEditor => vec![Region::Province(Province::ZJ)],
            Self::NationalEditor => Region::all().collect(),
        }
    }
}
