import type { Page } from '@playwright/test';
import { call, query, sameOrigin, type Frame } from '../support/api.js';
import { boardLink } from '../support/boards.js';
import { expect, open, test } from '../support/test.js';
import { zh } from '../support/words.js';

const BY_PROVINCE = { metrics: ['content.plays'], by: ['province'], time: { last: '24h' } };

/** The values of a frame's column. */
function column(frame: Frame, name: string): unknown[] {
  const index = frame.columns.findIndex((one) => one.name === name);
  return frame.rows.map((row) => row[index]);
}

async function nationalBoard(page: Page): Promise<string> {
  await open(page, '/boards');
  return (await boardLink(page, '全国运营总览').getAttribute('href'))!;
}

test('the board of the Zhejiang editor holds only Zhejiang', async ({ as }) => {
  const page = await as('zhejiang');
  await open(page, await nationalBoard(page));
  const ranking = page.getByRole('article', { name: '省份播放排行' });
  await ranking.getByRole('button', { name: '更多操作' }).click();
  await page.getByRole('menuitemcheckbox', { name: '以表格查看' }).click();
  const rows = ranking.getByRole('table').getByRole('row');
  await expect(rows.filter({ hasText: '浙江' })).toHaveCount(1);
  await expect(rows).toHaveCount(2);
  await expect(ranking).not.toContainText(/广东|江苏|山东|未知|其他/);
});

test('what is asked over the API holds only Zhejiang', async ({ as }) => {
  const page = await as('zhejiang');
  const frame = await query(page.request, BY_PROVINCE);
  expect(column(frame, 'province')).toEqual(['ZJ']);
  const numbers = frame.columns.filter((one) => one.kind === 'number');
  expect(numbers.map((one) => one.scope)).toEqual([['ZJ']]);

  // The same for a province that is not theirs, and for one that does not exist.
  const answers = [];
  for (const province of ['GD', 'XX']) {
    const filtered = { ...BY_PROVINCE, where: [{ dim: 'province', in: [province] }] };
    const answer = await page.request.post('/api/v1/query', { data: filtered, headers: sameOrigin });
    expect(answer.status()).toBe(200);
    answers.push(await answer.text());
  }
  expect(answers[0]).toBe(answers[1]);
  expect(JSON.parse(answers[0]!).state).toBe('outside_scope');
});

test('a national editor sees many provinces in the same place', async ({ as }) => {
  const page = await as('editor');
  const frame = await query(page.request, BY_PROVINCE);
  expect(column(frame, 'province')).toEqual(expect.arrayContaining(['ZJ', 'GD', 'SD']));
});

test('the stream of the Zhejiang editor holds only Zhejiang', async ({ as }) => {
  const page = await as('zhejiang');
  const board = (await nationalBoard(page)).split('/').at(-1)!;
  const first = await page.evaluate(async (address) => {
    const stream = new EventSource(address);
    const message = await new Promise<MessageEvent<string>>((resolve, reject) => {
      stream.addEventListener('frames', resolve, { once: true });
      stream.addEventListener('error', () => reject(new Error('the stream was refused')), { once: true });
    });
    stream.close();
    return message.data;
  }, `/api/v1/boards/${board}/stream`);
  const tiles: { tile: string; answer: { frame?: Frame } }[] = JSON.parse(first);
  expect(tiles.length).toBeGreaterThanOrEqual(8);
  for (const { answer } of tiles) {
    const frame = answer.frame!;
    for (const { scope } of frame.columns) {
      expect(scope ?? ['ZJ']).toEqual(['ZJ']);
    }
    if (frame.columns.some((one) => one.name === 'province')) {
      expect(new Set(column(frame, 'province'))).toEqual(new Set(['ZJ']));
    }
  }
});

test('filter menus offer the Zhejiang editor only Zhejiang', async ({ as }) => {
  const page = await as('zhejiang');
  const values = await call<string[]>(page.request, 'filter_values', {
    metric: 'content.plays',
    dimension: 'province',
    search: '',
  });
  expect(values).toEqual(['ZJ']);
});

test('the account menu says what one may see', async ({ as }) => {
  const page = await as('zhejiang');
  await open(page, '/boards');
  await page.getByLabel(zh.account.open).click();
  await expect(page.locator('.account__scope dt')).toHaveText(['浙江']);
});

test('a leader may not ask queries of their own', async ({ as }) => {
  const page = await as('leader');
  const answer = await page.request.post('/api/v1/query', { data: BY_PROVINCE, headers: sameOrigin });
  expect(answer.status()).toBe(403);
  expect(await answer.json()).toMatchObject({ code: 'forbidden' });
});
