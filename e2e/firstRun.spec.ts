import { expect, test } from './fixtures.ts';

test('an empty server shows a session happen, and leaves composer and lesson as they were', async ({
  console,
  page,
}) => {
  const card = page.getByRole('region', { name: 'First steps' });
  await expect(card).toContainText('Nothing stored yet');
  const written = await console.written();
  await card.getByRole('button', { name: 'Watch a session happen' }).click();
  await expect(card).toContainText('SH_NEW creates');
  await expect.poll(() => console.written()).toContain('SH_NEW');
  await expect(console.sessionRow(/demo/)).toBeVisible();
  await expect(console.rows(/Received KV_GET_RSP/)).toBeVisible();
  await expect(card).toContainText('its time runs out');
  await card.getByRole('button', { name: 'Skip' }).click();
  await expect(card).toContainText('Stopped.');
  expect(await console.written()).toBe(written);
  await expect(console.tutorial.getByText('0 of 4')).toBeVisible();
  await console.panels.getByRole('button', { name: 'Learn' }).click();
  await expect(console.tutorial).toHaveCount(0);
  await card.getByRole('button', { name: 'Start the lesson' }).click();
  await expect(console.tutorial).toBeVisible();
  await expect(card).toHaveCount(0);
});

test('sample data is loaded with one click, and one click ends exactly its sessions', async ({
  console,
  otherClient,
  page,
}) => {
  const card = page.getByRole('region', { name: 'First steps' });
  await card.getByRole('button', { name: 'Load sample data' }).click();
  await expect(card).toContainText('Sample data: 4 sessions.');
  for (const name of [/basket/, /login/, /one-time code/, /defaults/]) {
    await expect(console.sessionRow(name)).toBeVisible();
  }
  await card.getByRole('button', { name: 'See it in the inspector' }).click();
  await expect(console.session.getByRole('heading', { name: 'basket' })).toBeVisible();
  await console.button('Close session').click();
  await otherClient.newSession('{"name":"basket"}');
  await expect(console.sessionRow(/basket/)).toHaveCount(2);
  await card.getByRole('button', { name: 'Remove sample data' }).click();
  await expect(page.getByRole('status', { name: 'Notice' })).toHaveText('Sample data removed.');
  await expect(console.sessionRow(/login|one-time code|defaults/)).toHaveCount(0);
  await expect(console.sessionRow(/basket/)).toHaveCount(1);
});

test('where something is stored already no first steps are offered', async ({
  console,
  otherClient,
  page,
}) => {
  const card = page.getByRole('region', { name: 'First steps' });
  await expect(card).toBeVisible();
  await expect(card.getByRole('button', { name: 'Hide' })).toBeVisible();
  await otherClient.newSession('{"name":"there before"}');
  await expect(console.sessionRow(/there before/)).toBeVisible();
  await expect(card).toHaveCount(0);
});
