import { useStore } from 'zustand';
import type { Draft, Recall } from './draft.ts';
import { texts } from './texts.ts';

/** Which message of the history is shown. It is always there, so that a screen reader notices the change. */
export function RecallStatus({ draft }: { readonly draft: Draft }) {
  const recall = useStore(draft.store, (view) => view.recall);
  return (
    <span role="status" aria-label={texts.recalling} className="composer-recall">
      {statusText(recall)}
    </span>
  );
}

function statusText(recall: Recall): string {
  switch (recall.state) {
    case 'none':
      return '';
    case 'shown':
      return texts.recalled(recall.at + 1, recall.messages.length);
    case 'back':
      return texts.recallOver;
  }
}
