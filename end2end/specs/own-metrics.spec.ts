import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { findings } from '../support/accessibility.js';
import { makeBoard } from '../support/api.js';
import { chooseMetric, paletteItem, saved, tiles } from '../support/builder.js';
import { alive, expect, open, test } from '../support/test.js';
import { LANGUAGES, filled, zh } from '../support/words.js';

/** Chooses the measure or metric of the so-manieth term of the formula. */
async function chooseTerm(page: Page, role: string, search: string, words = zh): Promise<void> {
  const operand = page.getByRole('group', { name: role, exact: true });
  const field = operand.getByRole('combobox', { name: words.own.term, exact: true });
  await field.click();
  await field.pressSequentially(search);
  await operand.getByRole('listbox').getByRole('option').first().click();
}

async function fill(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: label, exact: true }).fill(text);
}

for (const { locale, words } of LANGUAGES) {
  test(`an editor composes a ratio and puts it on a board (${locale})`, async ({ as }) => {
    const own = words.own;
    const name = `share_${randomUUID().slice(0, 8).replaceAll('-', '_')}`;
    const title = `${locale === 'zh-CN' ? '点播占比' : 'Share on demand'} ${name}`;
    const page = await as('editor', { locale });
    await open(page, '/catalogue');
    await page.getByRole('link', { name: own.new }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(own.title_new!);
    await expect(page.getByText(own.preview_waiting!)).toBeVisible();

    // What is empty is told when somebody tries to keep it, beside each field.
    await page.getByRole('button', { name: own.save_new }).click();
    await expect(page.getByText(words.rule.choose!)).toHaveCount(2);
    await expect(page.getByText(words.rule.missing!).first()).toBeVisible();

    await chooseTerm(page, own.part_numerator!, 'effective_plays', words);
    await chooseTerm(page, own.part_denominator!, 'content.plays', words);
    const preview = page.getByRole('complementary', { name: own.preview });
    await expect(preview.getByRole('article').first()).toContainText(/100/);
    const plain = locale === 'zh-CN' ? '有效播放次数 ÷ 播放次数 × 100' : 'Effective plays ÷ Plays × 100';
    await expect(preview).toContainText(plain);
    await expect(preview).toContainText(words.unit.percent!);

    // Narrowed to plays on demand, it is a part of the whole.
    const numerator = page.getByRole('group', { name: own.part_numerator, exact: true });
    await numerator.getByRole('combobox', { name: own.add_filter }).selectOption('view_mode');
    const field = locale === 'zh-CN' ? '收看方式' : 'Way of viewing';
    await numerator.getByRole('button', { name: new RegExp(field) }).first().click();
    await numerator.getByRole('checkbox', { name: locale === 'zh-CN' ? '点播' : 'On demand' }).check();
    await page.keyboard.press('Escape');
    const narrowed =
      locale === 'zh-CN'
        ? '有效播放次数（收看方式 = 点播） ÷ 播放次数 × 100'
        : 'Effective plays (Way of viewing = On demand) ÷ Plays × 100';
    await expect(preview).toContainText(narrowed);
    await expect(preview.getByRole('article').first()).toContainText(/\d/);
    await expect(preview.getByRole('article').nth(1).getByRole('img').first()).toBeVisible();

    await fill(page, own.name_zh!, locale === 'zh-CN' ? title : `点播占比 ${name}`);
    await fill(page, own.name_en!, locale === 'zh-CN' ? `Share on demand ${name}` : title);
    await fill(page, own.definition_zh!, '点播播放次数占全部播放次数的比例');
    await fill(page, own.definition_en!, 'Plays on demand among all plays');
    await fill(page, own.id!, name);
    await fill(page, own.source!, 'end2end');
    // The unit follows from the formula: another one is refused beside its field.
    await page.getByLabel(own.unit!, { exact: true }).selectOption('hours');
    await expect(
      page.getByText(filled(words.rule.unit_does_not_fit!, { derived: words.unit.percent!, given: words.unit.hours! })),
    ).toBeVisible();
    await page.getByLabel(own.unit!, { exact: true }).selectOption('');
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: own.save_new }).click();

    await expect(page).toHaveURL(new RegExp(`/catalogue/own\\.${name}$`));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await expect(page.getByText(filled(own.version!, { version: '1' }), { exact: true }).first()).toBeVisible();
    expect(await findings(page)).toEqual([]);

    // It stands among the metrics of the builder, and the tile says which version it shows.
    const kpi = locale === 'zh-CN' ? '指标卡' : 'KPI card';
    const board = await makeBoard(page.request, `${kpi} ${name}`, [], { publish: false });
    await open(page, `/boards/${board}/edit`);
    await paletteItem(page, words.component.kpi!, words).click();
    const tile = tiles(page, words).first();
    await tile.click();
    await chooseMetric(page, title, words);
    await saved(page, words);
    await expect(tile).toContainText(title);
    await expect(tile).toContainText(/\d/);
    await expect(tile).toContainText(filled(own.version!, { version: '1' }));

    // A new version is told in words, and the board follows it.
    await open(page, `/catalogue/own.${name}/edit`);
    await page.getByLabel(own.scale!, { exact: true }).selectOption('1');
    await fill(page, own.note!, 'as a plain ratio');
    await page.getByRole('button', { name: own.save_version }).click();
    await expect(page).toHaveURL(new RegExp(`/catalogue/own\\.${name}$`));
    await expect(page.getByText('as a plain ratio')).toBeVisible();
    await expect(page.getByText(/content\.plays × 100 → /)).toBeVisible();
    await expect(page.getByRole('link', { name: `${kpi} ${name}` })).toBeVisible();
    await open(page, `/boards/${board}/edit`);
    await expect(tile).toContainText(filled(own.version!, { version: '2' }));

    // Retiring names the boards; their tiles say what happened.
    await open(page, `/catalogue/own.${name}`);
    await page.getByRole('button', { name: own.retire, exact: true }).click();
    const dialog = page.getByRole('dialog', { name: own.retire_title });
    await expect(dialog.getByRole('link', { name: `${kpi} ${name}` })).toBeVisible();
    await dialog.getByRole('button', { name: own.retire, exact: true }).click();
    await expect(page.getByText(own.aside_retired!)).toBeVisible();
    await alive(page);
    expect(await findings(page)).toEqual([]);
    await open(page, `/boards/${board}/edit`);
    await expect(tile).toContainText(locale === 'zh-CN' ? '指标已停用' : 'This metric was retired');
    await open(page, `/catalogue/own.${name}`);
    await page.getByRole('button', { name: own.bring_back }).click();
    await expect(page.getByRole('button', { name: own.retire, exact: true })).toBeVisible();
  });
}

