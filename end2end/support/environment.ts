// Where the server under test lives: its program, its data, its address. Read once and shared by all processes of a run.

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The value of a variable, worked out once and inherited by the worker processes. */
function once(name: string, make: () => string): string {
  return (process.env[name] ??= make());
}

/** A port that nobody listens on. It is written, not logged: a log is coloured where the run is. */
export function freePort(): string {
  const ask =
    "const s=require('node:net').createServer().listen(0,'127.0.0.1',()=>{process.stdout.write(String(s.address().port));s.close()})";
  return execFileSync(process.execPath, ['-e', ask], { encoding: 'utf8' });
}

function dataFolder(): string {
  return mkdtempSync(join(tmpdir(), 'lingdong-end2end-'));
}

const target = resolve(process.env.CARGO_TARGET_DIR ?? join(import.meta.dirname, '../../target'));
export const binary = process.env.LINGDONG_BINARY ?? join(target, 'debug/lingdong');
export const site = process.env.LINGDONG_SITE_DIR ?? join(target, 'site');
const data = once('LINGDONG_E2E_DIR', dataFolder);
mkdirSync(data, { recursive: true });
// Started by root, the private PostgreSQL runs under another user, who must be able to reach its files.
chmodSync(data, 0o755);
const address = `http://127.0.0.1:${once('LINGDONG_E2E_PORT', freePort)}`;

export const environment = {
  address,
  data,
  serve: `"${binary}" serve --demo --listen ${new URL(address).host} --data-dir "${data}" --site-dir "${site}"`,
};

/** Runs a command of the product beside the running server; what it prints. */
export function lingdong(args: string[], input?: string): string {
  return execFileSync(binary, args, { encoding: 'utf8', input, env: { ...process.env, LINGDONG_DATA_DIR: data } }).trim();
}

export type Role = 'admin' | 'editor' | 'leader' | 'zhejiang';

export interface DemoAccount {
  email: string;
  role: string;
  password: string;
}

/** Who may sign in to the demo; the server writes the file at its first start. */
export function account(role: Role): DemoAccount {
  const accounts: DemoAccount[] = JSON.parse(readFileSync(join(data, 'demo-accounts.json'), 'utf8'));
  const found = accounts.find((one) => one.email === `${role}@demo.lingdong`);
  if (!found) {
    throw new Error(`the demo has no account ${role}@demo.lingdong: look at ${data}/demo-accounts.json`);
  }
  return found;
}
