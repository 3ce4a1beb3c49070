//! Containers: tiles that share one place on the board, a page of them at a time.

use super::{TileId, Title};
use serde::{Deserialize, Deserializer, Serialize, de};

/// The most pages of a container.
pub const MAX_PAGES: usize = 12;
/// The most tiles that share a page.
pub const MAX_TILES_OF_PAGE: usize = 6;
/// How long a page of a carousel may stand, in seconds.
pub(crate) const PACE_SECONDS: std::ops::RangeInclusive<u16> = 3..=3_600;

/// Pages that can't be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPages {
    #[error("{0} pages: a container has at most {MAX_PAGES}")]
    TooManyPages(usize),
    #[error("{0} tiles on one page: at most {MAX_TILES_OF_PAGE} share it")]
    TooManyTiles(usize),
    #[error("tile {0} is on two pages of the container, or twice on one")]
    Twice(TileId),
    #[error("a page that stands for {0} s: {start} to {end} are", start = PACE_SECONDS.start(), end = PACE_SECONDS.end())]
    Pace(u16),
}

/// A page of a container. Without a title it is called after its first tile.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ContainerPage {
    #[serde(default, skip_serializing_if = "Title::is_empty")]
    pub title: Title,
    /// In the order in which they stand. One that is not on the board is passed over: it was removed, and comes back to
    /// its place when that is undone.
    pub tiles: Vec<TileId>,
}

/// The pages of a container: no tile twice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Pages(#[cfg_attr(feature = "schema", schemars(length(max = MAX_PAGES)))] Vec<ContainerPage>);

impl Pages {
    /// A container with nothing in it yet.
    pub const NONE: Self = Self(Vec::new());

    pub fn new(pages: Vec<ContainerPage>) -> Result<Self, InvalidPages> {
        if pages.len() > MAX_PAGES {
            return Err(InvalidPages::TooManyPages(pages.len()));
        }
        if let Some(page) = pages.iter().find(|page| page.tiles.len() > MAX_TILES_OF_PAGE) {
            return Err(InvalidPages::TooManyTiles(page.tiles.len()));
        }
        let pages = Self(pages);
        let mut tiles: Vec<TileId> = pages.tiles().collect();
        tiles.sort_unstable();
        match tiles.windows(2).find(|pair| pair.first() == pair.last()).and_then(|pair| pair.first()) {
            Some(tile) => Err(InvalidPages::Twice(*tile)),
            None => Ok(pages),
        }
    }

    pub fn all(&self) -> &[ContainerPage] {
        &self.0
    }

    /// The tiles of all pages, page by page.
    pub fn tiles(&self) -> impl Iterator<Item = TileId> {
        self.0.iter().flat_map(|page| page.tiles.iter().copied())
    }

    pub fn contains(&self, tile: TileId) -> bool {
        self.tiles().any(|other| other == tile)
    }

    /// The page that a tile is on, counted from 0.
    pub fn page_of(&self, tile: TileId) -> Option<usize> {
        self.0.iter().position(|page| page.tiles.contains(&tile))
    }

    pub const fn has_room(&self) -> bool {
        self.0.len() < MAX_PAGES
    }

    /// With one page more, at the end. The same where there is no room, or where one of the tiles is on a page already.
    #[must_use]
    pub fn with_page(&self, page: ContainerPage) -> Self {
        self.changed(|pages| pages.push(page))
    }

    /// With a tile on the so-manieth page, or on a page of its own where there is no such page or no room on it. The same
    /// where there is no room at all, or where the tile stands already.
    #[must_use]
    pub fn with_tile(&self, tile: TileId, page: Option<usize>) -> Self {
        let shared = page.and_then(|index| Some((index, self.0.get(index)?))).map(|(index, page)| {
            let mut page = page.clone();
            page.tiles.push(tile);
            self.with_page_at(index, page)
        });
        shared
            .filter(|pages| pages != self)
            .unwrap_or_else(|| self.with_page(ContainerPage { title: Title::default(), tiles: vec![tile] }))
    }

    /// With a page as it says, instead of the so-manieth. The same where that can't be.
    #[must_use]
    pub fn with_page_at(&self, index: usize, page: ContainerPage) -> Self {
        self.changed(|pages| {
            if let Some(old) = pages.get_mut(index) {
                *old = page;
            }
        })
    }

    #[must_use]
    pub fn without_page(&self, index: usize) -> Self {
        let mut pages = self.0.clone();
        if index < pages.len() {
            pages.remove(index);
        }
        Self(pages)
    }

    /// With the so-manieth page one place earlier or later.
    #[must_use]
    pub fn with_page_moved(&self, index: usize, later: bool) -> Self {
        let mut pages = self.0.clone();
        let other = if later { index.checked_add(1) } else { index.checked_sub(1) };
        if let Some(other) = other.filter(|other| index.max(*other) < pages.len()) {
            pages.swap(index, other);
        }
        Self(pages)
    }

