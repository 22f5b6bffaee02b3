import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspectionKeyPrefix, inspectionProtocol } from '../protocol/inspection/access.ts';
import { bundleServer } from '../test/server/bundleServer.ts';
import { ServerRun } from '../test/server/serverRun.ts';
import { certificateFile, TestClient } from '../test/server/testServer.ts';

const directories: string[] = [];
const runs: ServerRun[] = [];
let program: string;

function newDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'seshdeck-test-'));
  directories.push(directory);
  return directory;
}

beforeAll(async () => {
  program = await bundleServer(newDirectory());
});

afterAll(() => {
  for (const { child } of runs) child.kill('SIGKILL');
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

function start(...flags: string[]): ServerRun {
  const run = new ServerRun([program, '--memory', ...flags], {});
  runs.push(run);
  return run;
}

describe('a service that gets SIGHUP', { timeout: 60_000 }, () => {
  test('reads the certificate again and keeps the old one when the new is bad', async () => {
    const files = newDirectory();
    const [cert, certKey] = [path.join(files, 'cert.pem'), path.join(files, 'key.pem')];
    const put = (name: string) => {
      writeFileSync(cert, certificateFile(`${name}.cert.pem`));
      writeFileSync(certKey, certificateFile(`${name}.key.pem`));
    };
    put('first');
    const run = start('--port', '0', '--tls-cert', cert, '--tls-key', certKey);
    const port = await run.listening();
    const ca = ['first', 'second'].map((name) => certificateFile(`${name}.cert.pem`));
    const client = await TestClient.open(`wss://127.0.0.1:${port}`, [], { ca });
    const shown = async () => {
      const socket = connectTls({ port, host: '127.0.0.1', ca });
      await once(socket, 'secureConnect');
      const name = String(socket.getPeerCertificate().subject.CN);
      socket.destroy();
      return name;
    };
    put('second');
    run.child.kill('SIGHUP');
    await expect.poll(shown).toBe('Seshdeck test, second');
    writeFileSync(certKey, certificateFile('first.key.pem'));
    run.child.kill('SIGHUP');
    await expect
      .poll(() => run.err)
      .toContain(`The certificate stays as it was: ${certKey} is not the key for ${cert}`);
    expect(await shown()).toBe('Seshdeck test, second');
    expect(await client.ask('{"SH_INFO_ALL":{}}')).toContain('totalSessions');
    run.child.kill('SIGTERM');
    expect([await client.closed, await run.ended]).toEqual([1001, 0]);
  });

  test('reads the inspection keys again, and cuts off who has one that is gone', async () => {
    const file = path.join(newDirectory(), 'keys.json');
    const put = (names: readonly string[]) => {
      const keys = names.map((name) => ({
        name,
        key: `the key of ${name}`.padEnd(16),
        rights: ['look'],
      }));
      writeFileSync(file, JSON.stringify({ keys }), { mode: 0o600 });
    };
    put(['support', 'operations']);
    const run = start('--port', '0', '--inspect-keys', file);
    const port = await run.listening();
    const open = (key: string) => {
      const protocols = [
        inspectionProtocol,
        inspectionKeyPrefix + Buffer.from(key).toString('base64url'),
      ];
      return TestClient.open(`ws://127.0.0.1:${port}/inspect`, protocols);
    };
    const [support, operations] = [
      await open('the key of support'),
      await open('the key of operations'),
    ];
    expect(run.err).toBe('');
    writeFileSync(file, '{"keys":1}');
    run.child.kill('SIGHUP');
    await expect.poll(() => run.err).toContain('The inspection keys stay as they were: ');
    put(['operations']);
    chmodSync(file, 0o644);
    run.child.kill('SIGHUP');
    expect(await support.closed).toBe(1008);
    expect(operations.socket.readyState).toBe(1);
    await expect.poll(() => run.err).toContain(`Others may read ${file}`);
    run.child.kill('SIGTERM');
    expect([await operations.closed, await run.ended]).toEqual([1001, 0]);
  });
});
