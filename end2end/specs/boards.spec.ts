import { randomUUID } from 'node:crypto';
import { makeBoard } from '../support/api.js';
import { boardLink } from '../support/boards.js';
import { expect, open, test } from '../support/test.js';
import { filled, zh } from '../support/words.js';

test('a leader finds what is published and nothing else', async ({ as }) => {
  const editor = await as('editor');
  const draft = `草稿 ${randomUUID().slice(0, 8)}`;
  await makeBoard(editor.request, draft, [], { publish: false });

  const leader = await as('leader');
  await open(leader, '/boards');
  await expect(boardLink(leader, '全国运营总览')).toBeVisible();
  await expect(boardLink(leader, '收视率看板')).toBeVisible();
  await expect(leader.getByText(draft)).toHaveCount(0);
  await expect(leader.getByRole('button', { name: zh.boards.new })).toHaveCount(0);
});

test('the search narrows the list', async ({ as }) => {
  const page = await as('leader');
  await open(page, '/boards');
  await page.getByRole('searchbox', { name: zh.boards.search }).fill('收视率');
  await expect(boardLink(page, '收视率看板')).toBeVisible();
  await expect(boardLink(page, '全国运营总览')).toHaveCount(0);
  await page.getByRole('searchbox', { name: zh.boards.search }).fill('没有这样的看板');
  await expect(page.getByRole('status').filter({ hasText: '没有找到' })).toBeVisible();
});

test('a new board opens in the builder, and can be taken away', async ({ as }) => {
  const page = await as('editor');
  const title = `新看板 ${randomUUID().slice(0, 8)}`;
  await open(page, '/boards');
  await page.getByRole('button', { name: zh.boards.new }).click();
  const making = page.getByRole('dialog', { name: zh.boards.new });
  await making.getByLabel(zh.boards.name).fill(title);
  await making.getByRole('button', { name: zh.boards.create }).click();
  await expect(page).toHaveURL(/\/boards\/[0-9a-f-]{36}\/edit$/);
  await expect(page.getByLabel(zh.builder.board_title)).toHaveValue(title);

  await open(page, '/boards');
  await page.getByRole('button', { name: filled(zh.boards.delete_named, { title }) }).click();
  const asking = page.getByRole('dialog', { name: zh.boards.delete_title });
  await expect(asking).toContainText(title);
  await asking.getByRole('button', { name: zh.boards.delete, exact: true }).click();
  await expect(boardLink(page, title)).toHaveCount(0);
  await expect(page.getByText(zh.boards.deleted)).toBeVisible();
});
