import { expect, test } from './fixtures.ts';

const set = (token: string, keys: string) => `{"KV_SET":{"tkn":"${token}","keys":${keys}}}`;

test('the timeline of a session follows what others change, and goes to any moment', async ({
  console,
  otherClient,
  page,
}) => {
  const token = await otherClient.newSession('{"name":"watched"}');
  await otherClient.ask(set(token, '{"colour":"teal","size":5}'));
  await console.sessionRow(/watched/).click();
  await page.getByRole('tab', { name: 'Timeline' }).click();
  const changes = page.getByRole('table', { name: 'Changes' });
  await expect(changes.getByRole('row', { name: /KV_SET, colour: – → "teal"/ })).toBeVisible();
  const keys = page.getByRole('region', { name: 'Keys at this moment' });
  await expect(keys.getByRole('row', { name: /size/ })).toContainText('5');

  await otherClient.ask(set(token, '{"size":6}'));
  await otherClient.ask(`{"KV_RMV":{"tkn":"${token}","keys":["colour"]}}`);
  await expect(changes.getByRole('row', { name: /KV_RMV, colour: "teal" → –/ })).toBeVisible();
  await expect(keys.getByRole('row', { name: /colour/ })).toHaveCount(0);

  // By keys, change by change.
  const slider = page.getByRole('slider', { name: 'Moment' });
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(slider).toHaveAttribute('aria-valuetext', 'After change 3 of 4');
  await expect(keys.getByRole('row', { name: /colour/ })).toContainText('"teal"');
  await page.keyboard.press('ArrowLeft');
  await expect(keys.getByRole('row', { name: /size/ })).toContainText('5');

  // New changes do not move the moment; two moments stand side by side.
  await otherClient.ask(set(token, '{"size":7}'));
  await expect(slider).toHaveAttribute('aria-valuetext', 'After change 2 of 5');
  await page.getByLabel('Compare with').selectOption('Now');
  await expect(keys.getByRole('heading')).toHaveText('2 keys differ');
  await expect(keys.getByRole('row', { name: /size/ })).toHaveText(/size\s*5\s*7/);
  await expect(keys.getByRole('row', { name: /colour/ })).toHaveText(/colour\s*"teal"\s*–/);
  await otherClient.ask(set(token, '{"size":5}'));
  await expect(keys.getByRole('heading')).toHaveText('1 key differs');
});

test('changes are copied as the commands that make them again', async ({
  console,
  otherClient,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const token = await otherClient.newSession('{"name":"copied"}');
  await otherClient.ask(set(token, '{"n":9007199254740993}'));
  await otherClient.ask(`{"KV_INCR":{"tkn":"${token}","key":"n"}}`);
  await console.sessionRow(/copied/).click();
  await page.getByRole('tab', { name: 'Timeline' }).click();
  const slider = page.getByRole('slider', { name: 'Moment' });
  await slider.focus();
  await page.keyboard.press('Home');
  await console.button('Mark').click();
  await console.button('Go to now').click();
  await console.button('Copy 3 changes as commands').click();
  await expect(page.getByText('Copied.')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n')).toEqual([
    '{"KV_SET":{"tkn":"{{tkn}}","keys":{"n":9007199254740993}}}',
    '{"KV_SET":{"tkn":"{{tkn}}","keys":{"n":9007199254740994}}}',
  ]);
});

test('the timeline of a session that has ended can still be read', async ({
  console,
  otherClient,
  page,
}) => {
  const token = await otherClient.newSession('{"name":"ending"}');
  await otherClient.ask(set(token, '{"last":"words"}'));
  await console.sessionRow(/ending/).click();
  await expect(console.session).toContainText('words');
  await otherClient.ask(`{"SH_END":{"tkn":"${token}"}}`);
  await page.getByRole('tab', { name: 'Timeline' }).click();
  const changes = page.getByRole('table', { name: 'Changes' });
  await expect(changes.getByRole('row', { name: /SH_END/ })).toBeVisible();
  await changes.getByRole('button', { name: /KV_SET/ }).click();
  const keys = page.getByRole('region', { name: 'Keys at this moment' });
  await expect(keys.getByRole('row', { name: /last/ })).toContainText('"words"');
});

test('sessions that have ended are listed with why, and open with their timelines', async ({
  console,
  otherClient,
  page,
}) => {
  await console.sessions.getByRole('button', { name: 'Recently ended' }).click();
  const ended = page.getByRole('table', { name: 'Recently ended' });
  const hostile = String.raw`<b>\u202eparting`;
  const token = await otherClient.newSession(`{"name":"${hostile}"}`);
  const expiry = '{"duration":1,"deleteSession":true}';
  await otherClient.newSession(`{"name":"short","expiry":${expiry}}`);
  await otherClient.ask(set(token, '{"last":"words"}'));
  await otherClient.ask(`{"SH_END":{"tkn":"${token}"}}`);
  const row = ended.getByRole('row', { name: /parting/ });
  await expect(row).toContainText(/SH_END · Connection \d+/);
  await expect(row).toContainText(String.raw`<b>\u202eparting`);
  await expect(ended.getByRole('row', { name: 'short, Expired' })).toBeVisible();
  await row.getByRole('button').click();
  await expect(console.session).toContainText('This session ended or expired');
  const changes = page.getByRole('table', { name: 'Changes' });
  await changes.getByRole('button', { name: /KV_SET/ }).click();
  const keys = page.getByRole('region', { name: 'Keys at this moment' });
  await expect(keys.getByRole('row', { name: /last/ })).toContainText('"words"');
  await page.getByRole('button', { name: 'Close session' }).first().click();
  await page.getByRole('button', { name: 'Back to living sessions' }).click();
  await expect(console.sessions).toContainText('No sessions yet.');
});

test('of a change of very many keys the timeline says what it does not have, and shows what it has', async ({
  console,
  otherClient,
  page,
}) => {
  const token = await otherClient.newSession('{"name":"bulk"}');
  const keys = Array.from({ length: 1_500 }, (_, at) => `"k${at}":${at}`).join(',');
  await otherClient.ask(set(token, `{${keys}}`));
  await otherClient.ask(set(token, '{"k0":"later"}'));
  await console.sessionRow(/bulk/).click();
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await page.getByRole('button', { name: /1,500 keys: values before not kept/ }).click();
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption('The moment before');
  const moment = page.getByRole('region', { name: 'Keys at this moment' });
  await expect(moment).toContainText('The server does not have the values before this change');
  await moment.getByRole('button', { name: 'Show keys after it' }).click();
  await expect(moment).toContainText('1,500 keys');
  await expect(moment.getByRole('row', { name: /^k0 / })).toHaveText('k00');
});
