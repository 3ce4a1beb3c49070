import { randomUUID } from 'node:crypto';
import { findings } from '../support/accessibility.js';
import { call, makeBoard, play, sendEvents, writeKey } from '../support/api.js';
import { saved, tiles } from '../support/builder.js';
import { expect, open, test } from '../support/test.js';
import { LANGUAGES, filled, zh } from '../support/words.js';
import type { Page } from '@playwright/test';

/** In milliseconds: longer than the shortest range of time, and by whatever clock within the last day. */
const TWO_HOURS = 7_200_000;

/** A board about two contents in two provinces, played two hours ago, with filters by time and province. */
async function filteredBoard(page: Page): Promise<{ board: string; film: string; series: string }> {
  const mark = randomUUID().slice(0, 8);
  const [film, series] = [`电影 ${mark}`, `剧集 ${mark}`];
  const key = writeKey('filters');
  const plays = [
    ...play(`a-${mark}`, { content_id: film, view_mode: 'vod', province: 'ZJ' }, TWO_HOURS),
    ...play(`b-${mark}`, { content_id: film, view_mode: 'vod', province: 'GD' }, TWO_HOURS),
    ...play(`c-${mark}`, { content_id: series, view_mode: 'vod', province: 'GD' }, TWO_HOURS),
  ];
  await sendEvents(page.request, key, plays);
  const where = [{ dim: 'content', in: [film, series] }];
  const time = { last: '24h' };
  const board = await makeBoard(
    page.request,
    `筛选 ${mark}`,
    [
      {
        title: '总数',
        content: { component: 'kpi', binding: { metric: 'content.plays', where, time } },
        at: { x: 0, y: 0, w: 3, h: 3 },
      },
      {
        title: '各省',
        content: { component: 'table', binding: { metric: 'content.plays', by: ['province'], where, time, limit: 50 } },
        at: { x: 3, y: 0, w: 5, h: 6 },
      },
      {
        title: '排行',
        content: { component: 'bar', binding: { metric: 'content.plays', by: 'content', top: 10, where, time } },
        at: { x: 8, y: 0, w: 4, h: 6 },
      },
    ],
    { publish: false },
  );
  const { version } = await call<{ version: number }>(page.request, 'open_draft', { board });
  const filters = [{ filter: 'time' }, { filter: 'values', dim: 'province' }];
  const edit = { id: randomUUID(), base_version: version, operation: { op: 'set_filters', filters } };
  await call(page.request, 'edit_board', { board, edit });
  await call(page.request, 'publish_board', { board });
  return { board, film, series };
}

const body = (page: Page, name: string) => page.getByRole('article', { name }).locator('.card__body');
const total = (page: Page) => body(page, '总数');
const exactly = (number: number) => new RegExp(`(^|\\D)${number}(\\D|$)`);

for (const { locale, words } of LANGUAGES) {
  test(`a reader narrows a board, and the address keeps it (${locale})`, async ({ as }) => {
    const editor = await as('editor', { locale });
    const { board } = await filteredBoard(editor);
    const page = await as('leader', { locale });
    await open(page, `/boards/${board}`);
    await expect(total(page)).toContainText(exactly(3));

    const guangdong = locale === 'zh-CN' ? '广东' : 'Guangdong';
    const province = locale === 'zh-CN' ? '省份' : 'Province';
    const bar = page.getByRole('region', { name: words.filters.title });
    await bar.getByRole('button', { name: province }).click();
    const list = page.getByRole('group', { name: province });
    await list.getByRole('searchbox').fill(guangdong);
    await expect(list.getByRole('checkbox')).toHaveCount(1);
    await list.getByRole('checkbox', { name: guangdong }).check();
    await expect(total(page)).toContainText(exactly(2));
    await expect(page).toHaveURL(/province=GD/);
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(list).toBeHidden();

    // The link opens the same; so does the page without a stream yet.
    await page.reload();
    await expect(total(page)).toContainText(exactly(2));
    await expect(bar.getByRole('button', { name: province })).toContainText(guangdong);
    await page.goBack();
    await expect(total(page)).toContainText(exactly(3));
    await page.goForward();
    await expect(total(page)).toContainText(exactly(2));
    await bar.getByRole('button', { name: words.filters.reset }).click();
    await expect(total(page)).toContainText(exactly(3));
    await expect(page).not.toHaveURL(/province/);
  });
}

