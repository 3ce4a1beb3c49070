import { randomUUID } from 'node:crypto';
import { makeBoard } from '../support/api.js';
import { drag, saved, tiles } from '../support/builder.js';
import { alive, expect, open, test } from '../support/test.js';
import { filled, zh } from '../support/words.js';
import type { Page } from '@playwright/test';

const text = (words: string) => ({ component: 'text', text: words });
const inspector = (page: Page) => page.getByRole('complementary', { name: zh.inspector.title });
const chosen = (page: Page) => page.locator('.board__tile--selected');

/** Four tiles, two above two, and room on the right. */
async function fourTiles(page: Page, title: string): Promise<string> {
  const at = (x: number, y: number) => ({ x, y, w: 3, h: 3 });
  return makeBoard(
    page.request,
    `${title} ${randomUUID().slice(0, 8)}`,
    [
      { title: '甲', content: text('甲'), at: at(0, 0) },
      { title: '乙', content: text('乙'), at: at(3, 0) },
      { title: '丙', content: text('丙'), at: at(0, 3) },
      { title: '丁', content: text('丁'), at: at(3, 3) },
    ],
    { publish: false },
  );
}

const named = (page: Page, name: string) => tiles(page).filter({ hasText: name });
const left = async (page: Page, name: string) => (await named(page, name).boundingBox())!.x;

test('a frame pulled up over the board selects what it touches, and one drag moves all of it', async ({ as }) => {
  const page = await as('editor');
  const board = await fourTiles(page, '框选');
  await open(page, `/boards/${board}/edit`);
  const first = (await named(page, '甲').boundingBox())!;
  const last = (await named(page, '丁').boundingBox())!;
  const right = last.x + last.width + 60;

  await page.mouse.move(right, first.y + 20);
  await page.mouse.down();
  await page.mouse.move(first.x + first.width + 40, first.y + first.height + 60, { steps: 10 });
  await expect(chosen(page)).toHaveCount(2);
  await page.mouse.up();
  await expect(inspector(page)).toContainText(filled(zh.inspector.several, { count: 2 }));

  const before = { second: await left(page, '乙'), fourth: await left(page, '丁') };
  const column = (await left(page, '乙')) - (await left(page, '甲'));
  const held = (await named(page, '乙').boundingBox())!;
  await drag(page, named(page, '乙'), { x: held.x + held.width / 2 + column, y: held.y + held.height / 2 });
  await saved(page);
  await expect.poll(() => left(page, '乙')).toBeCloseTo(before.second + column, -1);
  await expect.poll(() => left(page, '丁')).toBeCloseTo(before.fourth + column, -1);

  // One gesture is one edit.
  await page.keyboard.press('Control+z');
  await expect.poll(() => left(page, '乙')).toBeCloseTo(before.second, -1);
  await expect.poll(() => left(page, '丁')).toBeCloseTo(before.fourth, -1);

  // A press on the empty board selects nothing.
  await page.mouse.click(right, first.y + 20);
  await expect(chosen(page)).toHaveCount(0);
});

test('tiles are gathered by keyboard, aligned, grouped, and taken away together', async ({ as }) => {
  const page = await as('editor');
  const board = await fourTiles(page, '组合');
  await open(page, `/boards/${board}/edit`);
  await page.keyboard.press('Tab');
  await named(page, '乙').focus();
  await page.keyboard.press('Space');
  await named(page, '丙').focus();
  await page.keyboard.press('Space');
  await expect(chosen(page)).toHaveCount(2);

  await inspector(page).getByRole('button', { name: zh.inspector.align_left }).click();
  await expect.poll(() => left(page, '乙')).toBeCloseTo(await left(page, '丙'), -1);
  await saved(page);

  await inspector(page).getByRole('button', { name: zh.inspector.group, exact: true }).click();
  await saved(page);
  await page.reload();
  await alive(page);
  await named(page, '丙').click();
  await expect(chosen(page)).toHaveCount(2);

  await named(page, '甲').click({ modifiers: ['Shift'] });
  await expect(chosen(page)).toHaveCount(3);
  await named(page, '甲').focus();
  await page.keyboard.press('Delete');
  await expect(tiles(page)).toHaveCount(1);
  await saved(page);
  await page.keyboard.press('Control+z');
  await expect(tiles(page)).toHaveCount(4);
});

