import { defineConfig, devices } from '@playwright/test';
import { environment } from './support/environment.js';

// Debian's Chromium: Playwright's own download is not to be relied on.
const chromium = {
  executablePath: process.env.LINGDONG_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

export default defineConfig({
  testDir: './specs',
  outputDir: './test-results',
  // A test that passes only sometimes proves nothing.
  retries: 0,
  workers: 2,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json']],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: environment.address,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
    launchOptions: chromium,
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'browser', testIgnore: ['screenshots.spec.ts', 'bench*.spec.ts'] },
    // What a trace takes down of every step would be measured too.
    { name: 'bench', testMatch: 'bench*.spec.ts', use: { trace: 'off' } },
    { name: 'screenshots', testMatch: 'screenshots.spec.ts' },
  ],
  webServer: {
    command: environment.serve,
    url: `${environment.address}/readyz`,
    // A month of simulated history is loaded first.
    timeout: 300_000,
    reuseExistingServer: false,
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
  },
});
