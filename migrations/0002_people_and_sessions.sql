-- Who may sign in. People are disabled, never deleted: operations, versions and the audit log keep their author.
create table app_user (
    id integer generated always as identity,
    organisation_id integer not null,
    -- Always lower case, so that one person has one account however the address is typed.
    email text not null,
    name text not null,
    role text not null,
    -- A PHC string, algorithm and cost included; verified and raised at sign-in.
    password_hash text not null,
    created_at timestamptz not null,
    -- From this moment the person may do nothing any more.
    disabled_at timestamptz,
    constraint app_user_pkey primary key (id),
    constraint app_user_organisation_fkey foreign key (organisation_id) references organisation (id),
    constraint app_user_email_key unique (email),
    constraint app_user_email_lower check (email = lower(email) and length(email) between 3 and 254),
    constraint app_user_name_filled check (length(trim(name)) between 1 and 200),
    constraint app_user_role_known check (role in ('viewer', 'editor', 'admin'))
);

create index app_user_organisation on app_user (organisation_id);

-- A signed-in browser. The token itself is never stored. Rows stay for a while after their end: a network from which
-- somebody has signed in before is not slowed down by strangers who guess at the same account.
create table session (
    token_hash bytea not null,
    user_id integer not null,
    -- The client's /24 or /48.
    network text not null,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    -- The absolute limit; the idle limit is counted from last_seen_at.
    expires_at timestamptz not null,
    ended_at timestamptz,
    constraint session_pkey primary key (token_hash),
    constraint session_user_fkey foreign key (user_id) references app_user (id),
    constraint session_token_hash_sha256 check (length(token_hash) = 32),
    constraint session_expires_later check (expires_at > created_at)
);

create index session_of_user on session (user_id, network);
create index session_by_expiry on session (expires_at);

-- A bearer token for programs; the row is deleted to revoke it.
create table api_token (
    token_hash bytea not null,
    user_id integer not null,
    created_at timestamptz not null,
    -- Null: until it is revoked.
    expires_at timestamptz,
    constraint api_token_pkey primary key (token_hash),
    constraint api_token_user_fkey foreign key (user_id) references app_user (id),
    constraint api_token_hash_sha256 check (length(token_hash) = 32)
);

create index api_token_user on api_token (user_id);

grant select, insert, update on app_user to lingdong_application;
grant select, insert, update, delete on session, api_token to lingdong_application;
