-- The board as it was at some versions, so that any version can be brought back without walking through its whole history.
create table board_snapshot (
    board_id uuid not null,
    version bigint not null,
    document jsonb not null,
    schema_version smallint not null,
    constraint board_snapshot_pkey primary key (board_id, version),
    constraint board_snapshot_board_fkey foreign key (board_id) references board (id)
);

-- What somebody called a draft version, to find it again.
create table board_name (
    board_id uuid not null,
    version bigint not null,
    name text not null,
    named_by integer not null,
    named_at timestamptz not null,
    constraint board_name_pkey primary key (board_id, version),
    constraint board_name_board_fkey foreign key (board_id) references board (id),
    constraint board_name_named_by_fkey foreign key (named_by) references app_user (id)
);

-- A draft, as it was when somebody decided so, that is to be published at a later moment. One for a board.
create table board_schedule (
    board_id uuid not null,
    document jsonb not null,
    schema_version smallint not null,
    draft_version bigint not null,
    due_at timestamptz not null,
    scheduled_by integer not null,
    scheduled_at timestamptz not null,
    constraint board_schedule_pkey primary key (board_id),
    constraint board_schedule_board_fkey foreign key (board_id) references board (id),
    constraint board_schedule_scheduled_by_fkey foreign key (scheduled_by) references app_user (id)
);

create index board_schedule_due on board_schedule (due_at);

grant select, insert on board_snapshot to lingdong_application;
grant select, insert, update, delete on board_name, board_schedule to lingdong_application;
