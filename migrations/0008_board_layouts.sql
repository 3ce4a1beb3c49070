-- One board, three layouts, and edits of several tiles at once. What was kept before is written in the new form, so that
-- it can still be taken back.
alter table board_op add column touched text[];

update board_op set touched = array[coalesce(tile_id::text, 'title')];

create function pg_temp.of_several_tiles(old jsonb) returns jsonb language sql immutable as $$
    select case old->>'op'
        when 'add_tile' then jsonb_build_object(
            'op', 'add_tiles', 'tiles', jsonb_build_array(old->'tile'), 'layouts', jsonb_build_object('desk', old->'desk'))
        when 'remove_tile' then jsonb_build_object(
            'op', 'remove_tiles', 'tiles', jsonb_build_array(old->'tile'), 'layouts', jsonb_build_object('desk', old->'desk'))
        when 'place_tile' then jsonb_build_object(
            'op', 'place_tiles', 'tiles', jsonb_build_array(old->'tile'), 'desk', old->'desk')
        else old
    end
$$;

update board_op set op = pg_temp.of_several_tiles(op), inverse = pg_temp.of_several_tiles(inverse), schema_version = 2;

-- What it touches: ids of tiles, `title`, `phone`, `wall`, or `board` where it touches all there is.
alter table board_op alter column touched set not null, drop column tile_id;
