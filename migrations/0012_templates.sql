-- Boards that a department keeps as the beginning of others. Those that the product ships are files of the program.
create table board_template (
    id uuid not null,
    organisation_id integer not null,
    title text not null,
    -- What it is for, in a sentence.
    about text not null default '',
    document jsonb not null,
    -- The shape of the document, for a later program that must read an older one.
    schema_version smallint not null,
    created_by integer not null,
    created_at timestamptz not null,
    deleted_at timestamptz,
    constraint board_template_pkey primary key (id),
    constraint board_template_organisation_fkey foreign key (organisation_id) references organisation (id),
    constraint board_template_author_fkey foreign key (created_by) references app_user (id),
    constraint board_template_titled check (char_length(title) between 1 and 120),
    constraint board_template_about_short check (char_length(about) <= 300)
);

create index board_template_of_organisation on board_template (organisation_id) where deleted_at is null;

grant select, insert, update on board_template to lingdong_application;
