// What a board of twelve tiles costs in a reader's browser: `cargo xtask bench ui`. Nothing here can fail on a slow
// machine.

import type { BrowserContext, Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { makeBoard } from '../support/api.js';
import { middleOne, note } from '../support/figures.js';
import { test } from '../support/test.js';

const time = { last: '30d' };
const scalar = (metric: string) => ({ component: 'kpi', binding: { metric, time } });
const bars = (metric: string, by: string, top: number) => ({ component: 'bar', binding: { metric, by, top, time } });
const table = (metric: string, by: string[], more: string[] = []) => ({
  component: 'table',
  binding: { metric, more_metrics: more, by, time, limit: 20 },
});

/** The twelve queries of the bench board. */
const TILES = [
  scalar('content.plays'),
  scalar('content.play_users'),
  scalar('content.watch_h'),
  scalar('qoe.fail_pct'),
  { component: 'line', binding: { metric: 'content.plays', grain: 'hour', split: 'view_mode', time: { last: '7d' } } },
  { component: 'line', binding: { metric: { id: 'qoe.startup_s', stat: 'p95' }, grain: 'hour', time: { last: '7d' } } },
  bars('content.plays', 'province', 10),
  bars('content.plays', 'isp', 6),
  { component: 'line', binding: { metric: 'content.plays', grain: 'day', split: 'genre', time } },
  table('content.plays', ['content'], ['content.play_users', 'content.watch_h']),
  table('qoe.rebuf_ratio', ['province', 'isp']),
  table('qoe.fail_pct', ['cdn', 'province']),
].map((content, index) => ({
  title: `第 ${index + 1} 个`,
  content,
  at: { x: (index % 4) * 3, y: Math.floor(index / 4) * 6, w: 3, h: 6 },
}));

interface Opened {
  drawnMs: number;
  /** Until new numbers are drawn as they come. */
  followedMs: number;
  requests: number;
  kib: number;
  /** From reaching for the page until all of it can be used, and what came over the network for that. */
  reachedMs: number;
  reachedKib: number;
}

/** Opens the board in a new tab: when all tiles are drawn, when they are kept new, when they can be used. */
async function opened(context: BrowserContext, board: string): Promise<Opened> {
  const page: Page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  let [requests, bytes] = [0, 0];
  cdp.on('Network.responseReceived', ({ response }) => {
    // The stream stays open; and what lies in the cache did not come.
    requests += Number(!response.fromDiskCache && !response.mimeType.startsWith('text/event-stream'));
  });
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto(`/boards/${board}`, { waitUntil: 'commit' });
  const drawn = await page.waitForFunction(
    (count) =>
      document.querySelectorAll('article.card').length === count &&
      !document.querySelector('[aria-busy=true]') &&
      performance.now(),
    TILES.length,
  );
  const followed = await page.waitForFunction(
    () => document.documentElement.dataset.alive === 'glanced' && performance.now(),
  );
  await page.waitForLoadState('load');
  const looked = {
    drawnMs: (await drawn.jsonValue()) as number,
    followedMs: (await followed.jsonValue()) as number,
    requests,
    kib: bytes / 1_024,
  };
  const reaching = await page.evaluate(() => performance.now());
  await page.keyboard.press('Shift');
  const alive = await page.waitForFunction(() => document.documentElement.dataset.alive === 'true' && performance.now());
  const figures = {
    ...looked,
    reachedMs: ((await alive.jsonValue()) as number) - reaching,
    reachedKib: bytes / 1_024 - looked.kib,
  };
  await page.close();
  return figures;
}

test('a read board in figures', async ({ as }) => {
  test.setTimeout(600_000);
  const editor = await as('editor');
  const board = await makeBoard(editor.request, `读 ${randomUUID().slice(0, 8)}`, TILES, { publish: true });
  const rounds: { cold: Opened; warm: Opened }[] = [];
  for (let round = 0; round < 7; round += 1) {
    // Another context has nothing in its cache.
    const context = (await as('leader')).context();
    const cold = await opened(context, board);
    const warm = await opened(context, board);
    await context.close();
    rounds.push({ cold, warm });
  }
  const middle = (of: (round: { cold: Opened; warm: Opened }) => number) => middleOne(rounds.map(of));
  note({
    read_cold_ms: middle(({ cold }) => cold.drawnMs),
    read_cold_followed_ms: middle(({ cold }) => cold.followedMs),
    read_cold_reached_ms: middle(({ cold }) => cold.reachedMs),
    read_warm_ms: middle(({ warm }) => warm.drawnMs),
    read_warm_followed_ms: middle(({ warm }) => warm.followedMs),
    read_warm_reached_ms: middle(({ warm }) => warm.reachedMs),
    read_requests: middle(({ cold }) => cold.requests),
    read_kib: middle(({ cold }) => cold.kib),
    read_reached_kib: middle(({ cold }) => cold.reachedKib),
  });
});
