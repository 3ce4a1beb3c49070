import { randomUUID } from 'node:crypto';
import { makeBoard } from '../support/api.js';
import { paletteItem, saved, tiles } from '../support/builder.js';
import { alive, expect, open, test } from '../support/test.js';
import { gesture, middle, swipe } from '../support/touch.js';
import { zh } from '../support/words.js';

const TABLET = { viewport: { width: 1180, height: 820 }, hasTouch: true, isMobile: true };
const text = (words: string) => ({ component: 'text', text: words });

test('a board is built with one finger: added, moved, resized, removed, brought back', async ({ as }) => {
  const page = await as('editor', TABLET);
  const board = await makeBoard(
    page.request,
    `触屏 ${randomUUID().slice(0, 8)}`,
    [
      { title: '甲', content: text('甲'), at: { x: 0, y: 0, w: 4, h: 3 } },
      { title: '乙', content: text('乙'), at: { x: 4, y: 0, w: 4, h: 3 } },
    ],
    { publish: false },
  );
  await open(page, `/boards/${board}/edit`);
  const tile = (name: string) => tiles(page).filter({ hasText: name });
  await expect(tiles(page)).toHaveCount(2);

  // A component comes over from the palette, and another one by a tap.
  const canvas = (await page.getByRole('region', { name: zh.builder.canvas }).boundingBox())!;
  await swipe(page, await middle(paletteItem(page, '折线图')), { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height - 80 });
  await expect(tiles(page)).toHaveCount(3);
  await paletteItem(page, '表格').tap();
  await expect(tiles(page)).toHaveCount(4);
  await saved(page);

  // A tap selects and shows the tools; the grip moves the tile.
  await tile('甲').tap();
  const before = (await tile('甲').boundingBox())!;
  const other = (await tile('乙').boundingBox())!;
  const grip = await middle(tile('甲').locator('.board__grip'));
  await swipe(page, grip, { x: grip.x + (other.x - before.x), y: grip.y });
  await expect.poll(async () => (await tile('甲').boundingBox())!.x).toBeCloseTo(other.x, -1);
  await saved(page);

  // The corner resizes it.
  const corner = await middle(tile('甲').locator('.board__edge--bottom-right'));
  await swipe(page, corner, { x: corner.x + 120, y: corner.y + 90 });
  await expect.poll(async () => (await tile('甲').boundingBox())!.width).toBeGreaterThan(before.width + 40);
  await expect.poll(async () => (await tile('甲').boundingBox())!.height).toBeGreaterThan(before.height + 40);
  await saved(page);

  // A finger on the tile itself scrolls the board and moves nothing.
  const stands = await page.evaluate(() => [...document.querySelectorAll('[role=group][tabindex]')].map((one) => one.className));
  await swipe(page, await middle(tile('甲')), { x: canvas.x + canvas.width / 2, y: canvas.y + 20 }, { rest: true });
  await saved(page);
  const standsStill = await page.evaluate(() => [...document.querySelectorAll('[role=group][tabindex]')].map((one) => one.className));
  expect(standsStill).toEqual(stands);

  await tile('甲').tap();
  await tile('甲').getByRole('button', { name: /删除|移除/ }).tap();
  await expect(tile('甲')).toHaveCount(0);
  await page.getByRole('button', { name: zh.builder.undo }).tap();
  await expect(tile('甲')).toHaveCount(1);
  await saved(page);

  await page.reload();
  await alive(page);
  await expect(tiles(page)).toHaveCount(4);
});

test('two fingers draw the wall larger and smaller, one on the empty wall pushes it', async ({ as }) => {
  const page = await as('editor', TABLET);
  const board = await makeBoard(
    page.request,
    `触屏大屏 ${randomUUID().slice(0, 8)}`,
    [{ title: '甲', content: text('甲'), at: { x: 0, y: 0, w: 4, h: 3 } }],
    { publish: false },
  );
  await open(page, `/boards/${board}/edit`);
  await page.getByRole('tab', { name: zh.builder.wall }).tap();
  const wall = page.locator('.wall--editing');
  const percent = async () => Number.parseInt(await page.locator('.wall-tools__percent').innerText(), 10);
  const before = await percent();
  const middleOfWall = await middle(wall);
  const beside = (dx: number) => ({ x: middleOfWall.x + dx, y: middleOfWall.y });
  await gesture(page, [
    { from: beside(-40), to: beside(-160) },
    { from: beside(40), to: beside(160) },
  ]);
  await expect.poll(percent).toBeGreaterThan(before * 2.5);
  const stood = (await wall.boundingBox())!;
  await swipe(page, middleOfWall, { x: middleOfWall.x - 120, y: middleOfWall.y - 80 });
  await expect.poll(async () => (await wall.boundingBox())!.x).toBeLessThan(stood.x - 60);
  await page.getByRole('button', { name: zh.builder.zoom_fit }).tap();
  await expect.poll(percent).toBe(before);
  await saved(page);
});

test('on a phone the desk is edited as a desk, a part of it at a time', async ({ as }) => {
  const page = await as('editor', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const board = await makeBoard(
    page.request,
    `小屏 ${randomUUID().slice(0, 8)}`,
    [
      { title: '甲', content: text('甲'), at: { x: 0, y: 0, w: 3, h: 3 } },
      { title: '乙', content: text('乙'), at: { x: 5, y: 0, w: 3, h: 3 } },
      { title: '丙', content: text('丙'), at: { x: 9, y: 0, w: 3, h: 3 } },
    ],
    { publish: false },
  );
  await open(page, `/boards/${board}/edit`);
  const tile = (name: string) => tiles(page).filter({ hasText: name });
  const left = async (name: string) => (await tile(name).boundingBox())!.x;
  const top = async (name: string) => (await tile(name).boundingBox())!.y;
  expect(await top('丙')).toBe(await top('甲'));
  // The page itself does not go sideways; the canvas does.
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

  await tile('甲').tap();
  const first = await left('甲');
  const twoColumns = ((await left('乙')) - first) * 0.4;
  const grip = await middle(tile('甲').locator('.board__grip'));
  await swipe(page, grip, { x: grip.x + twoColumns, y: grip.y });
  await saved(page);
  await expect.poll(async () => (await left('甲')) - first).toBeCloseTo(twoColumns, -1);
  // What is out of sight comes by itself when the finger goes to the edge.
  const canvas = page.getByRole('region', { name: zh.builder.canvas });
  const gone = () => canvas.evaluate((element) => element.scrollLeft);
  expect(await gone()).toBe(0);
  const again = await middle(tile('甲').locator('.board__grip'));
  await swipe(page, again, { x: 384, y: again.y }, { rest: true });
  expect(await gone()).toBeGreaterThan(20);
  await saved(page);
});
