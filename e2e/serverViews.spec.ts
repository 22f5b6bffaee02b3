import { expect, test } from './fixtures.ts';
import { axeFindingsInBothThemes, serious } from './pages/axe.ts';

const hostile = '<img src=x onerror=window.hacked=1>';

test('commands of all clients show from when they are asked for, as the filter says', async ({
  console,
  otherClient,
  page,
}) => {
  const { sessions } = console;
  const tkn = await otherClient.newSession(`{"name":"before"}`);
  await sessions.getByRole('tab', { name: 'Commands' }).click();
  await expect(sessions).toContainText('the server looks at each command');
  await sessions.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(sessions).toContainText('No command has come since the start');
  await otherClient.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"a":"${hostile}"}}}`);
  await otherClient.ask('{"KV_GET":{"tkn":"1","keys":["a"]}}');
  const table = sessions.getByRole('table', { name: 'Commands of all clients' });
  const rows = table.getByRole('row', { name: /_/ });
  await expect(rows).toHaveText([/KV_SET.*1 Ok/, /KV_GET.*100 SessionNotExist/]);
  // Where there is room, a row shows how its request begins.
  await console.button('Widen sessions').click();
  await expect(rows.first()).toContainText(`"keys":{"a":"${hostile}"}`);

  await rows.first().getByRole('button').first().focus();
  await page.keyboard.press('Enter');
  const detail = sessions.getByRole('region', { name: 'KV_SET' });
  await expect(detail).toContainText(hostile);
  await expect(sessions).not.toContainText(tkn);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  await detail.getByRole('button', { name: /Open session/ }).click();
  await expect(console.session.getByRole('heading', { name: 'before' })).toBeVisible();
  await console.button('Close session').click();

  // It runs on while another view is shown; another filter is another stream.
  await sessions.getByRole('tab', { name: 'Commands' }).click();
  await expect(sessions).toContainText('2 commands counted');
  await sessions.getByRole('button', { name: 'Filter on the server' }).click();
  const command = sessions.getByRole('combobox', { name: 'Command' });
  await command.fill('NOPE');
  await expect(sessions.getByRole('alert')).toHaveText('No command begins with NOPE.');
  await command.fill('sh_');
  await command.press('Enter');
  await expect(sessions).toContainText('No command that matches the filter has come');
  await otherClient.ask(`{"KV_COUNT":{"tkn":"${tkn}"}}`);
  await otherClient.ask('{"SH_INFO_ALL":{}}');
  await expect(rows).toHaveText([/SH_INFO_ALL/]);
  await expect(sessions).toContainText('1 command counted');
  await sessions.getByRole('button', { name: 'Times' }).click();
  const times = sessions.getByRole('table', { name: 'Times by command' });
  await expect(times.getByRole('row', { name: /SH_INFO_ALL 1 0/ })).toBeVisible();
});

test('a client is cut off with a reason, which it gets', async ({ console, otherClient }) => {
  const { sessions } = console;
  await otherClient.ask('{"SV_INFO":{}}');
  await sessions.getByRole('tab', { name: 'Clients' }).click();
  const table = sessions.getByRole('table', { name: 'Connected clients' });
  await expect(table.getByRole('row', { name: /^Connection/ })).toHaveCount(2);
  await otherClient.ask('{"SH_INFO_ALL":{}}');
  const row = table.getByRole('row', { name: /SH_INFO_ALL/ });
  await table
    .getByRole('row', { name: /^Connection/ })
    .first()
    .getByRole('button')
    .focus();
  await console.page.keyboard.press('ArrowDown');
  await expect(row.getByRole('button')).toBeFocused();
  await console.page.keyboard.press('Enter');
  const closed = otherClient.closed();
  await sessions.getByRole('button', { name: 'Cut off…' }).click();
  const dialog = console.page.getByRole('dialog', { name: /Cut off connection/ });
  await dialog.getByRole('textbox', { name: /Reason/ }).fill('maintenance');
  await dialog.getByRole('button', { name: 'Cut off', exact: true }).click();
  expect(await closed).toEqual([1008, 'maintenance']);
  await expect(sessions).toContainText(/Connection \d+ was cut off/);
  await expect(row).toHaveCount(0);
  await expect(console.connection).toHaveText(/Connected to/);
});

test('the overview has the figures of /metrics, by words as well', async ({
  console,
  otherClient,
  server,
}) => {
  const tkn = await otherClient.newSession('{"name":"a"}');
  await otherClient.newSession('{"name":"b","expiry":{"duration":50,"deleteSession":true}}');
  await otherClient.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"x":1,"y":2,"z":3}}}`);
  const { sessions } = console;
  await sessions.getByRole('tab', { name: 'Overview' }).click();
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  const figure = (series: string) =>
    Number(
      metrics
        .split('\n')
        .find((line) => line.startsWith(`${series} `))
        ?.split(' ')[1],
    );
  const shows = (name: string, value: number) =>
    expect(
      sessions.getByRole('img', { name: new RegExp(`^${name} over .* now ${value},`) }),
    ).toBeVisible();
  await shows('Sessions', figure('seshdeck_sessions'));
  await shows('Keys', figure('seshdeck_keys'));
  await shows('Clients', figure('seshdeck_connections{kind="data"}'));
  const answered = figure('seshdeck_commands_total{command="KV_SET",status="Ok"}');
  const commands = sessions.getByRole('table', { name: 'Operations by command' });
  await expect(
    commands.getByRole('row', { name: new RegExp(`^KV_SET \\d+ ${answered} `) }),
  ).toBeVisible();
});

