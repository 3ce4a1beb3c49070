// The words of the pages, from the same files that the pages are built with.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Words = Record<string, Record<string, string>>;

function words(file: string): Words {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../app/locales', file), 'utf8'));
}

export const zh = words('zh-CN.json');
export const en = words('en.json');

/** Both languages, with what the components and the catalogue call things in them. */
export const LANGUAGES = [
  { locale: 'zh-CN', words: zh, line: '折线图', plays: '播放次数', unbound: '还没有选择数据' },
  { locale: 'en-GB', words: en, line: 'Line chart', plays: 'Plays', unbound: 'No data chosen yet' },
];

/** Fills `{{ name }}` in a text. */
export function filled(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => String(values[name] ?? ''));
}
