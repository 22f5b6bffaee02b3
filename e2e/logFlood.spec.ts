import { readFile } from 'node:fs/promises';
import { expect, test } from './logFixtures.ts';

test('a burst of thousands is counted exactly, kept whole below the limit of a flood', async ({
  log,
  speaker,
}) => {
  speaker.sayMany(1, 1500);
  await expect(log.counts).toHaveText(/1,500 received.*0 sent.*1,500 rows/);
  await log.search.fill('"n":1499}');
  await expect(log.matches).toHaveText('1 of 1,500 rows');
});

test('a flood is sampled, counted exactly, and one press keeps all', async ({ log, speaker }) => {
  test.slow();
  // A busy machine is some way behind.
  const wait = { timeout: 30_000 };
  const stop = speaker.flood(5000);
  await expect(log.region.getByText(/\/s received · 1 in \d+ shown/)).toBeVisible(wait);
  // What is gone in a moment has no buttons; what stands still has them.
  const boxes = log.list.getByRole('checkbox', { name: 'Select' });
  await expect(boxes).toHaveCount(0);
  await log.button('Pause').click();
  await expect(boxes.first()).toBeAttached();
  await log.button('Resume').click();
  await log.button('Show all').click();
  await expect(log.region.getByText(/\/s received · all shown/)).toBeVisible();
  await log.button('Sample again').click();
  await expect(log.button('Show all')).toBeVisible();
  speaker.say('{"SH_INFO_RSP":{"st":100,"tkn":"7","m":""}}');
  const said = stop() + 1;
  await expect(log.counts).toContainText(`${said.toLocaleString('en')} received`, wait);
  await expect(log.button('Show all')).toHaveCount(0, wait);
  const counts = (await log.counts.textContent()) ?? '';
  const number = (pattern: RegExp) => Number(pattern.exec(counts)?.[1]?.replaceAll(',', ''));
  // Between two numbers there is no space in the text, only on the screen.
  const rows = number(/sent([\d,]+) rows/);
  // On a slow machine all are shown for so long that the log is full.
  const dropped = counts.includes('dropped') ? number(/shown([\d,]+) older/) : 0;
  if (dropped > 0) expect(rows).toBe(100_000);
  expect(rows + number(/rows([\d,]+) not shown/) + dropped).toBe(said);
  await log.filter(/^Only failures/);
  await expect(log.row(/SessionNotExist/)).toHaveCount(1);
});

for (const order of ['Newest first', 'Newest last'] as const) {
  test(`regression 7: ${order}: the row that is read stays where it is in a burst, while rows unfold`, async ({
    log,
    page,
    speaker,
  }) => {
    if (order === 'Newest last') await log.pick('More', /Newest last/);
    speaker.sayMany(1, 300);
    await expect(log.counts).toContainText('300 received');
    // Marked by what it says: its place in the list changes.
    await log.search.fill('KV_GET');
    await log.list.hover();
    await page.mouse.wheel(0, order === 'Newest first' ? 3000 : -3000);
    const middle = log.list.getByRole('listitem');
    await expect(log.button('Jump to latest')).toHaveCount(0);
    await expect.poll(() => middle.count()).toBeGreaterThan(10);
    const id = await log.list.evaluate((list) => {
      const { top, height } = list.getBoundingClientRect();
      const rows = [...list.querySelectorAll<HTMLElement>('[data-id]')];
      const isInside = (row: HTMLElement) => row.getBoundingClientRect().top > top + height / 2;
      return rows.find(isInside)?.dataset['id'] ?? '';
    });
    const read = log.list.locator(`[data-id="${id}"]`);
    const before = await log.topOf(read);
    speaker.sayMany(301, 1200);
    await expect(log.counts).toContainText('1,200 received');
    await expect(log.button('Jump to latest')).toHaveText('900 new · Jump to latest');
    expect(await log.topOf(read)).toBe(before);
    // Another one unfolds: what is above the pressed row stays, and the pressed row itself.
    const toggle = read.getByRole('button', { name: 'Received KV_GET_RSP' });
    await toggle.click();
    await expect(read.getByRole('button', { name: 'Raw' })).toBeVisible();
    expect(await log.topOf(read)).toBe(before);
    speaker.sayMany(1201, 1400);
    await expect(log.counts).toContainText('1,400 received');
    expect(await log.topOf(read)).toBe(before);
    await log.button('Jump to latest').click();
    await expect(log.button('Jump to latest')).toHaveCount(0);
    const newest = log.list.getByRole('listitem');
    const latest = order === 'Newest first' ? newest.first() : newest.last();
    await expect(latest).toContainText('1400');
  });
}

test('bytes are shown in hex, copied and saved without loss', async ({
  log,
  page,
  speaker,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const bytes = Uint8Array.from({ length: 5000 }, (_, at) => (at * 37) % 256);
  speaker.say(bytes);
  await log.toggle(/Received Binary 5,000 B/).click();
  const row = log.row(/Received Binary 5,000 B/);
  await expect(row.getByRole('rowheader', { name: '00000ff0' })).toBeAttached();
  const hex = row.getByRole('button', { name: 'Hex', exact: true });
  await expect(hex).toHaveAttribute('aria-pressed', 'true');
  await row.getByRole('button', { name: 'Copy as hex' }).click();
  await expect.poll(() => log.clipboard()).toBe(Buffer.from(bytes).toString('hex'));
  await row.getByRole('button', { name: 'Copy as base64' }).click();
  await expect.poll(() => log.clipboard()).toBe(Buffer.from(bytes).toString('base64'));
  const download = page.waitForEvent('download');
  await row.getByRole('button', { name: 'Save to file' }).click();
  const saved = await readFile(await (await download).path());
  expect(saved.equals(bytes)).toBe(true);
});

test('a value of 5 MB opens as a tree, part by part, and is saved whole', async ({
  log,
  page,
  speaker,
}) => {
  const items = Array.from(
    { length: 100_000 },
    (_, at) => `{"id":${at},"text":"${'x'.repeat(30)}"}`,
  );
  const text = `{"KV_GET_RSP":{"tkn":"7","keys":{"big":[${items.join(',')}]}}}`;
  expect(text.length).toBeGreaterThan(5_000_000);
  speaker.say(text);
  const row = log.row(/Received KV_GET_RSP/);
  await expect(row).toBeVisible();
  await page.evaluate(() => {
    const longest = { ms: 0 };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest.ms = Math.max(longest.ms, duration);
    }).observe({ type: 'longtask' });
    Object.assign(window, { longest });
  });
  await log.toggle(/Received KV_GET_RSP/).click();
  const tree = row.getByRole('tree', { name: 'Tree' });
  await tree.getByRole('treeitem', { name: /^keys/ }).click();
  await tree.getByRole('treeitem', { name: /^big/ }).click();
  await page.keyboard.press('End');
  await expect(tree.getByRole('treeitem', { name: 'Show 1,000 more' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await expect(tree.getByRole('treeitem', { name: /^1999: / })).toBeVisible();
  test.info().annotations.push({
    type: 'longest task, ms',
    description: String(
      await page.evaluate(() => (window as unknown as { longest: { ms: number } }).longest.ms),
    ),
  });
  const download = page.waitForEvent('download');
  await row.getByRole('button', { name: 'Save to file' }).click();
  expect(await readFile(await (await download).path(), 'utf8')).toBe(text);
});
