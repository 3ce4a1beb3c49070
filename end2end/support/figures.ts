// What was measured, for `cargo xtask bench` to read.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export function quantile(sorted: number[], part: number): number {
  return sorted[Math.round((sorted.length - 1) * part)]!;
}

export function middleOne(figures: number[]): number {
  return quantile(figures.toSorted((one, other) => one - other), 0.5);
}

/** Adds figures to those that are known, and says them. */
export function note(figures: Record<string, number>): void {
  const out = process.env.LINGDONG_BENCH_OUT;
  if (out) {
    const known: object = existsSync(out) ? (JSON.parse(readFileSync(out, 'utf8')) as object) : {};
    writeFileSync(out, JSON.stringify({ ...known, ...figures }));
  }
  console.log(figures);
}
