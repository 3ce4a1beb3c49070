import type { Page } from '@playwright/test';
import { findings } from '../support/accessibility.js';
import { OwnServer } from '../support/own-server.js';
import { alive, expect, open, test } from '../support/test.js';
import { LANGUAGES, filled, zh } from '../support/words.js';

const CHOSEN = 'seven blue umbrellas';

async function signIn(page: Page, words: typeof zh, email: string, password: string) {
  await open(page, '/sign-in');
  await page.getByLabel(words.sign_in.email!).fill(email);
  await page.getByLabel(words.sign_in.password!).fill(password);
  await page.getByRole('button', { name: words.sign_in.submit }).click();
}

for (const { locale, words } of LANGUAGES) {
  test(`an administrator lets somebody in, and shuts them out (${locale})`, async ({ browser }, { project }) => {
    test.setTimeout(300_000);
    const server = await OwnServer.start();
    try {
      const { people, invitation } = words;
      const { timezoneId, viewport } = project.use;
      const visitor = (javaScriptEnabled = true) =>
        browser.newContext({ baseURL: server.address, locale, timezoneId, viewport, javaScriptEnabled });
      const page = await (await visitor()).newPage();
      const { email, password } = server.firstAdmin();
      await signIn(page, words, email, password);
      await expect(page).toHaveURL(/\/boards$/);
      await alive(page);
      await page.getByLabel(words.account.open!, { exact: true }).click();
      await page.getByRole('link', { name: people.title, exact: true }).click();
      await expect(page.getByRole('heading', { level: 1, name: people.title, exact: true })).toBeVisible();
      const rows = page.locator('.people__row');
      await expect(rows).toHaveCount(1);
      await expect(rows.first()).toContainText(people.you!);
      expect(await findings(page)).toEqual([]);

      // What is wrong is told beside its field; what is right leads to a link.
      const add = page.getByRole('dialog', { name: people.add, exact: true });
      const adding = async (address: string, name: string) => {
        await page.getByRole('button', { name: people.add, exact: true }).click();
        await add.getByLabel(people.email!).fill(address);
        await add.getByLabel(people.name!).fill(name);
        await add.getByRole('button', { name: people.invite, exact: true }).click();
      };
      await adding('li wei', 'Li Wei');
      await expect(add.getByText(people.wrong_email!)).toBeVisible();
      await add.getByLabel(people.email!).fill('Li.Wei@example.com');
      await add.getByLabel(people.role!).selectOption('editor');
      expect(await findings(page)).toEqual([]);
      await add.getByRole('button', { name: people.invite, exact: true }).click();
      const shown = page.getByRole('dialog', { name: people.link_title, exact: true });
      const link = shown.getByLabel(people.link!, { exact: true });
      await expect(link).toHaveValue(/\/join\?invitation=.{43}$/);
      const first = await link.inputValue();
      expect(await findings(page)).toEqual([]);
      await shown.getByRole('button', { name: people.done, exact: true }).click();
      await expect(rows.filter({ hasText: 'li.wei@example.com' })).toContainText(people.invited!);
      await adding('li.wei@example.com', 'Another');
      await expect(add.getByText((people.refused as unknown as Record<string, string>).taken!)).toBeVisible();
      await page.keyboard.press('Escape');

      // They choose a password that is one, and are in.
      const guest = await (await visitor()).newPage();
      await open(guest, first);
      await expect(guest.getByText('Li Wei')).toBeVisible();
      expect(await findings(guest)).toEqual([]);
      await guest.getByLabel(invitation.password!).fill('short');
      await guest.getByRole('button', { name: invitation.submit, exact: true }).click();
      await expect(guest.getByText(invitation.too_short!)).toBeVisible();
      await guest.getByLabel(invitation.password!).fill(CHOSEN);
      await guest.getByRole('button', { name: invitation.submit, exact: true }).click();
      await expect(guest).toHaveURL(/\/boards$/);
      const late = await (await visitor()).newPage();
      await open(late, first);
      await expect(late.getByText(invitation.over!)).toBeVisible();
      expect(await findings(late)).toEqual([]);

      // Found by part of a name; by keyboard opened, renamed and raised.
      await open(page, '/settings/people');
      await page.getByLabel(people.search!).fill('WEI li');
      await expect(rows).toHaveCount(1);
      await expect(rows.first()).toContainText(people.active!);
      await page.getByRole('button', { name: filled(people.change_named!, { name: 'Li Wei' }) }).press('Enter');
      const one = page.getByRole('dialog', { name: 'Li Wei', exact: true });
      await one.getByLabel(people.name!).fill('Li Wei (OTT)');
      await one.getByRole('switch', { name: people.defines, exact: true }).click();
      expect(await findings(page)).toEqual([]);
      await one.getByRole('button', { name: people.save, exact: true }).click();
      await expect(rows.filter({ hasText: 'Li Wei (OTT)' })).toHaveCount(1);

      // Shut out after a question, they are out; let in again, they sign in with the password they chose.
      const name = 'Li Wei (OTT)';
      const opened = page.getByRole('dialog', { name, exact: true });
      await page.getByRole('button', { name: filled(people.change_named!, { name }) }).click();
      await opened.getByRole('button', { name: people.disable, exact: true }).click();
      await expect(opened.getByText(people.ask_disable!)).toBeVisible();
      await opened.getByRole('button', { name: people.go_on, exact: true }).click();
      await expect(opened.getByRole('button', { name: people.enable, exact: true })).toBeVisible();
      await guest.goto('/boards');
      await expect(guest).toHaveURL(/\/sign-in/);
      await opened.getByRole('button', { name: people.enable, exact: true }).click();
      await opened.getByRole('button', { name: people.go_on, exact: true }).click();
      await expect(opened.getByRole('button', { name: people.disable, exact: true })).toBeVisible();
      await signIn(guest, words, 'li.wei@example.com', CHOSEN);
      await expect(guest).toHaveURL(/\/boards$/);

      // Invited again, the old password is no password; and a link is taken without a script as well.
      await opened.getByRole('button', { name: people.invite_again, exact: true }).click();
      await opened.getByRole('button', { name: people.go_on, exact: true }).click();
      await expect(link).toHaveValue(/\/join\?invitation=.{43}$/);
      const second = await link.inputValue();
      await guest.goto('/boards');
      await expect(guest).toHaveURL(/\/sign-in/);
      const plain = await (await visitor(false)).newPage();
      await plain.goto(second);
      await plain.getByLabel(invitation.password!).fill('short');
      await plain.getByRole('button', { name: invitation.submit, exact: true }).click();
      await expect(plain.getByText(invitation.too_short!)).toBeVisible();
      await plain.getByLabel(invitation.password!).fill(`${CHOSEN} more`);
      await plain.getByRole('button', { name: invitation.submit, exact: true }).click();
      await expect(plain).toHaveURL(/\/boards$/);
    } finally {
      await server.stop();
    }
  });
}

test('editors see no list of people, and are offered no way to it', async ({ as, expected }) => {
  expected.push('403 (Forbidden)');
  const page = await as('editor');
  await open(page, '/boards');
  await page.getByLabel(zh.account.open!, { exact: true }).click();
  await expect(page.getByRole('link', { name: zh.people.title, exact: true })).toHaveCount(0);
  await open(page, '/settings/people');
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(zh.people.title!);
});
