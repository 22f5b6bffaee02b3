import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asDataSetName } from '../../protocol/dataSetName.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import type { Token } from '../../protocol/token.ts';
import { createDispatch } from '../commands/dispatch.ts';
import { createMemoryStore } from '../../test/server/memoryStore.ts';
import { MemoryStore, type MemoryStoreParts } from '../store/memory/memoryStore.ts';
import type { SessionSnapshot } from '../store/sessionStore.ts';
import { createTokenSource } from '../store/tokenSource.ts';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { createLog } from '../log.ts';
import {
  savingTo,
  startTestServer,
  type TestClient,
  type TestServer,
} from '../../test/server/testServer.ts';
import { DiskDataSets } from './diskDataSets.ts';
import { readStamp, stampAfter } from './saveStamp.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'seshdeck-test-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the commands', () => {
  let server: TestServer;
  let client: TestClient;
  let tkn: string;
  let clock: FakeClock;

  beforeEach(async () => {
    clock = new FakeClock();
    server = await startTestServer([], { clock }, savingTo(root));
    client = await server.connect();
    tkn = await client.newSession();
  });
  afterEach(() => server.stop());

  const set = (keys: string) => client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":${keys}}}`);
  const save = (body: string) => client.ask(`{"SH_SAVE":${body}}`);
  const load = (body: string) => client.ask(`{"SH_LOAD":${body}}`);
  const saved = (name: string) => `{"SH_SAVE_RSP":{"st":121,"name":"${name}","duration":0}}`;
  const loaded = (name: string, sessions: number, keys: number) =>
    `{"SH_LOAD_RSP":{"name":"${name}","st":141,"sessions":${sessions},"keys":${keys}}}`;
  const nothing = (name: string) =>
    `{"SH_LOAD_RSP":{"name":"${name}","st":142,"sessions":0,"keys":0}}`;

  const refusal = (name: string, st: number, m: string) =>
    `{"${name}_RSP":{"st":${st},"tkn":null,"m":"${m}"}}`;

  test('without persistence SH_SAVE is off before any other check, and SH_LOAD works', async () => {
    await save('{"name":"a"}');
    const off = await startTestServer([], {}, { SESHDECK_PERSIST_PATH: root });
    const peer = await off.connect();
    for (const body of ['{}', '{"name":5}', '{"name":"a"}']) {
      expect(await peer.ask(`{"SH_SAVE":${body}}`)).toBe(refusal('SH_SAVE', 14, ''));
    }
    expect(await peer.ask('{"SH_SAVE":[]}')).toBe(refusal('SH_SAVE', 12, ''));
    expect(await peer.ask('{"SH_LOAD":{"name":"a"}}')).toBe(loaded('a', 1, 0));
    expect(await peer.ask('{"SV_INFO":{}}')).toContain('"persistEnabled":false');
    expect(await client.ask('{"SV_INFO":{}}')).toContain('"persistEnabled":true');
    await off.stop();
  });

  test('what is saved comes back, digit by digit and in order', async () => {
    const keys =
      '{"b":14247375118774737462,"a":[1.0,-0,1e400],"__proto__":null,"":"\\u0000ä\\n","10":{"z":1,"a":2}}';
    await set(keys);
    expect(await save('{"name":"a"}')).toBe(saved('a'));
    await client.ask(`{"SH_END":{"tkn":"${tkn}"}}`);
    expect(await load('{"name":"a"}')).toBe(loaded('a', 1, 5));
    const names = '["b","a","__proto__","","10"]';
    expect(await client.ask(`{"KV_KEYS":{"tkn":"${tkn}"}}`)).toContain(names);
    const found = await client.ask(`{"KV_GET":{"tkn":"${tkn}","keys":${names}}}`);
    expect(found).toBe(`{"KV_GET_RSP":{"tkn":"${tkn}","keys":${keys}}}`);
  });

  test('only the sessions asked for are saved, those that live', async () => {
    const other = await client.newSession();
    await client.newSession();
    expect(await save(`{"name":"a","tkns":["9",${other},"${other}"]}`)).toBe(saved('a'));
    expect(await save('{"name":"none","tkns":["9"]}')).toBe(saved('none'));
    await client.ask('{"SH_END_ALL":{}}');
    expect(await load('{"name":"none"}')).toBe(loaded('none', 0, 0));
    expect(await load('{"name":"a"}')).toBe(loaded('a', 1, 0));
    expect(await client.ask(`{"SH_EXISTS":{"tkns":["${other}"]}}`)).toContain(other);
  });

  test('expiry, its extension and sharing come back, and the time starts again', async () => {
    const expiry =
      '{"duration":60,"deleteSession":false,"extendOnSetAdd":true,"extendOnGet":false}';
    const shared = await client.newSession(`{"name":"s","shared":true,"expiry":${expiry}}`);
    await save('{"name":"a"}');
    clock.advance(50_000);
    await client.ask('{"SH_END_ALL":{}}');
    expect(await load('{"name":"a"}')).toBe(loaded('a', 2, 0));
    const info = await client.ask(`{"SH_INFO":{"tkn":"${shared}"}}`);
    expect(info).toContain('"shared":true');
    expect(info).toContain('"duration":60');
    expect(info).toContain('"deleteSession":false,"remaining":60,"extendOnSetAdd":true');
    expect(await client.ask('{"SH_OPEN":{"name":"s"}}')).toContain(
      `"st":1,"name":"s","tkn":"${shared}"`,
    );
    expect(await client.ask('{"SH_NEW":{"name":"s","shared":true}}')).toContain('"st":103');
  });

  test('a living session is left alone; loading twice adds nothing', async () => {
    await set('{"a":1}');
    await save('{"name":"a"}');
    await set('{"a":2,"b":3}');
    expect(await load('{"name":"a"}')).toBe(loaded('a', 0, 0));
    expect(await client.ask(`{"KV_GET":{"tkn":"${tkn}","keys":["a"]}}`)).toContain('"a":2');
  });

  test('replies keep the order of the requests, and the disk holds up nobody else', async () => {
    const other = await server.connect();
    const requests = ['{"SH_SAVE":{"name":"a"}}', '{"SH_LOAD":{"name":"a"}}', '{"SH_INFO_ALL":{}}'];
    for (const request of requests) client.socket.send(request);
    expect(await other.ask('{"SH_INFO_ALL":{}}')).toContain('"totalSessions":1');
    expect(await client.next()).toBe(saved('a'));
    expect(await client.next()).toBe(loaded('a', 0, 0));
    expect(await client.next()).toContain('SH_INFO_ALL_RSP');
  });

  test('nothing of that name is 142, also where the name is a file or a link', async () => {
    await save('{"name":"real"}');
    writeFileSync(path.join(root, 'file'), '');
    symlinkSync(path.join(root, 'real'), path.join(root, 'link'));
    for (const name of ['gone', 'file', 'link']) {
      expect(await load(`{"name":"${name}"}`)).toBe(nothing(name));
    }
  });

  test('where no directory can be made, saving answers 122', async () => {
    writeFileSync(path.join(root, 'file'), '');
    const elsewhere = path.join(root, 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, path.join(root, 'link'));
    for (const name of ['file', 'link']) {
      expect(await save(`{"name":"${name}"}`)).toBe(`{"SH_SAVE_RSP":{"st":122,"name":"${name}"}}`);
    }
    expect(readdirSync(elsewhere)).toEqual([]);
    rmSync(root, { recursive: true });
    expect(await save('{"name":"a"}')).toContain('"st":122');
  });
});

