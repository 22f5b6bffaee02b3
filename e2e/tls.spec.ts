import { fileURLToPath } from 'node:url';
import { expect, test } from './fixtures.ts';
import { ConsolePage } from '../client/testing/playwright/consolePage.ts';

const certificate = (name: string) =>
  fileURLToPath(new URL(`../test/server/certificates/${name}`, import.meta.url));

test.use({ ignoreHTTPSErrors: true });

test('over https the console connects with wss, and its inspector sees the sessions', async ({
  otherServer,
  page,
}) => {
  const [cert, key] = [certificate('first.cert.pem'), certificate('first.key.pem')];
  await otherServer.start('--tls-cert', cert, '--tls-key', key);
  await page.goto(otherServer.url);
  const consolePage = new ConsolePage(page);
  await expect(consolePage.connection).toHaveText(/Connected to/);
  await expect(page.getByRole('textbox', { name: 'Server URL' })).toHaveValue(/^wss:\/\//);
  await consolePage.send('{"SH_NEW":{"name":"over TLS"}}');
  await expect(consolePage.rows(/Received SH_NEW_RSP/)).toBeVisible();
  await expect(consolePage.sessionRow(/over TLS/)).toBeVisible();
});
