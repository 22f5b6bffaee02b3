import { expect, test } from './fixtures.ts';
import type { ConsolePage } from '../client/testing/playwright/consolePage.ts';

const markup = '<img src=x onerror=window.hacked=1>';
const hostile = [
  markup,
  '"><script>window.hacked=1</script>',
  `\u202egnirts\u202c \u200f\u200b`,
  'a\u0000b\u0007c\u001bd\ne\tf\u009b',
  'n'.repeat(10_000),
];

const invisible = '\u202e \u202c \u200f \u200b \u0000 \u0007 \u001b \u009b'.split(' ');

/** What is on the page and in its tooltips and names, without the content of scripts and styles. */
const everyText = () => {
  const attributes = ['title', 'aria-label', 'placeholder', 'alt'];
  const named = [...document.querySelectorAll('*')].flatMap((element) =>
    attributes.map((name) => element.getAttribute(name) ?? ''),
  );
  return [document.title, document.body.textContent, ...named].join('\n');
};

/** Looks at the page as it is now. */
async function expectPlain({ page }: ConsolePage): Promise<void> {
  expect(await page.evaluate(() => (window as { hacked?: number }).hacked)).toBeUndefined();
  expect(await page.locator('img[src="x"], script:not([src]):not([type])').count()).toBe(0);
  // Marks that turn the direction of what follows, and controls, are shown as escapes.
  const text = await page.evaluate(everyText);
  expect(invisible.filter((character) => text.includes(character))).toEqual([]);
  const tooWide = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(tooWide)).toBeLessThanOrEqual(0);
}

test('hostile names and values are text in every view of the inspector, tooltips and title included', async ({
  console,
  otherClient,
  page,
}) => {
  for (const text of hostile) {
    const quoted = JSON.stringify(text);
    const token = await otherClient.newSession(`{"name":${quoted}}`);
    await otherClient.ask(
      `{"KV_SET":{"tkn":"${token}","keys":{${quoted}:${quoted},"list":[${quoted}]}}}`,
    );
  }
  await console.button('Widen sessions').first().click();
  await expect.poll(() => page.evaluate(everyText)).toContain('\\u202egnirts');
  await expectPlain(console);
  const rows = console.sessions.getByRole('row');
  for (let index = 1; index <= hostile.length; index += 1) {
    await rows.nth(index).getByRole('button').first().click();
    await expect(console.session).toContainText('list');
    await expectPlain(console);
  }
  await console.session.getByRole('tab', { name: 'Timeline' }).click();
  await expectPlain(console);
  for (const name of ['Overview', 'Commands', 'Clients', 'Audit']) {
    await console.sessions.getByRole('tab', { name, exact: true }).click();
    await expect(console.sessions.getByRole('tab', { name, exact: true })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await otherClient.ask(`{"SH_EXISTS":{"tkns":[${JSON.stringify(markup)}]}}`);
    await expect(console.sessions.getByText(/Loading/)).toHaveCount(0);
    await expectPlain(console);
  }
});

test('hostile names, keys and values are text where two sessions are compared', async ({
  console,
  otherClient,
  page,
}) => {
  const keys = (value: (text: string) => string) =>
    hostile.map((text) => `${JSON.stringify(text)}:${value(JSON.stringify(text))}`).join(',');
  const [one = '', other = ''] = hostile;
  for (const [name, entries] of [
    [one, keys((text) => text)],
    [other, keys((text) => `[${text}]`)],
  ] as const) {
    const token = await otherClient.newSession(`{"name":${JSON.stringify(name)}}`);
    await otherClient.ask(`{"KV_SET":{"tkn":"${token}","keys":{${entries}}}}`);
  }
  await console.button('Widen sessions').first().click();
  await console.sessions.getByRole('row').nth(1).getByRole('button').first().click();
  await console.session.getByRole('button', { name: 'Compare…' }).click();
  const choices = page.getByRole('list', { name: 'Sessions' }).getByRole('button');
  await expect(choices).toHaveCount(1);
  await expectPlain(console);
  await choices.first().click();
  const compared = console.session.getByRole('region', { name: /^Compared with/ });
  await expect(compared).toContainText(`${hostile.length} differences in ${hostile.length} keys`);
  await expect(compared).toContainText(markup);
  await expect(compared).toContainText(String.raw`\u202egnirts`);
  await expectPlain(console);
  await compared.getByRole('button', { name: 'Take over' }).first().click();
  await expect(console.session.getByRole('button', { name: 'Save' })).toBeVisible();
  await expectPlain(console);
});

test('hostile names are text in groups, in their tooltips and in the address', async ({
  console,
  otherClient,
  page,
  server,
}) => {
  for (const text of hostile) {
    for (const last of ['1', '2']) {
      await otherClient.newSession(`{"name":${JSON.stringify(`${text}:${text}:${last}`)}}`);
    }
  }
  await page.goto(`${server.url}/inspector#sort=name`);
  await page.getByRole('button', { name: 'Group by name' }).click();
  const tree = page.getByRole('treegrid', { name: 'Live sessions' });
  const closed = tree.getByRole('button', { name: /^Open group/ });
  await expect(closed).toHaveCount(hostile.length);
  await expectPlain(console);
  // A group is in each, and two sessions in each of those.
  for (let opened = 1; opened <= 2 * hostile.length; opened += 1) {
    await closed.first().click();
    await expect(tree.getByRole('button', { name: /^Close group/ })).toHaveCount(opened);
  }
  // All but the longest one, of which the end is cut off.
  const seconds = tree.getByRole('row', { name: /:2$/ });
  await expect(seconds).toHaveCount(hostile.length - 1);
  await expectPlain(console);
  await page.reload();
  await expect(seconds).toHaveCount(hostile.length - 1);
  await expectPlain(console);
});
