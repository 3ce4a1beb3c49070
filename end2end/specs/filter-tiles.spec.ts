// Filters that stand on the board itself: the same reading as the bar's, set where the numbers are.

import { randomUUID } from 'node:crypto';
import { findings } from '../support/accessibility.js';
import { call, makeBoard, play, sendEvents, writeKey } from '../support/api.js';
import { paletteItem, saved, tiles } from '../support/builder.js';
import { expect, open, test } from '../support/test.js';
import { LANGUAGES, zh } from '../support/words.js';
import type { Page } from '@playwright/test';

/** In milliseconds: longer than the shortest range of time, and by whatever clock within the last day. */
const TWO_HOURS = 7_200_000;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const filterTile = (about: string, display: string, y: number) => ({
  title: '',
  content: { component: 'filter', about, display },
  at: { x: 0, y, w: 6, h: 1 },
});

/** A board about three plays by two operators in two provinces, with a tile for each of its filters but the last. */
async function boardWithTiles(page: Page, [about, other] = ['isp', 'province']): Promise<string> {
  const mark = randomUUID().slice(0, 8);
  const film = `电影 ${mark}`;
  const key = writeKey('filter-tiles');
  await sendEvents(page.request, key, [
    ...play(`a-${mark}`, { content_id: film, view_mode: 'vod', province: 'ZJ', isp: 'ct' }, TWO_HOURS),
    ...play(`b-${mark}`, { content_id: film, view_mode: 'vod', province: 'GD', isp: 'cu' }, TWO_HOURS),
    ...play(`c-${mark}`, { content_id: film, view_mode: 'vod', province: 'GD', isp: 'cu' }, TWO_HOURS),
  ]);
  const where = [{ dim: 'content', in: [film] }];
  const binding = { metric: 'content.plays', where, time: { last: '24h' }, compare: 'day' };
  const board = await makeBoard(
    page.request,
    `板上筛选 ${mark}`,
    [
      filterTile(about!, 'segments', 0),
      filterTile('time', 'menu', 1),
      filterTile('compare', 'menu', 2),
      { title: '总数', content: { component: 'kpi', binding }, at: { x: 6, y: 0, w: 3, h: 4 } },
    ],
    { publish: false },
  );
  const { version } = await call<{ version: number }>(page.request, 'open_draft', { board });
  const filters = [
    { filter: 'values', dim: about },
    { filter: 'time' },
    { filter: 'compare' },
    { filter: 'values', dim: other },
  ];
  const edit = { id: randomUUID(), base_version: version, operation: { op: 'set_filters', filters } };
  await call(page.request, 'edit_board', { board, edit });
  await call(page.request, 'publish_board', { board });
  return board;
}

const total = (page: Page) => page.getByRole('article', { name: '总数' }).locator('.card__body');
const exactly = (number: number) => new RegExp(`(^|\\D)${number}(\\D|$)`);

for (const { locale, words } of LANGUAGES) {
  test(`a filter on the board narrows it like the bar, which leaves it out (${locale})`, async ({ as }) => {
    const board = await boardWithTiles(await as('editor'));
    const page = await as('leader', { locale });
    await open(page, `/boards/${board}`);
    await expect(total(page)).toContainText(exactly(3));
    const [operator, unicom] = locale === 'zh-CN' ? ['运营商', '中国联通'] : ['Operator', 'China Unicom'];

    // Only what stands nowhere on the board is offered above it.
    const bar = page.getByRole('region', { name: words.filters.title });
    await expect(bar.locator('.filters__control')).toHaveCount(1);
    await expect(bar.getByRole('button', { name: operator })).toHaveCount(0);

    const choices = page.getByRole('group', { name: operator });
    await expect(choices.getByRole('link', { name: words.filters.all, exact: true })).toHaveAttribute('aria-current', 'true');
    await choices.getByRole('link', { name: unicom }).click();
    await expect(total(page)).toContainText(exactly(2));
    await expect(page).toHaveURL(/isp=cu/);
    await expect(choices.getByRole('link', { name: unicom })).toHaveAttribute('aria-current', 'true');
    expect(await findings(page)).toEqual([]);

    // The link opens the same, and the way back is the browser's.
    await page.reload();
    await expect(total(page)).toContainText(exactly(2));
    await page.goBack();
    await expect(total(page)).toContainText(exactly(3));
    await page.goForward();
    await choices.getByRole('link', { name: words.filters.all, exact: true }).click();
    await expect(total(page)).toContainText(exactly(3));
    await expect(page).not.toHaveURL(/isp/);
  });
}

