-- Somebody who has not chosen a password yet, or is to choose a new one, gets in by a link that works once. Nobody else ever
-- knows a password.
alter table app_user alter column password_hash drop not null;

create table invitation (
    token_hash bytea not null,
    user_id integer not null,
    -- Null: from the command line.
    invited_by integer,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint invitation_pkey primary key (token_hash),
    constraint invitation_user_fkey foreign key (user_id) references app_user (id),
    constraint invitation_invited_by_fkey foreign key (invited_by) references app_user (id),
    -- The newest one replaces the one before.
    constraint invitation_user_once unique (user_id),
    constraint invitation_token_hash_sha256 check (length(token_hash) = 32),
    constraint invitation_expires_later check (expires_at > created_at)
);

grant select, insert, update, delete on invitation to lingdong_application;
