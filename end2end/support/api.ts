// The server as programs see it: server functions, queries, events.

import type { APIRequestContext } from '@playwright/test';
import { expect } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { environment, lingdong } from './environment.js';

// Playwright's own requests have no page behind them, so they say themselves where they come from.
export const sameOrigin = { origin: environment.address, 'sec-fetch-site': 'same-origin' };

/** Calls a server function as the pages do. */
export async function call<T>(request: APIRequestContext, name: string, input: object): Promise<T> {
  const answer = await request.post(`/fn/${name}`, { data: input, headers: { ...sameOrigin, accept: 'application/json' } });
  expect(answer.ok(), `${name}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return (await answer.json()) as T;
}

/** Begins a session; the cookie stays in the request's context. */
export async function signIn(request: APIRequestContext, email: string, password: string): Promise<void> {
  const answer = await request.post('/fn/sign_in', {
    form: { email, password, next: '' },
    headers: sameOrigin,
    maxRedirects: 0,
  });
  expect(answer.status(), await answer.text()).toBeLessThan(400);
}

export interface Frame {
  columns: { name: string; kind: string; scope?: string[]; course?: { steps: string[]; rows: (number | null)[][] } }[];
  rows: (string | number | null)[][];
  state: string;
  simulated: boolean;
}

/** Asks one metric query over the API. */
export async function query(request: APIRequestContext, wish: object): Promise<Frame> {
  const answer = await request.post('/api/v1/query', { data: wish, headers: sameOrigin });
  expect(answer.ok(), `${answer.status()} ${await answer.text()}`).toBe(true);
  return (await answer.json()) as Frame;
}

/** Waits until a metric without dimensions comes to so much: events are counted a moment after they were taken. */
export async function comesTo(request: APIRequestContext, wish: object, value: number): Promise<void> {
  await expect.poll(async () => (await query(request, wish)).rows).toEqual([[value]]);
}

export interface Tile {
  title: string;
  content: object;
  at: { x: number; y: number; w: number; h: number };
}

interface Draft {
  version: number;
}

/** Makes a board with these tiles, one edit after another as the builder does, and publishes it where wished. */
export async function makeBoard(
  request: APIRequestContext,
  title: string,
  tiles: Tile[],
  options: { publish: boolean },
): Promise<string> {
  const board = await call<string>(request, 'create_board', { title });
  let desk: object[] = [];
  let version = (await call<Draft>(request, 'open_draft', { board })).version;
  for (const { title, content, at } of tiles) {
    const tile = { id: randomUUID(), title, content };
    desk = [...desk, { tile: tile.id, rect: at }];
    const edit = { id: randomUUID(), base_version: version, operation: { op: 'add_tiles', tiles: [tile], layouts: { desk } } };
    version = (await call<Draft>(request, 'edit_board', { board, edit })).version;
  }
  if (options.publish) {
    await call(request, 'publish_board', { board });
  }
  return board;
}

/** A new source; its write key. */
export function writeKey(name: string, province?: string): string {
  const where = province ? ['--province', province] : [];
  const printed = lingdong(['source', 'create', `${name} ${randomUUID().slice(0, 8)}`, ...where]);
  return lastWord(printed);
}

/** A bearer token of a user. */
export function bearerToken(email: string): string {
  return lastWord(lingdong(['token', 'create', '--user', email]));
}

// The secret stands last, whatever the commands say around it.
function lastWord(printed: string): string {
  return printed.split(/\s+/).at(-1) ?? '';
}

/** Sends native events, one JSON object a line. */
export async function sendEvents(request: APIRequestContext, key: string, events: object[]): Promise<void> {
  const answer = await request.post('/api/v1/events', {
    data: events.map((event) => JSON.stringify(event)).join('\n'),
    headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${key}` },
  });
  expect(answer.ok(), `${answer.status()} ${await answer.text()}`).toBe(true);
  expect(await answer.json()).toMatchObject({ accepted: events.length });
}

/** A play of ten seconds that ended a moment, or `ago` milliseconds and a moment, ago. */
export function play(household: string, about: object, ago = 0): object[] {
  const sid = randomUUID();
  const now = Date.now() - ago;
  const event = (state: string, before: number) => ({
    event_id: randomUUID(),
    ts_event: now - before,
    event_class: 'play',
    sid,
    household_id: household,
    platform: 'stb',
    play_state: state,
    ...about,
  });
  return [event('s', 12_000), event('p', 11_000), event('q', 1_000)];
}
