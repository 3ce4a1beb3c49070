import { randomUUID } from 'node:crypto';
import { findings } from '../support/accessibility.js';
import { makeBoard, play, sendEvents, writeKey } from '../support/api.js';
import { saved, tiles } from '../support/builder.js';
import { expect, open, test } from '../support/test.js';
import { LANGUAGES } from '../support/words.js';

for (const { locale, words, plays } of LANGUAGES) {
  test(`an editor shows the share of each province instead of its number (${locale})`, async ({ as }) => {
    const editor = await as('editor', { locale });
    const film = `电影 ${randomUUID().slice(0, 8)}`;
    const watched = (household: string, province: string) =>
      play(`${household}-${film}`, { content_id: film, view_mode: 'vod', province });
    await sendEvents(editor.request, writeKey('shares'), [
      ...watched('a', 'ZJ'),
      ...watched('b', 'GD'),
      ...watched('c', 'GD'),
      ...watched('d', 'GD'),
    ]);
    const where = [{ dim: 'content', in: [film] }];
    const binding = { metric: 'content.plays', by: ['province'], where, time: { last: '24h' }, limit: 50 };
    const tile = { title: '分省', content: { component: 'table', binding }, at: { x: 0, y: 0, w: 6, h: 6 } };
    const board = await makeBoard(editor.request, `占比 ${film}`, [tile], { publish: false });
    await open(editor, `/boards/${board}/edit`);
    const shown = tiles(editor, words).first();
    await expect(shown.getByRole('row', { name: /3/ })).toBeVisible();
    await shown.click();
    const inspector = editor.getByRole('complementary', { name: words.inspector.title });
    const calculation = inspector.getByRole('combobox', { name: words.inspector.calculation });
    const [share, rank] = locale === 'zh-CN' ? ['占比', '排名'] : ['share', 'rank'];
    await calculation.selectOption({ label: share });
    await expect(shown.getByRole('columnheader', { name: `${plays} · ${share}` })).toBeVisible();
    await expect(shown.getByRole('row', { name: /75/ })).toBeVisible();
    await expect(shown.getByRole('row', { name: /25/ })).toBeVisible();
    expect(await findings(editor)).toEqual([]);
    // Running sums go along time, and there is none here.
    await expect(calculation.getByRole('option')).toHaveCount(3);
    await calculation.selectOption({ label: rank });
    await expect(shown.getByRole('row').nth(1)).toContainText(/1$/);

    // The share beside the rank, as a column of its own.
    const add = inspector.getByRole('combobox', { name: words.inspector.add_metric, exact: true });
    await add.fill(share);
    await editor.getByRole('option', { name: `${plays} · ${share}` }).click();
    await expect(shown.getByRole('columnheader')).toHaveCount(3);
    await expect(shown.getByRole('row').nth(1)).toContainText('75');
    await saved(editor, words);
  });
}

test('an editor chooses by whose definition a number is meant', async ({ as }) => {
  const editor = await as('editor');
  const content = { component: 'kpi', binding: { metric: 'qoe.rebuf_ratio', time: { last: '24h' } } };
  const board = await makeBoard(
    editor.request,
    `口径 ${randomUUID().slice(0, 8)}`,
    [{ title: '', content, at: { x: 0, y: 0, w: 3, h: 3 } }],
    { publish: false },
  );
  await open(editor, `/boards/${board}/edit`);
  const shown = tiles(editor).first();
  await shown.click();
  const profile = editor.getByRole('complementary', { name: '属性' }).getByRole('combobox', { name: '口径' });
  await expect(profile).toHaveValue('cta2066');
  await profile.selectOption('conviva');
  await expect(shown).toContainText('conviva');
  await saved(editor);
});
