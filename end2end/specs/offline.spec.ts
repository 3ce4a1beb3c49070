import { randomUUID } from 'node:crypto';
import { makeBoard } from '../support/api.js';
import { saved, tiles } from '../support/builder.js';
import { alive, expect, open, test } from '../support/test.js';
import { filled, zh } from '../support/words.js';

const text = (words: string) => ({ component: 'text', text: words });

test.describe('with a network that goes', () => {
  test.use({ expected: ['ERR_INTERNET_DISCONNECTED', 'Failed to load resource', 'Failed to fetch'] });

  test('a tile that is dragged while the network is lost stands where it was dropped, and nothing is lost', async ({ as }) => {
    const page = await as('editor');
    const board = await makeBoard(
      page.request,
      `断网 ${randomUUID().slice(0, 8)}`,
      [
        { title: '甲', content: text('甲'), at: { x: 0, y: 0, w: 4, h: 3 } },
        { title: '乙', content: text('乙'), at: { x: 4, y: 0, w: 4, h: 3 } },
      ],
      { publish: false },
    );
    await open(page, `/boards/${board}/edit`);
    const tile = tiles(page).filter({ hasText: '甲' });
    const place = async () => (await tile.boundingBox())!.x;
    const [from, aside] = [await place(), (await tiles(page).filter({ hasText: '乙' }).boundingBox())!];
    const held = (await tile.boundingBox())!;
    await page.mouse.move(held.x + held.width / 2, held.y + held.height / 2);
    await page.mouse.down();
    await page.mouse.move(held.x + held.width, held.y + held.height / 2, { steps: 6 });
    await page.context().setOffline(true);
    await page.mouse.move(aside.x + aside.width / 2, aside.y + aside.height / 2, { steps: 6 });
    await page.mouse.up();
    await expect.poll(place).toBeGreaterThan(from + 100);
    const stands = await place();
    await expect(page.getByTestId('save-state')).toHaveText(filled(zh.builder.offline!, { count: 1 }));
    // Work goes on meanwhile.
    await tile.press('Shift+ArrowRight');
    await expect(page.getByTestId('save-state')).toHaveText(filled(zh.builder.offline!, { count: 2 }));

    await page.context().setOffline(false);
    await saved(page);
    await page.reload();
    await alive(page);
    await expect.poll(place).toBeCloseTo(stands, -1);
  });
});
