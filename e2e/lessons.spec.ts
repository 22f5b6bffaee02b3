import { expect, test } from './fixtures.ts';
import type { ConsolePage } from './pages/consolePage.ts';

/** Runs every step of the open lesson. @returns How many of its steps were messages. */
async function runLesson(console: ConsolePage): Promise<number> {
  const { tutorial } = console;
  const next = tutorial.getByRole('button', { name: 'Next', exact: true });
  const run = tutorial.getByRole('button', { name: 'Run', exact: true });
  const place = tutorial.getByText(/^Step \d+ of \d+$/);
  const count = Number(/of (\d+)/.exec(await place.innerText())?.[1]);
  let messages = 0;
  for (let step = 1; step <= count; step += 1) {
    await expect(place).toHaveText(`Step ${step} of ${count}`);
    if (await run.isVisible()) {
      await run.click();
      await expect(tutorial.getByRole('status').first()).toContainText('Done');
      messages += 1;
    }
    if (step < count) await next.click();
  }
  return messages;
}

test('both lessons to the end with Run alone, and the session in the inspector', async ({
  console,
  page,
}) => {
  await expect(console.tutorial).toContainText('Create session');
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

test('a store that is not empty is met with a kind word', async ({ page, server, otherClient }) => {
  await otherClient.newSession('{"name":"already here"}');
  await page.goto(server.url);
  const tutorial = page.getByRole('region', { name: 'Tutorial' });
  await tutorial.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(tutorial.getByRole('status').first()).toContainText('Done');
  await expect(tutorial).toContainText('sessions: 1, keys: 0');
});
