-- Where events come from: what a write key stands for. Organisation and province are bound to the key, never read
-- from what a client sends.
create table source (
    id integer generated always as identity,
    organisation_id integer not null,
    name text not null,
    -- Where every event of this source happened; null: each event says.
    province text,
    simulated boolean not null default false,
    -- SHA-256 of the write key; the key itself is shown once and never stored.
    write_key_hash bytea not null,
    created_at timestamptz not null default now(),
    constraint source_pkey primary key (id),
    constraint source_organisation_fkey foreign key (organisation_id) references organisation (id),
    constraint source_name_once unique (organisation_id, name),
    constraint source_name_filled check (length(trim(name)) between 1 and 200),
    constraint source_province_shape check (province ~ '^[A-Z]{2}$'),
    constraint source_write_key_once unique (write_key_hash),
    constraint source_write_key_sha256 check (length(write_key_hash) = 32)
);

grant select, insert, update on source to lingdong_application;
