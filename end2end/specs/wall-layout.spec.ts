import { randomUUID } from 'node:crypto';
import { call, makeBoard } from '../support/api.js';
import { drag, saved, tiles } from '../support/builder.js';
import { expect, open, test } from '../support/test.js';
import { LANGUAGES, zh } from '../support/words.js';
import type { Page } from '@playwright/test';

const text = (words: string) => ({ component: 'text', text: words });

async function twoTiles(page: Page): Promise<string> {
  return makeBoard(
    page.request,
    `大屏 ${randomUUID().slice(0, 8)}`,
    [
      { title: '甲', content: text('甲'), at: { x: 0, y: 0, w: 4, h: 3 } },
      { title: '乙', content: text('乙'), at: { x: 4, y: 0, w: 4, h: 3 } },
    ],
    { publish: false },
  );
}

for (const { locale, words } of LANGUAGES) {
  test(`the wall is arranged by mouse, keyboard and numbers, and hangs as it was arranged (${locale})`, async ({ as }) => {
    const page = await as('editor', { locale });
    const board = await twoTiles(page);
    await open(page, `/boards/${board}/edit`);
    await page.getByRole('tab', { name: words.builder.wall }).click();
    const frame = (name: string) => tiles(page, words).filter({ hasText: name });
    const inspector = page.getByRole('complementary', { name: words.inspector.title });
    const field = (name: string) => inspector.getByRole('spinbutton', { name, exact: true });
    const desk = await frame('甲').boundingBox();
    expect(desk).not.toBeNull();

    // A wide wall, with the picture scaled alike in both directions.
    await inspector.getByRole('combobox', { name: words.inspector.wall_size }).selectOption('3840 × 1080');
    await expect(field(words.inspector.wall_width)).toHaveValue('3840');
    await saved(page, words);

    await frame('甲').click();
    await field(words.inspector.left).fill('100');
    await field(words.inspector.left).press('Enter');
    await field(words.inspector.width).fill('800');
    await field(words.inspector.width).press('Enter');
    await expect(field(words.inspector.width)).toHaveValue('800');
    await frame('甲').focus();
    await page.keyboard.press('ArrowRight');
    await expect(field(words.inspector.left)).toHaveValue('110');
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(field(words.inspector.left)).toHaveValue('109');
    await page.keyboard.press('Shift+ArrowRight');
    await expect(field(words.inspector.width)).toHaveValue('810');
    await saved(page, words);

    // Dragged by the mouse it follows the pointer.
    const before = (await frame('乙').boundingBox())!;
    await drag(page, frame('乙'), { x: before.x + before.width / 2 + 60, y: before.y + before.height / 2 + 30 });
    await expect.poll(async () => (await frame('乙').boundingBox())!.x).toBeGreaterThan(before.x + 45);
    await saved(page, words);
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await frame('乙').boundingBox())!.x).toBeCloseTo(before.x, 0);
    await saved(page, words);

    // The desk is as it was.
    await page.getByRole('tab', { name: words.builder.desk }).click();
    await expect(frame('甲')).toBeVisible();

    await call(page.request, 'publish_board', { board });
    const leader = await as('leader', { locale, viewport: { width: 1280, height: 720 } });
    await open(leader, `/boards/${board}/wall`);
    const wall = (await leader.locator('.wall').boundingBox())!;
    expect(wall.width).toBeCloseTo(1280, 0);
    expect(wall.height).toBeCloseTo(360, 0);
    expect(wall.y).toBeCloseTo(180, 0);
    const hung = (await leader.locator('.wall__tile').filter({ hasText: '甲' }).boundingBox())!;
    expect(hung.x).toBeCloseTo(109 / 3, 0);
    expect(hung.width).toBeCloseTo(810 / 3, 0);
  });
}

test('a frame snaps to its neighbour, and Alt lets it stand where it is', async ({ as }) => {
  const page = await as('editor');
  const board = await twoTiles(page);
  await open(page, `/boards/${board}/edit`);
  await page.getByRole('tab', { name: zh.builder.wall }).click();
  const frame = (name: string) => tiles(page).filter({ hasText: name });
  const first = (await frame('甲').boundingBox())!;
  const second = (await frame('乙').boundingBox())!;
  // Under the first one, three pixels off its left edge.
  const to = { x: first.x + second.width / 2 + 3, y: first.y + first.height + second.height };
  await page.mouse.move(second.x + second.width / 2, second.y + second.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 10 });
  await expect(page.locator('.wall__guide--upright')).toBeVisible();
  await page.mouse.up();
  await saved(page);
  await expect.poll(async () => (await frame('乙').boundingBox())!.x).toBeCloseTo(first.x, 0);
});

test('what stands on the wall goes back to the desk', async ({ as }) => {
  const page = await as('editor');
  const board = await twoTiles(page);
  await open(page, `/boards/${board}/edit`);
  const tile = (name: string) => tiles(page).filter({ hasText: name });
  const left = (await tile('甲').boundingBox())!.x;
  await page.getByRole('tab', { name: zh.builder.wall }).click();
  await tile('甲').click();
  const inspector = page.getByRole('complementary', { name: zh.inspector.title });
  await inspector.getByRole('spinbutton', { name: zh.inspector.left, exact: true }).fill('1400');
  await inspector.getByRole('spinbutton', { name: zh.inspector.left, exact: true }).press('Enter');
  await saved(page);
  await page.keyboard.press('Escape');
  await page.locator('.wall').click({ position: { x: 20, y: 20 } });
  await inspector.getByRole('button', { name: zh.inspector.desk_again }).click();
  await saved(page);
  await page.getByRole('tab', { name: zh.builder.desk }).click();
  await expect.poll(async () => (await tile('甲').boundingBox())!.x).toBeGreaterThan(left + 200);
});

test('the wall is drawn larger, smaller and whole by keys', async ({ as }) => {
  const page = await as('editor');
  await open(page, `/boards/${await twoTiles(page)}/edit`);
  await page.getByRole('tab', { name: zh.builder.wall }).click();
  const percent = async () => Number.parseInt(await page.locator('.wall-tools__percent').innerText(), 10);
  await tiles(page).first().click();
  const whole = await percent();
  await page.keyboard.press('+');
  await expect.poll(percent).toBeGreaterThan(whole);
  await page.keyboard.press('0');
  await expect.poll(percent).toBe(whole);
  await page.keyboard.press('-');
  await expect.poll(percent).toBeLessThan(whole);
  // In a field they are written.
  await page.getByRole('textbox', { name: zh.builder.board_title }).fill('0');
  await page.getByRole('textbox', { name: zh.builder.board_title }).pressSequentially('+-');
  await expect.poll(percent).toBeLessThan(whole);
});
