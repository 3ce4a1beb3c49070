import { randomUUID } from 'node:crypto';
import { makeBoard } from '../support/api.js';
import { findings } from '../support/accessibility.js';
import { boardLink } from '../support/boards.js';
import { expect, open, test } from '../support/test.js';
import { LANGUAGES, filled, zh } from '../support/words.js';
import type { Page } from '@playwright/test';

const text = (words: string) => ({ component: 'text', text: words });

async function board(page: Page, title: string): Promise<string> {
  return makeBoard(page.request, title, [{ title: '说明', content: text('说明'), at: { x: 0, y: 0, w: 4, h: 3 } }], {
    publish: true,
  });
}

for (const { locale, words } of LANGUAGES) {
  test(`boards are kept at hand, in folders, and found again (${locale})`, async ({ as }) => {
    const page = await as('editor', { locale });
    const mark = randomUUID().slice(0, 8);
    const [title, folder] = [`营收日报 ${mark}`, `财务 ${mark}`];
    const id = await board(page, title);
    await open(page, '/boards');
    const card = page.getByRole('listitem').filter({ has: page.getByText(title, { exact: true }) }).last();

    const star = card.getByRole('button', { name: filled(words.boards.mark, { title }) });
    await star.click();
    await expect(star).toHaveAttribute('aria-pressed', 'true');
    await page.getByRole('link', { name: words.boards.favourites, exact: true }).click();
    await expect(page).toHaveURL(/show=favourites/);
    await expect(card).toBeVisible();

    await card.getByRole('button', { name: filled(words.boards.move_named, { title }) }).click();
    const dialog = page.getByRole('dialog', { name: words.boards.move_title });
    await dialog.getByLabel(words.boards.folder, { exact: true }).fill(folder);
    await dialog.getByRole('button', { name: words.boards.move_in, exact: true }).click();
    await expect(dialog).toBeHidden();
    await page.getByRole('link', { name: folder, exact: true }).click();
    await expect(card).toBeVisible();
    expect(await findings(page)).toEqual([]);
    // The address opens the folder again.
    await page.reload();
    await expect(page.getByRole('link', { name: folder, exact: true })).toHaveAttribute('aria-current', 'page');
    await expect(card).toBeVisible();

    // From any page, by the first letters of how it sounds.
    await open(page, `/boards/${id}`);
    // What is typed at once counts, also while what searches is still on its way.
    let arrive = () => {};
    const underWay = new Promise<void>((resolve) => (arrive = resolve));
    await page.route(/found_by[^/]*\.wasm/, async (route) => {
      await underWay;
      await route.continue();
    });
    await page.keyboard.press('Control+k');
    const search = page.getByRole('dialog', { name: words.quick.open });
    await expect(search.getByRole('searchbox')).toBeFocused();
    await page.keyboard.type(`ysrb ${mark}`);
    arrive();
    await expect(search.getByRole('listitem')).toHaveCount(1);
    expect(await findings(page)).toEqual([]);
    await search.getByRole('searchbox').fill('sslv');
    await search.getByRole('searchbox').fill('shoushilv');
    await expect(search.getByRole('listitem').filter({ hasText: 'tv.rating_pct' })).toBeVisible();
    await search.getByRole('searchbox').fill(`yingshou ${mark}`);
    await expect(search.getByRole('listitem')).toHaveCount(1);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`/boards/${id}$`));
    await expect(search).toBeHidden();
  });
}

test('a metric is looked up from any page, and leads to its own', async ({ as }) => {
  const page = await as('leader');
  await open(page, '/boards');
  await boardLink(page, '全国运营总览').click();
  await expect(page.getByRole('article').first()).toBeVisible();
  await page.keyboard.press('Control+k');
  const search = page.getByRole('dialog', { name: zh.quick.open });
  await expect(search.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('tv.rating_pct');
  await expect(search.getByRole('listitem')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/catalogue\/tv\.rating_pct$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('收视率');
});

test('a metric is chosen by how it sounds', async ({ as }) => {
  const page = await as('editor');
  const id = await board(page, `拼音 ${randomUUID().slice(0, 8)}`);
  await open(page, `/boards/${id}/edit`);
  await page.getByRole('button', { name: '指标卡' }).first().press('Enter');
  const field = page.getByRole('combobox', { name: zh.inspector.metric, exact: true });
  await field.click();
  await field.pressSequentially('bofangcishu');
  await expect(page.getByRole('option', { name: '播放次数' }).first()).toBeVisible();
});

test.describe('without an answer', () => {
  test.use({ expected: ['503'] });

  test('a favourite that the server refuses is taken back', async ({ as }) => {
    const page = await as('editor');
    const title = `退回 ${randomUUID().slice(0, 8)}`;
    await board(page, title);
    await open(page, '/boards');
    await page.route('**/fn/mark_favourite', (route) => route.fulfill({ status: 503, body: '' }));
    const star = page.getByRole('button', { name: filled(zh.boards.mark, { title }) });
    await star.click();
    await expect(star).toHaveAttribute('aria-pressed', 'false');
  });
});
