// What the builder costs in the browser: `cargo xtask bench ui`. Nothing here can fail on a slow machine.

import type { CDPSession, Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { call } from '../support/api.js';
import { saved, tiles } from '../support/builder.js';
import { note, quantile } from '../support/figures.js';
import { costOfMoves } from '../support/main-thread.js';
import { expect, open, test } from '../support/test.js';

const TILES = 60;
const MOVES = 240;
const EDITS = 1_000;
/** What a busy department does in a day. */
const DAY = 10_000;
/** As a hand that looks at what it does: so many edits, then a breath until they are kept. */
const IN_A_ROW = 20;

/** A board of figures and curves, added in one edit. */
async function largeBoard(page: Page): Promise<string> {
  const board = await call<string>(page.request, 'create_board', { title: `量 ${randomUUID().slice(0, 8)}` });
  const today = { metric: 'content.plays', time: 'today' };
  const made = Array.from({ length: TILES }, (_, index) => ({
    tile: {
      id: randomUUID(),
      title: `第 ${index + 1} 个`,
      content:
        index % 3 === 0
          ? { component: 'line', binding: { ...today, grain: 'hour' } }
          : { component: 'kpi', binding: today },
    },
    rect: { x: (index % 4) * 3, y: Math.floor(index / 4) * 4, w: 3, h: 4 },
  }));
  const desk = made.map(({ tile, rect }) => ({ tile: tile.id, rect }));
  const operation = { op: 'add_tiles', tiles: made.map(({ tile }) => tile), layouts: { desk } };
  await call(page.request, 'edit_board', { board, edit: { id: randomUUID(), base_version: 0, operation } });
  return board;
}

interface Draft {
  version: number;
  board: { tiles: { id: string }[] };
}

/** Bytes in use after everything that is not needed is gone. */
async function heap(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')!.value;
}

/** Edits by the server's door: the first tile is named anew each time. */
async function edit(page: Page, board: string, edits: number): Promise<void> {
  let { version, board: document } = await call<Draft>(page.request, 'open_draft', { board });
  const tile = document.tiles[0]!.id;
  for (let number = 0; number < edits; number += 1) {
    const operation = { op: 'rename_tile', tile, title: `第 ${number} 次` };
    ({ version } = await call<Draft>(page.request, 'edit_board', {
      board,
      edit: { id: randomUUID(), base_version: version, operation },
    }));
  }
}

/** How long it takes until the builder can be used: the middle one of several. */
async function opens(page: Page, board: string): Promise<number> {
  const took: number[] = [];
  for (let time = 0; time < 5; time += 1) {
    const before = Date.now();
    await open(page, `/boards/${board}/edit`);
    took.push(Date.now() - before);
  }
  took.sort((one, other) => one - other);
  return quantile(took, 0.5);
}

test('the builder in figures', async ({ as }) => {
  test.setTimeout(2_400_000);
  const page = await as('editor');
  const board = await largeBoard(page);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');

  // Not the first time: the bundle is in the cache, as it is for whoever works here.
  await open(page, `/boards/${board}/edit`);
  const interactiveMs = await opens(page, board);
  await expect(tiles(page)).toHaveCount(TILES);
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);

  const box = (await tiles(page).nth(5).boundingBox())!;
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.down();
  const { moves, longTasks } = await costOfMoves(page, async () => {
    for (let step = 0; step < MOVES; step += 1) {
      const turn = (step / MOVES) * 4 * Math.PI;
      await page.mouse.move(box.x + 40 + Math.sin(turn) * 320, box.y + 40 + (1 - Math.cos(turn)) * 160);
    }
  });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  moves.sort((one, other) => one - other);

  // A day's work: a tile goes back and forth, and every step is kept.
  const start = await heap(cdp);
  await tiles(page).first().focus();
  for (let edit = 0; edit < EDITS; edit += 1) {
    await page.keyboard.press(edit % 2 === 0 ? 'ArrowRight' : 'ArrowLeft');
    if (edit % IN_A_ROW === IN_A_ROW - 1) {
      await saved(page);
    }
  }
  const grown = (await heap(cdp)) - start;

  // Nobody looks on: drawing each of these edits would take longer than they do.
  await page.goto('/boards');
  await edit(page, board, DAY - EDITS);
  const afterDayMs = await opens(page, board);

  note({
    interactive_ms: interactiveMs,
    after_a_day_ms: afterDayMs,
    move_p50_ms: quantile(moves, 0.5),
    move_p95_ms: quantile(moves, 0.95),
    long_tasks: longTasks,
    heap_growth_mib: grown / 1_048_576,
  });
});
