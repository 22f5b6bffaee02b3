import { fileURLToPath } from 'node:url';
import { readConfig } from '../../server/config/readConfig.mjs';
import { createServer } from '../../server/createServer.ts';
import { MemoryStore } from '../../server/store/memory/memoryStore.ts';
import { delayingStore } from './delayingStore.ts';

// Started by browser stories, as a process: the server with a store that answers late.

const asked = readConfig({
  args: process.argv.slice(2),
  env: process.env,
  readFile: () => '',
  tryDirectory: () => undefined,
});
if (!asked.ok || asked.value.kind !== 'serve') throw new Error('These flags start no server');
const server = createServer(asked.value.config, {
  version: 'late',
  webRoot: fileURLToPath(new URL('../../dist/web', import.meta.url)),
  createStore: (parts) => delayingStore(new MemoryStore(parts)),
});
const { url } = await server.listen();
process.stdout.write(`${url}\n`);
process.on('SIGTERM', () => {
  void server.close().then(() => process.exit(0));
});
