import { expect, test } from './fixtures.ts';
import type { ConsolePage } from './pages/consolePage.ts';

/** Runs every step of the open lesson and goes on to the next lesson. @returns Steps that were run. */
async function runLesson(console: ConsolePage): Promise<number> {
  const { tutorial } = console;
  const title = await tutorial.getByRole('heading').first().innerText();
  const next = tutorial.getByRole('button', { name: 'Next', exact: true });
  const run = tutorial.getByRole('button', { name: 'Run', exact: true });
  let steps = 0;
  for (; steps < 20; steps += 1) {
    if (await run.isVisible()) {
      await run.click();
      await expect(tutorial.getByRole('status').first()).toContainText('Done');
    }
    if (!(await next.isEnabled())) break;
    await next.click();
    const isStillOpen = (await tutorial.getByRole('heading').first().innerText()) === title;
    if (!isStillOpen) break;
  }
  return steps;
}

test('both lessons to the end with Run alone, and the session in the inspector', async ({
  console,
  page,
}) => {
  await expect(console.tutorial).toContainText('Create session');
  expect(await runLesson(console)).toBeGreaterThanOrEqual(3);
  await expect(console.sessionRow(/user1/)).toBeVisible();
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
  await expect(tutorial).toContainText(/1 session/);
});