test('sessions of one user are found by a member of a value, and all but one ended', async ({
  console,
  otherClient,
  page,
}) => {
  for (const [name, id] of [
    ['phone', 7],
    ['other', 8],
    ['laptop', 7],
    ['tablet', 7],
  ] as const) {
    const tkn = await otherClient.newSession(`{"name":"${name}"}`);
    await otherClient.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"user":{"id":${id}}}}}`);
  }
  await console.sessionRow(/laptop/).click();
  const key = console.session.getByRole('treeitem', { name: /user/ });
  await key.click();
  await page.keyboard.press('ArrowRight');
  await console.session.getByRole('treeitem', { name: /^id/ }).click();
  await console.button('Same value…').click();
  const dialog = page.getByRole('dialog', { name: 'Sessions with the same value' });
  const found = dialog.getByRole('list', { name: 'Sessions found' }).getByRole('listitem');
  await expect(found).toHaveText([/tablet/, /laptop/, /phone/]);
  await expect(dialog.getByRole('radio', { name: 'Keep laptop' })).toBeChecked();
  expect(await axeFindingsInBothThemes(page, { impacts: serious })).toEqual([]);
  await dialog.getByRole('button', { name: 'End the other 2 sessions…' }).click();
  const question = page.getByRole('dialog', { name: 'End 2 sessions?' });
  await question.getByRole('textbox', { name: /Type 2/ }).fill('2');
  await question.getByRole('button', { name: 'End 2 sessions' }).click();
  await expect(dialog).toContainText('2 of 2 sessions ended.');
  await expect(found).toHaveText([/laptop/]);
  await page.keyboard.press('Escape');
  await expect(console.sessions).toContainText('2 sessions');
});

for (const width of [1440, 390]) {
  test(`axe finds nothing serious in the views of a server, ${width} px`, async ({
    console,
    otherClient,
    page,
  }) => {
    test.slow(); // Several looks, each of which goes over the whole page.
    await otherClient.newSession('{"name":"a","expiry":{"duration":50,"deleteSession":true}}');
    await page.setViewportSize({ width, height: 900 });
    const { sessions } = console;
    if (width < 900) await console.panels.getByRole('button', { name: 'Sessions' }).click();
    const check = async (view: string) => {
      expect(await axeFindingsInBothThemes(page, { impacts: serious }), view).toEqual([]);
      const room = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(room, `${view} fits`).toBeLessThanOrEqual(0);
    };
    await sessions.getByRole('tab', { name: 'Overview' }).click();
    await expect(sessions.getByRole('img', { name: /^Sessions over/ })).toBeVisible();
    await check('overview');
    await sessions.getByRole('tab', { name: 'Clients' }).click();
    await sessions
      .getByRole('button', { name: /^Connection \d/ })
      .first()
      .click();
    await check('clients');
    await sessions.getByRole('tab', { name: 'Commands' }).click();
    await sessions.getByRole('button', { name: 'Start', exact: true }).click();
    await sessions.getByRole('button', { name: 'Filter on the server' }).click();
    await otherClient.ask('{"SH_INFO_ALL":{}}');
    await sessions
      .getByRole('row', { name: /SH_INFO_ALL/ })
      .getByRole('button')
      .first()
      .click();
    await check('commands');
    await sessions.getByRole('button', { name: 'Times' }).click();
    await expect(sessions.getByRole('table', { name: 'Times by command' })).toBeVisible();
    await check('times');
  });
}