test('it is set by keyboard alone', async ({ as }) => {
  const board = await boardWithTiles(await as('editor'));
  const page = await as('leader');
  await open(page, `/boards/${board}`);
  await page.getByRole('group', { name: '运营商' }).getByRole('link', { name: '中国电信' }).focus();
  await page.keyboard.press('Enter');
  await expect(total(page)).toContainText(exactly(1));
  await expect(page).toHaveURL(/isp=ct/);
});

test('time and comparison are chosen on the board too', async ({ as }) => {
  const board = await boardWithTiles(await as('editor'));
  const page = await as('leader');
  await open(page, `/boards/${board}`);
  await expect(total(page)).toContainText('较前一日');
  await page.getByRole('combobox', { name: zh.filters.compare! }).selectOption('week');
  await expect(page).toHaveURL(/compare=week/);
  await expect(total(page)).toContainText('较上周');
  await page.getByRole('combobox', { name: zh.filters.time }).selectOption('1h');
  await expect(page).toHaveURL(/compare=week/);
  await expect(page).toHaveURL(/time=1h/);
  await expect(total(page)).not.toContainText(exactly(3));
});

test('without script links and forms do the same', async ({ as }) => {
  const board = await boardWithTiles(await as('editor'));
  const page = await as('leader', { javaScriptEnabled: false });
  await page.goto(`/boards/${board}`);
  await page.getByRole('group', { name: '运营商' }).getByRole('link', { name: '中国联通' }).click();
  await expect(page).toHaveURL(/isp=cu/);
  await expect(total(page)).toContainText(exactly(2));
  const form = page.locator('.filter-tile__form:visible').first();
  await form.locator('summary').click();
  await form.getByRole('radio', { name: '近 7 天' }).check();
  await form.getByRole('button', { name: zh.filters.apply }).click();
  await expect(page).toHaveURL(/time=7d/);
  await expect(page).toHaveURL(/isp=cu/);
  await expect(total(page)).toContainText(exactly(2));
});

test('nobody is offered what is not theirs', async ({ as }) => {
  const board = await boardWithTiles(await as('editor'), ['province', 'isp']);
  const page = await as('zhejiang');
  await open(page, `/boards/${board}`);
  await expect(page.getByRole('group', { name: '省份' }).getByRole('link')).toHaveText([zh.filters.all!, '浙江']);
  await expect(total(page)).toContainText(exactly(1));
});

test('a thumb finds it on a phone, and a wall only says what is chosen', async ({ as }) => {
  const board = await boardWithTiles(await as('editor'));
  const phone = await as('leader', PHONE);
  await open(phone, `/boards/${board}`);
  const link = phone.getByRole('group', { name: '运营商' }).getByRole('link', { name: '中国联通' });
  expect((await link.boundingBox())!.height).toBeGreaterThanOrEqual(38);
  await link.tap();
  await expect(total(phone)).toContainText(exactly(2));

  const wall = await as('leader');
  await open(wall, `/boards/${board}/wall?isp=cu`);
  await expect(wall.locator('.filter-tile__shown', { hasText: '运营商' })).toContainText('中国联通');
  await expect(wall.locator('.card--filter').locator('a, button, select, input')).toHaveCount(0);
});

test('an editor puts a filter on the board, and is told when the board has it no more', async ({ as }) => {
  const page = await as('editor');
  const board = await boardWithTiles(page);
  await open(page, `/boards/${board}/edit`);
  await paletteItem(page, '筛选控件').focus();
  await page.keyboard.press('Enter');
  await saved(page);
  const inspector = page.getByRole('complementary', { name: zh.inspector.title });
  await inspector.getByRole('combobox', { name: zh.filters.tile_about!, exact: true }).selectOption('province');
  await saved(page);
  const added = tiles(page).last();
  await expect(added).toContainText('省份');

  // Taken out of the board's filters, the tile has nothing to set; one press brings the filter back.
  const { version } = await call<{ version: number }>(page.request, 'open_draft', { board });
  const edit = { id: randomUUID(), base_version: version, operation: { op: 'set_filters', filters: [] } };
  await call(page.request, 'edit_board', { board, edit });
  await expect(added.locator('.filter-tile__gone')).toContainText('省份');
  await inspector.getByRole('button', { name: zh.filters.tile_add! }).click();
  await saved(page);
  await expect(added.locator('.filter-tile__gone')).toHaveCount(0);
});
