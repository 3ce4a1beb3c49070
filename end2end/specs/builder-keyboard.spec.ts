import { randomUUID } from 'node:crypto';
import { makeBoard } from '../support/api.js';
import { paletteItem, saved, tiles } from '../support/builder.js';
import { alive, expect, open, test } from '../support/test.js';
import { filled, zh } from '../support/words.js';

test('the whole way from an empty board to the leader, without a mouse', async ({ as }) => {
  const page = await as('editor');
  const board = await makeBoard(page.request, `键盘 ${randomUUID().slice(0, 8)}`, [], { publish: false });
  await open(page, `/boards/${board}/edit`);

  await paletteItem(page, '折线图').focus();
  await page.keyboard.press('Enter');
  await expect(tiles(page)).toHaveCount(1);
  await saved(page);

  // Enter on the tile opens the inspector at its first field.
  const tile = tiles(page).first();
  await tile.focus();
  await page.keyboard.press('Enter');
  const metric = page.getByRole('combobox', { name: zh.inspector.metric, exact: true });
  await expect(metric).toBeFocused();
  await page.keyboard.type('播放次数');
  await expect(page.getByRole('option', { name: '播放次数' }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(tile).toContainText('播放次数');
  await saved(page);

  // Arrows move it by a column, with Shift they make it wider.
  await tile.focus();
  const before = (await tile.boundingBox())!;
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await tile.boundingBox())!.x).toBeGreaterThan(before.x + 20);
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(async () => (await tile.boundingBox())!.width).toBeGreaterThan(before.width + 20);
  await saved(page);
  const placed = (await tile.boundingBox())!;

  await page.reload();
  await alive(page);
  await expect(tile).toContainText('播放次数');
  await expect.poll(async () => (await tile.boundingBox())!.x).toBeCloseTo(placed.x, -1);
  await expect.poll(async () => (await tile.boundingBox())!.width).toBeCloseTo(placed.width, -1);

  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await tile.boundingBox())!.width).toBeCloseTo(before.width, -1);
  await saved(page);

  await page.getByRole('button', { name: zh.builder.publish }).focus();
  await page.keyboard.press('Enter');
  const publishing = page.getByRole('dialog', { name: zh.publish.title });
  await publishing.getByRole('button', { name: zh.publish.confirm }).focus();
  await page.keyboard.press('Enter');
  await expect(publishing).toContainText(filled(zh.publish.done, { number: 1 }));

  const leader = await as('leader');
  await open(leader, `/boards/${board}`);
  const seen = leader.getByRole('article', { name: '播放次数' });
  await expect(seen.getByRole('img', { name: /^折线图/ })).toBeVisible();
});

test('Delete removes the tile that has the focus', async ({ as }) => {
  const page = await as('editor');
  const content = { component: 'text', text: '将被删除' };
  const board = await makeBoard(
    page.request,
    `删除 ${randomUUID().slice(0, 8)}`,
    [{ title: '文字', content, at: { x: 0, y: 0, w: 4, h: 3 } }],
    { publish: false },
  );
  await open(page, `/boards/${board}/edit`);
  await tiles(page).first().focus();
  await page.keyboard.press('Delete');
  await expect(tiles(page)).toHaveCount(0);
  await saved(page);
});
