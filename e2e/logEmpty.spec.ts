import { expect, test } from './logFixtures.ts';

test('an empty log names the next step: write, connect, look again, resume, show all', async ({
  console,
  log,
  page,
  server,
}) => {
  await log.button('Clear messages').click();
  await expect(log.region.getByText('Log cleared. New messages appear here.')).toBeVisible();
  await log.button('Go to the composer').click();
  await expect(console.editor).toBeFocused();

  await console.send('{"SH_INFO_ALL":{}}');
  await expect(log.row(/Received SH_INFO_ALL_RSP/)).toBeVisible();
  await log.search.fill('nowhere');
  await expect(log.region.getByText('No match for “nowhere”.')).toBeVisible();
  await log.button('Show all messages').click();
  await expect(log.row(/Received SH_INFO_ALL_RSP/)).toBeVisible();
  await log.filter(/^Only failures/);
  await expect(log.region.getByText('No match for “Only failures”.')).toBeVisible();
  await log.button('Show all messages').click();
  await expect(log.region.getByRole('combobox', { name: 'Show' })).toHaveValue('all');

  await log.button('Clear messages').click();
  await log.button('Pause').click();
  await console.send('{"SH_INFO_ALL":{}}');
  await expect(log.region.getByText('Paused before any message arrived.')).toBeVisible();
  await log.region.getByRole('log').locator('..').getByRole('button', { name: 'Resume' }).click();
  await expect(log.row(/Received SH_INFO_ALL_RSP/)).toBeVisible();

  await console.button('Disconnect').click();
  await expect(console.connection).toHaveText('Disconnected');
  await log.button('Clear messages').click();
  await expect(log.region.getByText('Not connected.')).toBeVisible();
  await log.button('Connect to the server').click();
  await expect(console.connection).toHaveText(/Connected to/);

  await server.kill();
  await expect(console.connection).toHaveText(/Connection lost/);
  await log.button('Clear messages').click();
  await expect(log.region.getByText('Connection lost.')).toBeVisible();
  // Before the server is back: the page would reconnect automatically, and the button would be gone.
  await log.button('Try again now').click();
  await server.start();
  await expect(console.connection).toHaveText(/Connected to/);
  await page.getByRole('listitem', { name: /Connection: Reconnected/ }).waitFor();
});

test('without sessions, and without a match, the list of sessions names the next step', async ({
  console,
  otherClient,
  page,
}) => {
  await expect(console.sessions.getByText('No sessions yet.')).toBeVisible();
  await console.sessions.getByRole('button', { name: 'Insert SH_NEW' }).click();
  await expect.poll(() => console.written()).toContain('SH_NEW');
  await otherClient.newSession('{"name":"user1"}');
  await expect(console.sessionRow(/user1/)).toBeVisible();
  const search = page.getByRole('searchbox', { name: 'Find sessions' });
  await search.fill('nobody');
  await expect(console.sessions.getByText('No sessions match “nobody”.')).toBeVisible();
  await console.sessions.getByRole('button', { name: 'Show all sessions' }).click();
  await expect(console.sessionRow(/user1/)).toBeVisible();
});
