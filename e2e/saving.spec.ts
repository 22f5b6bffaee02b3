import { expect, test } from './fixtures.ts';

test('what was saved is back in the list of sessions after a restart', async ({
  console,
  server,
}) => {
  await console.send('{"SH_NEW":{"name":"basket"}}');
  await expect(console.rows(/Received SH_NEW_RSP/)).toBeVisible();
  await console.send('{"KV_SET":{"tkn":"{{tkn}}","keys":{"total":14247375118774737462}}}');
  await console.send('{"SH_SAVE":{"name":"nightly"}}');
  await expect(console.rows(/Received SH_SAVE_RSP, SaveComplete/)).toBeVisible();
  await server.kill();
  await expect(console.connection).toHaveText(/Connection lost/);
  await server.start();
  await expect(console.connection).toHaveText(/Connected to/, { timeout: 20_000 });
  await expect(console.sessions).toContainText('0 sessions');
  await console.send('{"SH_LOAD":{"name":"nightly"}}');
  await expect(console.rows(/Received SH_LOAD_RSP, LoadComplete/)).toBeVisible();
  await expect(console.sessionRow(/basket/)).toBeVisible();
  await console.send('{"KV_GET":{"tkn":"{{tkn}}","keys":["total"]}}');
  await expect(console.rows(/Received KV_GET_RSP/)).toContainText('14247375118774737462');
});