test('what is typed before the list has come is found by its name all the same', async ({ as }) => {
  const editor = await as('editor');
  const { board } = await filteredBoard(editor);
  await open(editor, `/boards/${board}`);
  const asked: string[] = [];
  let letGo = () => {};
  const searched = new Promise<void>((resolve) => (letGo = resolve));
  await editor.route('**/fn/filter_choices', async (route) => {
    const { search } = route.request().postDataJSON() as { search: string };
    asked.push(search);
    if (search === '') {
      await searched;
    }
    await route.continue();
  });
  const bar = editor.getByRole('region', { name: zh.filters.title });
  await bar.getByRole('button', { name: '省份' }).click();
  const list = editor.getByRole('group', { name: '省份' });
  const answered = editor.waitForResponse((response) => response.url().endsWith('/fn/filter_choices'));
  await list.getByRole('searchbox').fill('广东');
  await answered;
  expect(asked).toEqual(['', '广东']);
  letGo();
  await expect(list.getByRole('checkbox', { name: '广东' })).toBeVisible();
  await expect(list.getByRole('checkbox')).toHaveCount(1);
});

test('another range of time is read by every tile', async ({ as }) => {
  const editor = await as('editor');
  const { board } = await filteredBoard(editor);
  await open(editor, `/boards/${board}`);
  const bar = editor.getByRole('region', { name: zh.filters.title });
  await bar.getByRole('combobox', { name: zh.filters.time }).selectOption('1h');
  await expect(editor).toHaveURL(/time=1h/);
  await expect(total(editor)).not.toContainText(exactly(3));
  await bar.getByRole('combobox', { name: zh.filters.time }).selectOption('7d');
  await expect(total(editor)).toContainText(exactly(3));
  // Any days.
  await bar.getByRole('combobox', { name: zh.filters.time }).selectOption('custom');
  const dialog = editor.getByRole('dialog', { name: zh.filters.time });
  await dialog.getByLabel(zh.filters.from).fill('2025-01-01');
  await dialog.getByLabel(zh.filters.to).fill('2024-12-31');
  await expect(dialog).toContainText(zh.filters.reversed!);
  await expect(dialog.getByRole('button', { name: zh.filters.apply })).toBeDisabled();
  await dialog.getByLabel(zh.filters.to).fill('2025-01-07');
  await expect(dialog).not.toContainText(zh.filters.reversed!);
  await dialog.getByRole('button', { name: zh.filters.apply }).click();
  await expect(bar.getByRole('combobox', { name: zh.filters.time })).toContainText('2025-01-01 – 2025-01-07');
  await expect(total(editor)).not.toContainText(exactly(3));
});

test('a click on a number narrows the board or goes deeper, and the same by keyboard', async ({ as }) => {
  const editor = await as('editor');
  const { board, film } = await filteredBoard(editor);
  const page = await as('leader');
  await open(page, `/boards/${board}`);
  await expect(total(page)).toContainText(exactly(3));
  const bar = page.getByRole('region', { name: zh.filters.title });

  // By mouse, on a value of the table.
  const provinces = page.getByRole('article', { name: '各省' });
  await provinces.getByRole('button', { name: '广东' }).click();
  await provinces.getByRole('button', { name: zh.filters.pick_only }).click();
  await expect(total(page)).toContainText(exactly(2));
  // The table itself goes on showing both.
  await expect(provinces.getByRole('row')).toHaveCount(3);
  await provinces.getByRole('button', { name: '广东' }).click();
  await provinces.getByRole('button', { name: zh.filters.pick_all }).click();
  await expect(total(page)).toContainText(exactly(3));

  // By keyboard, on a bar: what is played most comes first.
  const ranking = page.getByRole('article', { name: '排行' });
  await ranking.getByRole('slider').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const drill = ranking.getByRole('button', { name: filled(zh.filters.drill, { name: '省份' }) });
  await drill.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/drill=/);
  await expect(ranking.getByRole('img')).toHaveAttribute('aria-label', /2 项/);
  await expect(total(page)).toContainText(exactly(3));
  const chip = bar.getByRole('button', { name: new RegExp(film) });
  await expect(chip).toBeVisible();
  await page.reload();
  await expect(ranking.getByRole('img')).toHaveAttribute('aria-label', /2 项/);
  await chip.click();
  await expect(page).not.toHaveURL(/drill=/);
});

