import { randomUUID } from 'node:crypto';
import { makeBoard } from '../support/api.js';
import { saved, tiles } from '../support/builder.js';
import { alive, expect, open, test } from '../support/test.js';
import { zh } from '../support/words.js';

test.describe('two editors of one tile', () => {
  // The browser itself notes the refused edit, and the stream that it does not get.
  test.use({ expected: ['409', 'ERR_FAILED'] });

  test('the later one sees both versions and decides', async ({ as }) => {
    const one = await as('editor');
    const other = await as('zhejiang');
    const content = { component: 'text', text: '同一段文字' };
    const board = await makeBoard(
      one.request,
      `冲突 ${randomUUID().slice(0, 8)}`,
      [{ title: '原来的标题', content, at: { x: 0, y: 0, w: 4, h: 3 } }],
      { publish: false },
    );
    // Somebody whose network lets no stream through hears of an edit only with the answer to their own.
    await other.route('**/draft/stream*', (route) => route.abort());
    await open(one, `/boards/${board}/edit`);
    await open(other, `/boards/${board}/edit`);
    const rename = async (page: typeof one, title: string) => {
      await tiles(page).first().click();
      const field = page.getByRole('complementary', { name: zh.inspector.title }).getByLabel(zh.inspector.tile_title, { exact: true });
      await field.fill(title);
      await field.blur();
    };
    await rename(one, '甲的标题');
    await saved(one);
    await rename(other, '乙的标题');

    const asking = other.getByRole('dialog', { name: zh.conflict.title });
    await expect(asking).toContainText('甲的标题');
    await expect(asking).toContainText('乙的标题');
    await asking.getByRole('button', { name: zh.conflict.keep_mine }).click();
    await saved(other);

    await one.reload();
    await alive(one);
    await expect(tiles(one).first()).toContainText('乙的标题');
  });
});

test('edits of different tiles are both kept', async ({ as }) => {
  const one = await as('editor');
  const other = await as('zhejiang');
  const text = (words: string) => ({ component: 'text', text: words });
  const board = await makeBoard(
    one.request,
    `并行 ${randomUUID().slice(0, 8)}`,
    [
      { title: '左', content: text('左'), at: { x: 0, y: 0, w: 4, h: 3 } },
      { title: '右', content: text('右'), at: { x: 4, y: 0, w: 4, h: 3 } },
    ],
    { publish: false },
  );
  await open(one, `/boards/${board}/edit`);
  await open(other, `/boards/${board}/edit`);
  const rename = async (page: typeof one, from: string, to: string) => {
    await tiles(page).filter({ hasText: from }).click();
    const field = page.getByRole('complementary', { name: zh.inspector.title }).getByLabel(zh.inspector.tile_title, { exact: true });
    await field.fill(to);
    await field.blur();
    await saved(page);
  };
  await rename(one, '左', '左改');
  await rename(other, '右', '右改');
  await one.reload();
  await alive(one);
  await expect(tiles(one).filter({ hasText: '左改' })).toHaveCount(1);
  await expect(tiles(one).filter({ hasText: '右改' })).toHaveCount(1);
});

test('editors see each other, and each other’s edits, without a reload', async ({ as }) => {
  const one = await as('editor');
  const other = await as('zhejiang');
  const text = (words: string) => ({ component: 'text', text: words });
  const board = await makeBoard(
    one.request,
    `同看 ${randomUUID().slice(0, 8)}`,
    [
      { title: '左', content: text('左'), at: { x: 0, y: 0, w: 4, h: 3 } },
      { title: '右', content: text('右'), at: { x: 4, y: 0, w: 4, h: 3 } },
    ],
    { publish: false },
  );
  await open(one, `/boards/${board}/edit`);
  await open(other, `/boards/${board}/edit`);
  await expect(one.getByRole('list', { name: zh.builder.company }).getByRole('listitem')).toHaveCount(1);

  // What the other selects is marked with their name.
  await tiles(other).filter({ hasText: '右' }).click();
  await expect(tiles(one).filter({ hasText: '右' }).locator('.board__colleague')).toBeVisible();
  // In every layout.
  for (const layout of [zh.builder.wall, zh.builder.phone, zh.builder.desk]) {
    await one.getByRole('tab', { name: layout }).click();
    await expect(tiles(one).filter({ hasText: '右' }).locator('.board__colleague')).toBeVisible();
  }

  const field = other
    .getByRole('complementary', { name: zh.inspector.title })
    .getByLabel(zh.inspector.tile_title, { exact: true });
  await field.fill('右边改了');
  await field.blur();
  await saved(other);
  await expect(tiles(one).filter({ hasText: '右边改了' })).toHaveCount(1);

  await other.close();
  await expect(one.getByRole('list', { name: zh.builder.company })).toHaveCount(0);
});
