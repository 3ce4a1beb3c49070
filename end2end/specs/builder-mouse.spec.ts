import { randomUUID } from 'node:crypto';
import { makeBoard } from '../support/api.js';
import { chooseMetric, drag, paletteItem, saved, tiles } from '../support/builder.js';
import { alive, expect, open, test } from '../support/test.js';
import { filled, LANGUAGES, zh } from '../support/words.js';

for (const { locale, words, line, plays, unbound } of LANGUAGES) {
  test(`a line chart is dragged, bound, kept, undone, published, and seen by the leader (${locale})`, async ({ as }) => {
    const page = await as('editor', { locale });
    const board = await makeBoard(page.request, `${line} ${randomUUID().slice(0, 8)}`, [], { publish: false });
    await open(page, `/boards/${board}/edit`);

    const canvas = (await page.getByRole('region', { name: words.builder.canvas }).boundingBox())!;
    await drag(page, paletteItem(page, line, words), { x: canvas.x + canvas.width / 4, y: canvas.y + 120 });
    await expect(tiles(page, words)).toHaveCount(1);
    await saved(page, words);

    await tiles(page, words).first().click();
    await chooseMetric(page, plays, words);
    await expect(tiles(page, words).first().locator('.plot__drawing svg')).toBeVisible();
    await saved(page, words);

    await page.reload();
    await alive(page);
    await expect(tiles(page, words)).toHaveCount(1);
    await expect(tiles(page, words).first()).toContainText(plays);

    // The binding is taken back, then brought again.
    await page.getByRole('button', { name: words.builder.undo }).click();
    await expect(tiles(page, words).first()).toContainText(unbound);
    await saved(page, words);
    await page.getByRole('button', { name: words.builder.redo }).click();
    await expect(tiles(page, words).first()).toContainText(plays);
    await saved(page, words);

    await page.getByRole('button', { name: words.builder.publish }).click();
    const publishing = page.getByRole('dialog', { name: words.publish.title });
    await publishing.getByRole('button', { name: words.publish.confirm }).click();
    await expect(publishing).toContainText(filled(words.publish.done, { number: 1 }));

    const leader = await as('leader', { locale });
    await open(leader, `/boards/${board}`);
    const tile = leader.getByRole('article', { name: plays });
    await expect(tile.getByRole('img', { name: new RegExp(`^${line}`) })).toBeVisible();
  });
}

test('a tile is moved and resized by its edges, and the others make room', async ({ as }) => {
  const page = await as('editor');
  const text = (words: string) => ({ component: 'text', text: words });
  const board = await makeBoard(
    page.request,
    `移动 ${randomUUID().slice(0, 8)}`,
    [
      { title: '甲', content: text('甲'), at: { x: 0, y: 0, w: 4, h: 3 } },
      { title: '乙', content: text('乙'), at: { x: 4, y: 0, w: 4, h: 3 } },
    ],
    { publish: false },
  );
  await open(page, `/boards/${board}/edit`);
  const first = tiles(page).filter({ hasText: '甲' });
  const second = tiles(page).filter({ hasText: '乙' });
  const before = (await second.boundingBox())!;
  await drag(page, first, { x: before.x + before.width / 2, y: before.y + before.height / 2 });
  await saved(page);
  // Dropped onto the other one's place: it stands there now, and the other one under it.
  await expect.poll(async () => (await first.boundingBox())!.x).toBeCloseTo(before.x, -1);
  await expect.poll(async () => (await second.boundingBox())!.y).toBeGreaterThan(before.y + 20);
  await page.reload();
  await alive(page);
  await expect.poll(async () => (await first.boundingBox())!.x).toBeCloseTo(before.x, -1);
});

test('Escape in mid-drag leaves everything as it was', async ({ as }) => {
  const page = await as('editor');
  const board = await makeBoard(page.request, `取消 ${randomUUID().slice(0, 8)}`, [], { publish: false });
  await open(page, `/boards/${board}/edit`);
  const item = (await paletteItem(page, '表格').boundingBox())!;
  const canvas = (await page.getByRole('region', { name: zh.builder.canvas }).boundingBox())!;
  await page.mouse.move(item.x + 20, item.y + 20);
  await page.mouse.down();
  await page.mouse.move(canvas.x + 200, canvas.y + 120, { steps: 8 });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(tiles(page)).toHaveCount(0);
});

test('words typed a moment before another tile is clicked are kept', async ({ as }) => {
  const page = await as('editor');
  const text = (words: string) => ({ component: 'text', text: words });
  const board = await makeBoard(
    page.request,
    `输入 ${randomUUID().slice(0, 8)}`,
    [
      { title: '左', content: text('左边'), at: { x: 0, y: 0, w: 4, h: 3 } },
      { title: '右', content: text('右边'), at: { x: 4, y: 0, w: 4, h: 3 } },
    ],
    { publish: false },
  );
  await open(page, `/boards/${board}/edit`);
  const first = tiles(page).filter({ hasText: '左边' });
  const second = tiles(page).filter({ hasText: '右边' });
  await first.click();
  const title = page.getByRole('complementary', { name: zh.inspector.title }).getByLabel(zh.inspector.tile_title, { exact: true });
  await expect(title).toHaveValue('左');
  await title.fill('前 10');
  await second.click();
  await expect(title).toHaveValue('右');
  await expect(first).toContainText('前 10');
  await saved(page);

  // A blank that the next word follows is not taken away while one thinks.
  await title.fill('前 ');
  await saved(page);
  await title.pressSequentially('20');
  await expect(title).toHaveValue('前 20');
  await expect(second).toContainText('前 20');
  await saved(page);

  await page.reload();
  await alive(page);
  await expect(first).toContainText('前 10');
  await expect(second).toContainText('前 20');
});

test('a tile is moved and resized by clicks and numbers, without dragging', async ({ as }) => {
  const page = await as('editor');
  const content = { component: 'text', text: '按数字摆放' };
  const board = await makeBoard(
    page.request,
    `数字 ${randomUUID().slice(0, 8)}`,
    [{ title: '数字', content, at: { x: 0, y: 0, w: 4, h: 3 } }],
    { publish: false },
  );
  await open(page, `/boards/${board}/edit`);
  const tile = tiles(page).first();
  const before = (await tile.boundingBox())!;
  await tile.click();
  const field = (name: string) =>
    page.getByRole('complementary', { name: zh.inspector.title }).getByRole('spinbutton', { name, exact: true });
  await expect(field(zh.inspector.column)).toHaveValue('1');
  await field(zh.inspector.column).fill('7');
  await field(zh.inspector.column).press('Enter');
  await expect.poll(async () => (await tile.boundingBox())!.x).toBeGreaterThan(before.x + before.width);
  await field(zh.inspector.width).fill('6');
  await field(zh.inspector.width).blur();
  await expect.poll(async () => (await tile.boundingBox())!.width).toBeGreaterThan(before.width + 20);
  await field(zh.inspector.height).fill('6');
  await field(zh.inspector.height).blur();
  await expect.poll(async () => (await tile.boundingBox())!.height).toBeGreaterThan(before.height + 20);

  // Nothing stands above it: it closes up, and the field says so.
  await field(zh.inspector.row).fill('9');
  await field(zh.inspector.row).blur();
  await expect(field(zh.inspector.row)).toHaveValue('1');
  await saved(page);

  await page.reload();
  await alive(page);
  await tile.click();
  await expect(field(zh.inspector.column)).toHaveValue('7');
  await expect(field(zh.inspector.width)).toHaveValue('6');
  await expect(field(zh.inspector.height)).toHaveValue('6');
});
