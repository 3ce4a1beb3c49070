// The words of the pages, from the same files that the pages are built with.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Words = Record<string, Record<string, string>>;

/** What each kind of component is called, as the components themselves say it. */
function componentNames(language: 'zh' | 'en'): Record<string, string> {
  const source = readFileSync(join(import.meta.dirname, '../../components/src/words/components.rs'), 'utf8');
  const named = source.matchAll(/ComponentKind::(\w+) => both\("([^"]*)", "([^"]*)"\)/g);
  const inFiles = (kind: string) => kind.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  return Object.fromEntries([...named].map(([, kind, zh, en]) => [inFiles(kind!), language === 'zh' ? zh! : en!]));
}

function words(file: string, language: 'zh' | 'en'): Words {
  const words = JSON.parse(readFileSync(join(import.meta.dirname, '../../app/locales', file), 'utf8')) as Words;
  return { ...words, component: componentNames(language) };
}

export const zh = words('zh-CN.json', 'zh');
export const en = words('en.json', 'en');

/** Both languages, with what the components and the catalogue call things in them. */
export const LANGUAGES = [
  { locale: 'zh-CN', words: zh, line: '折线图', plays: '播放次数', unbound: '还没有选择数据' },
  { locale: 'en-GB', words: en, line: 'Line chart', plays: 'Plays', unbound: 'No data chosen yet' },
];

/** Fills `{{ name }}` in a text. */
export function filled(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => String(values[name] ?? ''));
}
