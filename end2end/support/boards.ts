// The list of boards as a person uses it.

import type { Locator, Page } from '@playwright/test';

/** The card of a board leads here; the same board may stand among those opened last, too. */
export function boardLink(page: Page, title: string): Locator {
  return page.getByRole('list').getByRole('link', { name: title, exact: true });
}
