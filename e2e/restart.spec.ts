import { expect, test } from './fixtures.ts';

test('regression 3: a killed server is reported with its cause, the console reconnects, nothing is lost', async ({
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

test('a server that closes with 1001 is reported as shutting down', async ({ console, server }) => {
  await server.stop();
  await expect(console.connection).toHaveText('Connection lost (code 1001)');
  await expect(console.rows(/shutting down or restarting/)).toBeVisible();
});

test('messages that wait for a connection are rows with Discard, and dangerous ones do not wait', async ({
  console,
  page,
  server,
}) => {
  await server.kill();
  await expect(console.connection).toHaveText(/Connection lost/);
  await console.write('{"SH_NEW":{"name":"waiting"}}');
  const send = console.composer.getByRole('button', { name: 'Connect and send' });
  for (let count = 0; count < 3; count += 1) await send.click();
  const notSent = page.getByRole('region', { name: 'Messages not sent' });
  const waiting = notSent.getByRole('listitem', { name: 'Waiting for connection: SH_NEW' });
  await expect(waiting).toHaveCount(3);
  await expect(console.response.getByText('3 messages will be sent')).toBeVisible();
  await waiting.nth(1).getByRole('button', { name: 'Discard', exact: true }).click();
  await expect(waiting).toHaveCount(2);
  await console.button('Discard all').click();
  await expect(waiting).toHaveCount(0);
  await console.button('Undo').click();
  await expect(waiting).toHaveCount(2);

  await console.write('{"SH_END_ALL":{}}');
  await send.click();
  await expect(console.composer.getByRole('alert')).toContainText(
    /Not sent: SH_END_ALL .*Connect first/,
  );
  await expect(waiting).toHaveCount(2);
  expect(await console.written()).toBe('{"SH_END_ALL":{}}');

  await server.start();
  await expect(console.connection).toHaveText(/Connected to/, { timeout: 20_000 });
  await expect(console.rows(/Received SH_NEW_RSP, Ok/)).toHaveCount(2);
  await expect(waiting).toHaveCount(0);
  await expect(console.rows(/SH_END_ALL/)).toHaveCount(0);
});

test('what waited when the person disconnects is kept, and sent only when asked to', async ({
  console,
  page,
  server,
}) => {
  await server.kill();
  await console.send('{"SH_INFO_ALL":{}}');
  await console.button('Disconnect').click();
  const held = page.getByRole('listitem', { name: 'Not sent: SH_INFO_ALL' });
  await expect(held).toBeVisible();
  await server.start();
  await console.button(`Close ${server.host}`).click();
  await expect(page.getByRole('dialog', { name: `Close ${server.host}?` })).toBeVisible();
  await console.button('Keep').click();
  await console.button('Connect').click();
  await expect(console.connection).toHaveText(/Connected to/);
  await expect(held).toBeVisible();
  await held.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(console.rows(/Received SH_INFO_ALL_RSP/)).toHaveCount(1);
  await expect(held).toHaveCount(0);
});

test('sending while disconnected connects first and sends once', async ({ console }) => {
  await console.button('Disconnect').click();
  await expect(console.connection).toHaveText('Disconnected');
  await console.send('{"SH_INFO_ALL":{}}');
  await expect(console.rows(/Received SH_INFO_ALL_RSP/)).toHaveCount(1);
  await expect(console.rows(/Sent SH_INFO_ALL/)).toHaveCount(1);
  await expect(console.connection).toHaveText(/Connected to/);
});
