-- A board and its draft. The current document stands here, so that opening a draft costs the same after ten
-- operations and after ten thousand; board_op is the history.
create table board (
    id uuid not null,
    organisation_id integer not null,
    document jsonb not null,
    -- The shape of the document, for a later program that must read an older one.
    schema_version smallint not null,
    -- Operations applied so far.
    version bigint not null default 0,
    created_by integer not null,
    created_at timestamptz not null,
    edited_by integer not null,
    edited_at timestamptz not null,
    -- The latest published version and the draft version it was copied from; null while it is a draft only.
    published_number integer,
    published_draft_version bigint,
    -- Out of sight for good from this moment; the history stays.
    deleted_at timestamptz,
    constraint board_pkey primary key (id),
    constraint board_organisation_fkey foreign key (organisation_id) references organisation (id),
    constraint board_created_by_fkey foreign key (created_by) references app_user (id),
    constraint board_edited_by_fkey foreign key (edited_by) references app_user (id),
    constraint board_version_counts check (version >= 0),
    constraint board_published_whole check ((published_number is null) = (published_draft_version is null))
);

create index board_of_organisation on board (organisation_id, edited_at desc) where deleted_at is null;

-- Every operation, in the order in which it was applied; never rewritten.
create table board_op (
    board_id uuid not null,
    -- The draft version that this operation made, from 1.
    version bigint not null,
    -- Made by the client: an operation sent twice counts once.
    op_id uuid not null,
    author_id integer not null,
    -- The tile it touches; null for the board as a whole.
    tile_id uuid,
    op jsonb not null,
    inverse jsonb not null,
    schema_version smallint not null,
    kind text not null,
    -- The version that an undo or a redo takes back.
    undoes bigint,
    -- The version that took this one back.
    undone_by bigint,
    -- False once somebody tried to take it back and others had built on it.
    may_be_undone boolean not null default true,
    at timestamptz not null,
    constraint board_op_pkey primary key (board_id, version),
    constraint board_op_board_fkey foreign key (board_id) references board (id),
    constraint board_op_author_fkey foreign key (author_id) references app_user (id),
    constraint board_op_id_once unique (board_id, op_id),
    constraint board_op_kind_known check (kind in ('edit', 'undo', 'redo')),
    constraint board_op_takes_back check ((kind = 'edit') = (undoes is null)),
    constraint board_op_undoes_earlier check (undoes < version),
    constraint board_op_undone_later check (undone_by > version)
);

-- What an editor may take back next, and bring back next: one index step, however long the history is.
create index board_op_to_undo on board_op (board_id, author_id, version)
    where kind in ('edit', 'redo') and undone_by is null and may_be_undone;
create index board_op_to_redo on board_op (board_id, author_id, version)
    where kind = 'undo' and undone_by is null and may_be_undone;
create index board_op_own_edits on board_op (board_id, author_id, version) where kind = 'edit';

-- What leaders see: immutable copies of the draft.
create table board_version (
    board_id uuid not null,
    number integer not null,
    document jsonb not null,
    schema_version smallint not null,
    draft_version bigint not null,
    published_by integer not null,
    published_at timestamptz not null,
    constraint board_version_pkey primary key (board_id, number),
    constraint board_version_board_fkey foreign key (board_id) references board (id),
    constraint board_version_published_by_fkey foreign key (published_by) references app_user (id),
    constraint board_version_number_counts check (number >= 1)
);

grant select, insert, update on board to lingdong_application;
grant select, insert on board_op, board_version to lingdong_application;
-- An operation itself stays as it was; only whether it has been taken back moves.
grant update (undone_by, may_be_undone) on board_op to lingdong_application;
