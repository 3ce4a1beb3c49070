import type { Page } from '@playwright/test';
import { findings } from '../support/accessibility.js';
import { boardLink } from '../support/boards.js';
import { expect, open, test } from '../support/test.js';

async function boardAddress(page: Page): Promise<string> {
  await open(page, '/boards');
  return (await boardLink(page, '全国运营总览').getAttribute('href'))!;
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing serious, ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('on the sign-in', async ({ page }) => {
      await open(page, '/sign-in');
      expect(await findings(page)).toEqual([]);
    });

    test('on the list of boards', async ({ as }) => {
      const page = await as('editor', { colorScheme });
      await open(page, '/boards');
      expect(await findings(page)).toEqual([]);
    });

    test('on a board', async ({ as }) => {
      const page = await as('leader', { colorScheme });
      await open(page, await boardAddress(page));
      await expect(page.getByRole('article').first()).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });

    test('on the builder', async ({ as }) => {
      const page = await as('editor', { colorScheme });
      await open(page, `${await boardAddress(page)}/edit`);
      await page.locator('[role=group][tabindex]').first().click();
      await expect(page.getByRole('combobox').first()).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });
  });
}
