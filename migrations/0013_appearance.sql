-- How the boards of an organisation look. Without a row: red is up, no approval number, and each reader's own theme.
create table appearance (
    organisation_id integer not null,
    -- The colour of what has become more.
    rising text not null,
    -- The approval number printed on maps of China (审图号).
    map_approval text,
    -- What boards are painted in that choose nothing: 'light', 'dark', 'wall', or the id of an own theme, which may be
    -- gone by now.
    theme text,
    changed_by integer not null,
    changed_at timestamptz not null,
    constraint appearance_pkey primary key (organisation_id),
    constraint appearance_organisation_fkey foreign key (organisation_id) references organisation (id),
    constraint appearance_author_fkey foreign key (changed_by) references app_user (id),
    constraint appearance_rising_known check (rising in ('red', 'green')),
    constraint appearance_map_approval_short check (char_length(map_approval) between 8 and 24),
    constraint appearance_theme_short check (char_length(theme) between 1 and 36)
);

-- Themes that an organisation made of those that are shipped.
create table own_theme (
    id uuid not null,
    organisation_id integer not null,
    -- Moves with every change: what stands under the address of a version never changes.
    version integer not null,
    document jsonb not null,
    -- The shape of the document, for a later program that must read an older one.
    schema_version smallint not null,
    changed_by integer not null,
    changed_at timestamptz not null,
    -- From this moment boards that chose it are painted as if they had not; it can be brought back.
    deleted_at timestamptz,
    constraint own_theme_pkey primary key (id),
    constraint own_theme_organisation_fkey foreign key (organisation_id) references organisation (id),
    constraint own_theme_author_fkey foreign key (changed_by) references app_user (id),
    constraint own_theme_version_counts check (version >= 1)
);

create index own_theme_of_organisation on own_theme (organisation_id) where deleted_at is null;

grant select, insert, update on appearance to lingdong_application;
grant select, insert, update on own_theme to lingdong_application;

-- What everybody of the organisation is shown is remembered together with their rights.
create trigger appearance_notify after insert or update or delete on appearance
    for each statement execute function notify_rights_of_all();
create trigger own_theme_notify after insert or update or delete on own_theme
    for each statement execute function notify_rights_of_all();
