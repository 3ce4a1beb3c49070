// A board that begins with a template, and a template that a department keeps.

import { randomUUID } from 'node:crypto';
import { findings } from '../support/accessibility.js';
import { call } from '../support/api.js';
import { tiles } from '../support/builder.js';
import { expect, open, test } from '../support/test.js';
import { LANGUAGES, filled, zh } from '../support/words.js';

interface Template {
  id: string;
  name: { zh: string; en: string };
}

for (const { locale, words } of LANGUAGES) {
  test(`a board begins with a template and shows its numbers (${locale})`, async ({ as }) => {
    const page = await as('editor', { locale });
    await open(page, '/boards');
    await page.getByRole('link', { name: words.templates!.title, exact: true }).click();
    await expect(page).toHaveURL(/\/templates$/);
    await expect(page.locator('.templates__card')).not.toHaveCount(0);
    expect(await findings(page)).toEqual([]);

    const name = locale === 'zh-CN' ? 'zh' : 'en';
    const shipped = await call<Template[]>(page.request, 'list_templates', {});
    const rating = shipped.find(({ id }) => id === 'rating')!;
    await page.getByRole('link', { name: rating.name[name], exact: true }).click();
    await expect(page).toHaveURL(/\/templates\/rating$/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(rating.name[name]);
    // With the numbers of whoever looks at it.
    await expect(page.locator('.card--kpi .kpi__figure').first()).toHaveText(/\d/);

    await page.getByRole('button', { name: words.templates!.begin }).click();
    const dialog = page.getByRole('dialog', { name: words.templates!.begin });
    const title = `${rating.name[name]} ${randomUUID().slice(0, 8)}`;
    await dialog.getByRole('textbox', { name: words.boards.name }).fill(title);
    await dialog.getByRole('button', { name: words.boards.create }).click();
    await expect(page).toHaveURL(/\/boards\/[0-9a-f-]+\/edit$/);
    await expect(tiles(page, words)).not.toHaveCount(0);
    await expect(page.getByRole('textbox', { name: words.builder.board_title })).toHaveValue(title);
  });
}

test('every template is there in three layouts, and asks what can be answered', async ({ as }) => {
  test.setTimeout(240_000);
  const page = await as('editor');
  const shipped = await call<Template[]>(page.request, 'list_templates', {});
  const ids = shipped.map(({ id }) => id).filter((id) => !/^[0-9a-f]{8}-/.test(id));
  expect(ids).toHaveLength(14);
  for (const id of ids) {
    await open(page, `/templates/${id}`);
    await expect(page.locator('.card').first()).toBeVisible();
    await expect(page.locator('.card[aria-busy="true"]'), id).toHaveCount(0, { timeout: 30_000 });
    await expect(page.locator('.message--failed'), id).toHaveCount(0);
  }
});

test('a department keeps a template of its own, and takes it away again', async ({ as }) => {
  const page = await as('editor');
  const board = await call<string>(page.request, 'begin_with_template', { template: 'rating', title: '', locale: 'zh-CN' });
  await open(page, `/boards/${board}/edit`);
  const name = `本部门 ${randomUUID().slice(0, 8)}`;
  await page.getByRole('button', { name: zh.templates!.keep }).click();
  const keeping = page.getByRole('dialog', { name: zh.templates!.keep });
  await keeping.getByRole('textbox', { name: zh.templates!.name }).fill(name);
  await keeping.getByRole('button', { name: zh.templates!.keep }).click();
  await expect(keeping).toContainText(zh.templates!.kept!);
  await keeping.getByRole('link', { name: zh.templates!.title }).click();

  const card = page.locator('.templates__card').filter({ hasText: name });
  await expect(card).toBeVisible();
  await card.getByRole('button', { name: filled(zh.templates!.remove_named!, { name }) }).click();
  const removing = page.getByRole('dialog', { name: zh.templates!.remove });
  await removing.getByRole('button', { name: zh.templates!.remove }).click();
  await expect(card).toHaveCount(0);
});

test.describe(() => {
  test.use({ expected: ['403 (Forbidden)'] });

  test('templates are for those who make boards', async ({ as }) => {
    const page = await as('leader');
    await open(page, '/boards');
    await expect(page.getByRole('link', { name: zh.templates!.title, exact: true })).toHaveCount(0);
    await open(page, '/templates');
    await expect(page.locator('.templates__card')).toHaveCount(0);
  });
});
