import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { findings } from '../support/accessibility.js';
import { alive, expect, open, test } from '../support/test.js';
import { LANGUAGES, filled } from '../support/words.js';

const cell = (page: Page, name: string) => page.getByRole('checkbox', { name, exact: true });

for (const { locale, words } of LANGUAGES) {
  test(`an administrator gives a province by keyboard, and takes it back (${locale})`, async ({ as, browser }, { project }) => {
    test.setTimeout(120_000);
    const { desk, domain } = words;
    const sh = locale.startsWith('zh') ? '上海' : 'Shanghai';
    const page = await as('admin', { locale });
    // Somebody of this test's own: the others look at what the demo's people see.
    const email = `${randomUUID()}@example.com`;
    const name = `Wu ${email.slice(0, 8)}`;
    const origin = new URL(project.use.baseURL!).origin;
    const answer = await page.request.post('/fn/invite_person', {
      data: { person: { email, name, role: 'viewer' } },
      headers: { origin, 'sec-fetch-site': 'same-origin' },
    });
    const { token } = (await answer.json()) as { token: string };
    await open(page, '/settings/grants');
    await alive(page);
    await expect(page.getByRole('heading', { level: 1, name: desk.title, exact: true })).toBeVisible();
    expect(await findings(page)).toEqual([]);

    // One kind of data, one person.
    for (const name of Object.values(domain)) {
      if (name !== domain.interaction) {
        await page.getByRole('button', { name, exact: true }).click();
      }
    }
    await page.getByLabel(words.people.search!).fill(email);
    await expect(page.locator('.desk__row')).toHaveCount(1);
    const wanted = filled(desk.cell!, { name, region: sh });
    await expect(cell(page, wanted)).toHaveAttribute('aria-checked', 'false');

    // Home, the arrows and the space bar.
    await page.locator('[data-cell="0-0"]').focus();
    const place = await cell(page, wanted).getAttribute('data-cell');
    for (let column = 0; column < Number(place!.split('-')[1]); column += 1) {
      await page.keyboard.press('ArrowRight');
    }
    await expect(cell(page, wanted)).toBeFocused();
    await page.keyboard.press('Space');
    await expect(cell(page, wanted)).toHaveAttribute('aria-checked', 'true');
    const bar = page.locator('.desk__bar');
    await expect(bar).toContainText(filled(desk.changed!, { give: 1, take: 0, people: 1 }));
    await page.keyboard.press('Control+z');
    await expect(bar).toContainText(desk.nothing_changed!);
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: desk.review, exact: true }).click();
    const review = page.getByRole('dialog', { name: desk.review_title, exact: true });
    await expect(review).toContainText(name);
    await expect(review).toContainText(sh);
    expect(await findings(page)).toEqual([]);
    await review.getByRole('button', { name: desk.apply, exact: true }).click();
    await expect(page.getByText(desk.applied!)).toBeVisible();
    await expect(bar).toContainText(desk.nothing_changed!);

    // They see it at once: their own account says so.
    const theirs = await browser.newContext({ baseURL: project.use.baseURL!, locale });
    const other = await theirs.newPage();
    await open(other, `/join?invitation=${token}`);
    await other.getByLabel(words.invitation.password!).fill('seven blue umbrellas');
    await other.getByRole('button', { name: words.invitation.submit, exact: true }).click();
    await expect(other).toHaveURL(/\/boards$/);
    await alive(other);
    await other.getByLabel(words.account.open!, { exact: true }).click();
    await expect(other.locator('.account__scope')).toContainText(sh);

    // Taken back.
    await cell(page, wanted).click();
    await expect(bar).toContainText(filled(desk.changed!, { give: 0, take: 1, people: 1 }));
    await page.getByRole('button', { name: desk.review, exact: true }).click();
    await review.getByRole('button', { name: desk.apply, exact: true }).click();
    await expect(bar).toContainText(desk.nothing_changed!);
    await open(other, '/boards');
    await alive(other);
    await other.getByLabel(words.account.open!, { exact: true }).click();
    await expect(other.locator('.account__panel')).toContainText(words.account.no_scope!);
    await theirs.close();
  });
}
