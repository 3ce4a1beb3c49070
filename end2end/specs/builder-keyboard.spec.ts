import { randomUUID } from 'node:crypto';
import { makeBoard } from '../support/api.js';
import { paletteItem, saved, tiles } from '../support/builder.js';
import { alive, expect, open, test } from '../support/test.js';
import { filled, LANGUAGES, zh } from '../support/words.js';

for (const { locale, words, line, plays } of LANGUAGES) {
  test(`the whole way from an empty board to the leader, without a mouse (${locale})`, async ({ as }) => {
    const page = await as('editor', { locale });
    const board = await makeBoard(page.request, `${line} ${randomUUID().slice(0, 8)}`, [], { publish: false });
    await open(page, `/boards/${board}/edit`);

    await paletteItem(page, line, words).focus();
    await page.keyboard.press('Enter');
    await expect(tiles(page, words)).toHaveCount(1);
    await saved(page, words);

    // Enter on the tile opens the inspector at its first field.
    const tile = tiles(page, words).first();
    await tile.focus();
    await page.keyboard.press('Enter');
    const metric = page.getByRole('combobox', { name: words.inspector.metric, exact: true });
    await expect(metric).toBeFocused();
    await page.keyboard.type(plays);
    await expect(page.getByRole('option', { name: plays }).first()).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(tile).toContainText(plays);
    await saved(page, words);

    // Arrows move it by a column, with Shift they make it wider.
    await tile.focus();
    const before = (await tile.boundingBox())!;
    await page.keyboard.press('ArrowRight');
    await expect.poll(async () => (await tile.boundingBox())!.x).toBeGreaterThan(before.x + 20);
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(async () => (await tile.boundingBox())!.width).toBeGreaterThan(before.width + 20);
    await saved(page, words);
    const placed = (await tile.boundingBox())!;

    await page.reload();
    await alive(page);
    await expect(tile).toContainText(plays);
    await expect.poll(async () => (await tile.boundingBox())!.x).toBeCloseTo(placed.x, -1);
    await expect.poll(async () => (await tile.boundingBox())!.width).toBeCloseTo(placed.width, -1);

    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await tile.boundingBox())!.width).toBeCloseTo(before.width, -1);
    await saved(page, words);

    await page.getByRole('button', { name: words.builder.publish }).focus();
    await page.keyboard.press('Enter');
    const publishing = page.getByRole('dialog', { name: words.publish.title });
    await publishing.getByRole('button', { name: words.publish.confirm }).focus();
    await page.keyboard.press('Enter');
    await expect(publishing).toContainText(filled(words.publish.done, { number: 1 }));

    const leader = await as('leader', { locale });
    await open(leader, `/boards/${board}`);
    const seen = leader.getByRole('article', { name: plays });
    await expect(seen.getByRole('img', { name: new RegExp(`^${line}`) })).toBeVisible();
  });
}

test('Delete removes the tile that has the focus', async ({ as }) => {
  const page = await as('editor');
  const content = { component: 'text', text: '将被删除' };
  const board = await makeBoard(
    page.request,
    `删除 ${randomUUID().slice(0, 8)}`,
    [{ title: '文字', content, at: { x: 0, y: 0, w: 4, h: 3 } }],
    { publish: false },
  );
  await open(page, `/boards/${board}/edit`);
  await tiles(page).first().focus();
  await page.keyboard.press('Delete');
  await expect(tiles(page)).toHaveCount(0);
  await saved(page);
});
