-- Who may add metrics to the catalogue: administrators, and editors who were given the right.
alter table app_user add column may_define_metrics boolean not null default false;
alter table app_user add constraint app_user_definers_edit check (not may_define_metrics or role <> 'viewer');

-- Metrics that an organisation adds itself. One organisation's names are nothing to another.
create table own_metric (
    organisation_id integer not null,
    -- 'own.' and a name.
    id text not null,
    -- The newest version, which is the one that counts.
    version integer not null,
    -- From this moment nobody can ask for it; its history stays.
    retired_at timestamptz,
    constraint own_metric_pkey primary key (organisation_id, id),
    constraint own_metric_organisation_fkey foreign key (organisation_id) references organisation (id),
    constraint own_metric_id_shape check (id ~ '^own\.[a-z][a-z0-9_]{0,39}$'),
    constraint own_metric_version_counts check (version >= 1)
);

-- Every version, as it was written; never rewritten.
create table own_metric_version (
    organisation_id integer not null,
    metric_id text not null,
    version integer not null,
    document jsonb not null,
    -- The shape of the document, for a later program that must read an older one.
    schema_version smallint not null,
    -- What its author said about the change.
    note text not null default '',
    author_id integer not null,
    at timestamptz not null,
    constraint own_metric_version_pkey primary key (organisation_id, metric_id, version),
    constraint own_metric_version_metric_fkey foreign key (organisation_id, metric_id)
        references own_metric (organisation_id, id),
    constraint own_metric_version_author_fkey foreign key (author_id) references app_user (id),
    constraint own_metric_version_note_short check (char_length(note) <= 300)
);

grant select, insert, update on own_metric to lingdong_application;
grant select, insert on own_metric_version to lingdong_application;

-- Every process holds the catalogue in memory and is told at commit when it has moved, whoever moved it.
create function notify_own_metric() returns trigger language plpgsql as $$
begin
    perform pg_notify('lingdong_metrics', coalesce(new.organisation_id, old.organisation_id)::text);
    return null;
end
$$;

create trigger own_metric_notify after insert or update or delete on own_metric
    for each row execute function notify_own_metric();
