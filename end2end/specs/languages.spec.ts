import { boardLink } from '../support/boards.js';
import { expect, open, test } from '../support/test.js';
import { en, zh } from '../support/words.js';

test('a board changes its language without a reload', async ({ as }) => {
  const page = await as('leader');
  await open(page, '/boards');
  await expect(page.getByRole('heading', { level: 1, name: zh.boards.title })).toBeVisible();
  await page.getByRole('button', { name: zh.common.language }).click();
  await page.getByRole('menuitemcheckbox', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1, name: en.boards.title })).toBeVisible();
  await boardLink(page, '全国运营总览').click();
  const tile = page.getByRole('article', { name: '省份播放排行' });
  await tile.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Show as table' }).click();
  await expect(tile.getByRole('table')).toContainText('Guangdong');
});

test('the theme changes without a reload and stays', async ({ as }) => {
  const page = await as('leader');
  await open(page, '/boards');
  await page.getByRole('button', { name: zh.theme.name }).click();
  await page.getByRole('menuitemcheckbox', { name: zh.theme.dark }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
