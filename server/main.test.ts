import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleServer } from '../test/server/bundleServer.ts';
import { PipelinedLoad } from '../test/server/pipelinedLoad.ts';
import { ServerRun } from '../test/server/serverRun.ts';
import { TestClient } from '../test/server/testServer.ts';

/** A file, which nobody can save into. */
const notDirectory = fileURLToPath(import.meta.url);
/** Another process gives no sign when it opens or shuts its port. */
const pollMs = 25;
const started: ChildProcess[] = [];
const directories: string[] = [];

function newDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'seshdeck-test-'));
  directories.push(directory);
  return directory;
}

let program: string;

beforeAll(async () => {
  program = await bundleServer(newDirectory());
});

afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** In memory, unless a test says where: all of them run in one directory. */
class Run extends ServerRun {
  constructor(first: string | { env: Record<string, string> }, ...rest: string[]) {
    const flags = typeof first === 'string' ? [first, ...rest] : rest;
    const isInMemory = flags[0]?.startsWith('-') !== false && !flags.includes('--data');
    const args = isInMemory ? ['--memory', ...flags] : flags;
    super([program, ...args], typeof first === 'string' ? {} : first.env);
    started.push(this.child);
  }
}

describe.concurrent('the server as a process', { timeout: 60_000 }, () => {
  test('finds values by a pattern, whose engine is loaded with the first one', async () => {
    const run = new Run('--port', '0');
    const client = await TestClient.open(`ws://127.0.0.1:${await run.listening()}`);
    const tkn = await client.newSession();
    await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"a":{"b":"one"},"c":{"b":"two"}}}}`);
    const find = `{"KV_FIND":{"tkn":"${tkn}","rsp":"keys","path":"$[?match(@, 't.o')]"}}`;
    expect(await client.ask(find)).toContain('"keys":["c"]');
    client.socket.terminate();
  });

  test('says where it listens, answers, and stops on SIGTERM with exit code 0', async () => {
    const run = new Run('--port', '0');
    const port = await run.listening();
    const client = await TestClient.open(`ws://127.0.0.1:${port}`);
    expect(await client.ask('{"SH_INFO_ALL":{}}')).toContain('"totalSessions":0');
    // A client that hangs: it will not answer the closing frame.
    const mute = await TestClient.open(`ws://127.0.0.1:${port}`);
    mute.socket.pause();
    const startedMs = performance.now();
    run.child.kill('SIGTERM');
    expect(await client.closed).toBe(1001);
    expect(await run.ended).toBe(0);
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    expect(run.out).toContain('Data is in memory only and is lost');
    expect(run.err).toBe('');
    mute.socket.terminate();
  });

  test('SIGTERM under load: what was carried out was answered, and all of it is on disk', async () => {
    const data = newDirectory();
    const run = new Run('--port', '0', '--data', data);
    const url = `ws://127.0.0.1:${await run.listening()}`;
    const loads = await Promise.all([1, 2, 3].map(() => PipelinedLoad.start(url)));
    await Promise.all(loads.map((load) => load.untilReplies(500)));
    run.child.kill('SIGTERM');
    expect(await Promise.all(loads.map(({ closed }) => closed))).toEqual([1001, 1001, 1001]);
    expect(await run.ended).toBe(0);
    const next = new Run('--port', '0', '--data', data);
    const client = await TestClient.open(`ws://127.0.0.1:${await next.listening()}`);
    const stored: string[] = [];
    for (const { tkn } of loads) {
      const reply = await client.ask(`{"KV_COUNT":{"tkn":"${tkn}"}}`);
      stored.push(/"cnt":(\d+)/.exec(reply)?.[1] ?? reply);
    }
    expect(stored).toEqual(loads.map(({ replies }) => String(replies)));
    next.child.kill('SIGTERM');
    expect(await next.ended).toBe(0);
  });

  test('a signal that comes twice at once is one', async () => {
    const run = new Run('--port', '0');
    await run.listening();
    run.child.kill('SIGINT');
    run.child.kill('SIGINT');
    expect(await run.ended).toBe(0);
  });

  // The hanging client leaves a second for the other signal; a very busy machine may miss it.
  test('a later signal ends it at once, with exit code 1', { retry: 2 }, async () => {
    const run = new Run('--port', '0');
    const mute = await TestClient.open(`ws://127.0.0.1:${await run.listening()}`);
    mute.socket.pause();
    while (run.child.exitCode === null) {
      run.child.kill('SIGINT');
      await setTimeout(pollMs);
    }
    expect(await run.ended).toBe(1);
    mute.socket.terminate();
  });

  test('SIGHUP ends it as SIGTERM does, with closing frames and exit code 0', async () => {
    const run = new Run('--port', '0');
    const client = await TestClient.open(`ws://127.0.0.1:${await run.listening()}`);
    run.child.kill('SIGHUP');
    expect([await client.closed, await run.ended, run.err]).toEqual([1001, 0, '']);
  });

  // Without a limit of the store this ends the process within the first 100 values.
  test('lives in a small heap, whatever a client stores and reads', async () => {
    const env = { NODE_OPTIONS: '--max-old-space-size=96' };
    const run = new Run({ env }, '--port', '0', '--memory');
    const url = `ws://127.0.0.1:${await run.listening()}`;
    const [greedy, other] = [await TestClient.open(url), await TestClient.open(url)];
    const tkn = await greedy.newSession();
    const value = `"${'v'.repeat(900_000)}"`;
    let refused = 0;
    for (let index = 0; refused < 10; index += 1) {
      const reply = await greedy.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"k${index}":${value}}}}`);
      if (reply.includes('"m":"max-memory"')) refused += 1;
    }
    const count = await other.ask(`{"KV_COUNT":{"tkn":"${tkn}"}}`);
    expect(count).toContain('"st":1,');
    const names = Array.from({ length: 100 }, (_, index) => `"k${index}"`);
    const ask = (command: string, keys: readonly string[]) =>
      greedy.ask(`{"${command}":{"tkn":"${tkn}","keys":[${keys.join(',')}]}}`);
    // Without a limit of replies these end the process, or lose what was taken.
    for (const command of ['KV_GET', 'KV_TAKE']) {
      expect(await ask(command, names)).toContain('"st":903,"tkn":null,"m":"max-reply"');
    }
    expect(await ask('KV_GET', names.slice(0, 2))).toContain('"k0":"vvv');
    expect(await other.ask(`{"KV_COUNT":{"tkn":"${tkn}"}}`)).toBe(count);
    expect(await greedy.ask(`{"KV_CLEAR":{"tkn":"${tkn}"}}`)).toContain('"st":1,');
    const again = await greedy.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"k":${value}}}}`);
    expect(again).toContain('"k":20');
    run.child.kill('SIGTERM');
    expect([await run.ended, run.err]).toEqual([0, '']);
  });

  test('SIGUSR1 opens no debugger', async () => {
    const run = new Run('--port', '0');
    const client = await TestClient.open(`ws://127.0.0.1:${await run.listening()}`);
    run.child.kill('SIGUSR1');
    expect(await client.ask('{"SH_INFO_ALL":{}}')).toContain('totalSessions');
    run.child.kill('SIGTERM');
    expect([await run.ended, run.err]).toEqual([0, '']);
  });

  test('what is caught nowhere else is logged, marks the server as degraded, and ends nothing', async () => {
    const planted = `process.on('SIGUSR2', () => { throw new Error('planted'); });
      process.on('SIGWINCH', () => void Promise.reject(new Error('planted')));`;
    const preload = `--import data:text/javascript,${encodeURIComponent(planted)}`;
    const run = new Run({ env: { NODE_OPTIONS: preload } }, '--port', '0');
    const port = await run.listening();
    const client = await TestClient.open(`ws://127.0.0.1:${port}`);
    const tkn = await client.newSession();
    const health = async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).text();
    expect(await health()).toContain('"status":"ok"');
    run.child.kill('SIGUSR2');
    await expect.poll(health).toMatch(/"status":"degraded".*"faults":1,"lastFaultAt":"\d{4}-/);
    run.child.kill('SIGWINCH');
    await expect.poll(health).toContain('"faults":2');
    expect(await client.ask(`{"KV_COUNT":{"tkn":"${tkn}"}}`)).toContain('"st":1,');
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    expect(run.err).toMatch(
      /"level":"error","message":"A fault that was caught nowhere else: Error\\n +at /,
    );
  });

  test('what a killed server had started to save is removed by the next one', async () => {
    const root = newDirectory();
    const env = { SESHDECK_PERSIST_ENABLED: 'true', SESHDECK_PERSIST_PATH: root };
    const [first, other] = [new Run({ env }, '--port', '0'), new Run({ env }, '--port', '0')];
    await Promise.all([first.listening(), other.listening()]);
    first.child.kill('SIGKILL');
    await first.ended;
    for (const [index, { child }] of [first, other].entries()) {
      const directory = path.join(root, 'nightly', `2026-01-0${index + 1}T00-00-00.000Z`);
      mkdirSync(directory, { recursive: true });
      writeFileSync(path.join(directory, `sessions.jsonl.${child.pid}@${hostname()}.partial`), '');
    }
    const next = new Run({ env }, '--port', '0');
    await next.listening();
    const left = () => readdirSync(path.join(root, 'nightly'));
    await expect.poll(left).toEqual(['2026-01-02T00-00-00.000Z']);
    for (const { child } of [other, next]) child.kill('SIGTERM');
    expect(await Promise.all([other.ended, next.ended])).toEqual([0, 0]);
    expect(next.err).toContain('Removed a save that was never finished: ');
  });

  test('a directory has one server; after kill -9 the next one has all that was acknowledged', async () => {
    const data = path.join(newDirectory(), 'new', 'data');
    const first = new Run('--data', data, '--port=0');
    const client = await TestClient.open(`ws://127.0.0.1:${await first.listening()}`);
    const tkn = await client.newSession('{"name":"defaults","shared":true}');
    await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"n":14247375118774737462}}}`);
    const journal = path.join(data, '@journal');
    const other = new Run('--data', data, '--port=0');
    expect([await other.ended, other.out]).toEqual([1, '']);
    expect(other.err).toBe(
      `seshdeck: ${journal} is in use by process ${first.child.pid}@${hostname()}; ` +
        'choose another with --data DIR, or --memory\n',
    );
    first.child.kill('SIGKILL');
    await first.ended;
    expect(readdirSync(journal).sort()).toEqual(['FORMAT', 'LOCK', 'log-1']);
    const modes = [data, journal, path.join(journal, 'log-1')].map((each) => statSync(each).mode);
    expect(modes.map((mode) => (mode & 0o777).toString(8))).toEqual(['700', '700', '600']);
    const second = new Run('--data', data, '--port=0');
    const again = await TestClient.open(`ws://127.0.0.1:${await second.listening()}`);
    const get = `{"KV_GET":{"tkn":"${tkn}","keys":["n"]}}`;
    expect(await again.ask(get)).toContain('{"n":14247375118774737462}');
    expect(second.out).toContain(
      `Data is saved in ${data}; each change is on disk before it is confirmed.`,
    );
    second.child.kill('SIGTERM');
    expect([await second.ended, second.err]).toEqual([0, '']);
    expect(readdirSync(journal).sort()).toEqual(['FORMAT', 'log-1']);
  });

  test('serves on when nobody listens to what it says', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    other.close();
    const run = new Run('--port', String(port));
    run.child.stdout?.destroy();
    let client: TestClient | undefined;
    while (client === undefined) {
      if (run.child.exitCode !== null) throw new Error(run.err);
      await setTimeout(pollMs);
      client = await TestClient.open(`ws://127.0.0.1:${port}`).catch(() => undefined);
    }
    expect(await client.ask('{"SH_INFO_ALL":{}}')).toContain('totalSessions');
    // The write that fails has failed by now.
    expect(await client.ask('{"SH_INFO_ALL":{}}')).toContain('totalSessions');
  });

  test('a port in use is one line and exit code 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const run = new Run('--port', String(port));
    expect(await run.ended).toBe(1);
    expect([run.out, run.err]).toEqual([
      '',
      `seshdeck: port ${port} on 127.0.0.1 is in use; choose another with --port\n`,
    ]);
    other.close();
  });

  test('a wrong setting is one line and exit code 1', async () => {
    const run = new Run('--max-payload', '63');
    expect(await run.ended).toBe(1);
    expect(run.out).toBe('');
    expect(run.err).toMatch(/^seshdeck: --max-payload [^\n]* got "63"\n$/);
  });

  test('saves what it holds, and the next one loads it before it listens', async () => {
    const root = newDirectory();
    const config = path.join(root, 'config.json');
    const kv = '{ "ip": "127.0.0.1", "port": 0, "maxPayload": 1024 }';
    const persist = `{ "enabled": true, "path": ${JSON.stringify(root)} }`;
    writeFileSync(
      config,
      `{ "version": 1, "kv": ${kv}, /* to disk */ "persist": ${persist} } // end`,
    );
    const first = new Run('--config', config);
    const client = await TestClient.open(`ws://127.0.0.1:${await first.listening()}`);
    expect(await client.ask('{"SV_INFO":{}}')).toContain('"persistEnabled":true');
    const tkn = await client.newSession('{"name":"defaults","shared":true}');
    const get = `{"KV_GET":{"tkn":"${tkn}","keys":["n"]}}`;
    await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"n":14247375118774737462}}}`);
    expect(await client.ask('{"SH_SAVE":{"name":"nightly"}}')).toContain('"st":121');
    first.child.kill('SIGKILL');
    await first.ended;
    expect(readdirSync(root).sort()).toEqual(['config.json', 'nightly']);
    const second = new Run('--port=0', '--loadName=nightly', `--loadPath=${root}`);
    const again = await TestClient.open(`ws://127.0.0.1:${await second.listening()}`);
    expect(await again.ask(get)).toContain('{"n":14247375118774737462}');
    expect(await again.ask('{"SH_OPEN":{"name":"defaults"}}')).toContain(tkn);
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    expect(second.out).toContain('Loaded at the start: sessions 1, keys 1.');
  });

  test.each([
    ['--loadName=nightly', /--loadName: "nightly" in \S+ cannot be loaded: there is no save of/],
    ['--loadName=bad', /"bad" in \S+ cannot be loaded: 2026-01-01T00-00-00.000Z: it is cut short/],
  ])('%s that fails is one line and exit code 1', async (flag, line) => {
    const root = newDirectory();
    const save = path.join(root, 'bad', '2026-01-01T00-00-00.000Z');
    mkdirSync(save, { recursive: true });
    writeFileSync(path.join(save, 'sessions.jsonl'), '');
    const run = new Run('--port=0', flag, '--loadPath', root);
    expect(await run.ended).toBe(1);
    expect(run.out).toBe('');
    expect(run.err).toMatch(new RegExp(`^seshdeck: [^\\n]*${line.source}[^\\n]*\\n$`));
  });

  // In /proc nobody can create a file, not even the superuser.
  test.each(['/nowhere/at/all', notDirectory, '/proc'])(
    'saving to %s is refused',
    async (where) => {
      const env = { SESHDECK_PERSIST_ENABLED: 'true', SESHDECK_PERSIST_PATH: where };
      const run = new Run({ env }, '--port=0');
      expect(await run.ended).toBe(1);
      expect(run.out).toBe('');
      expect(run.err).toMatch(/^seshdeck: persist\.path must be an existing directory [^\n]*\n$/);
    },
  );

  test('backs up, restores and checks data, and says in one line what it cannot do', async () => {
    const root = newDirectory();
    const data = path.join(root, 'data');
    const file = path.join(root, 'backup');
    const copy = path.join(root, 'copy');
    const server = new Run('--port=0', '--data', data);
    const client = await TestClient.open(`ws://127.0.0.1:${await server.listening()}`);
    const tkn = await client.newSession();
    await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"n":14247375118774737462}}}`);
    for (const [tool, ...places] of [
      ['backup', data, file],
      ['restore', file, copy],
      ['check', copy],
    ] as const) {
      const run = new Run(tool, ...places);
      expect([await run.ended, run.err]).toEqual([0, '']);
      expect(run.out).toMatch(/: sessions 1, keys 1\n$/);
    }
    server.child.kill('SIGTERM');
    const again = new Run('--port=0', '--data', copy);
    const other = await TestClient.open(`ws://127.0.0.1:${await again.listening()}`);
    const get = `{"KV_GET":{"tkn":"${tkn}","keys":["n"]}}`;
    expect(await other.ask(get)).toContain('{"n":14247375118774737462}');
    again.child.kill('SIGTERM');
    const refused = new Run('backup', data, file);
    expect(await refused.ended).toBe(1);
    expect([refused.out, refused.err]).toEqual(['', expect.stringMatching(/^seshdeck: [^\n]+\n$/)]);
  });

  test('--open that opens nothing leaves the server running', async () => {
    const run = new Run({ env: { PATH: newDirectory() } }, '--port', '0', '--open');
    const port = await run.listening();
    while (!run.err.includes('No browser could be opened')) await setTimeout(pollMs);
    const client = await TestClient.open(`ws://127.0.0.1:${port}`);
    expect(await client.ask('{"SH_INFO_ALL":{}}')).toContain('"totalSessions":0');
  });

  test('help and version end with exit code 0', async () => {
    const [help, version] = [new Run('--help'), new Run('--version')];
    expect(await Promise.all([help.ended, version.ended])).toEqual([0, 0]);
    expect(help.out).toContain('Usage: seshdeck');
    expect(version.out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
