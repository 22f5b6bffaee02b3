import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { ConsolePage } from '../client/testing/playwright/consolePage.ts';

/** Runs every step of the open lesson. @returns How many of its steps were messages. */
async function runLesson(console: ConsolePage): Promise<number> {
  const { tutorial } = console;
  const next = tutorial.getByRole('button', { name: 'Next', exact: true });
  const run = tutorial.getByRole('button', { name: 'Run', exact: true });
  const result = tutorial.getByRole('status', { name: 'Step result' });
  const isOver = tutorial.getByText("Time's up. Press Run.");
  const place = tutorial.getByText(/^Step \d+ of \d+$/);
  const count = Number(/of (\d+)/.exec(await place.innerText())?.[1]);
  let messages = 0;
  for (let step = 1; step <= count; step += 1) {
    await expect(place).toHaveText(`Step ${step} of ${count}`);
    if (await run.isVisible()) {
      await run.click();
      // Where a deadline has to pass, the step says when it has.
      const done = result.filter({ hasText: 'Done' });
      await expect(done.or(isOver)).toBeVisible({ timeout: 30_000 });
      if (await isOver.isVisible()) await run.click();
      await expect(result).toContainText('Done');
      messages += 1;
    }
    if (step < count) await next.click();
  }
  return messages;
}

test('the first two lessons to the end with Run alone, and the session in the inspector', async ({
  console,
  page,
}) => {
  await expect(console.tutorial).toContainText('Create session');
  // By keyboard the focus stays in the lesson.
  await page.keyboard.press('Alt+l');
  const run = console.tutorial.getByRole('button', { name: 'Run', exact: true });
  await expect(run).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(console.tutorial.getByRole('status', { name: 'Step result' })).toContainText('Done');
  await expect(run).toBeFocused();
  expect(await runLesson(console)).toBeGreaterThanOrEqual(3);
  await expect(console.sessionRow(/user1/)).toBeVisible();
  await console.tutorial.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(console.tutorial).toContainText('Set and get');
  expect(await runLesson(console)).toBeGreaterThanOrEqual(7);
  await expect(console.tutorial).toContainText('KV_ADD');
  await expect(console.tutorial).toContainText('KV_SETQ');

  await page.reload();
  await expect(console.tutorial).toContainText('Set and get');
  await expect(console.tutorial).toContainText('KV_ADD');
});

for (const [title, messages, ticked] of [
  // Leaving the text before the task at the end ticks that text as well.
  ['Sessions that expire', 10, 11],
  ['Shared sessions', 6, 7],
  ['Ending sessions', 7, 7],
  ['Find and update inside values', 10, 11],
  ['Codes, counters and safe updates', 11, 12],
] as const) {
  test(`“${title}” to its end with Run alone, on a server that holds nothing`, async ({
    console,
  }) => {
    test.slow(); // Real deadlines have to pass.
    await console.openLesson(title);
    expect(await runLesson(console)).toBe(messages);
    await expect(
      console.tutorial.getByRole('button', { name: `${title} ${ticked} of` }),
    ).toBeVisible();
  });
}

test('“Watch and edit a session live”: an edit is checked by what the server has', async ({
  console,
}) => {
  const { tutorial } = console;
  const result = tutorial.getByRole('status', { name: 'Step result' });
  const run = tutorial.getByRole('button', { name: 'Run', exact: true });
  const next = tutorial.getByRole('button', { name: 'Next', exact: true });
  await console.openLesson('Watch and edit a session live');
  for (const _step of ['a table', 'an order', 'a guest']) {
    await run.click();
    await expect(result).toContainText('Done');
    await next.click();
  }
  await expect(console.sessionRow(/table4/)).toBeVisible();
  await run.click();
  await expect(result).toContainText('Still soup');
  await tutorial.getByRole('button', { name: 'Serve pasta' }).click();
  await run.click();
  await expect(result).toContainText('Done: it is pasta');

  // What is done in the inspector counts without a message of the tab.
  await console.openLesson('Watch and edit a session live', 'Try it yourself');
  const done = tutorial.getByRole('listitem').filter({ hasText: '(done)' });
  await expect(done).toHaveCount(0);
  await console.sessionRow(/table4/).click();
  await console.session.getByRole('button', { name: 'Expiry…' }).click();
  await console.page.getByLabel('Seconds from now').fill('600');
  await console.page.getByRole('button', { name: 'Set expiry' }).click();
  await expect(done).toHaveCount(1);
});

test('the task at the end is checked by what the server holds, and a way is shown on demand', async ({
  console,
}) => {
  const { tutorial } = console;
  const goals = tutorial.getByRole('list', { name: 'Goals' }).getByRole('listitem');
  const result = tutorial.getByRole('status', { name: 'Step result' });
  await console.openLesson('Create session', 'Try it yourself');
  await expect(goals).toHaveCount(2);
  await console.send('{"SH_NEW":{"name":"basket"}}');
  await expect(result).toContainText('has no expiry yet');
  await expect(goals.filter({ hasText: '(done)' })).toHaveCount(1);
  await console.send('{"SH_TOUCH":{"tkn":"{{tkn}}","duration":600}}');
  await expect(result).toContainText('Done:');
  await expect(tutorial.getByRole('button', { name: 'Create session 2 of 4' })).toBeVisible();
  // What the lesson asked is no row of the log.
  await expect(console.rows(/Sent/)).toHaveCount(2);
  await expect(console.rows(/SH_INFO/)).toHaveCount(0);

  await console.openLesson('Set and get', 'Try it yourself');
  await tutorial.getByRole('button', { name: 'Show a way' }).click();
  const store = tutorial.getByRole('group', { name: 'Message 2 of 2' });
  await store.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(result).toContainText('Done: the basket is filled.');
  await tutorial.getByRole('button', { name: 'Hide the way' }).click();
  await expect(store).toHaveCount(0);
});

