-- People see the browsers that are signed in as them, and sign any of them out: a number that says nothing about the secret,
-- and what the browser said of itself.
alter table session
    add column id bigint generated always as identity,
    add column agent text not null default '',
    add constraint session_id_once unique (id),
    add constraint session_agent_short check (length(agent) <= 400);
