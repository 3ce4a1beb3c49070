import { randomUUID } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { call } from '../support/api.js';
import { drag, paletteItem, saved, tiles } from '../support/builder.js';
import { expect, open, test } from '../support/test.js';
import { middle, swipe } from '../support/touch.js';
import { zh } from '../support/words.js';

/** A board with two texts, and tabs in which a third one stands. */
async function boardWithTabs(page: Page): Promise<string> {
  const board = await call<string>(page.request, 'create_board', { title: `拖入 ${randomUUID().slice(0, 8)}` });
  const [first, second, inside, box] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const text = (words: string) => ({ component: 'text', text: words });
  const operation = {
    op: 'add_tiles',
    tiles: [
      { id: first, title: '甲', content: text('甲') },
      { id: second, title: '乙', content: text('乙') },
      { id: inside, title: '丙', content: text('丙') },
      { id: box, title: '收视', content: { component: 'tabs', pages: [{ tiles: [inside] }] } },
    ],
    layouts: {
      desk: [
        { tile: first, rect: { x: 0, y: 0, w: 4, h: 3 } },
        { tile: second, rect: { x: 4, y: 0, w: 4, h: 3 } },
        { tile: box, rect: { x: 0, y: 3, w: 8, h: 6 } },
      ],
    },
  };
  await call(page.request, 'edit_board', { board, edit: { id: randomUUID(), base_version: 0, operation } });
  return board;
}

const tile = (page: Page, name: string) => tiles(page).and(page.getByRole('group', { name, exact: true }));
const inTabs = (page: Page, name: string) => tile(page, '收视').getByRole('article', { name, exact: true, includeHidden: true });

async function stands(of: Locator): Promise<string> {
  const box = (await of.boundingBox())!;
  return `${Math.round(box.x)} ${Math.round(box.y)}`;
}

test('a tile dragged onto tabs goes into them, and comes back to its place when that is undone', async ({ as }) => {
  const page = await as('editor');
  const board = await boardWithTabs(page);
  await open(page, `/boards/${board}/edit`);
  await expect(tiles(page)).toHaveCount(3);
  const [first, tabs] = [await stands(tile(page, '甲')), await stands(tile(page, '收视'))];

  // While it is held over them they say that they would take it in, and stay where they are.
  const target = await middle(tile(page, '收视'));
  const from = await middle(tile(page, '甲'));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(target.x, target.y, { steps: 12 });
  await expect(tile(page, '收视').getByText('放入此处')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(tiles(page)).toHaveCount(3);
  await expect.poll(() => stands(tile(page, '甲'))).toBe(first);

  await drag(page, tile(page, '甲'), target);
  await expect(tiles(page)).toHaveCount(2);
  await expect(inTabs(page, '甲')).toHaveCount(1);
  await saved(page);
  await page.getByRole('button', { name: zh.builder.undo }).click();
  await expect(tiles(page)).toHaveCount(3);
  await expect.poll(() => stands(tile(page, '甲'))).toBe(first);
  await expect.poll(() => stands(tile(page, '收视'))).toBe(tabs);

  // Near their upper edge it is put before them instead.
  const box = (await tile(page, '收视').boundingBox())!;
  await drag(page, tile(page, '乙'), { x: box.x + box.width / 2, y: box.y + 10 });
  await saved(page);
  await expect(tiles(page)).toHaveCount(3);
});

test('a component from the palette is made in the tabs it is dropped on, in one step', async ({ as }) => {
  const page = await as('editor');
  const board = await boardWithTabs(page);
  await open(page, `/boards/${board}/edit`);
  await drag(page, paletteItem(page, zh.component.line!), await middle(tile(page, '收视')));
  await expect(inTabs(page, '折线图')).toHaveCount(1);
  await expect(tiles(page)).toHaveCount(3);
  // It is selected, to be bound at once.
  await expect(page.getByRole('complementary', { name: zh.inspector.title }).getByRole('combobox', { name: zh.inspector.metric })).toBeVisible();
  await saved(page);
  await page.getByRole('button', { name: zh.builder.undo }).click();
  await expect(inTabs(page, '折线图')).toHaveCount(0);
  await expect(inTabs(page, '丙')).toHaveCount(1);
  await expect(tiles(page)).toHaveCount(3);
  await page.getByRole('button', { name: zh.builder.redo }).click();
  await expect(inTabs(page, '折线图')).toHaveCount(1);
  // Tabs do not go into tabs.
  await drag(page, paletteItem(page, zh.component.carousel!), await middle(tile(page, '收视')));
  await expect(tiles(page)).toHaveCount(4);
  await saved(page);
});

test('on the wall a frame goes into the tabs it is let go on, unless Alt is held', async ({ as }) => {
  const page = await as('editor');
  const board = await boardWithTabs(page);
  await open(page, `/boards/${board}/edit`);
  await page.getByRole('tab', { name: zh.builder.wall }).click();
  await page.keyboard.down('Alt');
  await drag(page, tile(page, '甲'), await middle(tile(page, '收视')));
  await page.keyboard.up('Alt');
  await saved(page);
  await expect(tiles(page)).toHaveCount(3);
  await page.getByRole('button', { name: zh.builder.undo }).click();
  await drag(page, tile(page, '乙'), await middle(tile(page, '收视')));
  await expect(tiles(page)).toHaveCount(2);
  await expect(inTabs(page, '乙')).toHaveCount(1);
  await saved(page);
});

test('a finger carries a tile by its grip into tabs', async ({ as }) => {
  const page = await as('editor', { viewport: { width: 1180, height: 820 }, hasTouch: true, isMobile: true });
  const board = await boardWithTabs(page);
  await open(page, `/boards/${board}/edit`);
  await tile(page, '甲').tap();
  await swipe(page, await middle(tile(page, '甲').locator('.board__grip')), await middle(tile(page, '收视')));
  await expect(tiles(page)).toHaveCount(2);
  await expect(inTabs(page, '甲')).toHaveCount(1);
  await saved(page);
});
