import { findings } from '../support/accessibility.js';
import { boardLink } from '../support/boards.js';
import { alive, expect, open, test } from '../support/test.js';
import { LANGUAGES, filled, zh } from '../support/words.js';

for (const { locale, words } of LANGUAGES) {
  test(`a metric is looked up: what it means, and its numbers (${locale})`, async ({ as }) => {
    const page = await as('editor', { locale });
    await open(page, '/boards');
    await page.getByRole('link', { name: words.catalogue.title }).click();
    await expect(page).toHaveURL(/\/catalogue$/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.catalogue.title!);
    expect(await findings(page)).toEqual([]);
    // By how it sounds.
    const search = page.getByRole('searchbox', { name: words.catalogue.search });
    await search.fill('kadun');
    const metric = locale === 'zh-CN' ? '卡顿时长占比' : 'Stalled time';
    // There is one by the minute beside it, whose name begins alike.
    const row = page.getByRole('link').filter({ has: page.getByText('qoe.rebuf_ratio', { exact: true }) });
    await expect(row).toContainText(metric);
    // As many others are not the same.
    await search.fill('qoe.ebvs_pct');
    await expect(page.locator('.catalogue__id')).toHaveText(['qoe.ebvs_pct']);
    await search.fill('qoe.attempts');
    await expect(page.locator('.catalogue__id')).toHaveText(['qoe.attempts']);
    await search.fill('nothing at all');
    await expect(page.getByText(filled(words.catalogue.nothing!, { search: 'nothing at all' }))).toBeVisible();
    await search.fill('qoe.rebuf_ratio');
    await row.click();

    await expect(page).toHaveURL(/\/catalogue\/qoe\.rebuf_ratio$/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(metric);
    const formula =
      locale === 'zh-CN' ? '合计（卡顿时间）÷ 合计（观看时间）× 100' : 'sum(stall time) ÷ sum(watched time) × 100';
    await expect(page.getByText(formula)).toBeVisible();
    await expect(page.getByText('cta2066 · conviva')).toBeVisible();
    const tiles = page.getByRole('article');
    await expect(tiles).toHaveCount(4);
    for (const tile of await tiles.all()) await expect(tile.locator('.card__body')).toContainText(/\d/);
    expect(await findings(page)).toEqual([]);
    // Loaded by its address it is the same page.
    await page.reload();
    await alive(page);
    await expect(tiles).toHaveCount(4);
  });
}

test('a number on a board leads to what it means', async ({ as }) => {
  const page = await as('leader');
  await open(page, '/boards');
  await boardLink(page, '全国运营总览').click();
  const tile = page.getByRole('article').first();
  await tile.hover();
  await tile.getByRole('button', { name: '更多操作' }).click();
  await page.getByRole('menuitem', { name: '指标定义与口径' }).click();
  await expect(page).toHaveURL(/\/catalogue\/[a-z_.0-9]+$/);
  await expect(page.getByText(zh.catalogue.formula!, { exact: true })).toBeVisible();
  // Numbers are for those who may ask; a leader reads what it means.
  await expect(page.getByText(zh.catalogue.numbers_for_editors!)).toBeVisible();
});

test.describe('nowhere', () => {
  test.use({ expected: ['404'] });

  test('a metric that is not granted is as unknown as one that does not exist', async ({ as }) => {
    const page = await as('editor');
    await open(page, '/catalogue/tv.no_such_metric');
    await expect(page.locator('main')).toContainText('页面不存在');
  });
});
