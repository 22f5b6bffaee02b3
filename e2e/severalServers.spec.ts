import type { Page } from '@playwright/test';
import { startRedis, type TestRedis } from '../client/testing/startRedis.ts';
import { whyNoRedis } from '../test/server/whyNoRedis.ts';
import { expect, OtherClient, test as base, TestServer, type Fixtures } from './fixtures.ts';

async function startedAs(name: string, redis: TestRedis): Promise<TestServer> {
  const server = new TestServer();
  const store = ['--store', `redis://127.0.0.1:${redis.port}`, '--cluster-ack', 'master'];
  await server.start(...store, '--server-name', name);
  return server;
}

/** Two servers that share one Redis; the console is that of the first. */
const test = base.extend<{ redis: TestRedis }>({
  redis: async ({}, use) => {
    const redis = await startRedis();
    await use(redis);
    await redis.close();
  },
  server: async ({ redis }, use) => {
    const server = await startedAs('web-1', redis);
    await use(server);
    await server.remove();
  },
  otherServer: async ({ redis }, use) => {
    const server = await startedAs('web-2', redis);
    await use(server);
    await server.remove();
  },
});

const title = 'a console sees what happens through another server, and names it';

async function seeAnotherServer({ console, otherServer, page }: Fixtures & { page: Page }) {
  const { sessions, session } = console;
  const there = await OtherClient.connect(otherServer.socketUrl);
  const token = await there.newSession('{"name":"basket"}');
  await console.sessionRow(/basket/).click();
  await there.ask(`{"KV_SET":{"tkn":"${token}","keys":{"colour":"teal"}}}`);
  await session.getByRole('treeitem', { name: /colour/ }).click();
  await expect(session).toContainText(/Connection 1 on web-2 · KV_SET/);

  await page.getByRole('tab', { name: 'Timeline' }).click();
  const changes = page.getByRole('table', { name: 'Changes' });
  await there.ask(`{"KV_SET":{"tkn":"${token}","keys":{"colour":"red"}}}`);
  const change = /KV_SET, colour: "teal" → "red", Connection 1 on web-2/;
  await expect(changes.getByRole('row', { name: change })).toBeVisible();
  await console.button('Close session').click();

  await sessions.getByRole('tab', { name: 'Commands' }).click();
  await sessions.getByRole('button', { name: 'Start', exact: true }).click();
  await console.button('Widen sessions').click();
  const commands = sessions.getByRole('table', { name: 'Commands of all clients' });
  await expect(async () => {
    await there.ask(`{"KV_GET":{"tkn":"${token}","keys":["colour"]}}`);
    await expect(commands.getByRole('row', { name: /KV_GET/ }).first()).toBeVisible({
      timeout: 1_000,
    });
  }).toPass();

  await sessions.getByRole('tab', { name: 'Clients' }).click();
  const clients = sessions.getByRole('table', { name: 'Connected clients' });
  await expect(clients.getByRole('columnheader', { name: 'Server' })).toBeVisible();
  const row = clients.getByRole('row', { name: /^Connection 1 on web-2/ });
  await row.getByRole('button').first().click();
  const closed = there.closed();
  await sessions.getByRole('button', { name: 'Cut off…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Cut off connection 1 on web-2?' });
  await dialog.getByRole('textbox', { name: /Reason/ }).fill('maintenance');
  await dialog.getByRole('button', { name: 'Cut off', exact: true }).click();
  expect(await closed).toEqual([1008, 'maintenance']);
  await expect(sessions).toContainText('Connection 1 on web-2 was cut off.');
  await expect(row).toHaveCount(0);
  await expect(console.connection).toHaveText(/Connected to/);
}

// Where there is no Redis, unit tests say what is missing.
if (whyNoRedis === undefined) test(title, seeAnotherServer);
