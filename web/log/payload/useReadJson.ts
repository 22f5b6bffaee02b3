import { useEffect, useState } from 'react';
import { readJsonAsWritten } from '../../../protocol/json/readJson.ts';
import { maxLaidOutLength } from './usePayload.ts';

type Read = ReturnType<typeof readJsonAsWritten>;

/** A text as JSON. A long one is read in a worker, and undefined until that has answered. */
export function useReadJson(text: string): Read | undefined {
  const isLong = text.length > maxLaidOutLength;
  const [json, setJson] = useState(() => (isLong ? undefined : readJsonAsWritten(text)));
  useEffect(() => {
    if (!isLong) return undefined;
    const worker = new Worker(new URL('./jsonReader.worker.ts', import.meta.url), {
      type: 'module',
    });
    worker.addEventListener('message', ({ data }: MessageEvent<Read>) => setJson(data));
    // Its script could not be fetched: late is better than not at all.
    worker.addEventListener('error', () => setJson(readJsonAsWritten(text)));
    worker.postMessage(text);
    return () => worker.terminate();
  }, [text, isLong]);
  return json;
}
