import { randomUUID } from 'node:crypto';
import { makeBoard, play, sendEvents, writeKey } from '../support/api.js';
import { boardLink } from '../support/boards.js';
import { expect, open, test } from '../support/test.js';
import { zh } from '../support/words.js';

const PLAYS_OF = (content: string) => ({
  component: 'kpi',
  binding: { metric: 'content.plays', where: [{ dim: 'content', in: [content] }], time: { last: '24h' } },
});

for (const title of ['全国运营总览', '收视率看板']) {
  test(`every tile of “${title}” shows its numbers`, async ({ as }) => {
    const page = await as('leader');
    await open(page, '/boards');
    await boardLink(page, title).click();
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    const tiles = page.getByRole('article');
    expect(await tiles.count()).toBeGreaterThanOrEqual(8);
    for (const tile of await tiles.all()) {
      await expect(tile).not.toHaveAttribute('aria-busy', 'true');
      await expect(tile.locator('.card__body')).toContainText(/\d/);
    }
    await expect(page.getByText(zh.freshness.simulated, { exact: true }).first()).toBeVisible();
    await expect(page.getByTestId('freshness')).toContainText('更新');
  });
}

test('an open board changes without a reload', async ({ as }) => {
  const content = `连续剧 ${randomUUID().slice(0, 8)}`;
  const editor = await as('editor');
  const tile = { title: '播放', content: PLAYS_OF(content), at: { x: 0, y: 0, w: 3, h: 3 } };
  const board = await makeBoard(editor.request, `实时 ${content}`, [tile], { publish: true });
  const key = writeKey('live change');
  await sendEvents(editor.request, key, play('household-1', { content_id: content, view_mode: 'vod', province: 'ZJ' }));

  const page = await as('leader');
  await open(page, `/boards/${board}`);
  const shown = page.getByRole('article', { name: '播放' }).locator('.card__body');
  await expect(shown).toContainText(/(^|\D)1(\D|$)/);
  // Gone after a reload.
  await page.evaluate(() => Object.assign(window, { stillThisPage: true }));
  const more = ['2', '3', '4'].flatMap((one) =>
    play(`household-${one}`, { content_id: content, view_mode: 'vod', province: 'GD' }),
  );
  await sendEvents(editor.request, key, more);
  await expect(shown).toContainText(/(^|\D)4(\D|$)/);
  expect(await page.evaluate(() => 'stillThisPage' in window)).toBe(true);
});

test('a new version is offered to whoever watches', async ({ as }) => {
  const editor = await as('editor');
  const text = (words: string) => ({ component: 'text', text: words });
  const board = await makeBoard(
    editor.request,
    `版本 ${randomUUID().slice(0, 8)}`,
    [{ title: '说明', content: text('第一版的文字'), at: { x: 0, y: 0, w: 4, h: 3 } }],
    { publish: true },
  );
  const page = await as('leader');
  await open(page, `/boards/${board}`);
  await expect(page.getByText('第一版的文字')).toBeVisible();

  await open(editor, `/boards/${board}/edit`);
  await editor.getByLabel(zh.builder.board_title).fill('改名之后');
  await editor.getByLabel(zh.builder.board_title).blur();
  await expect(editor.getByTestId('save-state')).toHaveText(zh.builder.saved);
  await editor.getByRole('button', { name: zh.builder.publish }).click();
  await editor.getByRole('dialog').getByRole('button', { name: zh.publish.confirm }).click();

  await page.getByRole('button', { name: zh.board.show_newer }).click();
  await expect(page.getByRole('heading', { level: 1, name: '改名之后' })).toBeVisible();
});

test('a tile can be read as a table', async ({ as }) => {
  const page = await as('leader');
  await open(page, '/boards');
  await boardLink(page, '全国运营总览').click();
  const tile = page.getByRole('article', { name: '省份播放排行' });
  await tile.getByRole('button', { name: '更多操作' }).click();
  await page.getByRole('menuitemcheckbox', { name: '以表格查看' }).click();
  await expect(tile.getByRole('table')).toContainText('广东');
});

test.describe('a board that is not there', () => {
  // The browser itself notes the refused request.
  test.use({ expected: ['404'] });

  test('says so', async ({ as }) => {
    const page = await as('leader');
    await page.goto(`/boards/${randomUUID()}`);
    await expect(page.getByRole('heading', { name: '看板不存在' })).toBeVisible();
  });
});
