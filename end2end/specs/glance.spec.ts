// A published board that is looked at and not touched: its numbers stay new without the application.

import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { findings } from '../support/accessibility.js';
import { call, comesTo, makeBoard, play, sameOrigin, sendEvents, signIn, writeKey } from '../support/api.js';
import { account } from '../support/environment.js';
import { OwnServer } from '../support/own-server.js';
import { alive, expect, glance, open, test } from '../support/test.js';
import { LANGUAGES, zh } from '../support/words.js';

const time = { last: '24h' };

/** A board of a figure, a curve, a ranking, a map and a table about one film, and how to make plays of it. */
async function filmed(editor: Page) {
  const film = `影片 ${randomUUID().slice(0, 8)}`;
  const where = [{ dim: 'content', in: [film] }];
  const of = (component: string, more: object = {}) => ({
    component,
    binding: { metric: 'content.plays', where, time, ...more },
  });
  const contents: [string, object][] = [
    ['播放', of('kpi')],
    ['走势', of('line', { grain: 'hour', split: 'province' })],
    ['排行', of('bar', { by: 'province', top: 10 })],
    ['地图', of('province_map', { by: 'province' })],
    ['明细', of('table', { by: ['province'], limit: 20 })],
  ];
  const tiles = contents.map(([title, content], index) => ({
    title,
    content,
    at: { x: (index % 3) * 4, y: Math.floor(index / 3) * 6, w: 4, h: 6 },
  }));
  const key = writeKey('glance');
  const watch = (province: string, count: number) =>
    sendEvents(
      editor.request,
      key,
      Array.from({ length: count }).flatMap(() =>
        play(randomUUID(), { content_id: film, view_mode: 'vod', province }),
      ),
    );
  await watch('ZJ', 2);
  const board = await makeBoard(editor.request, `一瞥 ${film}`, tiles, { publish: true });
  // A card without numbers needs the application for its first ones.
  await comesTo(editor.request, { metrics: ['content.plays'], where, time }, 2);
  return { board, watch };
}

const card = (page: Page, title: string) => page.getByRole('article', { name: title, exact: true });
const figure = (page: Page) => card(page, '播放').locator('.kpi__figure');
const state = (page: Page) => page.evaluate(() => document.documentElement.dataset.alive);

for (const how of ['looked at', 'reached for', 'printed', 'taken over']) {
  test(`a chart far below is drawn when it is wanted (${how})`, async ({ as }) => {
    const editor = await as('editor');
    const film = `影片 ${randomUUID().slice(0, 8)}`;
    const where = [{ dim: 'content', in: [film] }];
    const binding = { metric: 'content.plays', where, time };
    // More than a screen of words lies between.
    const tiles = [
      { title: '播放', content: { component: 'kpi', binding }, at: { x: 0, y: 0, w: 6, h: 4 } },
      ...[4, 24, 44, 64].map((y) => ({
        title: `说明 ${y}`,
        content: { component: 'text', text: '……' },
        at: { x: 0, y, w: 6, h: 20 },
      })),
      {
        title: '远处',
        content: { component: 'bar', binding: { ...binding, by: 'province', top: 10 } },
        at: { x: 0, y: 84, w: 6, h: 6 },
      },
    ];
    const key = writeKey('far');
    const watch = (province: string) =>
      sendEvents(editor.request, key, play(randomUUID(), { content_id: film, view_mode: 'vod', province }));
    await watch('ZJ');
    const board = await makeBoard(editor.request, `远近 ${film}`, tiles, { publish: true });
    await comesTo(editor.request, { metrics: ['content.plays'], where, time }, 1);
    const page = await as('leader');
    await (how === 'reached for' ? open : glance)(page, `/boards/${board}`);
    await expect(figure(page)).toHaveText('1');
    const far = card(page, '远处').locator('.plot__drawing');
    await expect(far).toContainText('浙江');
    await watch('GD');
    await expect(figure(page)).toHaveText('2');
    expect(await far.textContent()).not.toContain('广东');
    if (how === 'printed') {
      await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    } else if (how === 'taken over') {
      // The application begins with what the page shows, and draws what is far when it comes near.
      await alive(page);
    } else {
      await far.scrollIntoViewIfNeeded();
    }
    await expect(far).toContainText('广东');
  });
}

