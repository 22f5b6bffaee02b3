import { expect, test } from './fixtures.ts';

test.use({ isStoreLate: true });

test('the console works with a store that answers late', async ({ console, otherClient }) => {
  const token = await otherClient.newSession('{"name":"slow"}');
  const row = console.sessionRow(/slow/);
  await row.click();
  const set = (value: number) =>
    otherClient.ask(`{"KV_SET":{"tkn":"${token}","keys":{"n":${value},"k${value}":1}}}`);
  for (let value = 1; value <= 9; value += 1) await set(value);
  await otherClient.ask(`{"KV_RMV":{"tkn":"${token}","keys":["k1","k2"]}}`);
  await expect(console.session).toContainText('k9');
  await expect(console.session).not.toContainText('k1');

  await console.button('Close session').click();
  await console.send('{"SH_NEW":{"name":"mine"}}');
  await expect(console.sessionRow(/mine/)).toBeVisible();
  await otherClient.ask(`{"SH_END":{"tkn":"${token}"}}`);
  await expect(row).toHaveCount(0);
});
