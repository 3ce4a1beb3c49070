//! What is said while tiles are arranged.

use super::{Words, both};
use model::{
    formatting::Locale,
    layout::{GridRect, WallRect},
};

pub(crate) const DRAG_OR_ENTER: Words = both("拖到画布上，或按回车添加", "Drag onto the board, or press Enter to add");
pub(crate) const MOVABLE: Words = both("可移动组件", "movable tile");
pub(crate) const PUT_INTO_IT: Words = both("放入此处", "Put in here");
pub(crate) const DRAG_TO_MOVE: Words = both("拖动以移动", "Drag to move");
pub(crate) const OPEN_INSPECTOR: Words = both("设置", "Settings");
pub(crate) const REMOVE: Words = both("移除", "Remove");
pub(crate) const CANCELLED: Words = both("已取消，恢复原位", "Cancelled, back where it was");
pub(crate) const NOWHERE_TO_GO: Words = both("无法再移动", "It can go no further");
pub(crate) const EMPTY_BOARD: Words = both("这块看板还没有组件", "This board has no tiles yet");

pub(crate) const EMPTY_BOARD_TODO: Words =
    both("从左侧拖入一个组件，或选中它按回车", "Drag a component here from the left, or press Enter on one");

pub(crate) const BOARD_KEYS: Words = both(
    "方向键移动，Shift 加方向键调整大小，空格逐个加选，回车打开设置，Delete 移除，Esc 取消",
    "Arrows move, Shift and arrows resize, Space selects one more, Enter opens the settings, Delete removes, Escape cancels",
);

pub(crate) const PHONE_KEYS: Words = both(
    "方向键前后移动，Shift 加左右键改变宽度，Shift 加上下键改变高度，回车打开设置，Delete 移除，Esc 取消",
    "Arrows move it forward and back, Shift with left or right sets its width, with up or down its height, Enter opens the settings, Delete removes, Escape cancels",
);

pub(crate) const WALL_KEYS: Words = both(
    "方向键移动 10 像素，Alt 加方向键移动 1 像素，Shift 加方向键调整大小，空格逐个加选，回车打开设置，Delete 移除，Esc 取消",
    "Arrows move by 10 pixels, with Alt by one, Shift and arrows resize, Space selects one more, Enter opens the settings, Delete removes, Escape cancels",
);

pub(crate) const LOCKED: Words = both("已锁定", "Locked");
pub(crate) const IS_LOCKED: Words = both("已锁定，请先解锁", "It is locked: unlock it first");
pub(crate) const LIST_SEPARATOR: Words = both("、", ", ");

pub(crate) fn selected_count(count: usize, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("已选中 {count} 个组件"),
        Locale::En => format!("{count} selected"),
    }
}

/// Where a tile stands, counted from 1.
pub(crate) fn stands_at(rect: GridRect, locale: Locale) -> String {
    let (column, row, w, h) = (rect.x() + 1, rect.y() + 1, rect.w(), rect.h());
    match locale {
        Locale::ZhCn => format!("第 {column} 列第 {row} 行，宽 {w} 高 {h}"),
        Locale::En => format!("Column {column}, row {row}, {w} wide, {h} high"),
    }
}

/// Where a frame stands on the wall, in pixels.
pub(crate) fn stands_on_wall(WallRect { x, y, w, h }: WallRect, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("左 {x}，上 {y}，宽 {w}，高 {h} 像素"),
        Locale::En => format!("{x} from the left, {y} from the top, {w} by {h} pixels"),
    }
}

/// Where a card stands on the phone, counted from 1.
pub(crate) fn stands_as(position: usize, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("第 {position} 个"),
        Locale::En => format!("Number {position}"),
    }
}

pub(crate) fn held(label: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("已拿起 {label}"),
        Locale::En => format!("Picked up {label}"),
    }
}

/// `container` is what it is called.
pub(crate) fn put_into(container: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("已放入 {container}"),
        Locale::En => format!("Put into {container}"),
    }
}

pub(crate) fn removed(label: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => format!("已移除 {label}"),
        Locale::En => format!("Removed {label}"),
    }
}
