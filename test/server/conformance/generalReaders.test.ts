import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDispatch, type Dispatch } from '../../../server/commands/dispatch.ts';
import { DiskDataSets } from '../../../server/dataSets/diskDataSets.ts';
import { silentLog } from '../../../server/log.ts';
import { createTokenSource } from '../../../server/store/tokenSource.ts';
import { FakeClock } from '../fakeClock.ts';
import { createMemoryStore } from '../memoryStore.ts';
import { RowRun } from './rowRun.ts';
import { sections } from './sections.ts';

const clock = new FakeClock();
const tokens = createTokenSource();
const dataSetLimits = { maxSaves: 100, maxSaveBytes: 1024 * 1024 };
let root: string;
let dispatch: Dispatch;

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'seshdeck-test-'));
  const store = createMemoryStore({ clock, tokens });
  await store.open();
  const sharedToken = (name: string) => tokens.sharedToken(name);
  const owner = { id: 'test', hasEnded: () => false };
  const dataSets = new DiskDataSets({
    ...dataSetLimits,
    root,
    clock,
    log: silentLog,
    owner,
    sharedToken,
  });
  const facts = { serverVersion: '0.0.0-test', persistEnabled: true };
  dispatch = createDispatch({ store, facts, dataSets }, { readPlain: () => undefined });
});
afterAll(() => rmSync(root, { recursive: true }));

async function ask(request: string | Buffer): Promise<string> {
  return (await dispatch(typeof request === 'string' ? request : null, 1)) ?? '';
}

// Those of a server, which reads most of them in one pass, are in `conformance.test.ts`.
test.each(sections)('$heading, by the general readers alone', async ({ rows }) => {
  for (const row of rows) {
    const run = await RowRun.begin(clock, ask);
    expect.soft(await run.reply(row), row.rule).toBe(run.fill(row.expect));
  }
});
