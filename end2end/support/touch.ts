// Fingers on the screen.

import type { Locator, Page } from '@playwright/test';

export interface Spot {
  x: number;
  y: number;
}

export async function middle(of: Locator): Promise<Spot> {
  const box = (await of.boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Fingers go from one place to another, in steps as a hand would; where they `rest` before they lift, nothing is flicked. */
export async function gesture(page: Page, fingers: { from: Spot; to: Spot }[], { rest = false } = {}): Promise<void> {
  const hand = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: Spot[]) =>
    hand.send('Input.dispatchTouchEvent', { type, touchPoints: points.map((point, id) => ({ ...point, id })) });
  await touch('touchStart', fingers.map(({ from }) => from));
  const steps = 12;
  for (let step = 1; step <= steps; step += 1) {
    const on = (from: number, to: number) => from + ((to - from) * step) / steps;
    await touch('touchMove', fingers.map(({ from, to }) => ({ x: on(from.x, to.x), y: on(from.y, to.y) })));
  }
  if (rest) {
    const lifted = performance.now() + 200;
    while (performance.now() < lifted) await touch('touchMove', fingers.map(({ to }) => to));
  }
  await touch('touchEnd', []);
  await hand.detach();
}

/** One finger goes from one place to another. */
export const swipe = (page: Page, from: Spot, to: Spot, how = {}) => gesture(page, [{ from, to }], how);
