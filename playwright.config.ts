import { defineConfig } from '@playwright/test';

const chromiumPath = process.env['CHROMIUM_PATH'];

export default defineConfig({
  testDir: 'e2e',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  // Three times what the longest story takes on a quiet machine.
  timeout: 120_000,
  // Far beyond a good run; a hanging one must end before CI ends it without a count.
  globalTimeout: process.env['CI'] ? 2_700_000 : 0,
  expect: { timeout: 10_000 },
  outputDir: 'test-results/e2e',
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    trace: 'retain-on-failure',
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
