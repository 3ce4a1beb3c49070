-- Rights are answered from memory, and boards are watched while they are open. These triggers tell every process of a
-- change at commit, whoever wrote it: the application, the command line, or an administrator in psql.

-- The person whose rights moved, by id.
create function notify_rights_of_user() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        perform pg_notify('lingdong_rights', old.user_id::text);
    end if;
    if tg_op <> 'DELETE' then
        perform pg_notify('lingdong_rights', new.user_id::text);
    end if;
    return null;
end
$$;

create function notify_rights_of_app_user() returns trigger language plpgsql as $$
begin
    perform pg_notify('lingdong_rights', old.id::text);
    return null;
end
$$;

-- An empty payload: anybody's rights may have moved.
create function notify_rights_of_all() returns trigger language plpgsql as $$
begin
    perform pg_notify('lingdong_rights', '');
    return null;
end
$$;

create function notify_board() returns trigger language plpgsql as $$
begin
    perform pg_notify('lingdong_board', coalesce(new.id, old.id)::text);
    return null;
end
$$;

create trigger grant_row_notify after insert or update or delete on grant_row
    for each row execute function notify_rights_of_user();
create trigger grant_row_notify_truncate after truncate on grant_row
    for each statement execute function notify_rights_of_all();

-- A new user or session holds no rights that anybody could remember yet, and being seen changes none.
create trigger app_user_notify after update or delete on app_user
    for each row execute function notify_rights_of_app_user();
create trigger app_user_notify_truncate after truncate on app_user
    for each statement execute function notify_rights_of_all();
create trigger session_notify after delete or update of token_hash, user_id, created_at, expires_at, ended_at on session
    for each row execute function notify_rights_of_user();
create trigger session_notify_truncate after truncate on session
    for each statement execute function notify_rights_of_all();
create trigger api_token_notify after update or delete on api_token
    for each row execute function notify_rights_of_user();
create trigger api_token_notify_truncate after truncate on api_token
    for each statement execute function notify_rights_of_all();

create trigger organisation_notify after update or delete on organisation
    for each statement execute function notify_rights_of_all();

create trigger board_notify after insert or update or delete on board
    for each row execute function notify_board();
