//! What controls say.

use super::{Words, both};

pub(crate) const CLOSE: Words = both("关闭", "Close");
pub(crate) const SEARCH: Words = both("搜索", "Search");
pub(crate) const LOADING: Words = both("正在加载…", "Loading…");
pub(crate) const LET_ALL_IN: Words = both("清除", "Clear");
pub(crate) const NOTHING_FOUND: Words = both("没有匹配项", "Nothing matches");