test('an editor gives a board filters, and a tile that does not follow', async ({ as }) => {
  const page = await as('editor');
  const { board } = await filteredBoard(page);
  await open(page, `/boards/${board}/edit`);
  const inspector = page.getByRole('complementary', { name: zh.inspector.title });
  await inspector.getByRole('combobox', { name: zh.filters.add }).selectOption({ label: '内容' });
  await saved(page);
  await expect(inspector.getByRole('button', { name: '内容', exact: false }).first()).toBeVisible();

  // What it begins with is what the canvas shows.
  await inspector.getByRole('button', { name: '省份 全部' }).click();
  await page.getByRole('group', { name: '省份' }).getByRole('checkbox', { name: '浙江' }).check();
  await saved(page);
  await page.keyboard.press('Escape');
  const tile = (name: string) => tiles(page).filter({ hasText: name });
  await expect(tile('总数').locator('.card__body')).toContainText(exactly(1));

  await tile('总数').click();
  await inspector.getByRole('switch', { name: '省份' }).click();
  await saved(page);
  await expect(tile('总数').locator('.card__body')).toContainText(exactly(3));
  await page.keyboard.press('Control+z');
  await expect(tile('总数').locator('.card__body')).toContainText(exactly(1));
  await saved(page);
  await call(page.request, 'publish_board', { board });

  const leader = await as('leader');
  await open(leader, `/boards/${board}`);
  await expect(total(leader)).toContainText(exactly(1));
  await expect(leader.getByRole('region', { name: zh.filters.title }).getByRole('button', { name: '省份' })).toContainText('浙江');
});

test('the Zhejiang editor is offered Zhejiang only', async ({ as }) => {
  const editor = await as('editor');
  const { board } = await filteredBoard(editor);
  const page = await as('zhejiang');
  await open(page, `/boards/${board}?province=GD`);
  await expect(total(page)).not.toContainText(exactly(2));
  const bar = page.getByRole('region', { name: zh.filters.title });
  await bar.getByRole('button', { name: '省份' }).click();
  const list = page.getByRole('group', { name: '省份' });
  // What the address asked for can be let go; nothing else is offered that is not theirs.
  await expect(list.getByRole('checkbox')).toHaveCount(2);
  await list.getByRole('checkbox', { name: '广东' }).uncheck();
  await expect(total(page)).toContainText(exactly(1));
});

for (const { locale, words } of LANGUAGES) {
  test(`an editor is told at once of which chosen values there is nothing (${locale})`, async ({ as }) => {
    const editor = await as('editor', { locale });
    const { film } = await filteredBoard(editor);
    const where = [
      { dim: 'content', in: [film] },
      { dim: 'province', in: ['ZJ', 'XZ'] },
    ];
    const binding = { metric: 'content.plays', by: ['province'], where, time: { last: '24h' }, limit: 50 };
    const tile = { title: '两省', content: { component: 'table', binding }, at: { x: 0, y: 0, w: 6, h: 6 } };
    const board = await makeBoard(editor.request, `没有数据 ${film}`, [tile], { publish: false });
    await open(editor, `/boards/${board}/edit`);
    await tiles(editor, words).first().click();
    const inspector = editor.getByRole('complementary', { name: words.inspector.title });
    const tibet = locale === 'zh-CN' ? '西藏' : 'Xizang';
    await expect(inspector.getByText(filled(words.inspector.no_data_for!, { values: tibet }))).toBeVisible();
    expect(await findings(editor)).toEqual([]);
    // Nothing is missing any more once only what is there is chosen.
    await inspector.getByRole('button', { name: filled(words.inspector.remove_named!, { name: tibet }) }).click();
    await expect(inspector.getByText(filled(words.inspector.no_data_for!, { values: tibet }))).toBeHidden();
    await saved(editor, words);
  });
}