const file = (name: string, of: string) => `[[metric]]
id = "own.${name}"
owner = "运营部"
source = "end2end"
name = { zh = "导入 ${name}", en = "Imported ${name}" }
definition = { zh = "每次播放的分钟数", en = "Minutes a play" }

[metric.value.ratio]
of = { metric = "content.watch_h" }
to = { metric = "${of}" }
`;

test('metrics go out as a file and come in again; a mistake is told with its line', async ({ as }) => {
  const own = zh.own;
  const name = `file_${randomUUID().slice(0, 8).replaceAll('-', '_')}`;
  const page = await as('editor');
  await open(page, '/catalogue');
  await page.getByRole('link', { name: own.import, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(own.import_title!);
  const text = page.getByRole('textbox', { name: own.import_text });
  await page.getByLabel(own.import_file!).setInputFiles({
    name: 'metrics.toml',
    mimeType: 'application/toml',
    buffer: Buffer.from(file(name, 'content.plais')),
  });
  await expect(text).toHaveValue(new RegExp(`own.${name}`));
  await page.getByRole('button', { name: own.import_do, exact: true }).click();
  const refused = page.getByRole('alert').filter({ hasText: own.import_mistakes! });
  await expect(refused).toContainText(`第 10 行 · own.${name} · value.ratio.to`);
  await expect(refused).toContainText('没有指标 content.plais');
  // Nothing is lost: it is mended where it stands.
  await text.fill(file(name, 'content.plays'));
  expect(await findings(page)).toEqual([]);
  await page.getByRole('button', { name: own.import_do, exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: own.import_done! })).toContainText(`own.${name}`);

  await page.getByRole('link', { name: `own.${name}` }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`导入 ${name}`);
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: `${own.export} TOML` }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe(`own.${name}.toml`);
  const written = readFileSync(await download.path(), 'utf8');
  expect(written).toContain(`id = "own.${name}"`);
  await open(page, '/catalogue/import');
  await text.fill(written);
  await page.getByRole('button', { name: own.import_do, exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: own.import_done! })).toContainText(own.import_unchanged!);
});

test.describe('without the right', () => {
  test.use({ expected: ['403'] });

  test('whoever may not define metrics is offered nothing and told so', async ({ as }) => {
    const page = await as('zhejiang');
    await open(page, '/catalogue');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(zh.catalogue.title!);
    await expect(page.getByRole('link', { name: zh.own.new })).toHaveCount(0);
    await open(page, '/catalogue/new');
    await expect(page.locator('main')).toContainText(zh.problems.forbidden.title!);
  });
});
