import { expect, test } from 'vitest';
import { catalog, commandNames } from '../protocol/commands/catalog.ts';
import { startTestServer } from '../test/server/testServer.ts';
import { createLog, type LineFormat } from './log.ts';

function startLog(format: LineFormat) {
  const lines: string[] = [];
  const log = createLog({
    level: 'debug',
    format,
    write: (line) => lines.push(line),
    nowMs: () => 0,
  });
  return { log, lines };
}

test('a line for people has time, level and text', () => {
  const { log, lines } = startLog('text');
  log.warn('The disk is full');
  expect(lines).toEqual(['1970-01-01T00:00:00.000Z warn The disk is full']);
});

test('in JSON each entry is one line, whatever it holds', () => {
  const { log, lines } = startLog('json');
  log.error('Error\n    at "there"\u2028\u0000');
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(/\n/);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    time: '1970-01-01T00:00:00.000Z',
    level: 'error',
    message: 'Error\n    at "there"\u2028\u0000',
  });
});

test.each(['text', 'json'] as const)(
  'no command puts a token into the log at level debug (%s)',
  async (format) => {
    const { log, lines } = startLog(format);
    const server = await startTestServer(['--log-level', 'debug'], { log });
    const [client, maker] = [await server.connect(), await server.connect()];
    const tokens = new Set<string>();
    for (const name of commandNames) {
      const tkn = await maker.newSession();
      const foreign = '16351792548006066062';
      const { request } = catalog[name].example;
      for (const token of [tkn, foreign]) {
        tokens.add(token);
        client.socket.send(request.replaceAll('{{tkn}}', token));
        client.socket.send(`{"${name}":{"tkn":"${token}","tkns":["${token}"],"${token}":1}}`);
        client.socket.send(`{"${name}${token}":{}}`);
      }
    }
    for (let reply = ''; !reply.includes('SV_INFO_RSP":{"st":1');) {
      client.socket.send('{"SV_INFO":{}}');
      reply = await client.next();
    }
    await server.stop();
    const text = lines.join('\n');
    expect(lines.length).toBeGreaterThan(commandNames.length);
    expect([...tokens].filter((token) => text.includes(token))).toEqual([]);
  },
);