/** Where a part of the page begins and ends, from top to bottom. */
async function heightsOf(part: Locator) {
  const box = await part.boundingBox();
  return { top: box?.y ?? 0, bottom: (box?.y ?? 0) + (box?.height ?? 0) };
}

for (const { name, width, height } of [
  { name: 'a small laptop', width: 1024, height: 768 },
  { name: 'a phone', width: 390, height: 844 },
]) {
  test(`with its panel closed the lesson is a bar that covers nothing, on ${name}`, async ({
    console,
    page,
  }) => {
    await page.setViewportSize({ width, height });
    const bar = page.getByRole('region', { name: 'Lesson', exact: true });
    const step = bar.getByRole('status', { name: 'Lesson step' });
    await expect(bar).toHaveCount(0);
    const closing = width < 900 ? 'Compose' : 'Learn';
    await console.panels.getByRole('button', { name: closing, exact: true }).click();
    await expect(step).toContainText('Step 1 of 4');
    await console.button('Send').click();
    await expect(step).toContainText("Done: What's there?");
    await expect(step).toContainText('Step 2 of 4');
    const [own, composer] = await Promise.all([heightsOf(bar), heightsOf(console.composer)]);
    expect(own.bottom).toBeLessThanOrEqual(composer.top + 1);
    expect(own.bottom - own.top).toBeLessThanOrEqual(56);
    await bar.getByRole('button', { name: 'Next' }).press('Enter');
    await expect(step).toContainText('Step 3 of 4');
    await expect(bar.getByRole('button', { name: 'Next' })).toBeFocused();
    await bar.getByRole('button', { name: 'Close lesson' }).press('Enter');
    await expect(bar).toHaveCount(0);
    await page
      .getByRole('status', { name: 'Notice' })
      .getByRole('button', { name: 'Undo' })
      .click();
    await bar.getByRole('button', { name: 'Open lesson' }).press('Enter');
    await expect(bar).toHaveCount(0);
    await expect(console.tutorial).toContainText('Step 3 of 4');
    await expect(
      console.tutorial.getByRole('button', { name: 'Create a session', exact: true }),
    ).toBeFocused();
  });
}

test('a step and its result fit a small laptop, without scrolling', async ({ console, page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  const { tutorial } = console;
  await tutorial.getByRole('button', { name: 'Run', exact: true }).click();
  const result = tutorial.getByRole('status', { name: 'Step result' });
  await expect(result).toContainText('Done');
  await expect(result).toBeInViewport({ ratio: 1 });
  await expect(tutorial.getByText('Step 1 of 4')).toBeInViewport({ ratio: 1 });
});

test('while a deadline has to pass, the time left stands below the message', async ({
  console,
}) => {
  const { tutorial } = console;
  const run = tutorial.getByRole('button', { name: 'Run', exact: true });
  await console.openLesson('Sessions that expire');
  await run.click();
  await expect(console.rows(/Received SH_NEW_RSP/)).toBeVisible();
  await console.openLesson('Sessions that expire', 'After the deadline');
  await run.click();
  const left = tutorial.getByText(/^Wait about \d+ s\.$/);
  await expect(left).toBeVisible();
  const [above, below] = await Promise.all([run.boundingBox(), left.boundingBox()]);
  expect(below?.y).toBeGreaterThan((above?.y ?? 0) + (above?.height ?? 0));
});

test('a lesson begun in the middle makes the session whose token it needs', async ({ console }) => {
  const { tutorial } = console;
  await console.openLesson('Ending sessions', 'End one of them');
  await expect(tutorial).toContainText('{{tkn:first}}');
  await tutorial.getByRole('button', { name: 'Create a session' }).click();
  await expect(console.sessionRow(/first/)).toBeVisible();
  await tutorial.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(tutorial.getByRole('status', { name: 'Step result' })).toContainText('Done');
  await expect(console.sessionRow(/first/)).toHaveCount(0);
});

test('a wrong token in a step is met with a hint and an offer of the right one', async ({
  console,
}) => {
  const run = console.tutorial.getByRole('button', { name: 'Run', exact: true });
  const next = console.tutorial.getByRole('button', { name: 'Next', exact: true });
  for (const reply of [/Received SH_INFO_ALL_RSP/, /Received SH_NEW_RSP/]) {
    await run.click();
    await expect(console.rows(reply)).toBeVisible();
    await next.click();
  }
  await console.send('{"SH_INFO": {"tkn": "14247375118774737462"}}');
  await expect(console.tutorial).toContainText('100');
  await console.tutorial.getByRole('button', { name: 'Use my token' }).click();
  await console.button('Send').click();
  await expect(console.rows(/Received SH_INFO_RSP, Ok/)).toBeVisible();
  await expect(console.tutorial.getByRole('status').first()).toContainText('Done');
});

test('a store that is not empty is fine for the lessons', async ({ page, server, otherClient }) => {
  await otherClient.newSession('{"name":"already here"}');
  await page.goto(server.url);
  const tutorial = page.getByRole('region', { name: 'Tutorial' });
  await tutorial.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(tutorial.getByRole('status').first()).toContainText('Done');
  await expect(tutorial).toContainText('sessions: 1, keys: 0');
});