for (const { locale } of LANGUAGES) {
  test(`numbers come by themselves to whoever only looks (${locale})`, async ({ as }) => {
    const { board, watch } = await filmed(await as('editor'));
    const page = await as('leader', { locale });
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(request.url()));
    await glance(page, `/boards/${board}`);
    await expect(figure(page)).toHaveText('2');
    const curve = card(page, '走势').locator('.plot__drawing');
    const before = await curve.innerHTML();
    await watch('GD', 3);
    await expect(figure(page)).toHaveText('5');
    await expect(card(page, '明细').getByRole('row')).toHaveCount(3);
    await expect(card(page, '排行').locator('.plot__svg')).toContainText(locale === 'zh-CN' ? '广东' : 'Guangdong');
    await expect.poll(() => curve.innerHTML()).not.toBe(before);
    await expect(page.getByTestId('freshness')).toHaveClass(/freshness--fresh/);
    expect(await findings(page)).toEqual([]);
    expect(await state(page)).toBe('glanced');
    expect(loaded.filter((url) => url.includes('come_alive'))).toEqual([]);

    // Whoever reaches for it finds the same numbers, and more of them.
    const map = await card(page, '地图').locator('.plot__drawing').innerHTML();
    await card(page, '排行').locator('.plot__cover').hover({ position: { x: 60, y: 20 } });
    await expect.poll(() => state(page)).toBe('true');
    await expect(figure(page)).toHaveText('5');
    expect(await card(page, '地图').locator('.plot__drawing').innerHTML()).toBe(map);
    await expect(page.locator('.tip')).toBeVisible();
    await watch('ZJ', 1);
    await expect(figure(page)).toHaveText('6');
  });
}

test('charts of a board that is only looked at are drawn for the room they have', async ({ as }) => {
  const { board } = await filmed(await as('editor'));
  const page = await as('leader', { viewport: { width: 1920, height: 1080 } });
  await glance(page, `/boards/${board}`);
  // It holds what it shows, and not the whole catalogue.
  const html = await (await page.request.get(`/boards/${board}`)).text();
  expect(html.includes('content.plays')).toBe(true);
  expect(html.includes('tv.rating_pct')).toBe(false);
  const plot = card(page, '排行').locator('.plot');
  const drawnFor = () => plot.locator('.plot__svg').getAttribute('viewBox');
  const room = () => plot.evaluate((box) => `0 0 ${box.clientWidth} ${box.clientHeight}`);
  await expect.poll(async () => (await drawnFor()) === (await room())).toBe(true);
  await page.setViewportSize({ width: 1100, height: 900 });
  await expect.poll(async () => (await drawnFor()) === (await room())).toBe(true);
  expect(await state(page)).toBe('glanced');
});

test('what is pressed first is done', async ({ as }) => {
  const { board } = await filmed(await as('editor'));
  const page = await as('leader');
  await glance(page, `/boards/${board}`);
  await card(page, '播放').getByRole('button', { name: '更多操作' }).click();
  await expect(page.getByRole('menuitem').first()).toBeVisible();

  await glance(page, `/boards/${board}`);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: zh.quick.open })).toBeVisible();

  await glance(page, `/boards/${board}`);
  await card(page, '明细').getByRole('button', { name: '浙江' }).press('Enter');
  await expect(card(page, '明细').getByRole('group')).toBeVisible();
});

test('going back to another address shows what that one asks for', async ({ as }) => {
  const { board } = await filmed(await as('editor'));
  const page = await as('leader');
  await glance(page, `/boards/${board}`);
  // As after a reload of a page that was narrowed: the entry before is of the same page.
  await page.evaluate(() => history.pushState(null, '', `${location.pathname}?time=7d`));
  await page.evaluate(() => Object.assign(window, { stillThisPage: true }));
  await page.goBack();
  await page.waitForFunction(() => !('stillThisPage' in window));
  await expect(figure(page)).toHaveText('2');
});

test('going back while the page is still on its way shows what that address asks for', async ({ as }) => {
  const { board } = await filmed(await as('editor'));
  const page = await as('leader');
  await page.addInitScript(() => {
    if (sessionStorage.getItem('waits')) {
      sessionStorage.removeItem('waits');
      const load = WebAssembly.instantiateStreaming.bind(WebAssembly);
      WebAssembly.instantiateStreaming = async (...source) => {
        await new Promise((goOn) => Object.assign(window, { goOn }));
        return load(...source);
      };
    }
  });
  await open(page, `/boards/${board}`);
  await page.evaluate(() => {
    history.pushState(null, '', `${location.pathname}?time=7d`);
    sessionStorage.setItem('waits', 'yes');
  });
  await page.reload();
  await page.waitForFunction(() => 'goOn' in window);
  await page.goBack();
  await page.waitForFunction(() => document.documentElement.dataset.alive === 'glanced');
  expect(await page.evaluate(() => 'goOn' in window || location.search)).toBe('');
  await expect(figure(page)).toHaveText('2');
});

