import type { Locator } from '@playwright/test';
import { expect, test } from './logFixtures.ts';

const failed = "Couldn't load this panel.";

test('views of a message that cannot be loaded say so in their place, and come later', async ({
  console,
  log,
  page,
  server,
}) => {
  await console.send('{"SH_NEW":{"name":"one"}}');
  await expect(log.row(/Received SH_NEW_RSP/)).toBeVisible();
  await console.send('{"KV_SET":{"tkn":"{{tkn}}","keys":{"rows":[{"a":1},{"a":2}]}}}');
  await expect(log.row(/Received KV_SET_RSP/)).toBeVisible();
  await console.send('{"KV_GET":{"tkn":"{{tkn}}","keys":["rows"]}}');
  // The newest reply is unfolded.
  const reply = log.part(log.row(/Received KV_GET_RSP/), 'Reply');
  await expect(reply.getByRole('button', { name: 'Raw', exact: true })).toBeVisible();
  await server.kill();
  await expect(page.getByRole('button', { name: 'Retry now' }).first()).toBeVisible();

  const parts: [string, Locator][] = [
    ['Tree', reply.getByRole('tree', { name: 'Tree' })],
    ['Table', reply.getByRole('group', { name: 'Table' })],
  ];
  for (const [view] of parts) {
    await reply.getByRole('button', { name: view, exact: true }).click();
    await expect(reply.getByRole('alert')).toContainText(failed);
  }
  await expect(console.composer).toBeVisible();

  await server.start();
  // The new row at the top moves the others: a click on one of them could miss.
  await expect(log.row(/Reconnected/)).toBeVisible({ timeout: 60_000 });
  for (const [view, part] of parts) {
    await reply.getByRole('button', { name: view, exact: true }).click();
    const again = reply.getByRole('button', { name: 'Try again' });
    await expect(again.or(part)).toBeVisible();
    if (await again.isVisible()) await again.click();
    await expect(part).toBeVisible();
  }
  // Its stylesheet has come as well: lines of the tree have one height.
  await reply.getByRole('button', { name: 'Tree', exact: true }).click();
  await expect(reply.getByRole('treeitem').first()).toHaveCSS('height', '22px');
});

test('two messages can be compared once the server is back', async ({
  console,
  log,
  page,
  server,
}) => {
  await console.send('{"SH_INFO_ALL":{}}');
  await expect(log.row(/Received SH_INFO_ALL_RSP/)).toBeVisible();
  await console.send('{"SV_INFO":{}}');
  await expect(log.row(/Received SV_INFO_RSP/)).toBeVisible();
  for (const name of [/Sent SH_INFO_ALL/, /Sent SV_INFO/]) {
    await log.row(name).getByRole('checkbox').check();
  }
  await server.kill();
  const dialog = page.getByRole('dialog', { name: 'Compare two messages' });
  await log.button('Compare').click();
  await expect(dialog.getByRole('alert')).toContainText(failed);
  await server.start();
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(dialog.getByRole('row').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});
