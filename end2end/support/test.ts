// The test of this suite: signed-in pages by role, and no page may complain.

import { test as base, type APIRequestContext, type BrowserContext, type Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { signIn } from './api.js';
import { account, environment, type Role } from './environment.js';

export { expect };

type Session = Awaited<ReturnType<APIRequestContext['storageState']>>;

interface WorkerThings {
  /** Sessions by role, begun once a worker. */
  sessionOf: (role: Role) => Promise<Session>;
}

interface TestThings {
  /** A page of its own for somebody, signed in. */
  as: (role: Role, options?: Parameters<import('@playwright/test').Browser['newContext']>[0]) => Promise<Page>;
  /** Complaints of pages that a test expects, as parts of their text. */
  expected: string[];
}

export const test = base.extend<TestThings, WorkerThings>({
  sessionOf: [
    async ({ playwright }, use) => {
      const sessions = new Map<Role, Session>();
      await use(async (role) => {
        const known = sessions.get(role);
        if (known) {
          return known;
        }
        const request = await playwright.request.newContext({ baseURL: environment.address });
        const { email, password } = account(role);
        await signIn(request, email, password);
        const session = await request.storageState();
        await request.dispose();
        sessions.set(role, session);
        return session;
      });
    },
    { scope: 'worker' },
  ],

  expected: async ({}, use) => {
    await use([]);
  },

  context: async ({ context, expected }, use) => {
    const complaints = await listen(context);
    await use(context);
    expectQuiet(complaints, expected);
  },

  as: async ({ browser, sessionOf, expected }, use, { project }) => {
    const opened: { context: BrowserContext; complaints: string[] }[] = [];
    await use(async (role, options = {}) => {
      const { baseURL, locale, timezoneId, viewport } = project.use;
      const storageState = await sessionOf(role);
      const context = await browser.newContext({ baseURL, locale, timezoneId, viewport, storageState, ...options });
      opened.push({ context, complaints: await listen(context) });
      return context.newPage();
    });
    for (const { context, complaints } of opened) {
      await context.close();
      expectQuiet(complaints, expected);
    }
  },
});

/** Gathers errors on the console, uncaught exceptions and violations of the content security policy. */
async function listen(context: BrowserContext): Promise<string[]> {
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error') {
      complaints.push(`${message.text()} (${message.location().url})`);
    }
  });
  context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().message}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (violation) => {
      console.error(`content security policy: ${violation.violatedDirective} ${violation.blockedURI}`);
    });
  });
  return complaints;
}

function expectQuiet(complaints: string[], expected: string[]): void {
  const surprising = complaints.filter((complaint) => !expected.some((part) => complaint.includes(part)));
  expect(surprising, 'errors on the pages').toEqual([]);
}

/** Waits until the page is alive: the application has taken over what the server sent. */
export async function alive(page: Page): Promise<void> {
  const state = await page.waitForFunction(() => document.documentElement.dataset.alive);
  if ((await state.jsonValue()) === 'glanced') {
    // A published board is only glanced at until somebody reaches for it.
    await page.keyboard.press('Shift');
    await page.waitForFunction(() => document.documentElement.dataset.alive === 'true');
  }
}

/** Goes to a published board as somebody who only looks. */
export async function glance(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.waitForFunction(() => document.documentElement.dataset.alive === 'glanced');
}

/** Goes to a page of ours and waits until it is alive. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await alive(page);
}
