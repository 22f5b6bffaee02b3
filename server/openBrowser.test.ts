import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { localUrl, openBrowser, openCommand } from './openBrowser.ts';

const url = 'http://127.0.0.1:1987';

test.each([
  ['darwin', 'open', [url]],
  ['win32', 'rundll32', ['url.dll,FileProtocolHandler', url]],
  ['linux', 'xdg-open', [url]],
  ['freebsd', 'xdg-open', [url]],
])('on %s the default browser is opened with %s', (platform, file, args) => {
  expect(openCommand(url, platform)).toEqual({ file, args });
});

test.each([
  ['http://0.0.0.0:1987', 'http://127.0.0.1:1987'],
  ['https://[::]:1987', 'https://[::1]:1987'],
  ['http://10.0.0.7:1987', 'http://10.0.0.7:1987'],
  ['http://[fe80::1]:1987', 'http://[fe80::1]:1987'],
])('a server at %s is opened at %s', (listens, opened) => {
  expect(localUrl(listens)).toBe(opened);
});

/** A machine whose only program is a stand-in for the one that opens browsers. */
function machineWith(script: string | undefined) {
  const directory = mkdtempSync(path.join(tmpdir(), 'seshdeck-open-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  if (script !== undefined) {
    const program = path.join(directory, 'xdg-open');
    writeFileSync(program, `#!/bin/sh\n${script}\n`);
    chmodSync(program, 0o755);
  }
  return { directory, machine: { platform: 'linux', env: { PATH: directory } } };
}

/** @returns Why it failed. */
function failureOn(machine: Parameters<typeof openBrowser>[1]): Promise<string> {
  return new Promise((resolve) => {
    openBrowser(url, machine, resolve);
  });
}

test('the program gets the address', async () => {
  const { directory, machine } = machineWith('echo "$1" > "${0%/*}/opened"; exit 3');
  const why = await failureOn(machine);
  expect(readFileSync(path.join(directory, 'opened'), 'utf8')).toBe(`${url}\n`);
  expect(why).toBe('xdg-open ended with exit code 3');
});

test('a program that is not there is reported, and nothing is thrown', async () => {
  const { machine } = machineWith(undefined);
  const why = await failureOn(machine);
  expect(why).toBe('spawn xdg-open ENOENT');
});
