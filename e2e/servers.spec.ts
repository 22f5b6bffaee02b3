import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { ConsolePage } from '../client/testing/playwright/consolePage.ts';

/** Gives the server of the tab a name and makes it a production server. */
async function becomesProduction(console: ConsolePage, page: Page, name = 'Shop'): Promise<void> {
  await console.button('Server mode: Local').click();
  const details = page.getByRole('dialog', { name: 'Connection details' });
  const server = details.getByRole('region', { name: 'Server' });
  await server.getByRole('textbox', { name: 'Name' }).fill(name);
  await server.getByRole('radio', { name: 'Production' }).check();
  await page.keyboard.press('Escape');
  await expect(details).toHaveCount(0);
}

const question = (page: Page) => page.getByRole('dialog', { name: /^Send .* to Shop\?$/ });

test('a server has a name, a mode and a colour, which its tabs, the bar and the title carry', async ({
  console,
  page,
  server,
}) => {
  await expect(console.tabs).toHaveAccessibleName(server.host);
  const firstSteps = page.getByRole('region', { name: 'First steps' });
  await expect(firstSteps).toBeVisible();
  await becomesProduction(console, page);
  await expect(firstSteps).toHaveCount(0);
  await expect(console.tabs).toHaveAccessibleName('Shop Production');
  await expect(console.connection).toHaveText('Connected to Shop');
  await expect(page).toHaveTitle('Shop · Seshdeck');
  await expect(console.button('Server mode: Production')).toBeVisible();
  await page.reload();
  await expect(console.tabs).toHaveAccessibleName('Shop Production');
  await console.button('Server mode: Production').click();
  const colours = page.getByRole('radiogroup', { name: 'Colour' });
  await expect(colours.getByRole('radio', { name: 'Red' })).toBeChecked();
  const modes = page.getByRole('radiogroup', { name: 'Mode' });
  await modes.getByRole('radio', { name: 'Staging' }).check();
  await expect(colours.getByRole('radio', { name: 'Amber' })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(console.tabs).toHaveAccessibleName('Shop');
});

test('a production server is asked about by its name before data is destroyed', async ({
  console,
  page,
  otherClient,
}) => {
  await otherClient.newSession('{"name":"user1"}');
  await becomesProduction(console, page);
  await console.send('{"SH_END_ALL":{}}');
  const asked = question(page);
  await expect(asked).toContainText('This server has 1 session with 0 keys now.');
  const name = asked.getByRole('textbox', { name: 'Server name' });
  await expect(name).toBeFocused();
  await name.fill('shop');
  await page.keyboard.press('Enter');
  await expect(asked.getByRole('alert')).toHaveText('This is not the name of the server.');
  await page.keyboard.press('Escape');
  await expect(asked).toHaveCount(0);
  await expect(console.composer.getByRole('button', { name: 'Send', exact: true })).toBeFocused();
  expect(await console.written()).toBe('{"SH_END_ALL":{}}');
  expect(await otherClient.ask('{"SH_INFO_ALL":{}}')).toContain('"totalSessions":1');
  // What names a key changes no more than that: nobody is asked.
  await console.send('{"SV_INFO":{}}');
  await expect(console.rows(/Received SV_INFO_RSP/)).toBeVisible();
  await console.send('{"SH_END_ALL":{}}');
  await name.fill('Shop');
  await page.keyboard.press('Enter');
  await expect(console.rows(/Received SH_END_ALL_RSP, Ok/)).toHaveCount(1);
  await expect(asked).toHaveCount(0);
});

test('sending from the log, a sequence and a saved message ask as well', async ({
  console,
  page,
}) => {
  await console.send('{"SH_END_ALL":{}}');
  await expect(console.rows(/Received SH_END_ALL_RSP/)).toHaveCount(1);
  await becomesProduction(console, page);
  const asked = question(page);
  await console
    .rows(/SH_END_ALL/)
    .getByRole('button', { name: /^Sent/ })
    .press('r');
  await asked.getByRole('button', { name: 'Cancel' }).click();

  await console.send('{"SH_NEW":{"name":"a"}}\n{"SH_END":{"tkn":"{{tkn}}"}}\n{"SV_INFO":{}}');
  await expect(asked).toContainText('The session “a” has 0 keys now.');
  await asked.getByRole('button', { name: 'Cancel' }).click();
  const conversation = console.composer.getByRole('group', { name: 'Conversation' });
  await expect(conversation.getByRole('status')).toHaveText(
    'Stopped at message 2 of 3: you cancelled it. It was not sent.',
  );
  await conversation.getByRole('button', { name: 'Continue with 2' }).click();
  await asked.getByRole('textbox', { name: 'Server name' }).fill('Shop');
  await asked.getByRole('button', { name: 'Send SH_END', exact: true }).click();
  await expect(console.rows(/Received SV_INFO_RSP/)).toHaveCount(1);
  await expect(console.rows(/Received SH_END_RSP, Ok/)).toHaveCount(1);

  await console.write('{"SH_END_ALL":{}}');
  await console.button('Save message').click();
  await page.getByRole('textbox', { name: 'Name' }).fill('End all');
  await page.keyboard.press('Enter');
  await console.button('Saved').click();
  await page.getByRole('region', { name: 'Saved messages' }).getByTitle('Send End all').click();
  await asked.getByRole('button', { name: 'Cancel' }).click();
  await expect(console.rows(/Received SH_END_ALL_RSP/)).toHaveCount(1);
});

test('a question stays through a lost connection, and is not sent late', async ({
  console,
  page,
  server,
}) => {
  await becomesProduction(console, page);
  await console.send('{"SH_END_ALL":{}}');
  const asked = question(page);
  const name = asked.getByRole('textbox', { name: 'Server name' });
  await server.kill();
  await expect(asked.getByRole('alert')).toContainText('No connection.');
  await name.fill('Shop');
  await page.keyboard.press('Enter');
  await expect(asked).toBeVisible();
  await server.start();
  await expect(asked.getByRole('alert')).toHaveCount(0);
  await expect(name).toHaveValue('Shop');
  await page.keyboard.press('Enter');
  await expect(console.rows(/Received SH_END_ALL_RSP, Ok/)).toHaveCount(1);
});

test('servers that were used are found, opened, removed and brought back by keyboard', async ({
  console,
  page,
  server,
  otherServer,
}) => {
  await otherServer.start('--allow-origin', server.url);
  await becomesProduction(console, page);
  await console.connectTo(otherServer.socketUrl);
  await expect(console.connection).toHaveText(`Connected to ${otherServer.host}`);
  await page.getByRole('textbox', { name: 'Server URL' }).press('ArrowDown');
  const recent = page.getByRole('dialog', { name: 'Recent servers' });
  const find = recent.getByRole('combobox', { name: 'Find a server' });
  const listed = recent.getByRole('listbox', { name: 'Servers' }).getByRole('option');
  await expect(find).toBeFocused();
  await expect(listed).toHaveCount(2);
  await expect(listed.nth(1)).toContainText('Shop');
  await find.fill('prod');
  await expect(listed).toHaveCount(1);
  await page.keyboard.press('Delete');
  await expect(recent.getByRole('status')).toHaveText('No results.');
  await page.keyboard.press('Escape');
  await expect(console.button('Recent servers')).toBeFocused();
  await expect(page.getByRole('status', { name: 'Notice' })).toContainText(
    'Shop is no longer listed.',
  );
  await console.button('Undo').click();

  await console.button('Recent servers').click();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(console.tabs).toHaveCount(2);
  await expect(console.tabs.nth(1)).toHaveAccessibleName('Shop Production');
  await expect(console.connection).toHaveText('Connected to Shop');
  await console.button('Disconnect').click();
  await console.button('Recent servers').click();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(console.tabs).toHaveCount(2);
  await expect(console.connection).toHaveText(`Connected to ${otherServer.host}`);
});
