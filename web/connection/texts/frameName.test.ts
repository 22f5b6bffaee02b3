import { expect, test } from 'vitest';
import { frameName, nameOf, previewOf } from './frameName.ts';

test.each([
  ['', 'Empty message'],
  [' \n', 'White space only'],
  ['hello', 'Not JSON'],
  ['{"event":"price","value":1}', 'event: price'],
  ['{"id":"1","type":"next","payload":{}}', 'type: next'],
  ['{"jsonrpc":"2.0","method":"subscribe","params":[]}', 'method: subscribe'],
  ['{"symbol":"X","price":1}', '{symbol, …}'],
  ['{"KV_SET":{},"KV_GET":{}}', '{KV_SET, …}'],
  ['{"price":1}', 'price'],
  ['{"":1}', '""'],
  ['{"type":7,"a":1}', '{type, …}'],
  [`{"type":"${'1'.repeat(50)}","a":1}`, '{type, …}'],
  ['{"a\\nb\\u202e":1,"c":2}', '{a b, …}'],
  [`{"${'x'.repeat(100)}":1,"c":2}`, `{${'x'.repeat(40)}…, …}`],
  ['{}', 'JSON object, empty'],
  ['[]', 'JSON array of 0'],
  ['[1,[2,3],"a"]', 'JSON array of 3'],
  ['"text"', 'JSON string'],
  ['42', 'JSON number'],
  ['true', 'JSON true'],
  ['null', 'JSON null'],
  ['{"a":', 'Not JSON'],
  ['NaN', 'Not JSON'],
  ['0{"sid":"x","pingInterval":25000}', 'Engine.IO open'],
  ['2', 'JSON number, or Engine.IO ping'],
  ['3', 'JSON number, or Engine.IO pong'],
  ['2probe', 'Engine.IO ping'],
  ['40', 'JSON number, or Socket.IO connect'],
  ['40{"sid":"x"}', 'Socket.IO connect'],
  ['40/admin,', 'Socket.IO connect'],
  ['41/admin,', 'Socket.IO disconnect'],
  ['42["price",{"v":1}]', 'Socket.IO event price'],
  ['42/admin,17["price"]', 'Socket.IO event price'],
  ['451-["file",{"_placeholder":true,"num":0}]', 'Socket.IO binary event file'],
  ['4312["done"]', 'Socket.IO ack'],
  ['44{"message":"no"}', 'Socket.IO connect error'],
  ['42["price"', 'Not JSON'],
  ['42 apples', 'Not JSON'],
  ['MESSAGE\ndestination:/q\n\nhello\0', 'STOMP MESSAGE'],
  ['MESSAGE\nwithout an end', 'Not JSON'],
  [`"${'x'.repeat(300_000)}"`, 'Long text'],
])('%# a frame is called by what is known of it', (text, name) => {
  expect(frameName({ text, binary: undefined })).toBe(name);
});

test('a binary frame is called by its size, and its row shows the first bytes', () => {
  const bytes = new TextEncoder().encode('{"a":1}\0é');
  expect(frameName({ text: '', binary: bytes })).toBe('Binary 10 B');
  expect(previewOf({ text: '', binary: bytes })).toBe('7b 22 61 22 3a 31 7d 00 c3 a9  {"a":1}...');
  const long = new Uint8Array(2_097_152);
  expect(frameName({ text: '', binary: long })).toBe('Binary 2,097,152 B');
  expect(previewOf({ text: '', binary: long })).toMatch(/^00 00 .* …  \.+ …$/);
});

test('a message of the protocol keeps its name', () => {
  expect(nameOf({ name: 'KV_GET', text: '', binary: undefined })).toBe('KV_GET');
});
