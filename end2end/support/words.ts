// The words of the pages, from the same files that the pages are built with.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Words = Record<string, Record<string, string>>;

function words(file: string): Words {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../app/locales', file), 'utf8'));
}

export const zh = words('zh-CN.json');
export const en = words('en.json');

/** Fills `{{ name }}` in a text. */
export function filled(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => String(values[name] ?? ''));
}
