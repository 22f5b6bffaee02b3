import { expect, test } from './logFixtures.ts';
import { axeFindings } from './pages/axe.ts';

test('regression 12: the log has every feature it promises, by role and name', async ({
  console,
  log,
}) => {
  await console.send('{"SH_NEW":{"name":"user1"}}');
  await expect(log.row(/Received SH_NEW_RSP/)).toBeVisible();
  await log.search.fill('SH_NEW');
  await log
    .row(/Sent SH_NEW/)
    .getByRole('checkbox', { name: 'Select' })
    .check();
  const names = [
    ['combobox', ['Show']],
    ['searchbox', ['Search messages']],
    ['button', ['Filter', 'Pause', 'Export', 'Clear messages', 'More']],
    ['button', ['Match case', 'Regular expression', 'Next match', 'Previous match']],
    ['button', ['Copy', 'Compare', 'Export…', 'Clear selection']],
    ['status', ['Matches', 'New messages']],
    ['group', ['Message counts']],
  ] as const;
  for (const [role, each] of names) {
    for (const name of each) {
      await expect(log.region.getByRole(role, { name, exact: true }), name).toHaveCount(1);
    }
  }
  const sent = log.row(/Sent SH_NEW/);
  const inRow = ['Copy message', 'Edit in composer', 'Send again', 'Pretty', 'Tree', 'Raw'];
  for (const name of [...inRow, 'Copy payload', 'Save to file']) {
    await expect(sent.getByRole('button', { name, exact: true }).first(), name).toBeAttached();
  }
  await log.button('More').click();
  for (const name of ['Next failure', 'Select all', 'Newest last']) {
    await expect(log.region.getByRole('menuitem', { name: new RegExp(name) })).toBeVisible();
  }
});

test('search marks what it finds, counts, steps, and survives bad and endless expressions', async ({
  console,
  log,
  page,
}) => {
  await console.send('{"SH_NEW":{"name":"needle needle"}}');
  await expect(log.row(/Received SH_NEW_RSP/)).toBeVisible();
  const reply = log.part(log.row(/Received SH_NEW_RSP/).last(), 'Reply');
  await console.send('{"SH_NEW":{"name":"needle in a haystack"}}');
  await expect(log.row(/Received SH_NEW_RSP/)).toHaveCount(2);
  await console.send(`{"SH_INFO":{"tkn":"${'1'.repeat(18)}"}}`);
  await expect(log.row(/Received SH_INFO_RSP/)).toBeVisible();

  await log.search.fill('NEEDLE');
  await expect(log.matches).toHaveText('2 of 4 rows');
  await log
    .toggle(/Received SH_NEW_RSP/)
    .last()
    .click();
  await expect(reply.getByText('needle', { exact: true })).toHaveCount(2);
  await log.search.press('Enter');
  await expect(log.matches).toHaveText('1 of 2');
  await log.search.press('Enter');
  await expect(log.matches).toHaveText('2 of 2');
  await log.search.press('Shift+Enter');
  await expect(log.matches).toHaveText('1 of 2');
  await expect(log.search).toBeFocused();

  await log.button('Match case').click();
  await expect(log.list.getByRole('listitem')).toHaveCount(0);
  await log.button('Match case').click();
  await log.button('Regular expression').click();
  await log.search.fill('need(');
  await expect(log.region.getByRole('alert')).toContainText('Not a regular expression');
  await log.search.fill('"tkn": ?"1{18}"');
  await expect(log.matches).toHaveText('1 of 4 rows');
  await log.search.fill('([^#]+)+#');
  await expect(log.region.getByRole('alert')).toHaveText('This expression takes too long.');
  // The page has stayed alive, and the next search works.
  await log.search.fill('needle "?');
  await expect(log.matches).toHaveText('2 of 4 rows');
  await log.search.fill('nowhere');
  await page.getByRole('button', { name: 'Show all messages' }).click();
  await expect(log.search).toHaveValue('');
  await expect(log.list.getByRole('listitem')).toHaveCount(4);
});

