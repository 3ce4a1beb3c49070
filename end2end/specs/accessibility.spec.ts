import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, open, test } from '../support/test.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  id: string;
  impact: string | null;
  help: string;
  nodes: { target: string[]; failureSummary?: string }[];
}

/** What axe finds serious or critical, one line each. */
async function findings(page: Page): Promise<string[]> {
  // Evaluated by the debugger, which the page's policy does not bind.
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<{ violations: Finding[] }> } };
    return (await axe.run({ resultTypes: ['violations'] })).violations;
  });
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary ?? ''}`));
}

async function boardAddress(page: Page): Promise<string> {
  await open(page, '/boards');
  return (await page.getByRole('link', { name: '全国运营总览', exact: true }).getAttribute('href'))!;
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
