import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { expect, test } from './fixtures.ts';

test('the details show how safe the data is, what was asked and answered, and how long it took', async ({
  console,
  page,
  server,
}) => {
  // The round trip is measured where the server is known to speak the protocol.
  await console.send('{"SH_INFO_ALL":{}}');
  await expect(page.getByRole('status', { name: 'Durability' })).toHaveText('Memory only');
  await console.button('Connection details').click();
  const dialog = page.getByRole('dialog', { name: 'Connection details' });
  await expect(dialog.getByRole('region', { name: 'Data' })).toContainText('Changesaccepted');
  const asked = dialog.getByRole('region', { name: 'Handshake request' });
  await expect(asked).toContainText(server.socketUrl);
  await expect(asked).toContainText(`Origin${server.url}`);
  await expect(dialog.getByRole('region', { name: 'Handshake response' })).toContainText(
    /Connect time\d+(\.\d+)? m?s/,
  );
  await expect(dialog).toContainText(/Round trip\d+(\.\d+)? m?s/, { timeout: 30_000 });
});

test('subprotocols are asked for, and a chosen close code and reason reach the server', async ({
  console,
  page,
}) => {
  const peer = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(peer, 'listening');
  const { port } = peer.address() as AddressInfo;
  await console.button('Disconnect').click();
  await page.getByRole('textbox', { name: 'Server URL' }).fill(`ws://127.0.0.1:${port}`);
  await console.button('Connection details').click();
  const dialog = page.getByRole('dialog', { name: 'Connection details' });
  const field = dialog.getByRole('textbox', { name: 'Subprotocols' });
  await field.fill('a b, a');
  await expect(dialog.getByRole('alert')).toContainText('twice');
  await field.fill('chat.v2, chat.v1');
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await page.keyboard.press('Escape');
  const connected = once(peer, 'connection');
  await console.button('Connect').click();
  const [socket] = (await connected) as [WebSocket];
  expect(socket.protocol).toBe('chat.v2');
  // Nothing is known of what another server does with its data.
  await expect(page.getByRole('status', { name: 'Durability' })).toHaveCount(0);
  await console.button('Connection details').click();
  await expect(field).not.toBeEditable();
  await expect(dialog.getByRole('region', { name: 'Handshake response' })).toContainText('chat.v2');

  await dialog.getByRole('spinbutton', { name: 'Close code' }).fill('1001');
  await dialog.getByRole('button', { name: 'Close connection' }).click();
  await expect(dialog.getByRole('alert')).toContainText('not 1001');
  const closed = once(socket, 'close');
  await dialog.getByRole('spinbutton', { name: 'Close code' }).fill('4321');
  await dialog.getByRole('textbox', { name: 'Close reason' }).fill('that is all');
  await dialog.getByRole('button', { name: 'Close connection' }).click();
  const [code, reason] = (await closed) as [number, Buffer];
  expect({ code, reason: reason.toString() }).toEqual({ code: 4321, reason: 'that is all' });
  await page.keyboard.press('Escape');
  await expect(console.connection).toHaveText('Disconnected');
  peer.close();
});

test('with reconnecting off, a lost connection stays lost until one connects', async ({
  console,
  page,
  server,
}) => {
  await console.button('Connection details').click();
  await page.getByRole('switch', { name: 'Reconnect automatically' }).click();
  await page.keyboard.press('Escape');
  await server.kill();
  await expect(console.connection).toHaveText('Disconnected');
  await expect(
    page.getByRole('alert').filter({ hasText: 'Your draft' }).locator('..'),
  ).not.toContainText('Reconnecting');
  await server.start();
  await console.button('Connect').click();
  await expect(console.connection).toHaveText(/Connected to/);
});

test('one place says when the next attempt comes, and nothing on the page moves', async ({
  console,
  page,
  server,
}) => {
  const place = () => page.getByRole('main').boundingBox();
  const before = await place();
  await server.kill();
  await expect(page.getByText(/^Reconnecting in \d+ s$/)).toBeVisible();
  await expect(console.button('Retry now')).toHaveCount(1);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await console.button('Why?').click();
  await expect(page.getByRole('alert')).toContainText('the server stopped');
  expect(await place()).toEqual(before);
  await server.start();
  await expect(console.connection).toHaveText(/Connected to/, { timeout: 60_000 });
  await expect(page.getByRole('alert')).toHaveCount(0);
  // The sessions come back with the connection.
  await console.send('{"SH_NEW":{"name":"again"}}');
  await expect(console.sessionRow(/again/)).toBeVisible();
});

test('a server that refuses this page is reported as such, with the flag to use', async ({
  console,
  otherServer,
  page,
  server,
}) => {
  await otherServer.start();
  const { host } = new URL(otherServer.url);
  await console.connectTo(otherServer.socketUrl);
  const why = page.getByRole('status', { name: 'Reason' });
  await expect(why).toContainText(`${host} is there, but did not accept this connection.`);
  await expect(why).toContainText(`--allow-origin ${server.url}`);
  await expect(page.getByRole('button', { name: 'Copy flags' })).toBeVisible();
  await expect(console.connection).toHaveText(`Could not connect to ${host}`);
  await otherServer.stop();
  await page.getByRole('button', { name: 'Retry now' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Is the server running' })).toBeVisible();
  await expect(why).toHaveCount(0);
  await otherServer.start('--allow-origin', server.url);
  // It reconnects automatically, perhaps before the button could be pressed.
  await expect(console.connection).toHaveText(`Connected to ${host}`, { timeout: 60_000 });
});