test('what is locked stays, and what is hidden takes no room', async ({ as }) => {
  const page = await as('editor');
  const board = await fourTiles(page, '图层');
  await open(page, `/boards/${board}/edit`);
  const panel = page.getByRole('complementary', { name: zh.builder.side_panel });
  await panel.getByRole('tab', { name: zh.builder.layers }).click();
  await expect(panel.getByRole('listitem')).toHaveCount(4);
  await panel.getByRole('searchbox', { name: zh.builder.search_layers }).fill('甲');
  await expect(panel.getByRole('listitem')).toHaveCount(1);

  await panel.getByRole('button', { name: filled(zh.builder.lock_named, { name: '甲' }) }).click();
  await expect(panel.getByRole('button', { name: filled(zh.builder.unlock_named, { name: '甲' }) })).toBeVisible();
  await named(page, '甲').focus();
  await page.keyboard.press('Delete');
  await expect(tiles(page)).toHaveCount(4);
  const before = await left(page, '甲');
  const second = (await named(page, '乙').boundingBox())!;
  await drag(page, named(page, '甲'), { x: second.x + 20, y: second.y + 20 });
  expect(await left(page, '甲')).toBeCloseTo(before, -1);

  await panel.getByRole('searchbox', { name: zh.builder.search_layers }).fill('');
  await panel.getByRole('button', { name: filled(zh.builder.hide_named, { name: '乙' }) }).click();
  await expect(named(page, '乙')).toBeHidden();
  await expect.poll(async () => (await named(page, '丁').boundingBox())!.y).toBeLessThan(second.y + 20);
  await saved(page);
  await page.reload();
  await alive(page);
  await expect(named(page, '乙')).toBeHidden();
  await page.getByRole('complementary', { name: zh.builder.side_panel }).getByRole('tab', { name: zh.builder.layers }).click();
  await panel.getByRole('button', { name: filled(zh.builder.show_named, { name: '乙' }) }).click();
  await expect(named(page, '乙')).toBeVisible();
});

test('tiles are copied from one board to another', async ({ as }) => {
  const page = await as('editor');
  const from = await fourTiles(page, '来源');
  const to = await makeBoard(page.request, `目标 ${randomUUID().slice(0, 8)}`, [], { publish: false });
  await open(page, `/boards/${from}/edit`);
  await named(page, '甲').click();
  await named(page, '丁').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+c');
  await expect(page.getByText(filled(zh.builder.copied, { count: 2 }))).toBeVisible();

  await open(page, `/boards/${to}/edit`);
  await page.keyboard.press('Control+v');
  await expect(tiles(page)).toHaveCount(2);
  await expect(chosen(page)).toHaveCount(2);
  await saved(page);
  await page.keyboard.press('Control+d');
  await expect(tiles(page)).toHaveCount(4);
  await saved(page);
  await page.reload();
  await alive(page);
  await expect(tiles(page)).toHaveCount(4);
});

for (const layout of [zh.builder.desk, zh.builder.wall, zh.builder.phone]) {
  test(`Delete removes all that are selected, says which, and leaves the focus on what remains (${layout})`, async ({ as }) => {
    const page = await as('editor');
    const board = await fourTiles(page, '移除');
    await open(page, `/boards/${board}/edit`);
    await page.getByRole('tab', { name: layout }).click();
    await named(page, '甲').focus();
    await page.keyboard.press('Space');
    await named(page, '乙').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Delete');
    await expect(tiles(page)).toHaveCount(2);
    const said = page.getByRole('status').filter({ hasText: '已移除' });
    await expect(said).toContainText('甲');
    await expect(said).toContainText('乙');
    await expect(named(page, '丙')).toBeFocused();
    await saved(page);
    await page.keyboard.press('Control+z');
    await expect(tiles(page)).toHaveCount(4);
    await saved(page);
  });
}
