// Choosing a component: found by its name, suggested with a reason, adjusted, and taken back.

import { randomUUID } from 'node:crypto';
import { makeBoard } from '../support/api.js';
import { paletteItem, saved, tiles } from '../support/builder.js';
import { expect, open, test } from '../support/test.js';
import { zh } from '../support/words.js';

test('a ranking becomes another component, and the reason is said', async ({ as }) => {
  const page = await as('editor');
  const content = {
    component: 'bar',
    binding: { metric: 'content.plays', by: 'view_mode', top: 10, time: { last: '24h' } },
  };
  const tile = { title: '收看方式', content, at: { x: 0, y: 0, w: 6, h: 7 } };
  const board = await makeBoard(page.request, `选择 ${randomUUID().slice(0, 8)}`, [tile], { publish: false });
  await open(page, `/boards/${board}/edit`);
  const drawing = tiles(page).first().locator('.plot__drawing svg');
  await expect(drawing).toBeVisible();
  await tiles(page).first().click();

  const pie = page.locator('.suggested__entry[data-kind="pie"]');
  await expect(pie).toContainText(/饼图看得清/);
  await pie.click();
  await expect(tiles(page).first().locator('.card--pie .plot__drawing polygon').first()).toBeVisible();
  await saved(page);

  // What the new component heeds can be adjusted: a hole with the total in it.
  await page.getByRole('switch', { name: zh.look!.hole }).click();
  await saved(page);
  await page.getByRole('button', { name: zh.builder.undo }).click();
  await page.getByRole('button', { name: zh.builder.undo }).click();
  await expect(tiles(page).first().locator('.card--bar')).toBeVisible();
});

test('components are found by their names in both languages', async ({ as }) => {
  const page = await as('editor');
  const board = await makeBoard(page.request, `查找 ${randomUUID().slice(0, 8)}`, [], { publish: false });
  await open(page, `/boards/${board}/edit`);
  const search = page.getByRole('searchbox', { name: zh.builder.search_components });
  await search.fill('sankey');
  await expect(paletteItem(page, '流向图')).toBeVisible();
  await expect(paletteItem(page, '折线图')).toHaveCount(0);
  await search.fill('没有这种');
  await expect(page.getByText(zh.builder.no_component!)).toBeVisible();
  await search.fill('');
  await paletteItem(page, '目标条').press('Enter');
  await expect(tiles(page)).toHaveCount(1);
});
