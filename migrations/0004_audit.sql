-- Who did what, when. The application may add to it and read it, never change it.
create table audit_entry (
    id bigint generated always as identity,
    at timestamptz not null,
    organisation_id integer,
    -- Null: the command line, or somebody who is not signed in.
    actor_id integer,
    action text not null,
    -- What it was done to: an address, a board's id …
    subject text not null,
    details jsonb not null default '{}',
    constraint audit_entry_pkey primary key (id),
    constraint audit_entry_organisation_fkey foreign key (organisation_id) references organisation (id),
    constraint audit_entry_actor_fkey foreign key (actor_id) references app_user (id)
);

create index audit_entry_at on audit_entry (at);

grant select, insert on audit_entry to lingdong_application;
