import { expect, test } from 'vitest';
import { explainUnopened } from './explainUnopened.ts';

const page = 'http://127.0.0.1:1987';
const answering =
  (...urls: string[]) =>
  (url: string) =>
    Promise.resolve(urls.includes(url));

test.each([
  [
    'ws://127.0.0.1:1988/x',
    'http://127.0.0.1:1988/healthz',
    ['--allow-origin http://127.0.0.1:1987'],
  ],
  ['ws://[::1]:1988', 'http://[::1]:1988/healthz', ['--allow-origin http://127.0.0.1:1987']],
  [
    'ws://localhost:1988',
    'http://localhost:1988/healthz',
    ['--allow-origin http://127.0.0.1:1987'],
  ],
  [
    'wss://box.example',
    'https://box.example/healthz',
    ['--allow-origin http://127.0.0.1:1987', '--allow-host box.example'],
  ],
  ['ws://127.0.0.1:1987/no/socket', 'http://127.0.0.1:1987/healthz', []],
])('%s refuses: that is not reported as no server', async (address, there, flags) => {
  const explained = await explainUnopened(address, page, answering(there));
  expect(explained).toMatchObject({ cause: flags.length > 0 ? 'refused' : 'refusedOwn' });
  expect(explained?.flags).toEqual(flags);
});

test('a server that uses the other scheme is named with it', async () => {
  const tls = await explainUnopened('ws://h:1', page, answering('https://h:1/healthz'));
  expect(tls).toMatchObject({ cause: 'otherScheme', host: 'h:1', scheme: 'wss' });
  const plain = await explainUnopened('wss://h:1', page, answering('http://h:1/healthz'));
  expect(plain).toMatchObject({ cause: 'otherScheme', host: 'h:1', scheme: 'ws' });
});

test('where nothing answers, nothing is claimed', async () => {
  expect(await explainUnopened('ws://h:1', page, answering())).toBeUndefined();
});
