import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { findings } from '../support/accessibility.js';
import { call, makeBoard } from '../support/api.js';
import { paletteItem, saved, tiles } from '../support/builder.js';
import { alive, expect, open, test } from '../support/test.js';
import { filled, LANGUAGES, zh } from '../support/words.js';

const plays = { component: 'kpi', binding: { metric: 'content.plays', time: { last: '24h' } } };
const byHour = { component: 'line', binding: { metric: 'content.plays', time: { last: '24h' }, grain: 'hour' } };

async function twoTiles(page: Page, title: string): Promise<string> {
  return makeBoard(
    page.request,
    `${title} ${randomUUID().slice(0, 8)}`,
    [
      { title: '一日播放', content: plays, at: { x: 0, y: 0, w: 3, h: 3 } },
      { title: '逐时趋势', content: byHour, at: { x: 3, y: 0, w: 6, h: 6 } },
    ],
    { publish: false },
  );
}

/** A board whose two tiles stand in a container, published. */
async function contained(page: Page, title: string, container: object): Promise<string> {
  const board = await call<string>(page.request, 'create_board', { title: `${title} ${randomUUID().slice(0, 8)}` });
  const [first, second, box] = [randomUUID(), randomUUID(), randomUUID()];
  const pages = [{ tiles: [first] }, { title: '趋势', tiles: [second] }];
  const operation = {
    op: 'add_tiles',
    tiles: [
      { id: first, title: '一日播放', content: plays },
      { id: second, title: '逐时趋势', content: byHour },
      { id: box, title: '收视', content: { ...container, pages } },
    ],
    layouts: { desk: [{ tile: box, rect: { x: 0, y: 0, w: 7, h: 8 } }] },
  };
  await call(page.request, 'edit_board', { board, edit: { id: randomUUID(), base_version: 0, operation } });
  await call(page.request, 'publish_board', { board });
  return board;
}

const card = (page: Page, name: string) => page.getByRole('article', { name, exact: true });

for (const { locale, words } of LANGUAGES) {
  test(`tiles are put into tabs, named, moved, taken out, and read page by page (${locale})`, async ({ as }) => {
    const page = await as('editor', { locale });
    const board = await twoTiles(page, '标签页');
    await open(page, `/boards/${board}/edit`);
    const inspector = page.getByRole('complementary', { name: words.inspector.title });
    await paletteItem(page, words.component.tabs!, words).press('Enter');
    await expect(tiles(page, words)).toHaveCount(3);

    // Two pages, each with a tile that leaves its place for it.
    const addPage = inspector.getByLabel(words.pages.add_page!, { exact: true });
    await addPage.selectOption({ label: '一日播放' });
    await expect(tiles(page, words)).toHaveCount(2);
    await addPage.selectOption({ label: '逐时趋势' });
    await expect(tiles(page, words)).toHaveCount(1);
    const second = inspector.getByLabel(filled(words.pages.page_name!, { number: 2 }), { exact: true });
    await second.fill('趋势');
    await second.blur();
    await expect(page.locator('.pages__tab')).toHaveText(['一日播放', '趋势']);
    await expect(card(page, '逐时趋势')).toBeVisible();
    await expect(card(page, '一日播放')).toBeHidden();
    await inspector.getByRole('button', { name: filled(words.pages.earlier!, { number: 2 }) }).click();
    await expect(page.locator('.pages__tab')).toHaveText(['趋势', '一日播放']);
    await saved(page, words);
    expect(await findings(page)).toEqual([]);

    // A tile in it is found among the layers, comes into sight there, and is edited as any other.
    await page.getByRole('tab', { name: words.builder.layers }).click();
    await page.locator('.layer--inside', { hasText: '一日播放' }).getByRole('button').first().click();
    await expect(card(page, '一日播放')).toBeVisible();
    await expect(inspector).toContainText(words.pages.contained_note!);
    await inspector.getByRole('button', { name: words.pages.out }).click();
    await expect(tiles(page, words)).toHaveCount(2);
    await page.getByRole('button', { name: words.builder.undo }).click();
    await expect(tiles(page, words)).toHaveCount(1);
    await saved(page, words);
    await page.reload();
    await alive(page);
    await expect(tiles(page, words)).toHaveCount(1);
    await page.getByRole('tab', { name: words.history.title }).click();
    await expect(page.getByRole('complementary', { name: words.builder.side_panel })).toContainText(
      filled(words.history.contained!, { containers: words.component.tabs!, tiles: '逐时趋势' }),
    );

    await call(page.request, 'publish_board', { board });
    const reader = await as('leader', { locale });
    await open(reader, `/boards/${board}`);
    await expect(card(reader, '逐时趋势')).toBeVisible();
    await expect(card(reader, '一日播放')).toBeHidden();
    await reader.locator('.pages__tab', { hasText: '一日播放' }).click();
    await expect(card(reader, '一日播放')).toContainText(/\d/);
    await expect(card(reader, '逐时趋势')).toBeHidden();
    // The same by keyboard.
    await reader.getByRole('radio', { name: '一日播放' }).press('ArrowLeft');
    await expect(card(reader, '逐时趋势')).toBeVisible();
    expect(await findings(reader)).toEqual([]);
  });
}

