// Single play sessions: what happened in them, told to those who may see it, and to nobody else.

import { randomUUID } from 'node:crypto';
import { findings } from '../support/accessibility.js';
import { makeBoard, query, sendEvents, writeKey } from '../support/api.js';
import { saved, tiles } from '../support/builder.js';
import { alive, expect, open, test } from '../support/test.js';
import { zh } from '../support/words.js';

const TITLE = '卡顿会话';

/** A session that starts, plays, stalls for eight seconds and fails. */
function stalledPlay(sid: string, content: string): object[] {
  const now = Date.now();
  const states: [string, number, object?][] = [
    ['s', 40_000], ['p', 37_000], ['r', 20_000], ['p', 12_000], ['f', 2_000, { error_class: 'network', error_code: 'E1403' }],
  ];
  return states.map(([state, before, more]) => ({
    event_id: randomUUID(),
    ts_event: now - before,
    event_class: 'play',
    sid,
    household_id: `household-${sid}`,
    device_id: `device-${sid}`,
    content_id: content,
    platform: 'stb',
    view_mode: 'vod',
    play_state: state,
    ...more,
  }));
}

/** A timeline of the sessions of one title. */
function timeline(content: string): object {
  const where = [{ dim: 'content', in: [content] }];
  return { component: 'session_timeline', binding: { metric: 'qoe.rebuf_ratio', order: 'worst', limit: 8, where, time: { last: '24h' } } };
}

test('an editor reads what happened in a session, and a viewer of the same board does not', async ({ as }) => {
  const page = await as('editor');
  const [sid, content] = [randomUUID(), `片 ${randomUUID().slice(0, 8)}`];
  await sendEvents(page.request, writeKey('sessions', 'ZJ'), stalledPlay(sid, content));
  const wish = { metrics: ['qoe.attempts'], time: { last: '24h' }, where: [{ dim: 'content', in: [content] }] };
  await expect.poll(async () => (await query(page.request, wish)).rows).toEqual([[1]]);

  const tile = { title: TITLE, content: timeline(content), at: { x: 0, y: 0, w: 9, h: 7 } };
  const board = await makeBoard(page.request, `会话 ${randomUUID().slice(0, 8)}`, [tile], { publish: true });
  await open(page, `/boards/${board}`);
  await alive(page);
  const card = page.getByRole('article', { name: TITLE });
  await expect(card.locator('.plot__drawing svg')).toBeVisible();
  await expect(card.getByRole('img')).toHaveAccessibleName('会话时间线：1 个会话，1 个失败，最多卡顿 8秒');
  expect(await card.innerHTML()).not.toContain(sid);

  // By keyboard: the session, its start, its playing, and the stall.
  const values = card.getByRole('slider');
  await values.focus();
  await page.keyboard.press('Home');
  await expect(values).toHaveAttribute('aria-valuetext', new RegExp(content));
  for (const state of ['起播', '播放', '卡顿']) {
    await page.keyboard.press('ArrowRight');
    await expect(values).toHaveAttribute('aria-valuetext', new RegExp(`${content} · ${state}`));
  }
  await expect(values).toHaveAttribute('aria-valuetext', /时长 8秒/);
  await page.keyboard.press('End');
  await expect(values).toHaveAttribute('aria-valuetext', /失败.*E1403/);
  await page.keyboard.press('Escape');

  // What is taken out by the legend is not stepped to.
  const most = Number(await values.getAttribute('aria-valuemax'));
  const playing = card.getByRole('button', { name: '播放', exact: true });
  await playing.click();
  await expect(playing).toHaveAttribute('aria-pressed', 'false');
  await expect(values).toHaveAttribute('aria-valuemax', String(most - 2));
  await playing.click();

  // Everything that is drawn can be read as a table, which names no household.
  await card.hover();
  await card.getByRole('button', { name: '更多操作' }).click();
  await page.getByRole('menuitemcheckbox', { name: '以表格查看' }).click();
  await expect(card.getByRole('table')).toContainText('卡顿');
  await expect(card.getByRole('table')).not.toContainText(/household|device/);
  expect(await findings(page)).toEqual([]);

  const viewer = await as('leader');
  await open(viewer, `/boards/${board}`);
  const closed = viewer.getByRole('article', { name: TITLE });
  await expect(closed).toContainText('单次播放会话仅编辑者可见');
  await expect(closed.locator('.plot__drawing svg')).toHaveCount(0);
  await expect(closed).not.toContainText(content);
});

test('sessions are chosen in the builder, over a few days at the most', async ({ as }) => {
  const page = await as('editor');
  const content = { component: 'session_timeline', binding: { metric: 'qoe.fail_pct', time: { last: '24h' } } };
  const tile = { title: TITLE, content, at: { x: 0, y: 0, w: 9, h: 7 } };
  const board = await makeBoard(page.request, `会话 ${randomUUID().slice(0, 8)}`, [tile], { publish: false });
  await open(page, `/boards/${board}/edit`);
  await tiles(page).first().click();
  await page.getByLabel(zh.inspector.session_order!, { exact: true }).selectOption('failed');
  await saved(page);
  await page.getByLabel(zh.inspector.sessions!, { exact: true }).selectOption('5');
  await saved(page);
  const ranges = page.getByLabel(zh.inspector.time!, { exact: true }).locator('option');
  await expect(ranges.filter({ hasText: '30 天' })).toHaveCount(0);
  await expect(tiles(page).first().locator('.message--failed')).toHaveCount(0);
});
