// What viewers do on pages and in activities, from the events to the board.

import { randomUUID } from 'node:crypto';
import { comesTo, makeBoard, sendEvents, writeKey } from '../support/api.js';
import { expect, glance, test } from '../support/test.js';
import { LANGUAGES } from '../support/words.js';

const time = { last: '24h' };

function did(person: string, about: object) {
  return { event_id: randomUUID(), ts_event: Date.now() - 1_000, device_id: person, province: 'ZJ', ...about };
}

for (const { locale } of LANGUAGES) {
  test(`a vote is seen on the board while it goes on (${locale})`, async ({ as }) => {
    const editor = await as('editor');
    const gala = `晚会 ${randomUUID().slice(0, 8)}`;
    const votes = (person: string, option: string, more: object = {}) =>
      did(person, { event_class: 'interact', activity_id: gala, action: 'vote', option_id: option, platform: 'h5', ...more });
    const key = writeKey('gala');
    await sendEvents(editor.request, key, [
      did('a', { event_class: 'interact', activity_id: gala, action: 'scan', qr_id: 'studio' }),
      votes('a', '东方之珠'),
      votes('b', '茉莉花'),
      votes('b', '茉莉花', { result: 'dup' }),
    ]);
    const where = [{ dim: 'activity', in: [gala] }];
    const board = await makeBoard(
      editor.request,
      gala,
      [
        { title: '参与', content: { component: 'kpi', binding: { metric: 'interact.participants', where, time } }, at: { x: 0, y: 0, w: 3, h: 4 } },
        { title: '票数', content: { component: 'bar', binding: { metric: 'interact.votes', by: 'option', top: 5, where, time } }, at: { x: 3, y: 0, w: 5, h: 6 } },
        {
          title: '得票率',
          content: {
            component: 'table',
            binding: { metric: { id: 'interact.votes', calculation: 'share' }, by: ['option'], where, time, limit: 20 },
          },
          at: { x: 8, y: 0, w: 4, h: 6 },
        },
      ],
      { publish: true },
    );
    await comesTo(editor.request, { metrics: ['interact.participants'], where, time }, 2);
    const page = await as('leader', { locale });
    await glance(page, `/boards/${board}`);
    const card = (title: string) => page.getByRole('article', { name: title, exact: true });
    await expect(card('参与').locator('.kpi__figure')).toHaveText('2');
    // What was scanned has no option, and is no row of the result.
    await expect(card('得票率').getByRole('row')).toHaveCount(3);
    await expect(card('得票率').getByRole('row', { name: /茉莉花/ })).toContainText('50');
    await sendEvents(editor.request, key, [votes('c', '茉莉花'), votes('d', '茉莉花')]);
    await expect(card('参与').locator('.kpi__figure')).toHaveText('4');
    await expect(card('得票率').getByRole('row', { name: /茉莉花/ })).toContainText('75');
    await expect(card('票数').locator('.plot__svg')).toContainText('茉莉花3');
  });
}

test('an editor sees the ways through the programme guide', async ({ as }) => {
  const editor = await as('editor');
  const home = `首页 ${randomUUID().slice(0, 8)}`;
  const onGuide = (person: string, about: object) => did(person, { event_class: 'epg', platform: 'stb', visit_id: `${person}-${home}`, ...about });
  await sendEvents(editor.request, writeKey('guide'), [
    onGuide('a', { page_id: home }),
    onGuide('a', { page_id: home, slot_id: 'banner', element_action: 'impression', visible_ms: 2_500 }),
    onGuide('a', { page_id: home, slot_id: 'banner', element_action: 'impression', visible_ms: 900 }),
    onGuide('a', { page_id: home, slot_id: 'banner', element_action: 'click' }),
    onGuide('a', { page_id: '详情', prev_page_id: home }),
    onGuide('b', { page_id: home }),
  ]);
  const of = (metric: string, by: string[], dim: string) => ({
    component: 'table',
    binding: { metric, by, where: [{ dim, in: [home] }], time, limit: 20 },
  });
  const board = await makeBoard(
    editor.request,
    `导视 ${home}`,
    [
      { title: '点击率', content: of('epg.ctr', ['slot'], 'page'), at: { x: 0, y: 0, w: 6, h: 5 } },
      { title: '路径', content: of('epg.page_views', ['previous_page', 'page'], 'previous_page'), at: { x: 6, y: 0, w: 6, h: 5 } },
    ],
    { publish: true },
  );
  const seen = [{ dim: 'page', in: [home] }];
  await comesTo(editor.request, { metrics: ['epg.page_views'], where: seen, time }, 2);
  await glance(editor, `/boards/${board}`);
  const rows = (title: string) => editor.getByRole('article', { name: title, exact: true }).getByRole('row');
  await expect(rows('点击率')).toHaveCount(2);
  await expect(rows('点击率').last()).toContainText('100');
  await expect(rows('路径')).toHaveCount(2);
  await expect(rows('路径').last()).toContainText('详情');
});
