import { useStore } from 'zustand';
import type { StoreSource } from './storeSource.ts';
import { storeTexts } from './storeTexts.ts';

/** Why the server refuses changes, and what helps. */
export function StoreNotice({ source }: { readonly source: StoreSource }) {
  const reason = useStore(source, ({ store }) => store?.reason);
  return (
    <div className="notice is-bad connection-notice">
      <span role="alert">
        {storeTexts.refused(reason)} {adviceFor(reason ?? '')} {storeTexts.readingWorks}
      </span>
    </div>
  );
}

/** What helps against a system error, by its name. */
const advice = new Map([
  ['ENOSPC', storeTexts.makeRoom],
  ['EDQUOT', storeTexts.makeRoom],
  ['EROFS', storeTexts.makeWritable],
  ['EACCES', storeTexts.makeWritable],
  ['EIO', storeTexts.checkDisk],
]);

function adviceFor(reason: string): string {
  const name = /\bE[A-Z]+\b/.exec(reason)?.[0] ?? '';
  return advice.get(name) ?? storeTexts.seeLog;
}