    /// Without a tile; a page that was only there for it goes with it.
    #[must_use]
    pub fn without_tile(&self, tile: TileId) -> Self {
        let mut pages = self.0.clone();
        if let Some(index) = self.page_of(tile)
            && let Some(page) = pages.get_mut(index)
        {
            page.tiles.retain(|other| *other != tile);
            if page.tiles.is_empty() && page.title.is_empty() {
                pages.remove(index);
            }
        }
        Self(pages)
    }

    /// Each tile under another name; those without one are left out.
    #[must_use]
    pub fn renamed(&self, name: impl Fn(TileId) -> Option<TileId>) -> Self {
        let page = |page: &ContainerPage| ContainerPage {
            title: page.title.clone(),
            tiles: page.tiles.iter().filter_map(|tile| name(*tile)).collect(),
        };
        Self(self.0.iter().map(page).collect())
    }

    fn changed(&self, change: impl FnOnce(&mut Vec<ContainerPage>)) -> Self {
        let mut pages = self.0.clone();
        change(&mut pages);
        Self::new(pages).unwrap_or_else(|_| self.clone())
    }
}

impl<'de> Deserialize<'de> for Pages {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(Vec::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

/// How long each page of a carousel stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Pace(u16);

impl Pace {
    /// Long enough to read a chart from afar.
    pub const USUAL: Self = Self(10);
    /// Those that the builder offers, in seconds.
    pub const OFFERED: [Self; 6] = [Self(5), Self(10), Self(15), Self(30), Self(60), Self(300)];

    pub fn from_seconds(seconds: u16) -> Result<Self, InvalidPages> {
        if PACE_SECONDS.contains(&seconds) { Ok(Self(seconds)) } else { Err(InvalidPages::Pace(seconds)) }
    }

    pub const fn seconds(self) -> u16 {
        self.0
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self::USUAL
    }
}

impl<'de> Deserialize<'de> for Pace {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_seconds(u16::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(title: &str, tiles: &[u128]) -> ContainerPage {
        let tiles = tiles.iter().copied().map(TileId::from_u128).collect();
        ContainerPage { title: Title::parse(title).unwrap(), tiles }
    }

    #[test]
    fn pages_hold_each_tile_once() {
        let pages = Pages::new(vec![page("甲", &[1, 2]), page("", &[3])]).unwrap();
        assert_eq!(pages.page_of(TileId::from_u128(3)), Some(1));
        assert_eq!(pages.with_page(page("丙", &[2])), pages, "tile 2 stands already");
        let moved = pages.with_page_moved(0, true);
        assert_eq!(moved.all(), [page("", &[3]), page("甲", &[1, 2])]);
        assert_eq!(moved.with_page_moved(1, true), moved, "there is nothing after the last");
        assert_eq!(pages.without_tile(TileId::from_u128(3)).all(), [page("甲", &[1, 2])], "nobody named that page");
        let emptied = pages.without_tile(TileId::from_u128(1)).without_tile(TileId::from_u128(2));
        assert_eq!(emptied.all(), [page("甲", &[]), page("", &[3])]);
    }

    #[test]
    fn a_tile_comes_onto_the_page_that_was_meant_or_onto_its_own() {
        let id = TileId::from_u128;
        let alone = Pages::NONE.with_tile(id(1), Some(3));
        assert_eq!(alone.all(), [page("", &[1])], "there is no fourth page");
        assert_eq!(alone.with_tile(id(2), Some(0)).all(), [page("", &[1, 2])]);
        assert_eq!(alone.with_tile(id(2), None).all(), [page("", &[1]), page("", &[2])]);
        assert_eq!(alone.with_tile(id(1), None), alone, "it stands already");
        let full = (0..6).fold(Pages::NONE, |pages, tile| pages.with_tile(id(tile), Some(0)));
        assert_eq!(full.with_tile(id(9), Some(0)).all()[1], page("", &[9]));
        let crowded = (0..72).fold(Pages::NONE, |pages, tile| pages.with_tile(id(tile), Some(tile as usize / 6)));
        assert_eq!(crowded.tiles().count(), 72);
        assert_eq!(crowded.with_tile(id(99), None), crowded, "there is no room at all");
    }

    #[test]
    fn what_no_container_holds_is_refused_with_the_reason() {
        let read = |text: &str| serde_json::from_str::<Pages>(text).map_err(|error| error.to_string());
        let one = "00000000-0000-0000-0000-000000000001";
        let twice = read(&format!(r#"[{{"tiles":["{one}"]}},{{"tiles":["{one}"]}}]"#)).unwrap_err();
        assert!(twice.contains(one) && twice.contains("two pages"), "{twice}");
        let pages = vec![ContainerPage::default(); MAX_PAGES + 1];
        assert_eq!(Pages::new(pages), Err(InvalidPages::TooManyPages(13)));
        let crowd = Pages::new(vec![page("", &[1, 2, 3, 4, 5, 6, 7])]);
        assert_eq!(crowd, Err(InvalidPages::TooManyTiles(7)));
        assert!(serde_json::from_str::<Pace>("1").unwrap_err().to_string().contains("3 to 3600"));
    }
}
