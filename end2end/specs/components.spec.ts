// The gallery of components: each is drawn alike by server and browser, read by keyboard, and as a table.

import type { Locator, Page } from '@playwright/test';
import { findings } from '../support/accessibility.js';
import { alive, expect, open, test } from '../support/test.js';
import { LANGUAGES, zh } from '../support/words.js';

/** Those that are drawn as charts, as files call them. */
const CHARTS = [
  'gauge', 'bullet', 'line', 'area', 'combo', 'minute_curve', 'calendar_heat', 'week_heat', 'rank_race', 'session_timeline', 'bar', 'rank_list',
  'columns', 'waterfall', 'pie', 'rose', 'treemap', 'sunburst', 'funnel', 'word_cloud', 'heatmap', 'sankey', 'retention', 'radar',
  'scatter', 'histogram', 'box_plot', 'page_heat', 'province_map', 'boundary_map', 'flow_map',
];

/** The card at its usual size. */
function stage(page: Page): Locator {
  return page.locator('.components__stage--usual');
}

/** What the server drew into the first plot of a page, as a browser reads it. */
async function drawnByServer(page: Page, path: string, locale: string): Promise<{ svg: string; w: number; h: number }> {
  const html = await (await page.request.get(path, { headers: { 'accept-language': locale } })).text();
  return page.evaluate((html) => {
    const document = new DOMParser().parseFromString(html, 'text/html');
    const svg = document.querySelector('.components__stage--usual .plot__drawing svg')!;
    const [, , w, h] = svg.getAttribute('viewBox')!.split(' ').map(Number);
    return { svg: svg.outerHTML, w: w!, h: h! };
  }, html);
}

/** Gives the plot a size, and waits until it is laid out for it. */
async function size(page: Page, w: number, h: number): Promise<string> {
  const plot = stage(page).locator('.plot');
  await plot.evaluate((plot, [w, h]) => {
    const { style } = plot as HTMLElement;
    style.flex = 'none';
    style.width = `${w}px`;
    style.height = `${h}px`;
  }, [w, h]);
  const svg = stage(page).locator('.plot__drawing svg');
  await expect(svg).toHaveAttribute('viewBox', `0 0 ${w} ${h}`);
  return svg.evaluate((svg) => svg.outerHTML);
}

for (const { locale } of LANGUAGES) {
  test(`server and browser draw the same, byte by byte (${locale})`, async ({ as }) => {
    test.setTimeout(240_000);
    const page = await as('editor', { locale, viewport: { width: 1440, height: 1200 } });
    await open(page, '/components');
    for (const kind of CHARTS) {
      const path = `/components/${kind}`;
      await open(page, path);
      const server = await drawnByServer(page, path, locale);
      // Another size first, so that what is compared was drawn here and not left by the server.
      await size(page, server.w - 40, server.h - 24);
      expect(await size(page, server.w, server.h), kind).toBe(server.svg);
    }
  });
}

test('every chart is read by keyboard and as a table', async ({ as }) => {
  test.setTimeout(240_000);
  const page = await as('editor');
  for (const kind of CHARTS) {
    await open(page, `/components/${kind}`);
    const card = stage(page).getByRole('article');
    // What a screen reader finds, in this order: the card by its title, the picture in words, and its values one by one.
    await expect(card, kind).toMatchAriaSnapshot(`
      - article /\\S/:
        - heading /\\S/
        - img /\\S.*：.*\\S/
        - slider /方向键/
    `);
    const values = card.getByRole('slider');
    await values.focus();
    await page.keyboard.press('Home');
    await expect(values, kind).toHaveAttribute('aria-valuetext', /\S/);
    const first = await values.getAttribute('aria-valuetext');
    if (Number(await values.getAttribute('aria-valuemax')) > 0) {
      await page.keyboard.press('End');
      await expect(values, kind).not.toHaveAttribute('aria-valuetext', first!);
    }
    await page.keyboard.press('Escape');

    await card.hover();
    await card.getByRole('button', { name: '更多操作' }).click();
    await page.getByRole('menuitemcheckbox', { name: '以表格查看' }).click();
    const table = card.getByRole('table');
    await expect(card, kind).toMatchAriaSnapshot(`
      - article /\\S/:
        - heading /\\S/
        - region /\\S/:
          - table:
            - rowgroup:
              - row:
                - columnheader /\\S/
    `);
    await expect(table.getByRole('row').nth(1), kind).toContainText(/\S/);
  }
});

test('the gallery has every component, in both themes without a fault', async ({ as }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await as('editor', { colorScheme });
    await open(page, '/components');
    await expect(page.locator('.components__entry')).toHaveCount(45);
    await expect(page.locator('.components__picture .plot__drawing svg')).toHaveCount(CHARTS.length);
    expect(await findings(page)).toEqual([]);
    await page.getByRole('link', { name: '饼图' }).click();
    await expect(page).toHaveURL(/\/components\/pie$/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('饼图');
    await expect(page.getByText(zh.gallery!.bound_to!, { exact: true })).toBeVisible();
    await alive(page);
    expect(await findings(page)).toEqual([]);
  }
});

test('the pages of the components are as wide as a phone', async ({ as }) => {
  const page = await as('editor', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  for (const path of ['/components', '/components/table', '/components/session_timeline', '/components/province_map']) {
    await open(page, path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390);
  }
});
