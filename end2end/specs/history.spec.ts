import { randomUUID } from 'node:crypto';
import { call, makeBoard } from '../support/api.js';
import { saved, tiles } from '../support/builder.js';
import { alive, expect, open, test } from '../support/test.js';
import { filled, LANGUAGES, zh } from '../support/words.js';
import type { Page } from '@playwright/test';

const text = (words: string) => ({ component: 'text', text: words });

async function oneTile(page: Page, title: string): Promise<string> {
  return makeBoard(
    page.request,
    `${title} ${randomUUID().slice(0, 8)}`,
    [{ title: '甲', content: text('甲'), at: { x: 0, y: 0, w: 4, h: 3 } }],
    { publish: false },
  );
}

async function rename(page: Page, to: string, words = zh): Promise<void> {
  await tiles(page, words).first().click();
  const title = page
    .getByRole('complementary', { name: words.inspector.title })
    .getByLabel(words.inspector.tile_title, { exact: true });
  await title.fill(to);
  await title.blur();
  await saved(page, words);
}

for (const { locale, words } of LANGUAGES) {
  test(`what happened is read in plain words, named, and brought back (${locale})`, async ({ as }) => {
    const page = await as('editor', { locale });
    const board = await oneTile(page, '历史');
    await open(page, `/boards/${board}/edit`);
    await rename(page, '乙', words);
    await rename(page, '丙', words);
    const panel = page.getByRole('complementary', { name: words.builder.side_panel });
    await panel.getByRole('tab', { name: words.history.title }).click();
    const entries = panel.getByRole('listitem');
    await expect(entries).toHaveCount(3);
    await expect(entries.first()).toContainText(filled(words.history.renamed_tile, { tile: '乙', title: '丙' }));
    await expect(entries.last()).toContainText(filled(words.history.added, { tiles: '甲' }));

    // A name is given, and is there after a reload.
    await entries.nth(1).getByRole('button', { name: words.history.actions }).click();
    await page.getByRole('menuitem', { name: words.history.name }).click();
    const naming = page.getByRole('dialog', { name: words.history.name });
    await naming.getByLabel(words.history.version_name, { exact: true }).fill('给领导看的');
    await naming.getByRole('button', { name: words.history.keep_name }).click();
    await expect(entries.nth(1)).toContainText('给领导看的');

    // Back to it, and forward again by undo.
    await entries.nth(1).getByRole('button', { name: words.history.actions }).click();
    await page.getByRole('menuitem', { name: words.history.restore }).click();
    await expect(tiles(page, words).first()).toContainText('乙');
    await expect(entries).toHaveCount(4);
    await page.reload();
    await alive(page);
    await expect(tiles(page, words).first()).toContainText('乙');
    await page.getByRole('button', { name: words.builder.undo }).click();
    await expect(tiles(page, words).first()).toContainText('丙');
  });
}

test('leaders see an older version again after one press', async ({ as }) => {
  const page = await as('editor');
  const board = await oneTile(page, '回退');
  await open(page, `/boards/${board}/edit`);
  await rename(page, '第一版');
  await call(page.request, 'publish_board', { board });
  await rename(page, '第二版');
  await call(page.request, 'publish_board', { board });
  await page.reload();
  await alive(page);
  await rename(page, '草稿');

  const leader = await as('leader');
  await open(leader, `/boards/${board}`);
  await expect(leader.getByRole('article')).toContainText('第二版');
  await leader.getByText(zh.board.what_changed).click();
  await expect(leader.getByText(filled(zh.history.renamed_tile, { tile: '第一版', title: '第二版' }))).toBeVisible();

  await page.getByRole('button', { name: zh.builder.publish }).click();
  const dialog = page.getByRole('dialog', { name: zh.publish.title });
  const first = dialog.getByRole('listitem').filter({ hasText: filled(zh.versions.number, { number: 1 }) }).first();
  await first.getByRole('button', { name: zh.versions.go_back }).click();
  await first.getByRole('button', { name: zh.versions.confirm }).click();
  await expect(dialog.getByText(filled(zh.versions.number, { number: 3 }), { exact: true })).toBeVisible();
  await leader.reload();
  await alive(leader);
  await expect(leader.getByRole('article')).toContainText('第一版');
  // The draft is as it was.
  await expect(tiles(page).first()).toContainText('草稿');
});

test('a draft is published by itself at the moment that was chosen', async ({ as }) => {
  const page = await as('editor');
  const board = await oneTile(page, '定时');
  const due = new Date(Date.now() + 2_000).toISOString();
  await call(page.request, 'schedule_board', { board, due });
  await open(page, `/boards/${board}/edit`);
  const leader = await as('leader');
  await expect
    .poll(async () => (await leader.request.get(`/boards/${board}`)).status(), { timeout: 15_000 })
    .toBe(200);
  await open(leader, `/boards/${board}`);
  await expect(leader.getByRole('article')).toContainText('甲');
});
