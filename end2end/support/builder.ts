// The builder as a person uses it.

import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { zh } from './words.js';

/** The palette's item of a component. */
export function paletteItem(page: Page, name: string, words = zh): Locator {
  return page.getByRole('complementary', { name: words.builder.palette }).getByRole('button', { name, exact: true });
}

/** All tiles on the canvas. */
export function tiles(page: Page, words = zh): Locator {
  return page.getByRole('region', { name: words.builder.canvas }).locator('[role=group][tabindex]');
}

/** Drags by mouse from the middle of one place to another, in steps as a hand would. */
export async function drag(page: Page, from: Locator, to: { x: number; y: number }): Promise<void> {
  // The palette is longer than it is high.
  await from.scrollIntoViewIfNeeded();
  const box = (await from.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 12, box.y + box.height / 2 + 12, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 12 });
  await page.mouse.up();
}

/** Chooses the metric of the selected tile by typing its name. */
export async function chooseMetric(page: Page, name: string, words = zh): Promise<void> {
  const field = page.getByRole('combobox', { name: words.inspector.metric, exact: true });
  await field.click();
  await field.pressSequentially(name);
  await page.getByRole('option', { name }).first().click();
}

export async function saved(page: Page, words = zh): Promise<void> {
  await expect(page.getByTestId('save-state')).toHaveText(words.builder.saved);
}
