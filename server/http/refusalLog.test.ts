import { expect, test } from 'vitest';
import { silentLog } from '../log.ts';
import { RefusalLog } from './refusalLog.ts';

function startLog() {
  const lines: string[] = [];
  const refusals = new RefusalLog({ ...silentLog, warn: (line) => lines.push(line) });
  return { lines, refusals };
}

test('a refused origin and a refused host are logged once, with the flag that lets them in', () => {
  const { lines, refusals } = startLog();
  for (let count = 0; count < 3; count += 1) {
    refusals.origin('http://127.0.0.1:1988');
    refusals.host('box.example:1987');
  }
  expect(lines).toEqual([
    'Refused a page of http://127.0.0.1:1988. To let it in, start with --allow-origin http://127.0.0.1:1988',
    'Refused a connection to the host name box.example:1987. To answer to it, start with --allow-host box.example:1987',
  ]);
});

test.each([
  'null',
  'http://a b',
  'http://x; rm -rf',
  'http://\u001b[31m',
  `http://${'x'.repeat(300)}`,
  '',
])('an origin like %j is not repeated', (found) => {
  const { lines, refusals } = startLog();
  refusals.origin(found);
  refusals.host(found === '' ? undefined : `${found} `);
  expect(lines).toEqual([
    'Refused a page whose Origin is no http address.',
    'Refused a connection whose Host is no host name.',
  ]);
});

test('many origins do not fill the log', () => {
  const { lines, refusals } = startLog();
  for (let port = 1; port <= 1000; port += 1) refusals.origin(`http://evil.example:${port}`);
  expect(lines).toHaveLength(101);
  expect(lines.at(-1)).toBe('More origins or hosts were refused; they are not logged.');
});
