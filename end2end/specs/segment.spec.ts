// The real Segment SDK sends what a video application sends; the product counts it, and an open board follows.

import { Analytics } from '@segment/analytics-node';
import { randomUUID } from 'node:crypto';
import { bearerToken, makeBoard, writeKey, type Frame } from '../support/api.js';
import { account, environment, lingdong } from '../support/environment.js';
import { expect, open, test } from '../support/test.js';

const PLAYS = 2_500;
const STATES = ['Video Playback Started', 'Video Content Started', 'Video Content Playing', 'Video Playback Completed'];
/** Sent again under the same ids, as a client does that has not heard an answer. */
const SENT_TWICE = 1_000;

interface Track {
  userId: string;
  event: string;
  messageId: string;
  timestamp: Date;
  properties: object;
}

function tracks(content: string): Track[] {
  const started = Date.now() - 60_000;
  return Array.from({ length: PLAYS }, (_, play) => {
    const session = randomUUID();
    return STATES.map((event, state) => ({
      userId: `segment-user-${play % 500}`,
      event,
      messageId: randomUUID(),
      timestamp: new Date(started + state * 8_000),
      properties: { session_id: session, content_asset_id: content, livestream: false, position: state * 8 },
    }));
  }).flat();
}

async function send(key: string, tracks: Track[]): Promise<void> {
  const analytics = new Analytics({ writeKey: key, host: environment.address, maxEventsInBatch: 500 });
  const failures: unknown[] = [];
  analytics.on('error', (error) => failures.push(error));
  for (const track of tracks) {
    analytics.track(track);
  }
  await analytics.closeAndFlush();
  expect(failures).toEqual([]);
}

test('10,000 events of the SDK, some sent twice, count once, and the open board follows', async ({ as }) => {
  const content = `分段 ${randomUUID().slice(0, 8)}`;
  const binding = { metric: 'content.plays', where: [{ dim: 'content', in: [content] }], time: { last: '24h' } };
  const tile = { title: '播放', content: { component: 'kpi', binding }, at: { x: 0, y: 0, w: 3, h: 3 } };
  const editor = await as('editor');
  const board = await makeBoard(editor.request, `Segment ${content}`, [tile], { publish: true });
  const page = await as('leader');
  await open(page, `/boards/${board}`);
  await page.evaluate(() => Object.assign(window, { stillThisPage: true }));

  const key = writeKey('segment', 'ZJ');
  const all = tracks(content);
  expect(all).toHaveLength(10_000);
  await send(key, all);
  await send(key, all.slice(0, SENT_TWICE));

  await expect(page.getByRole('article', { name: '播放' }).locator('.card__body')).toContainText('2,500');
  expect(await page.evaluate(() => 'stillThisPage' in window)).toBe(true);

  const token = bearerToken(account('editor').email);
  const wish = JSON.stringify({
    metrics: ['content.plays', 'content.play_users'],
    by: ['province'],
    where: [{ dim: 'content', in: [content] }],
    time: { last: '24h' },
  });
  const printed = lingdong(['query', '-', '--server', environment.address, '--token', token, '--format', 'json'], wish);
  const frame: Frame = JSON.parse(printed);
  expect(frame.rows).toEqual([['ZJ', PLAYS, 500]]);
});