test('filters are switched in a menu that stays open, stand as chips and go one by one or together', async ({
  console,
  log,
  page,
}) => {
  await console.send('{"SH_NEW":{"name":"user1"}}');
  await expect(log.row(/Received SH_NEW_RSP/)).toBeVisible();
  await console.send('{"KV_SET":{"tkn":"{{tkn}}","keys":{"a":1}}}');
  await expect(log.row(/Received KV_SET_RSP/)).toBeVisible();
  await console.send('{"SH_INFO":{"tkn":"7"}}');
  await expect(log.row(/Received SH_INFO_RSP/)).toBeVisible();

  await log.button('Filter').click();
  const choice = (name: RegExp) => log.region.getByRole('menuitemcheckbox', { name });
  await expect(choice(/./).first()).toHaveText('Only failures');
  await choice(/^Only failures/).click();
  await expect(log.list.getByRole('listitem')).toHaveCount(1);
  await choice(/^Only failures/).click();
  await choice(/^user1\s*2$/).click();
  await expect(log.list.getByRole('listitem')).toHaveCount(2);
  await expect(choice(/^user1/)).toBeChecked();
  await choice(/^KV_SET\s*1$/).press('Enter');
  await expect(log.list.getByRole('listitem')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await log.filter(/^SessionNotExist\s*1$/);
  await expect(log.region.getByText(/No match/)).toBeVisible();
  await log.region.getByRole('button', { name: 'Remove filter Status: SessionNotExist' }).click();
  await expect(log.list.getByRole('listitem')).toHaveCount(1);
  const chips = log.region.getByRole('list', { name: 'Filters' }).getByRole('listitem');
  await expect(chips).toHaveText([/user1/, /KV_SET/, 'Clear filters']);
  await log.region.getByRole('button', { name: 'Clear filters' }).click();
  await expect(log.list.getByRole('listitem')).toHaveCount(4);
});

test('a pause freezes the log and counts; clear can be undone', async ({ console, log }) => {
  await console.send('{"SH_INFO_ALL":{}}');
  await expect(log.row(/Received SH_INFO_ALL_RSP/)).toBeVisible();
  await log.button('Pause').click();
  await console.send('{"SH_NEW":{"name":"user1"}}');
  await expect(log.region.getByText('Paused. 2 new messages.')).toBeVisible();
  await expect(log.row(/SH_NEW/)).toHaveCount(0);
  await log.button('Resume').click();
  await expect(log.row(/SH_NEW/)).toHaveCount(1);

  await log.button('Clear messages').click();
  await expect(log.list.getByRole('listitem')).toHaveCount(0);
  await log.button('Undo').click();
  await expect(log.list.getByRole('listitem')).toHaveCount(3);
  await expect(log.counts).toContainText('2 received');
});

test('by keyboard alone: move, unfold, copy, edit, resend, select, go to the failure and its request', async ({
  console,
  log,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await console.send('{"SH_INFO":{"tkn":"7"}}');
  await expect(log.row(/Received SH_INFO_RSP/)).toBeVisible();
  await console.send('{"SH_INFO_ALL":{}}');
  await expect(log.row(/Received SH_INFO_ALL_RSP/)).toBeVisible();

  await log.toggle(/Received SH_INFO_ALL_RSP/).focus();
  await page.keyboard.press('f');
  await expect(log.toggle(/Received SH_INFO_RSP/)).toBeFocused();
  await page.keyboard.press('c');
  await expect.poll(() => log.clipboard()).toContain('{"SH_INFO_RSP":{"st":100');
  await page.keyboard.press('g');
  await expect(log.toggle(/Sent SH_INFO,/)).toBeFocused();
  await page.keyboard.press('e');
  await expect.poll(() => console.written()).toBe('{"SH_INFO":{"tkn":"7"}}');
  await log.toggle(/Sent SH_INFO,/).focus();
  await page.keyboard.press('r');
  await expect(log.row(/Received SH_INFO_RSP/)).toHaveCount(2);

  await page.keyboard.press('Home');
  await expect(log.toggle(/Received SH_INFO_RSP/).first()).toBeFocused();
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(log.selection.getByText('3 selected')).toBeVisible();
  await page.keyboard.press('Control+a');
  await expect(log.selection.getByText('4 selected')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(log.selection).toHaveCount(0);
  await page.keyboard.press('End');
  await expect(log.toggle(/Connection: Connected/)).toBeFocused();
});

const nothingFound = '{"SH_EXISTS_RSP":{"st":1,"exist":[]}}';

test('ranges are chosen with the mouse, copied as lines, and two messages are compared', async ({
  console,
  log,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await console.send('{"SH_EXISTS":{"tkns":["14247375118774737462"]}}');
  await expect(log.row(/Received SH_EXISTS_RSP/)).toBeVisible();
  await console.send('{"SH_EXISTS":{"tkns":["1"]}}');
  await expect(log.row(/Received SH_EXISTS_RSP/)).toHaveCount(2);
  await console.send('{"SH_EXISTS":{"tkns":["14247375118774737463"]}}');
  await expect(log.row(/Received SH_EXISTS_RSP/)).toHaveCount(3);
  const sent = log.toggle(/Sent SH_EXISTS/);
  await sent.first().click({ modifiers: ['Control'] });
  await sent.last().click({ modifiers: ['Shift'] });
  await expect(log.selection.getByText('3 selected')).toBeVisible();
  await expect(log.button('Compare')).toBeDisabled();
  await log
    .row(/Received SH_EXISTS_RSP/)
    .nth(1)
    .getByRole('checkbox')
    .uncheck();
  await log.button('Copy').click();
  await expect
    .poll(() => log.clipboard())
    .toBe(
      ['2', '3']
        .map((n) => `{"SH_EXISTS":{"tkns":["1424737511877473746${n}"]}}\n${nothingFound}`)
        .join('\n'),
    );
  await log.button('Compare').click();
  const dialog = page.getByRole('dialog', { name: 'Compare two messages' });
  // Numbers are compared digit by digit: as doubles the two would be the same.
  await expect(dialog.getByRole('deletion')).toHaveText(/14247375118774737462/);
  await expect(dialog.getByRole('insertion')).toHaveText(/14247375118774737463/);
  await expect(dialog.getByRole('row').first().getByRole('cell')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  await page.setViewportSize({ width: 390, height: 900 });
  const panels = page.getByRole('navigation', { name: 'Panels' });
  await panels.getByRole('button', { name: 'Compose' }).click();
  await log.search.fill('SH_EXISTS":');
  await log
    .row(/Sent SH_EXISTS/)
    .first()
    .getByRole('checkbox')
    .check();
  await log
    .row(/Sent SH_EXISTS/)
    .last()
    .getByRole('checkbox')
    .check();
  await log.button('Compare').click();
  await expect(dialog.getByRole('row').first().getByRole('cell')).toHaveCount(1);
});

test('in two rows a refusal is explained with its request, which is one press away', async ({
  console,
  log,
}) => {
  await log.showRows('two rows');
  await console.send('{"KV_GET":{"tkn":"7","keys":5}}');
  const reply = log.row(/Received KV_GET_RSP, ValueTypeInvalid/);
  await expect(reply).toContainText('41 ValueTypeInvalid');
  const excerpt = reply.getByRole('figure', { name: 'Request' });
  await expect(excerpt.getByText('5', { exact: true })).toBeVisible();
  await log.region.getByRole('combobox', { name: 'Show' }).selectOption('Failures');
  await expect(log.row(/Sent KV_GET/)).toHaveCount(0);
  await reply.getByRole('button', { name: 'Go to request' }).click();
  await expect(log.toggle(/Sent KV_GET/)).toBeFocused();
});

test('regression 1: tree, pretty and copy keep every digit and say what JavaScript would read', async ({
  console,
  log,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await console.send('{"SH_NEW":{"name":"numbers"}}');
  await expect(log.row(/Received SH_NEW_RSP/)).toBeVisible();
  await console.send('{"KV_SET":{"tkn":"{{tkn}}","keys":{"n":14247375118774737462}}}');
  await expect(log.row(/Received KV_SET_RSP/)).toBeVisible();
  await console.send('{"KV_GET":{"tkn":"{{tkn}}","keys":["n"]}}');
  const reply = log.row(/Received KV_GET_RSP/);
  await expect(reply).toContainText(
    'JavaScript would round 14247375118774737462 to 14247375118774737000',
  );
  await log.part(reply, 'Reply').getByRole('button', { name: 'Tree' }).click();
  const tree = reply.getByRole('tree', { name: 'Tree' });
  await tree.getByRole('treeitem', { name: /^keys/ }).click();
  const value = tree.getByRole('treeitem', { name: /^n/ });
  await expect(value).toContainText('14247375118774737462');
  await page.keyboard.press('ArrowDown');
  await expect(value).toBeFocused();
  await page.keyboard.press('c');
  await expect.poll(() => log.clipboard()).toBe('14247375118774737462');
});

test('frames of other protocols are called by what is known of them', async ({
  console,
  log,
  speaker,
}) => {
  for (const text of ['42["price",{"v":1}]', '{"event":"tick","n":1}', '[1,2,3]', 'hello']) {
    speaker.say(text);
  }
  speaker.say(new Uint8Array([0x68, 0x69, 0]));
  for (const name of ['Socket.IO event price', 'event: tick', 'JSON array of 3', 'Not JSON']) {
    await expect(log.row(new RegExp(`Received ${name}`))).toBeVisible();
  }
  await expect(log.row(/Received Binary 3 B/)).toContainText('68 69 00 hi.');
  await log.filter(/^event: tick/);
  await expect(console.rows(/Received/)).toHaveCount(1);
});

test('a string is copied as text, without quotes and escapes, or as JSON', async ({
  log,
  page,
  speaker,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  speaker.say(String.raw`{"KV_GET_RSP":{"note":"say \"hi\"\n","list":[{"s":"a\tb"},{}]}}`);
  const reply = log.row(/Received KV_GET_RSP/);
  await log.toggle(/Received KV_GET_RSP/).click();
  await reply.getByRole('button', { name: 'Tree' }).click();
  const note = reply.getByRole('treeitem', { name: /^note/ });
  await note.hover();
  await note.getByRole('button', { name: 'Copy as text' }).click();
  await expect.poll(() => log.clipboard()).toBe('say "hi"\n');
  await note.getByRole('button', { name: 'Copy value' }).click();
  await expect.poll(() => log.clipboard()).toBe(String.raw`"say \"hi\"\n"`);
  await note.focus();
  await page.keyboard.press('Shift+C');
  await expect.poll(() => log.clipboard()).toBe('say "hi"\n');
  await reply.getByRole('button', { name: 'Table', exact: true }).click();
  await reply.getByRole('cell').first().hover();
  await reply.getByRole('cell').getByRole('button', { name: 'Copy as text' }).click();
  await expect.poll(() => log.clipboard()).toBe('a\tb');
});

test('a single reply is said aloud once', async ({ console, log }) => {
  await console.send('{"SH_NEW":{"name":"user1"}}');
  const spoken = log.region.getByRole('status', { name: 'New messages' });
  await expect(spoken).toHaveText('SH_NEW_RSP, Ok');
});

for (const [width, zoom] of [
  [360, 1],
  [720, 2],
] as const) {
  test(`at ${width} px and ${zoom * 100} % nothing of the log overflows and axe is content`, async ({
    console,
    log,
    page,
  }) => {
    // 200 % on 720 px is what a browser's zoom makes of it: half as many, twice as large.
    await page.setViewportSize({ width: width / zoom, height: 900 / zoom });
    const panels = page.getByRole('navigation', { name: 'Panels' });
    await panels.getByRole('button', { name: 'Compose' }).click();
    await console.send('{"KV_GET":{"tkn":"7","keys":5}}');
    await expect(log.row(/Received KV_GET_RSP/)).toBeVisible();
    await log.search.fill('KV');
    await log.filter(/^KV_GET/);
    await log
      .row(/Sent KV_GET/)
      .getByRole('checkbox')
      .check();
    const overflow = await log.region.evaluate((region) => {
      const right = region.getBoundingClientRect().right;
      return [...region.querySelectorAll('.panel-head *, .log-selection *, .log-counts *')]
        .filter((each) => !each.closest('.visually-hidden, .menu-list'))
        .filter((each) => each.getBoundingClientRect().right > right + 1)
        .map((each) => each.outerHTML);
    });
    expect(overflow).toEqual([]);
    expect(await axeFindings(page, { within: '.log' })).toEqual([]);
  });
}
