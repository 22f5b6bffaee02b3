import { expect, test } from './fixtures.ts';

test('regression 3: a killed server is told with its cause, found again, and nothing is lost', async ({
  console,
  page,
  server,
}) => {
  await console.send('{"SH_NEW":{"name":"user1"}}');
  await expect(console.rows(/Received SH_NEW_RSP/)).toBeVisible();
  await console.write('{"SH_INFO":{}} still being written');

  await server.kill();
  await expect(console.connection).toHaveText('Connection lost (code 1006)');
  await expect(page.getByText(/the server stopped or the network failed/).first()).toBeVisible();
  await expect(console.button('Retry now').first()).toBeVisible();

  await server.start();
  await expect(console.connection).toHaveText(/Connected to/, { timeout: 20_000 });
  await expect(console.rows(/Connection: Reconnected/)).toBeVisible();
  await expect(console.rows(/Received SH_NEW_RSP/)).toBeVisible();
  expect(await console.written()).toBe('{"SH_INFO":{}} still being written');
});

test('a server that says goodbye is told as one that shuts down', async ({ console, server }) => {
  await server.stop();
  await expect(console.connection).toHaveText('Connection lost (code 1001)');
  await expect(console.rows(/shutting down or restarting/)).toBeVisible();
});

test('sending while disconnected connects first and sends once', async ({ console }) => {
  await console.button('Disconnect').click();
  await expect(console.connection).toHaveText('Disconnected');
  await console.send('{"SH_INFO_ALL":{}}');
  await expect(console.rows(/Received SH_INFO_ALL_RSP/)).toHaveCount(1);
  await expect(console.rows(/Sent SH_INFO_ALL/)).toHaveCount(1);
  await expect(console.connection).toHaveText(/Connected to/);
});
