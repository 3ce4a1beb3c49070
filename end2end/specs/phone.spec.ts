import { boardLink } from '../support/boards.js';
import { expect, open, test } from '../support/test.js';
import { zh } from '../support/words.js';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test('a board is read on a phone without scrolling sideways', async ({ as }) => {
  const page = await as('leader', PHONE);
  await open(page, '/boards');
  await boardLink(page, '全国运营总览').tap();
  const tiles = page.getByRole('article');
  await expect(tiles.first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.viewport.width);
  await expect(page.getByTestId('freshness')).toBeInViewport();
  for (const tile of await tiles.all()) {
    const box = (await tile.boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(390);
  }
});

test('people sign in on a phone', async ({ browser }) => {
  const context = await browser.newContext(PHONE);
  const page = await context.newPage();
  await open(page, '/sign-in');
  await expect(page.getByRole('button', { name: zh.sign_in.submit })).toBeInViewport();
  const target = (await page.getByRole('button', { name: zh.sign_in.submit }).boundingBox())!;
  expect(target.height).toBeGreaterThanOrEqual(40);
  await context.close();
});
