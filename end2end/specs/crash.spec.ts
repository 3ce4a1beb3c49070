import type { Page } from '@playwright/test';
import { paletteItem, saved, tiles } from '../support/builder.js';
import { OwnServer } from '../support/own-server.js';
import { alive, expect, open, test } from '../support/test.js';
import { filled, zh } from '../support/words.js';

const state = (page: Page) => page.getByTestId('save-state');
const waits = (page: Page, count: number) => expect(state(page)).toHaveText(filled(zh.builder.offline!, { count }));

async function rename(page: Page, title: string): Promise<void> {
  const field = page.getByLabel(zh.builder.board_title, { exact: true });
  await field.fill(title);
  await field.blur();
}

test('killing the server, the tab, or both loses no edit', async ({ browser }, { project }) => {
  test.setTimeout(180_000);
  const server = await OwnServer.start();
  try {
    const { locale, timezoneId, viewport } = project.use;
    const context = await browser.newContext({ baseURL: server.address, locale, timezoneId, viewport });
    const page = await context.newPage();
    const { email, password } = server.firstAdmin();
    await open(page, '/sign-in');
    await page.getByLabel(zh.sign_in.email).fill(email);
    await page.getByLabel(zh.sign_in.password).fill(password);
    await page.getByRole('button', { name: zh.sign_in.submit }).click();
    await page.getByRole('button', { name: zh.boards.new }).first().click();
    await page.getByLabel(zh.boards.name).fill('春晚直播');
    await page.getByRole('button', { name: zh.boards.create }).click();
    await expect(page).toHaveURL(/\/edit$/);
    await alive(page);
    const builder = page.url();
    await paletteItem(page, '文本').press('Enter');
    await expect(tiles(page)).toHaveCount(1);
    await saved(page);

    // The server is killed while somebody goes on editing; back again, it gets what it missed by itself.
    await server.kill();
    await rename(page, '春晚直播大屏');
    await waits(page, 1);
    await server.start();
    await saved(page);

    // Both are killed, the tab without a question. Whoever comes back finds the edits, and the server gets them.
    await server.kill();
    await rename(page, '春晚直播指挥舱');
    await waits(page, 1);
    await paletteItem(page, '文本').press('Enter');
    await waits(page, 2);
    await page.close({ runBeforeUnload: false });
    await server.start();
    const again = await context.newPage();
    await open(again, builder);
    await expect(again.getByText(filled(zh.builder.restored!, { count: 2 }))).toBeVisible();
    await saved(again);
    await expect(again.getByLabel(zh.builder.board_title, { exact: true })).toHaveValue('春晚直播指挥舱');
    await expect(tiles(again)).toHaveCount(2);

    // The server holds them now, and they are given once: a crash right after that changes nothing.
    await server.kill();
    await server.start();
    const once = await context.newPage();
    await open(once, builder);
    await saved(once);
    await expect(tiles(once)).toHaveCount(2);
    await expect(once.getByText(filled(zh.builder.restored!, { count: 2 }))).toBeHidden();
    await context.close();
  } finally {
    await server.stop();
  }
});
