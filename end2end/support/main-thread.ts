// What the page's main thread does while the pointer moves, from the browser's own trace.

import type { Page } from '@playwright/test';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds. */
  ts: number;
  dur?: number;
  args: { name?: string; data?: { type?: string } };
}

/** From this on a task is long, as browsers see it. */
const LONG_MS = 50;

/** Milliseconds of the main thread from each pointer move to the next, and how many of its tasks were long. */
export async function costOfMoves(page: Page, move: () => Promise<void>): Promise<{ moves: number[]; longTasks: number }> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
  await move();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const isMove = ({ name, args }: TraceEvent) => name === 'EventDispatch' && args.data?.type === 'pointermove';
  const moved = traceEvents.filter(isMove);
  const main = moved[0] && threadOf(moved[0]);
  const at = moved.map(({ ts }) => ts).sort((one, other) => one - other);
  const tasks = traceEvents.filter((one) => one.name === 'ThreadControllerImpl::RunTask' && threadOf(one) === main);
  const moves = at.slice(1).map(() => 0);
  let longTasks = 0;
  for (const { ts, dur = 0 } of tasks) {
    const next = at.findIndex((moment) => moment > ts);
    if (next > 0) {
      moves[next - 1]! += dur / 1_000;
      longTasks += Number(dur / 1_000 > LONG_MS);
    }
  }
  return { moves, longTasks };
}
