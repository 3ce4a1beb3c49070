// Curves in the cells of a table: chosen by menu, drawn beside each number, taken back, and read by those who don't see them.

import { randomUUID } from 'node:crypto';
import { findings } from '../support/accessibility.js';
import { makeBoard, play, query, sendEvents, writeKey } from '../support/api.js';
import { saved, tiles } from '../support/builder.js';
import { expect, open, test } from '../support/test.js';
import { LANGUAGES } from '../support/words.js';

const HOUR_MS = 3_600_000;

for (const { locale, words } of LANGUAGES) {
  test(`an editor shows how the numbers of a table came about (${locale})`, async ({ as }) => {
    const editor = await as('editor', { locale });
    const film = `电影 ${randomUUID().slice(0, 8)}`;
    const watched = (household: string, province: string, ago: number) =>
      play(`${household}-${film}`, { content_id: film, view_mode: 'vod', province }, ago);
    await sendEvents(editor.request, writeKey('courses'), [
      ...watched('a', 'ZJ', 5 * HOUR_MS),
      ...watched('b', 'ZJ', 3 * HOUR_MS),
      ...watched('c', 'GD', 5 * HOUR_MS),
    ]);
    const where = [{ dim: 'content', in: [film] }];
    const binding = { metric: 'content.plays', by: ['province'], where, time: { last: '24h' }, limit: 50 };
    const tile = { title: '分省', content: { component: 'table', binding }, at: { x: 0, y: 0, w: 6, h: 6 } };
    const board = await makeBoard(editor.request, `走势 ${film}`, [tile], { publish: false });
    await open(editor, `/boards/${board}/edit`);
    const shown = tiles(editor, words).first();
    await expect(shown.getByRole('row')).toHaveCount(3);
    await expect(shown.locator('.table__course')).toHaveCount(0);

    await shown.click();
    const inspector = editor.getByRole('complementary', { name: words.inspector.title });
    const course = inspector.getByRole('combobox', { name: words.inspector.course });
    await expect(course).toHaveValue('');
    await course.selectOption('hour');
    const said = locale === 'zh-CN' ? /^走势：最低 0，最高 1，最近 / : /^Course: low 0, high 1, last /;
    const curves = shown.getByRole('row').getByRole('img', { name: said });
    await expect(curves).toHaveCount(2);
    await expect(shown.getByRole('columnheader')).toHaveCount(2);
    await saved(editor, words);
    expect(await findings(editor)).toEqual([]);

    // Minutes of a day have no room in a cell, and rows that are steps have no course.
    await expect(course.locator('option[value="minute"]')).toHaveCount(0);
    const step = inspector.getByRole('combobox', { name: words.inspector.grain, exact: true });
    await step.selectOption('day');
    await expect(course).toHaveCount(0);
    await expect(shown.locator('.table__course')).toHaveCount(0);
    await saved(editor, words);
    const undo = editor.getByRole('button', { name: words.builder.undo });
    await undo.click();
    await expect(curves).toHaveCount(2);
    await undo.click();
    await expect(curves).toHaveCount(0);
    await expect(course).toHaveValue('');
    await saved(editor, words);
  });
}

test('the API gives the course of each row within the scope', async ({ as }) => {
  const editor = await as('editor');
  const film = `电影 ${randomUUID().slice(0, 8)}`;
  await sendEvents(editor.request, writeKey('courses'), [
    ...play(`a-${film}`, { content_id: film, view_mode: 'vod', province: 'ZJ' }, 5 * HOUR_MS),
    ...play(`b-${film}`, { content_id: film, view_mode: 'vod', province: 'ZJ' }, 3 * HOUR_MS),
  ]);
  const wish = {
    metrics: ['content.plays'],
    by: ['content'],
    where: [{ dim: 'content', in: [film] }],
    time: { last: '24h' },
    course: 'hour',
    limit: 10,
  };
  await expect.poll(async () => (await query(editor.request, wish)).rows).toEqual([[film, 2]]);
  const { columns } = await query(editor.request, wish);
  const { steps, rows } = columns.find((column) => column.name === 'content.plays')!.course!;
  expect(rows).toHaveLength(1);
  expect(rows[0]).toHaveLength(steps.length);
  expect(rows[0]!.reduce<number>((sum, plays) => sum + (plays ?? 0), 0)).toBe(2);
});
