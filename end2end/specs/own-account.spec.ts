import type { Page } from '@playwright/test';
import { findings } from '../support/accessibility.js';
import { OwnServer } from '../support/own-server.js';
import { alive, expect, open, test } from '../support/test.js';
import { LANGUAGES, zh } from '../support/words.js';

const CHOSEN = 'seven blue umbrellas';

async function signIn(page: Page, words: typeof zh, email: string, password: string) {
  await open(page, '/sign-in');
  await page.getByLabel(words.sign_in.email!).fill(email);
  await page.getByLabel(words.sign_in.password!).fill(password);
  await page.getByRole('button', { name: words.sign_in.submit }).click();
}

for (const { locale, words } of LANGUAGES) {
  test(`people sign their browsers out, and choose another password (${locale})`, async ({ browser }, { project }) => {
    test.setTimeout(300_000);
    const server = await OwnServer.start();
    try {
      const own = words.own_account;
      const { timezoneId, viewport } = project.use;
      const { email, password } = server.firstAdmin();
      const somewhere = async () => {
        const context = await browser.newContext({ baseURL: server.address, locale, timezoneId, viewport });
        const page = await context.newPage();
        await signIn(page, words, email, password);
        await expect(page).toHaveURL(/\/boards$/);
        return page;
      };
      const [page, other, third] = [await somewhere(), await somewhere(), await somewhere()];
      await alive(page);
      await page.getByLabel(words.account.open!, { exact: true }).click();
      await page.getByRole('link', { name: own.title, exact: true }).click();
      const devices = page.locator('.devices__one');
      await expect(devices).toHaveCount(3);
      await expect(devices.filter({ hasText: own.here! })).toHaveCount(1);
      await expect(devices.filter({ hasText: own.here! })).toContainText('Chrome');
      expect(await findings(page)).toEqual([]);

      // The one last used stands first; it is signed out.
      await devices.getByRole('button', { name: own.end, exact: true }).first().click();
      await expect(devices).toHaveCount(2);
      const signedOut = async () => {
        const out = [];
        for (const one of [other, third]) {
          await one.goto('/boards');
          out.push(/\/sign-in/.test(one.url()));
        }
        return out;
      };
      expect((await signedOut()).filter(Boolean)).toHaveLength(1);

      // A wrong current password and a poor new one are told beside their fields.
      const [current, chosen] = [page.getByLabel(own.current!), page.getByLabel(words.invitation.password!)];
      const change = page.getByRole('button', { name: own.change, exact: true });
      await current.fill('not the current one');
      await chosen.fill(CHOSEN);
      await change.click();
      await expect(page.getByText(own.wrong_password!)).toBeVisible();
      await current.fill(password);
      await chosen.fill('short');
      await change.click();
      await expect(page.getByText(words.invitation.too_short!)).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await chosen.fill(CHOSEN);
      await change.click();
      await expect(page.getByText(own.changed!)).toBeVisible();
      await expect(devices).toHaveCount(1);
      expect(await signedOut()).toEqual([true, true]);
      await signIn(other, words, email, CHOSEN);
      await expect(other).toHaveURL(/\/boards$/);
    } finally {
      await server.stop();
    }
  });
}
