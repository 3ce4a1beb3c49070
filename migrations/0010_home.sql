-- Where a board is kept: the name of a folder, which is there as long as a board is in it. None: at the top.
alter table board add column folder text;
alter table board add constraint board_folder_named check (char_length(folder) between 1 and 120);

-- The boards that somebody keeps at hand.
create table board_favourite (
    user_id integer not null,
    board_id uuid not null,
    marked_at timestamptz not null,
    constraint board_favourite_pkey primary key (user_id, board_id),
    constraint board_favourite_user_fkey foreign key (user_id) references app_user (id) on delete cascade,
    constraint board_favourite_board_fkey foreign key (board_id) references board (id)
);

-- When somebody last opened a board.
create table board_visit (
    user_id integer not null,
    board_id uuid not null,
    visited_at timestamptz not null,
    constraint board_visit_pkey primary key (user_id, board_id),
    constraint board_visit_user_fkey foreign key (user_id) references app_user (id) on delete cascade,
    constraint board_visit_board_fkey foreign key (board_id) references board (id)
);

grant select, insert, update, delete on board_favourite, board_visit to lingdong_application;
