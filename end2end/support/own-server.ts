// A server of a test's own, which it may kill.

import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { binary, freePort, site } from './environment.js';

export interface FirstAdmin {
  email: string;
  password: string;
}

export class OwnServer {
  private process: ChildProcess | undefined;
  private printed = '';

  private constructor(
    readonly address: string,
    private readonly data: string,
  ) {}

  /** Starts one on an empty data folder. */
  static async start(): Promise<OwnServer> {
    const data = mkdtempSync(join(tmpdir(), 'lingdong-end2end-own-'));
    chmodSync(data, 0o755);
    const server = new OwnServer(`http://127.0.0.1:${freePort()}`, data);
    await server.start();
    return server;
  }

  /** Starts it again on the data that it has. */
  async start(): Promise<void> {
    const listen = new URL(this.address).host;
    this.process = spawn(binary, ['serve', '--listen', listen, '--data-dir', this.data, '--site-dir', site], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.process.stdout!.on('data', (part: Buffer) => (this.printed += part.toString()));
    const ready = () => fetch(`${this.address}/readyz`).then((answer) => answer.status, () => 0);
    await expect.poll(ready, { timeout: 60_000 }).toBe(200);
  }

  /** Kills it as a power cut would, and waits until it is gone. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { process } = this;
    if (process && process.exitCode === null && process.signalCode === null) {
      const gone = new Promise((resolve) => process.once('exit', resolve));
      process.kill(signal);
      await gone;
    }
  }

  /** Runs a command of the product beside it. */
  lingdong(args: string[]): string {
    return execFileSync(binary, args, { encoding: 'utf8', env: { ...process.env, LINGDONG_DATA_DIR: this.data } }).trim();
  }

  /** Whoever may sign in to a server that was never started before; it prints them once. */
  firstAdmin(): FirstAdmin {
    const found = /(\S+@\S+) {3}(\S+)/.exec(this.printed);
    if (!found) {
      throw new Error(`the server printed no first sign-in: ${this.printed}`);
    }
    return { email: found[1]!, password: found[2]! };
  }
}
