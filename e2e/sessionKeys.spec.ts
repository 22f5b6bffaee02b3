import { expect, test } from './fixtures.ts';

const keyCount = 12_500;

const nameOf = (at: number) => `key ${String(at).padStart(5, '0')}`;

test('a session with more keys than are listed at a time is read whole', async ({
  otherClient,
  page,
  server,
}) => {
  const tkn = await otherClient.newSession('{"name":"large"}');
  for (let from = 0; from < keyCount; from += 2_500) {
    const keys = Array.from(
      { length: 2_500 },
      (_, at) => `"${nameOf(from + at)}":{"n":${from + at}}`,
    );
    await otherClient.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{${keys.join(',')}}}}`);
  }
  await page.goto(`${server.url}/inspector#find=large`);
  await page.getByRole('row', { name: 'large' }).getByRole('button').click();
  const session = page.getByRole('region', { name: 'Session', exact: true });
  const line = (name: string) => session.getByRole('treeitem', { name });
  await expect(session).toContainText('12,500 keys');
  await line(nameOf(0)).focus();
  await page.keyboard.press('End');
  await expect(line(nameOf(12_499))).toBeFocused();
  await expect(page.getByRole('region', { name: `Value of ${nameOf(12_499)}` })).toContainText(
    '12499',
  );
  await page.keyboard.press('ArrowUp');
  await expect(line(nameOf(12_498))).toBeFocused();

  const tree = session.locator('.session-tree');
  await tree.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
  await expect(line(nameOf(6_240))).toBeVisible();
  // What happens out of sight counts, and what is in sight is followed.
  await otherClient.ask(
    `{"KV_SET":{"tkn":"${tkn}","keys":{"${nameOf(6_240)}":"changed","${nameOf(3)}":"changed","later":1}}}`,
  );
  await expect(line(nameOf(6_240))).toContainText('changed');
  await expect(session).toContainText('12,501 keys');

  const box = session.getByRole('searchbox', { name: 'Find keys or a path' });
  await box.fill('KEY 0021');
  await expect(session).toContainText('10 keys');
  await box.press('Enter');
  await expect(line(nameOf(210))).toBeVisible();
  await expect(line(nameOf(210))).toHaveAttribute('aria-selected', 'true');
  await box.fill('$[?@ == 11000]');
  await expect(session).toContainText('1 match in 1 key');
  await box.press('Enter');
  await expect(line(nameOf(11_000))).toBeVisible();
  await expect(line('n 11000')).toHaveClass(/is-match/);
});

test('a value is a table where it is a list of objects, and is copied in each form', async ({
  console,
  otherClient,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const tkn = await otherClient.newSession('{"name":"basket"}');
  const items = String.raw`[{"sku":"a","price":1.50},{"sku":"<b>","note":"say \"hi\""}]`;
  await otherClient.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"items":${items}}}}`);
  await console.sessionRow(/basket/).click();
  const { session } = console;
  await session.getByRole('treeitem', { name: /^items/ }).click();
  const value = session.getByRole('region', { name: 'Value of items' });
  await expect(value).toContainText(/Connection \d+ · KV_SET · now/);
  await value.getByRole('button', { name: 'Table', exact: true }).click();
  const table = value.getByRole('group', { name: 'Table' });
  await expect(table.getByRole('row')).toHaveText([
    'Indexskupricenote',
    '0"a"1.50',
    String.raw`1"<b>""say \"hi\""`,
  ]);
  await session.getByRole('treeitem', { name: /^items/ }).focus();
  for (const name of ['1', 'note']) {
    await page.keyboard.press('ArrowRight');
    await session.getByRole('treeitem', { name: new RegExp(`^${name}`) }).click();
  }
  const part = session.getByRole('region', { name: /^Value of items/ });
  for (const [form, text] of [
    ['As text', 'say "hi"'],
    ['As JSON', String.raw`"say \"hi\""`],
    ['As path', "$[1]['note']"],
    ['Key', 'items'],
    [
      'As command',
      String.raw`{"KV_UPDATE":{"tkn":"{{tkn}}","key":"items","path":"$[1]['note']","value":"say \"hi\""}}`,
    ],
  ] as const) {
    await part.getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('menuitem', { name: form, exact: true }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(text);
  }
});

test('a value of 5 MB is read part by part, and no more of it is on the page than is seen', async ({
  console,
  otherClient,
  page,
}) => {
  const tkn = await otherClient.newSession('{"name":"export"}');
  await otherClient.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"big":[0,0,0,0,0],"small":1}}}`);
  const rows = Array.from({ length: 20_000 }, (_, at) => `{"id":${at},"text":"${'x'.repeat(30)}"}`);
  const part = `[${rows.join(',')}]`;
  for (let at = 0; at < 5; at += 1) {
    const update = `{"tkn":"${tkn}","key":"big","path":"$[${at}]","value":${part}}`;
    await otherClient.ask(`{"KV_UPDATE":${update}}`);
  }
  expect(5 * part.length).toBeGreaterThan(5_000_000);
  await console.sessionRow(/export/).click();
  const { session } = console;
  const line = (name: string | RegExp) => session.getByRole('treeitem', { name });
  // A page that shows it whole has millions.
  const expectFewParts = async () => {
    expect(await session.locator('*').count()).toBeLessThan(2_000);
    const length = await session.evaluate((element) => element.textContent.length);
    expect(length).toBeLessThan(200_000);
  };
  await line(/^big/).click();
  const value = session.getByRole('region', { name: 'Value of big' });
  await expect(value).toContainText('array · 5.');
  await expectFewParts();
  await line(/^big/).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(line(/^0/)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(session.getByRole('treeitem', { level: 3 }).nth(10)).toBeVisible();
  await expectFewParts();
  await page.keyboard.press('End');
  await expect(line(/^small/)).toBeFocused();
  await expectFewParts();
});
