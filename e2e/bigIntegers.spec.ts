import { expect, test } from './fixtures.ts';

const big = '14247375118774737462';

test('a 20-digit integer survives composer, beautify, server, log and inspector', async ({
  console,
  otherClient,
}) => {
  await console.send('{"SH_NEW":{"name":"numbers"}}');
  await expect(console.rows(/Received SH_NEW_RSP/)).toBeVisible();
  const numbers = `[${big},9007199254740993,1.0,1e400,-0]`;
  await console.write(`{"KV_SET":{"tkn":"{{tkn}}","keys":{"n":${numbers}}}}`);
  await console.button('Beautify').click();
  await expect.poll(() => console.written()).toContain(`\n        ${big},\n`);
  await console.button('Send').click();
  await expect(console.rows(/Received KV_SET_RSP, KeySet/)).toBeVisible();
  await console.send('{"KV_GET":{"tkn":"{{tkn}}","keys":["n"]}}');
  const reply = console.rows(/Received KV_GET_RSP/);
  await reply.getByRole('group', { name: 'Reply' }).getByRole('button', { name: 'Raw' }).click();
  await expect(reply).toContainText(`"n":${numbers}`);

  const shown = await console.rows(/Sent KV_GET/).getAttribute('aria-label');
  expect(shown).toContain('Sent KV_GET');
  await console.sessionRow(/numbers/).click();
  await expect(console.session).toContainText(big);
  const token = /"tkn":"(\d+)"/.exec(await reply.innerText())?.[1] ?? '';
  expect(await otherClient.ask(`{"KV_GET":{"tkn":"${token}","keys":["n"]}}`)).toContain(numbers);
});
