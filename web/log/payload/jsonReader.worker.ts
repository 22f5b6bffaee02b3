import { readJsonAsWritten } from '../../../protocol/json/readJson.ts';

// Reads a value that is too long to read on the page without blocking it.
self.addEventListener('message', ({ data }: MessageEvent<string>) => {
  self.postMessage(readJsonAsWritten(data));
});
