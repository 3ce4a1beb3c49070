// What a board of forty tiles costs the main thread when all its numbers change at once: `cargo xtask bench charts`.
// Nothing here can fail on a slow machine.

import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { makeBoard } from '../support/api.js';
import { note, quantile } from '../support/figures.js';
import { expect, glance, open, test } from '../support/test.js';

const time = { last: '7d' };
const REDRAWINGS = 40;

/** Forty tiles of ten kinds, as a board of operations has them. */
const KINDS: object[] = [
  { component: 'kpi', binding: { metric: 'content.plays', time } },
  { component: 'kpi', binding: { metric: 'qoe.fail_pct', time } },
  { component: 'line', binding: { metric: 'content.plays', grain: 'hour', split: 'view_mode', time } },
  { component: 'line', binding: { metric: { id: 'qoe.startup_s', stat: 'p95' }, grain: 'hour', time } },
  { component: 'bar', binding: { metric: 'content.plays', by: 'province', top: 10, time } },
  { component: 'province_map', binding: { metric: 'content.plays', by: 'province', time } },
  { component: 'table', binding: { metric: 'content.plays', by: ['content'], time, limit: 50 } },
  { component: 'pie', binding: { metric: 'content.plays', by: 'genre', top: 6, time } },
  { component: 'area', binding: { metric: 'content.plays', grain: 'hour', split: 'genre', time } },
  { component: 'heatmap', binding: { metric: 'content.plays', by: 'province', across: 'view_mode', top: 12, time } },
];
const TILES = Array.from({ length: 40 }, (_, index) => ({
  title: `第 ${index + 1} 个`,
  content: KINDS[index % KINDS.length]!,
  at: { x: (index % 4) * 3, y: Math.floor(index / 4) * 6, w: 3, h: 6 },
}));

interface Heard {
  /** The page's own stream, and the last frames that came over it. */
  stream: EventSource;
  frames: string;
}

declare global {
  interface Window {
    heard?: Heard;
  }
}

/** Lets the measurement hear what the page's stream says; the page itself hears all of it. */
async function listenIn(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const Stream = window.EventSource;
    window.EventSource = class extends Stream {
      constructor(url: string | URL, options?: EventSourceInit) {
        super(url, options);
        this.addEventListener('frames', ({ data }) => {
          window.heard = { stream: this, frames: data as string };
        });
      }
    };
  });
}

/**
 * Milliseconds of the main thread from new frames of all tiles until they are drawn and laid out. The frames are those of
 * the server with other numbers in them, and come the way that those of the server do.
 */
async function costOfFrames(page: Page): Promise<number[]> {
  // A stream that was handed over is closed, and nobody hears it any longer.
  await page.waitForFunction(() => window.heard?.stream.readyState === EventSource.OPEN);
  return page.evaluate(async (times) => {
    const { stream, frames } = window.heard!;
    const answers = JSON.parse(frames) as { answer: { frame?: { etag: string; rows: unknown[][] } } }[];
    const costs: number[] = [];
    for (let time = 1; time <= times; time += 1) {
      for (const { answer } of answers) {
        if (answer.frame) {
          answer.frame.etag = `measured ${time}`;
          for (const row of answer.frame.rows) {
            row.forEach((cell, index) => {
              row[index] = typeof cell === 'number' ? Math.round(cell * (time % 2 ? 1.03 : 0.97) + time) : cell;
            });
          }
        }
      }
      const message = new MessageEvent('frames', { data: JSON.stringify(answers) });
      await new Promise((rest) => requestAnimationFrame(() => setTimeout(rest)));
      const from = performance.now();
      stream.dispatchEvent(message);
      // What runs after the message belongs to it: effects, then style and layout.
      await new Promise((done) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = done;
        port2.postMessage(null);
      });
      document.body.getBoundingClientRect();
      costs.push(performance.now() - from);
    }
    return costs;
  }, REDRAWINGS);
}

/** On a desk most of the forty are out of sight; on a screen as high as the board none is. */
const SCREENS = { desk: { width: 1440, height: 900 }, whole: { width: 1440, height: 4_000 } };

for (const [screen, viewport] of Object.entries(SCREENS)) {
  test(`a redrawn board in figures: ${screen}`, async ({ as }) => {
    test.setTimeout(600_000);
    const editor = await as('editor');
    const board = await makeBoard(editor.request, `四十 ${randomUUID().slice(0, 8)}`, TILES, { publish: true });
    const page = await as('leader', { viewport });
    await listenIn(page);
    await glance(page, `/boards/${board}`);
    await expect(page.locator('article.card')).toHaveCount(TILES.length);
    const before = await page.locator('.plot__drawing').first().innerHTML();
    const lookedAt = await costOfFrames(page);
    expect(await page.locator('.plot__drawing').first().innerHTML()).not.toBe(before);
    await open(page, `/boards/${board}`);
    const reachedFor = await costOfFrames(page);
    const sorted = (costs: number[]) => costs.toSorted((one, other) => one - other);
    note({
      tiles: TILES.length,
      [`${screen}_looked_at_p50_ms`]: quantile(sorted(lookedAt), 0.5),
      [`${screen}_looked_at_p95_ms`]: quantile(sorted(lookedAt), 0.95),
      [`${screen}_reached_for_p50_ms`]: quantile(sorted(reachedFor), 0.5),
      [`${screen}_reached_for_p95_ms`]: quantile(sorted(reachedFor), 0.95),
    });
  });
}
