import { randomUUID } from 'node:crypto';
import { call, makeBoard } from '../support/api.js';
import { drag, saved, tiles } from '../support/builder.js';
import { expect, open, test } from '../support/test.js';
import { LANGUAGES, zh } from '../support/words.js';
import type { Page } from '@playwright/test';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const text = (words: string) => ({ component: 'text', text: words });

async function threeTiles(page: Page): Promise<string> {
  const at = (x: number) => ({ x, y: 0, w: 4, h: 3 });
  return makeBoard(
    page.request,
    `手机 ${randomUUID().slice(0, 8)}`,
    [
      { title: '甲', content: text('甲'), at: at(0) },
      { title: '乙', content: text('乙'), at: at(4) },
      { title: '丙', content: text('丙'), at: at(8) },
    ],
    { publish: false },
  );
}

/** The tiles from the top down, as they are seen. */
async function order(page: Page, tile: (name: string) => ReturnType<Page['locator']>): Promise<string> {
  const places = await Promise.all(
    // What is hidden has no role to be found by.
    ['甲', '乙', '丙'].map(async (name) => ({
      name,
      box: (await tile(name).isVisible()) ? await tile(name).boundingBox() : null,
    })),
  );
  const seen = places.filter(({ box }) => box !== null);
  return seen.sort((one, other) => one.box!.y - other.box!.y || one.box!.x - other.box!.x).map(({ name }) => name).join('');
}

for (const { locale, words } of LANGUAGES) {
  test(`the phone is arranged by mouse and by keyboard, and read so on a phone (${locale})`, async ({ as }) => {
    const page = await as('editor', { locale });
    const board = await threeTiles(page);
    await open(page, `/boards/${board}/edit`);
    await page.getByRole('tab', { name: words.builder.phone }).click();
    const card = (name: string) => tiles(page, words).filter({ hasText: name });
    await expect(card('甲')).toBeVisible();
    expect(await order(page, card)).toBe('甲乙丙');

    // The first one is dragged under the last.
    const last = (await card('丙').boundingBox())!;
    await drag(page, card('甲'), { x: last.x + last.width / 2, y: last.y + last.height - 10 });
    await expect.poll(() => order(page, card)).toBe('乙丙甲');
    await saved(page, words);

    // The keyboard moves the last one up, and makes it half as wide.
    await card('甲').focus();
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => order(page, card)).toBe('乙甲丙');
    const before = (await card('甲').boundingBox())!;
    await page.keyboard.press('Shift+ArrowLeft');
    await expect.poll(async () => (await card('甲').boundingBox())!.width).toBeLessThan(before.width * 0.6);
    await saved(page, words);

    // One is hidden here, and stays on the desk.
    await card('丙').click();
    await page
      .getByRole('complementary', { name: words.inspector.title })
      .getByRole('button', { name: words.inspector.hide, exact: true })
      .click();
    await saved(page, words);
    await page.getByRole('tab', { name: words.builder.desk }).click();
    await expect(card('丙')).toBeVisible();

    await call(page.request, 'publish_board', { board });
    const phone = await as('leader', { ...PHONE, locale });
    await open(phone, `/boards/${board}`);
    const tile = (name: string) => phone.getByRole('article', { name });
    await expect(tile('乙')).toBeVisible();
    await expect.poll(() => order(phone, tile)).toBe('乙甲');
    await expect(tile('丙')).toBeHidden();
  });
}

test('a phone that was arranged is drafted again', async ({ as }) => {
  const page = await as('editor');
  const board = await threeTiles(page);
  await open(page, `/boards/${board}/edit`);
  await page.getByRole('tab', { name: zh.builder.phone }).click();
  const card = (name: string) => tiles(page).filter({ hasText: name });
  await card('丙').click();
  const inspector = page.getByRole('complementary', { name: zh.inspector.title });
  await expect(inspector).toContainText(zh.inspector.card_drafted);
  await inspector.getByRole('spinbutton', { name: zh.inspector.card_position }).fill('1');
  await inspector.getByRole('spinbutton', { name: zh.inspector.card_position }).press('Enter');
  await expect.poll(() => order(page, card)).toBe('丙甲乙');
  await inspector.getByRole('button', { name: zh.inspector.draft_again }).click();
  await expect.poll(() => order(page, card)).toBe('甲乙丙');
  await saved(page);
});
