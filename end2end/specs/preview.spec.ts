import { randomUUID } from 'node:crypto';
import { findings } from '../support/accessibility.js';
import { makeBoard } from '../support/api.js';
import { saved, tiles } from '../support/builder.js';
import { expect, open, test } from '../support/test.js';
import { filled, LANGUAGES } from '../support/words.js';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const plays = { component: 'kpi', binding: { metric: 'content.plays', time: { last: '24h' } } };

for (const { locale, words } of LANGUAGES) {
  test(`a draft is tried on a phone while it is edited (${locale})`, async ({ as }) => {
    const page = await as('editor', { locale });
    const board = await makeBoard(
      page.request,
      `预览 ${randomUUID().slice(0, 8)}`,
      [
        { title: '一日播放', content: plays, at: { x: 0, y: 0, w: 3, h: 3 } },
        { title: '甲', content: { component: 'text', text: '说明' }, at: { x: 3, y: 0, w: 3, h: 3 } },
      ],
      { publish: false },
    );
    await open(page, `/boards/${board}/edit`);
    await page.getByRole('tab', { name: words.builder.phone }).click();
    const beside = page.getByRole('complementary', { name: words.preview.title });
    const path = `/boards/${board}/preview`;
    const address = new URL(path, page.url()).href;
    await expect(beside.getByRole('img', { name: filled(words.preview.code!, { address }) })).toBeVisible();
    // The suite's server has a name that no phone can reach, which is told.
    await expect(beside).toContainText(words.preview.this_machine!);
    await expect(beside.getByRole('link', { name: words.preview.open })).toHaveAttribute('href', path);
    expect(await findings(page)).toEqual([]);

    const phone = await as('editor', { locale, ...PHONE });
    await open(phone, path);
    await expect(phone.getByRole('article', { name: '一日播放' })).toContainText(/\d/);
    await expect(phone.getByText(words.preview.note!)).toBeVisible();
    expect(await findings(phone)).toEqual([]);
    const wide = await phone.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    expect(wide).toBe(false);

    // An edit is in the hand at once, and nothing was published for it.
    await tiles(page, words).filter({ hasText: '甲' }).click();
    const title = page.getByLabel(words.inspector.tile_title!, { exact: true });
    await title.fill('读数说明');
    await title.blur();
    await saved(page, words);
    await expect(phone.getByRole('article', { name: '读数说明' })).toBeVisible();
  });
}

test('a draft is not previewed by who may only read', async ({ as }) => {
  const page = await as('editor');
  const board = await makeBoard(
    page.request,
    `草稿 ${randomUUID().slice(0, 8)}`,
    [{ title: '机密', content: { component: 'text', text: '尚未发布' }, at: { x: 0, y: 0, w: 3, h: 3 } }],
    { publish: false },
  );
  const leader = await as('leader');
  const answer = await leader.request.get(`/boards/${board}/preview`, { headers: { accept: 'text/html' } });
  const html = await answer.text();
  expect(html).not.toContain('尚未发布');
  expect(html).not.toContain('机密');
  expect(answer.status()).toBe(403);
});
