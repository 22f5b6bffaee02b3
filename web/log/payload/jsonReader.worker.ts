import { readJsonAsWritten } from '../../../protocol/json/readJson.ts';

// Reads a value that is so long that the page would stand still meanwhile.
self.addEventListener('message', ({ data }: MessageEvent<string>) => {
  self.postMessage(readJsonAsWritten(data));
});