test('a running save is answered when the server stops, before the connection is closed', async () => {
  let isOver = false;
  /** Never ends. */
  class EndlessStore extends MemoryStore {
    override async *scan(): AsyncIterable<SessionSnapshot> {
      while (!isOver) {
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
        yield* super.scan();
      }
    }
  }
  const limits = { drainMs: 20 };
  const createStore = (parts: MemoryStoreParts) => new EndlessStore(parts);
  const server = await startTestServer([], { limits, createStore }, savingTo(root));
  const client = await server.connect();
  await client.newSession();
  client.socket.send('{"SH_SAVE":{"name":"a"}}');
  await expect.poll(() => readdirSync(root)).toEqual(['a']);
  await server.server.close();
  isOver = true;
  expect(await client.closed).toBe(1001);
  expect(client.unread).toBe(1);
  expect(await client.next()).toContain('{"SH_SAVE_RSP":{"st":123');
});

describe('the store', () => {
  const tokens = createTokenSource();
  const name = asDataSetName('nightly') ?? fail();
  const lines: string[] = [];
  let clock: FakeClock;
  let dataSets: DiskDataSets;

  beforeEach(() => {
    clock = new FakeClock();
    lines.length = 0;
    const log = createLog({ level: 'warn', write: (line) => lines.push(line), nowMs: () => 0 });
    dataSets = new DiskDataSets({
      root,
      clock,
      log,
      owner: { id: '7@here', hasEnded: (id) => id === '8@here' },
      sharedToken: (each) => tokens.sharedToken(each),
      maxSaves: 100,
      maxSaveBytes: 100_000,
    });
  });

  const sessionNamed = (label: string): SessionSnapshot => {
    const value = readJson(`"value of ${label}"`);
    if (!value.ok) throw new Error(value.refusal.message);
    const token = '77' as Token;
    return { token, name: label, shared: false, keys: ['a'], values: [value.value] };
  };
  const saveOf = (label: string) => dataSets.save(name, () => [sessionNamed(label)]);
  const newest = async () => {
    const read = await dataSets.load(name);
    return read.ok ? read.value.map((session) => session.name) : read.refusal;
  };
  const stamps = () => readdirSync(path.join(root, name)).sort();

  test('of saves within one millisecond the last is the newest, side by side or not', async () => {
    const labels = Array.from({ length: 12 }, (_, index) => `s${index}`);
    await Promise.all(labels.map(saveOf));
    expect(stamps().length).toBe(12);
    expect(await newest()).toEqual(['s11']);
  });

  test('a clock that was set back makes no older save the newest', async () => {
    await saveOf('first');
    clock.advanceWithoutTimers(-3_600_000);
    await saveOf('second');
    expect(await newest()).toEqual(['second']);
    clock.advanceWithoutTimers(7_200_000);
    await saveOf('third');
    expect(await newest()).toEqual(['third']);
  });

  test('a newer save that is not complete is skipped and logged', async () => {
    await saveOf('whole');
    const later = path.join(root, name, '2099-01-01T00-00-00.000Z');
    mkdirSync(later);
    writeFileSync(path.join(later, 'sessions.jsonl.partial'), '');
    mkdirSync(path.join(root, name, 'other'));
    symlinkSync(
      path.join(root, name, stamps()[0] ?? ''),
      path.join(root, name, '2100-01-01T00-00-00.000Z'),
    );
    expect(await newest()).toEqual(['whole']);
    expect(lines.join()).toContain('2099-01-01T00-00-00.000Z: ENOENT');
  });

  test('at a stop, a running save is given up, and leaves no file', async () => {
    let resumeRead: () => void = () => undefined;
    const isBlocked = new Promise<void>((resolve) => {
      resumeRead = resolve;
    });
    const saving = dataSets.save(name, async function* slowly() {
      await isBlocked;
      yield sessionNamed('late');
    });
    const files = () => readdirSync(root, { recursive: true }).map(String);
    const partial = 'sessions.jsonl.7@here.partial';
    await expect.poll(() => files().filter((file) => file.endsWith(partial))).toHaveLength(1);
    const ended = dataSets.endWork();
    resumeRead();
    await ended;
    expect(await saving).toEqual({ ok: false, refusal: 'SaveError' });
    expect(stamps()).toEqual([]);
  });

  test('at a stop, saves and loads that wait are given up, and leave no files', async () => {
    await saveOf('whole');
    const [save, load] = [saveOf('late'), dataSets.load(name)];
    await dataSets.endWork();
    expect(await save).toEqual({ ok: false, refusal: 'SaveError' });
    expect((await load).ok).toBe(false);
    expect(stamps()).toHaveLength(1);
  });

  test('what others left unfinished is removed: of a dead server at once, of an unknown one after an hour', async () => {
    await saveOf('whole');
    const leave = (stamp: string, ...files: string[]) => {
      const directory = path.join(root, name, stamp);
      mkdirSync(directory);
      for (const file of files) writeFileSync(path.join(directory, file), '');
    };
    const [dead, alive, unknown] = ['8@here', '9@here', '8@there'].map(
      (id) => `sessions.jsonl.${id}.partial`,
    );
    leave('2099-01-01T00-00-00.001Z', dead ?? '');
    leave('2099-01-01T00-00-00.002Z', alive ?? '');
    leave('2099-01-01T00-00-00.003Z', unknown ?? '');
    leave('2099-01-01T00-00-00.004Z', 'sessions.jsonl.partial');
    leave('2099-01-01T00-00-00.005Z');
    leave('2099-01-01T00-00-00.006Z', dead ?? '', 'note.txt');
    leave('2099-01-01T00-00-00.007Z', 'note.txt');
    leave('other', dead ?? '');
    symlinkSync(path.join(root, name), path.join(root, 'link'));
    const left = () => stamps().flatMap((stamp) => /00\.(\d{3})Z/.exec(stamp)?.[1] ?? []);
    clock.advanceWithoutTimers(Date.now() - clock.nowMs());
    const before = stamps().length;
    await dataSets.removeLeftovers();
    expect([left(), stamps().length]).toEqual([
      ['002', '003', '004', '005', '006', '007'],
      before - 1,
    ]);
    clock.advanceWithoutTimers(3_700_000);
    await dataSets.removeLeftovers();
    expect(left()).toEqual(['006', '007']);
    expect(await newest()).toEqual(['whole']);
  });

  test('a save that fails half way leaves nothing, and is 123 on the wire', async () => {
    await saveOf('whole');
    const directory = path.join(root, name);
    // The disk goes away while the save is being written.
    const store = createMemoryStore({ clock });
    store.scan = async function* sabotaged() {
      rmSync(path.join(directory, stamps().at(-1) ?? ''), { recursive: true });
      yield sessionNamed('half');
    };
    const facts = { serverVersion: '0', persistEnabled: true };
    const dispatch = createDispatch({ store, facts, dataSets });
    expect(await dispatch('{"SH_SAVE":{"name":"nightly"}}', 1)).toBe(
      '{"SH_SAVE_RSP":{"st":123,"name":"nightly"}}',
    );
    expect(stamps().length).toBe(1);
    expect(await newest()).toEqual(['whole']);
    expect(lines.join()).toContain('Saving "nightly" failed: ENOENT');
  });

  test('however many ask, one save reads the sessions at a time, and none during a load', async () => {
    await saveOf('before');
    const events: string[] = [];
    const saveSlowly = async (label: string) => {
      await dataSets.save(name, async function* slowly() {
        events.push(`takes ${label}`);
        await newestFile();
        yield sessionNamed(label);
      });
      events.push(`has ${label}`);
    };
    // Takes a while, as everything does that goes to the disk.
    const newestFile = () => stat(path.join(root, name));
    const loading = newest().then(([label]) => events.push(`loaded ${label}`));
    await Promise.all([loading, saveSlowly('a'), saveSlowly('b')]);
    expect(events).toEqual(['loaded before', 'takes a', 'has a', 'takes b', 'has b']);
  });

  test('sessions are read when the turn of a save has come, and the others continue after a failure', async () => {
    const failing = dataSets.save(name, () => {
      throw new Error('no sessions');
    });
    const next = saveOf('next');
    expect(await failing).toEqual({ ok: false, refusal: 'SaveError' });
    expect((await next).ok).toBe(true);
    expect(await newest()).toEqual(['next']);
  });
});

test.each([
  ['2026-11-25T03-39-18.007Z', true],
  ['2026-11-25T03-39-18.007Z-12', true],
  ['2026-11-25T03-39-18.007Z-0', false],
  ['2026-11-25T03-39-18.007Z-012', false],
  ['2026-02-31T03-39-18.007Z', false],
  ['2026-11-25T03:39:18.007Z', false],
  ['../2026-11-25T03-39-18.007Z', false],
])('%s is the name of a save: %s', (text, isOne) => {
  expect(readStamp(text) !== undefined).toBe(isOne);
});

test('a sequence that is used up is an error and no older name', () => {
  expect(() => stampAfter({ ms: 5, sequence: 999_999_999 }, 5)).toThrow('too many saves');
});

function fail(): never {
  throw new Error('This is a plain name');
}