test('a finger scrolls without loading more, and a tap picks a value', async ({ as }) => {
  const { board } = await filmed(await as('editor'));
  const page = await as('leader', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await glance(page, `/boards/${board}`);
  const finger = await page.context().newCDPSession(page);
  const touch = (type: string, y?: number, x = 200) =>
    finger.send('Input.dispatchTouchEvent', {
      type: type as 'touchStart',
      touchPoints: y === undefined ? [] : [{ x, y }],
    });
  await touch('touchStart', 700);
  for (const y of [600, 500, 400, 300]) {
    await touch('touchMove', y);
  }
  await touch('touchEnd');
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(100);
  expect(await state(page)).toBe('glanced');
  await card(page, '排行').locator('.plot__cover').tap({ position: { x: 60, y: 20 } });
  await expect(card(page, '排行').getByRole('group')).toContainText('浙江');
  // So does one when the application is there.
  await page.keyboard.press('Escape');
  await expect(card(page, '排行').getByRole('group')).toBeHidden();
  await card(page, '排行').locator('.plot__cover').tap({ position: { x: 60, y: 20 } });
  await expect(card(page, '排行').getByRole('group')).toContainText('浙江');

  // A finger that is drawn along a chart reads its values, until it is lifted.
  const curve = card(page, '走势').locator('.plot__cover');
  await curve.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await curve.boundingBox())!;
  await touch('touchStart', y + height / 2, x + width / 2);
  for (const step of [20, 40, 60]) {
    await touch('touchMove', y + height / 2, x + width / 2 + step);
  }
  await expect(card(page, '走势').locator('.tip')).toBeVisible();
  await touch('touchEnd');
  await expect(card(page, '走势').locator('.tip')).toBeHidden();
});

test('whoever is signed out sees no more', async ({ as, page }) => {
  const { board } = await filmed(await as('editor'));
  // A session of its own: the other tests go on with theirs.
  const { email, password } = account('leader');
  await signIn(page.request, email, password);
  await glance(page, `/boards/${board}`);
  await page.request.post('/fn/sign_out', { data: {}, headers: sameOrigin });
  await expect(page).toHaveURL(/\/sign-in/);
});

test('a new version is offered to whoever only looks', async ({ as }) => {
  const editor = await as('editor');
  const { board } = await filmed(editor);
  const page = await as('leader');
  await glance(page, `/boards/${board}`);
  const { version } = await call<{ version: number }>(editor.request, 'open_draft', { board });
  const edit = { id: randomUUID(), base_version: version, operation: { op: 'rename_board', title: '改名之后' } };
  await call(editor.request, 'edit_board', { board, edit });
  await call(editor.request, 'publish_board', { board });
  await page.getByRole('button', { name: zh.board.show_newer }).click();
  await expect(page.getByRole('heading', { level: 1, name: '改名之后' })).toBeVisible();
  await expect(figure(page)).toHaveText('2');
});

test('a board that is only looked at says when the server is gone, and goes on when it is back', async ({ browser }, { project }) => {
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
    await expect(page).toHaveURL(/\/boards$/);
    server.lingdong(['user', 'grant', email, '--domains', 'content', '--regions', 'ZJ']);
    const ask = (name: string, input: object) =>
      page.evaluate(
        async ([name, body]) => {
          const headers = { 'content-type': 'application/json', accept: 'application/json' };
          return (await fetch(`/fn/${name}`, { method: 'POST', headers, body })).json();
        },
        [name, JSON.stringify(input)] as const,
      );
    const board = await ask('create_board', { title: '值班' });
    const { version } = await ask('open_draft', { board });
    const tile = { id: randomUUID(), title: '须知', content: { component: 'text', text: '电话 114' } };
    const desk = [{ tile: tile.id, rect: { x: 0, y: 0, w: 4, h: 3 } }];
    const operation = { op: 'add_tiles', tiles: [tile], layouts: { desk } };
    await ask('edit_board', { board, edit: { id: randomUUID(), base_version: version, operation } });
    await ask('publish_board', { board });

    await glance(page, `/boards/${board}`);
    const freshness = page.getByTestId('freshness');
    await expect(freshness).not.toHaveClass(/freshness--disconnected/);
    await server.kill();
    await expect(freshness).toHaveClass(/freshness--disconnected/);
    // What is pressed meanwhile can't be done, and is not done later as a surprise.
    await card(page, '须知').click();
    await server.start();
    await expect(freshness).not.toHaveClass(/freshness--disconnected/, { timeout: 60_000 });
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog', { name: zh.quick.open })).toBeVisible();
    await context.close();
  } finally {
    await server.stop();
  }
});
