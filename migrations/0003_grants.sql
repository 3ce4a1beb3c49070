-- What gives scope: one kind of data in one region of one organisation. A person's scope is the union of these rows,
-- kept domain by domain. There is no row that means "all".
create table grant_row (
    id bigint generated always as identity,
    user_id integer not null,
    domain text not null,
    organisation_id integer not null,
    -- Two letters of ISO 3166-2:CN, or 'unknown' for rows whose province nobody knows.
    region text not null,
    -- Null: given on the command line, as root of the organisation.
    granted_by integer,
    granted_at timestamptz not null,
    expires_at timestamptz,
    constraint grant_row_pkey primary key (id),
    constraint grant_row_user_fkey foreign key (user_id) references app_user (id),
    constraint grant_row_organisation_fkey foreign key (organisation_id) references organisation (id),
    constraint grant_row_granted_by_fkey foreign key (granted_by) references app_user (id),
    constraint grant_row_once unique (user_id, domain, organisation_id, region),
    constraint grant_row_domain_known check (domain in (
        'audience', 'operation', 'content', 'orders', 'quality', 'web', 'interaction', 'media', 'appraisal')),
    constraint grant_row_region_shape check (region ~ '^([A-Z]{2}|unknown)$')
);

grant select, insert, update, delete on grant_row to lingdong_application;
