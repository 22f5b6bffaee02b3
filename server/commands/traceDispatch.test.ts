import { expect, test } from 'vitest';
import { createLog } from '../log.ts';
import { startTestServer } from '../../test/server/testServer.ts';

test('the debug log follows each message and gives nothing away', async () => {
  const lines: string[] = [];
  const write = (line: string) => lines.push(line.replace(/#[0-9a-f]{6}$|#[0-9a-f]{6} /g, '# '));
  const log = createLog({ level: 'debug', write, nowMs: () => 0 });
  const server = await startTestServer(['--log-level', 'debug'], { log });
  const client = await server.connect();
  const tkn = await client.newSession('{"name":"private name"}');
  for (const message of [
    `{"KV_SET":{"tkn":"${tkn}","keys":{"private key":"private value"}}}`,
    `{"KV_SETQ":{"tkn":"${tkn}","keys":{"a":1}}}`,
    '{"KV_SETQ":{"tkn":"","keys":{"a":1}}}',
    '{"private command":{}}',
    'private text',
    '{"SH_INFO_ALL":{}}',
  ]) {
    client.socket.send(message);
  }
  for (let reply = await client.next(); !reply.includes('SH_INFO_ALL');)
    reply = await client.next();
  const at = '1970-01-01T00:00:00.000Z debug ';
  expect(lines.map((line) => line.replace(at, '').trim())).toEqual([
    'SH_NEW → Ok #',
    'KV_SET # → KeySet',
    'KV_SETQ # → silence',
    'KV_SETQ → SessionTokenInvalid',
    'no command → CommandNotExist',
    'no command → JsonInvalid',
    'SH_INFO_ALL → answered',
  ]);
  expect(lines.join()).not.toMatch(new RegExp(`private|${tkn}`));
  await server.stop();
});
