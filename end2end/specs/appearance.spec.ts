import type { Page } from '@playwright/test';
import { findings } from '../support/accessibility.js';
import { OwnServer } from '../support/own-server.js';
import { alive, expect, open, test } from '../support/test.js';
import { LANGUAGES, filled, zh } from '../support/words.js';

const rgb = (hex: string) => {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return `rgb(${red}, ${green}, ${blue})`;
};
const background = (page: Page, selector: string) =>
  page.locator(selector).first().evaluate((element) => getComputedStyle(element).backgroundColor);

for (const { locale, words } of LANGUAGES) {
  test(`an administrator sets how boards look (${locale})`, async ({ browser }, { project }) => {
    test.setTimeout(300_000);
    // What is set here holds for everybody on a server, so it is one of its own.
    const server = await OwnServer.start();
    try {
      const look = words.appearance;
      const { timezoneId, viewport } = project.use;
      const context = await browser.newContext({ baseURL: server.address, locale, timezoneId, viewport });
      const page = await context.newPage();
      const { email, password } = server.firstAdmin();
      await open(page, '/sign-in');
      await page.getByLabel(words.sign_in.email!).fill(email);
      await page.getByLabel(words.sign_in.password!).fill(password);
      await page.getByRole('button', { name: words.sign_in.submit }).click();
      await expect(page).toHaveURL(/\/boards$/);
      await alive(page);
      await page.getByLabel(words.account.open!, { exact: true }).click();
      await page.getByRole('link', { name: look.title, exact: true }).click();
      await expect(page.getByRole('heading', { level: 1, name: look.title, exact: true })).toBeVisible();
      expect(await findings(page)).toEqual([]);

      // The approval number is read as it is meant, and refused beside its field where it is none.
      const approval = page.getByRole('textbox', { name: look.map_approval, exact: true });
      await approval.fill('GS 2024');
      await page.getByRole('button', { name: look.save, exact: true }).click();
      await expect(page.getByText(look.map_approval_wrong!)).toBeVisible();
      await approval.fill('GS（2024）0650');
      await page.getByRole('radio', { name: new RegExp(look.rising_green!) }).check();
      await page.getByRole('button', { name: look.save, exact: true }).click();
      await expect(page.getByText(look.saved!)).toBeVisible();
      await expect(approval).toHaveValue('GS(2024)0650号');

      // A theme whose text can't be read is told, mended by what is offered, and kept.
      await page.getByRole('combobox', { name: look.new_theme }).selectOption('light');
      const name = page.getByRole('textbox', { name: look.theme_name, exact: true });
      await expect(name).toBeFocused();
      await name.fill('Sepia');
      const field = (label: string) => page.getByRole('textbox', { name: label, exact: true });
      await field(look.page!).fill('#efe4cf');
      await field(look.page!).press('Enter');
      await field(look.muted!).fill('#a39a8b');
      await field(look.muted!).press('Enter');
      const save = page.getByRole('button', { name: look.save_theme, exact: true });
      await expect(page.getByText(filled(look.refused!, { count: 1 }))).toBeVisible();
      await expect(save).toBeDisabled();
      expect(await background(page, '.appearance__preview')).toBe(rgb('#efe4cf'));
      const instead = page.locator('.appearance__colour', { has: field(look.muted!) }).getByRole('button').last();
      await instead.focus();
      await page.keyboard.press('Enter');
      await expect(page.getByText(filled(look.refused!, { count: 1 }))).toBeHidden();
      expect(await findings(page)).toEqual([]);
      await save.click();
      await expect(page.getByText(filled(look.theme_saved!, { name: 'Sepia' }))).toBeVisible();

      // Chosen for all boards, a board is painted in it.
      await page.getByRole('combobox', { name: look.default_theme }).selectOption({ label: 'Sepia' });
      // The word of the first time may still be there.
      const isSaved = page.waitForResponse((answer) => answer.url().endsWith('/fn/save_appearance') && answer.ok());
      await page.getByRole('button', { name: look.save, exact: true }).click();
      await isSaved;
      await open(page, '/boards');
      await page.getByRole('button', { name: words.boards.new }).first().click();
      await page.getByLabel(words.boards.name!).fill('Painted');
      await page.getByRole('button', { name: words.boards.create }).click();
      await expect(page).toHaveURL(/\/edit$/);
      await alive(page);
      const builder = page.url();
      await expect.poll(() => background(page, '.builder__canvas')).toBe(rgb('#efe4cf'));

      // The board's own choice goes before.
      const chosen = page.getByRole('combobox', { name: words.theme.choose, exact: true });
      await chosen.selectOption('dark');
      await expect.poll(() => background(page, '.builder__canvas')).toBe(rgb('#0e1420'));
      await chosen.selectOption({ label: 'Sepia' });
      await expect.poll(() => background(page, '.builder__canvas')).toBe(rgb('#efe4cf'));

      // Removed, the board has another; brought back, it has it again.
      await open(page, '/settings/appearance');
      await page.getByRole('button', { name: filled(look.remove!, { name: 'Sepia' }) }).click();
      await expect(page.getByText(filled(look.removed!, { name: 'Sepia' }))).toBeVisible();
      const other = await context.newPage();
      await open(other, builder);
      await expect(other.getByRole('combobox', { name: words.theme.choose, exact: true })).toContainText(words.theme.removed!);
      expect(await background(other, '.builder__canvas')).not.toBe(rgb('#efe4cf'));
      await page.getByRole('button', { name: look.undo, exact: true }).click();
      await expect(page.getByText(filled(look.removed!, { name: 'Sepia' }))).toBeHidden();
      await open(other, builder);
      await expect.poll(() => background(other, '.builder__canvas')).toBe(rgb('#efe4cf'));
      await context.close();
    } finally {
      await server.stop();
    }
  });
}

test('editors are not let in, and are offered no way', async ({ as, expected }) => {
  expected.push('403 (Forbidden)');
  const page = await as('editor');
  await open(page, '/boards');
  await page.getByLabel(zh.account.open!, { exact: true }).click();
  await expect(page.getByRole('link', { name: zh.appearance.title, exact: true })).toHaveCount(0);
  await open(page, '/settings/appearance');
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(zh.appearance.title!);
});