/** Lets the table of a board lead on to another one, and publishes it. */
async function leadOn(editor: Page, from: string, to: string): Promise<void> {
  await open(editor, `/boards/${from}/edit`);
  await tiles(editor).filter({ hasText: '各省' }).click();
  const inspector = editor.getByRole('complementary', { name: zh.inspector.title });
  await inspector.getByRole('combobox', { name: zh.inspector.opens }).selectOption(to);
  await saved(editor);
  await call(editor.request, 'publish_board', { board: from });
}

test('a tile leads on to another board, with what was chosen and clicked', async ({ as }) => {
  const editor = await as('editor');
  const { board } = await filteredBoard(editor);
  const { board: other } = await filteredBoard(editor);
  await leadOn(editor, board, other);

  const page = await as('leader');
  await open(page, `/boards/${board}?time=7d`);
  const provinces = page.getByRole('article', { name: '各省' });
  await provinces.getByRole('button', { name: '浙江' }).click();
  await provinces.getByRole('link', { name: /打开/ }).click();
  await expect(page).toHaveURL(new RegExp(`/boards/${other}\\?time=7d&province=ZJ$`));
  await expect(total(page)).toContainText(exactly(1));
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`/boards/${board}`));
});

test('boards that lead to each other lead round, and the address does not grow', async ({ as }) => {
  const editor = await as('editor');
  const { board: one } = await filteredBoard(editor);
  const { board: other } = await filteredBoard(editor);
  await leadOn(editor, one, other);
  await leadOn(editor, other, one);

  const page = await as('leader');
  await open(page, `/boards/${one}?time=7d`);
  const provinces = page.getByRole('article', { name: '各省' });
  for (const [index, province] of ['浙江', '广东', '浙江', '广东'].entries()) {
    // The board that is come to shows only what was chosen on the one before; the whole is one click away.
    if (index > 0) {
      await page.getByRole('region', { name: zh.filters.title }).getByRole('button', { name: zh.filters.reset }).click();
      await expect(total(page)).toContainText(exactly(3));
    }
    await provinces.getByRole('button', { name: province }).click();
    await provinces.getByRole('link', { name: /打开/ }).click();
    const to = index % 2 === 0 ? other : one;
    const chosen = province === '浙江' ? 'ZJ' : 'GD';
    await expect(page).toHaveURL(new RegExp(`/boards/${to}\\?(time=7d&)?province=${chosen}$`));
    await expect(total(page)).toContainText(exactly(province === '浙江' ? 1 : 2));
  }
});

test.describe('on a phone', () => {
  test('the filters come up from below', async ({ as }) => {
    const editor = await as('editor');
    const { board } = await filteredBoard(editor);
    const page = await as('leader', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await open(page, `/boards/${board}`);
    const bar = page.getByRole('region', { name: zh.filters.title });
    await expect(bar.getByRole('button', { name: '省份' })).toBeHidden();
    await bar.getByRole('button', { name: zh.filters.open }).tap();
    await bar.getByRole('button', { name: '省份' }).tap();
    await page.getByRole('group', { name: '省份' }).getByText('广东').tap();
    await expect(total(page)).toContainText(exactly(2));
    await bar.getByRole('button', { name: zh.filters.close }).tap();
    await expect(bar.getByRole('button', { name: '省份' })).toBeHidden();
    await expect(bar.getByRole('button', { name: filled(zh.filters.open_count, { count: 1 }) })).toBeVisible();
  });
});
