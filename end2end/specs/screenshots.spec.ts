// The pictures in the README, and larger and smaller ones to be looked at.

import type { Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call } from '../support/api.js';
import { boardLink } from '../support/boards.js';
import { expect, open, test } from '../support/test.js';
import { zh } from '../support/words.js';

const KEPT = join(import.meta.dirname, '../../docs/screenshots');
const LOOKED_AT = process.env.LINGDONG_SCREENSHOTS_DIR ?? join(tmpdir(), 'lingdong-screenshots');

const SIZES = [
  { folder: KEPT, viewport: { width: 1440, height: 900 } },
  { folder: join(LOOKED_AT, '390x844'), viewport: { width: 390, height: 844 } },
  { folder: join(LOOKED_AT, '1920x1080'), viewport: { width: 1920, height: 1080 } },
];
const DARK = { folder: join(LOOKED_AT, 'dark'), viewport: { width: 1440, height: 900 } };

async function picture(page: Page, folder: string, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' });
}

async function boardAddress(page: Page): Promise<string> {
  await open(page, '/boards');
  return (await boardLink(page, '全国运营总览').getAttribute('href'))!;
}

for (const { folder, viewport, colorScheme } of [
  ...SIZES.map((size) => ({ ...size, colorScheme: 'light' as const })),
  { ...DARK, colorScheme: 'dark' as const },
]) {
  test(`pictures of ${viewport.width}×${viewport.height}, ${colorScheme}`, async ({ as, browser, baseURL }) => {
    const anonymous = await browser.newContext({ baseURL, locale: 'zh-CN', viewport, colorScheme });
    const signIn = await anonymous.newPage();
    await open(signIn, '/sign-in');
    await picture(signIn, folder, 'sign-in');
    await anonymous.close();

    const page = await as('editor', { viewport, colorScheme });
    const board = await boardAddress(page);
    await picture(page, folder, 'boards');
    await open(page, board);
    await expect(page.getByRole('article').first()).toBeVisible();
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
    await picture(page, folder, 'board');
    await open(page, `${board}/edit`);
    await page.locator('[role=group][tabindex]').nth(4).click();
    await expect(page.getByRole('combobox').first()).toBeVisible();
    await picture(page, folder, 'builder');
    if (viewport.width > 720) {
      for (const layout of ['phone', 'wall'] as const) {
        await page.getByRole('tab', { name: zh.builder[layout] }).click();
        await expect(page.locator('[role=group][tabindex]').nth(4)).toBeVisible();
        await picture(page, folder, `builder-${layout}`);
      }
    }
    await open(page, `${board}/wall`);
    await expect(page.getByRole('article').first()).toBeVisible();
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
    await picture(page, folder, 'wall');
  });
}

interface Template {
  id: string;
}

/** The best of them, for the README. */
const BEST: Record<string, string> = { rating: 'desk', 'live-quality': 'desk', 'command-cabin': 'wall', 'daily-brief': 'phone' };

for (const { locale, language } of [
  { locale: 'zh-CN', language: 'zh-CN' },
  { locale: 'en-GB', language: 'en' },
]) {
  test(`every template in three layouts (${language})`, async ({ as }) => {
    test.setTimeout(900_000);
    const desk = await as('editor', { locale, viewport: { width: 1440, height: 900 } });
    const phone = await as('editor', { locale, viewport: { width: 390, height: 844 } });
    const wall = await as('editor', { locale, viewport: { width: 1920, height: 1080 } });
    const cabin = await as('editor', { locale, viewport: { width: 3840, height: 1080 } });
    const shipped = await call<Template[]>(desk.request, 'list_templates', {});
    for (const { id } of shipped.filter(({ id }) => !/^[0-9a-f]{8}-/.test(id))) {
      const board = await call<string>(desk.request, 'begin_with_template', { template: id, title: '', locale: language });
      await call(desk.request, 'publish_board', { board });
      const pages = [
        { page: desk, path: `/boards/${board}`, layout: 'desk' },
        { page: phone, path: `/boards/${board}`, layout: 'phone' },
        { page: id === 'command-cabin' ? cabin : wall, path: `/boards/${board}/wall`, layout: 'wall' },
      ];
      for (const { page, path, layout } of pages) {
        await open(page, path);
        await expect(page.locator('[aria-busy=true]')).toHaveCount(0, { timeout: 60_000 });
        await picture(page, join(LOOKED_AT, 'templates', language), `${id}-${layout}`);
        if (BEST[id] === layout && language === 'zh-CN') await picture(page, KEPT, `template-${id}`);
      }
    }
  });
}

test('the gallery of components and of templates', async ({ as }) => {
  const page = await as('editor', { viewport: { width: 1440, height: 900 } });
  for (const [path, name] of [
    ['/components', 'components'],
    ['/components/minute_curve', 'component'],
    ['/templates', 'templates'],
  ] as const) {
    await open(page, path);
    // The page about a component shows it while it loads, too.
    await expect(page.locator('[aria-busy=true]')).toHaveCount(name === 'component' ? 1 : 0);
    await picture(page, name === 'component' ? LOOKED_AT : KEPT, name);
  }
});
