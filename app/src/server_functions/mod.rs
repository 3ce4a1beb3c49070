//! What pages ask the server. Each function is a public endpoint: who is asking, call the engine, return.

mod appearance;
mod boards;
mod desk;
mod metrics;
mod own_metrics;
mod people;
mod templates;

pub use appearance::{open_appearance, remove_theme, restore_theme, save_appearance, save_theme};
pub use boards::{
    board_history, create_board, delete_board, edit_board, filter_choices, list_boards, list_versions, mark_favourite,
    move_to_folder, name_version, open_board, open_draft, publish_board, redo_board, restore_board, revert_change,
    roll_back, schedule_board, show_selection, undo_board,
};
pub use desk::{change_grants, open_desk};
pub use metrics::{MetricCard, OpenedMetric, catalogue, explain_query, filter_values, open_metric, preview};
pub use own_metrics::{
    ComposerData, LookedOver, check_metric, import_metrics, list_own_metrics, open_composer, retire_metric, save_metric,
};
pub use people::{
    change_person, disable_person, enable_person, invite_person, invite_person_again, list_people, sign_person_out,
};
pub use templates::{begin_with_template, keep_template, list_templates, open_template, remove_template};
