import { defineConfig } from '@playwright/test';

const chromiumPath = process.env['CHROMIUM_PATH'];

/**
 * What Chromium leaves out. The last such switch counts, so this one repeats what Playwright leaves
 * out and that concerns a page served from this machine.
 */
const disabledFeatures = [
  // Two pages of the address bar that each window loads: more work than the console itself.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  // As Playwright has it.
  'AimEnabled',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
];

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
  // Recording a trace costs a fifth of a story's time. A story that fails runs again with one, and has
  // failed even if it passes then.
  retries: 1,
  failOnFlakyTests: true,
  // How components look, as text and in pictures.
  snapshotPathTemplate: 'e2e/looks/{arg}{ext}',
  outputDir: 'test-results/e2e',
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    trace: 'on-first-retry',
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
        `--disable-features=${disabledFeatures.join(',')}`,
      ],
    },
  },
});
