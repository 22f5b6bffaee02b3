import { useStore } from 'zustand';
import { lateTexts } from './lateTexts.ts';
import type { NewsStore } from './news.ts';

/** A larger count needs more room than a tab has. */
const maxShown = 99;

interface NewsProps {
  readonly tabId: string;
  readonly news: NewsStore;
}

/** Numbers of unread messages and failures, of a tab in the background. */
export function TabNews({ tabId, news }: NewsProps) {
  const found = useStore(news, (all) => all.get(tabId));
  if (!found) return null;
  const { unread, failures } = found;
  return (
    <>
      {unread > 0 && <Count count={unread} words={lateTexts.unread(unread)} />}
      {failures > 0 && <Count count={failures} words={lateTexts.failures(failures)} isBad />}
    </>
  );
}

interface CountProps {
  readonly count: number;
  readonly words: string;
  readonly isBad?: boolean;
}

function Count({ count, words, isBad = false }: CountProps) {
  return (
    <b className={isBad ? 'tab-count is-bad' : 'tab-count'} title={words}>
      <span aria-hidden>{count > maxShown ? `${maxShown}+` : count}</span>
      <span className="visually-hidden">{words}</span>
    </b>
  );
}