test('a new component is made in a container, and the container goes with what is in it', async ({ as }) => {
  const page = await as('editor');
  const board = await twoTiles(page, '容器');
  await open(page, `/boards/${board}/edit`);
  const inspector = page.getByRole('complementary', { name: zh.inspector.title });
  await paletteItem(page, zh.component.carousel!).press('Enter');
  await inspector.getByLabel(zh.pages.add_page!, { exact: true }).selectOption({ label: '一日播放' });
  const kind = filled(zh.pages.new_component!, { component: zh.component.text! });
  await inspector.getByLabel(filled(zh.pages.add_tile!, { number: 1 }), { exact: true }).selectOption({ label: kind });
  // It is selected, to be written at once.
  await inspector.getByLabel(zh.inspector.text, { exact: true }).fill('每小时更新');
  await inspector.getByRole('button', { name: zh.pages.to_container }).click();
  await expect(page.locator('.pages__page').first()).toContainText('每小时更新');
  await expect(tiles(page)).toHaveCount(2);
  await inspector.getByRole('button', { name: zh.inspector.delete }).click();
  await expect(tiles(page)).toHaveCount(1);
  await page.getByRole('tab', { name: zh.builder.layers }).click();
  await expect(page.locator('.layer')).toHaveCount(1);
  await page.getByRole('button', { name: zh.builder.undo }).click();
  await expect(page.locator('.layer')).toHaveCount(4);
  await saved(page);
});

test('a carousel turns its pages by itself, until it is stopped or read', async ({ as }) => {
  const page = await as('editor');
  const board = await contained(page, '轮播', { component: 'carousel', seconds: 3 });
  const reader = await as('leader');
  await open(reader, `/boards/${board}`);
  await expect(card(reader, '一日播放')).toBeVisible();
  await expect(card(reader, '逐时趋势')).toBeVisible({ timeout: 10_000 });
  await expect(card(reader, '一日播放')).toBeVisible({ timeout: 10_000 });
  await reader.getByRole('button', { name: '停止轮播' }).click();
  await expect(reader.getByRole('button', { name: '继续轮播' })).toBeVisible();
  expect(await findings(reader)).toEqual([]);
  // The same on the wall and on a phone.
  await open(reader, `/boards/${board}/wall`);
  await expect(card(reader, '逐时趋势')).toBeVisible({ timeout: 10_000 });
  const phone = await as('leader', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await open(phone, `/boards/${board}`);
  await phone.locator('.pages__tab').nth(1).tap();
  await expect(card(phone, '逐时趋势')).toBeVisible();
  const wide = await phone.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(wide).toBe(false);
});

test('without wasm the pages are turned too', async ({ as }) => {
  const page = await as('editor');
  const board = await contained(page, '无脚本', { component: 'tabs' });
  const plain = await as('leader', { javaScriptEnabled: false });
  await plain.goto(`/boards/${board}`);
  await expect(card(plain, '一日播放')).toContainText(/\d/);
  await plain.locator('.pages__tab', { hasText: '趋势' }).click();
  await expect(card(plain, '逐时趋势')).toBeVisible();
  await expect(card(plain, '一日播放')).toBeHidden();
});
