import { useStore } from 'zustand';
import type { Draft, Recall } from './draft.ts';
import { messages } from './messages.ts';

/** Which message of the history is shown. It is always there, so that a screen reader notices the change. */
export function RecallStatus({ draft }: { readonly draft: Draft }) {
  const recall = useStore(draft.store, (view) => view.recall);
  return (
    <span role="status" aria-label={messages.recalling} className="composer-recall">
      {tell(recall)}
    </span>
  );
}

function tell(recall: Recall): string {
  switch (recall.state) {
    case 'none':
      return '';
    case 'shown':
      return messages.recalled(recall.at + 1, recall.messages.length);
    case 'back':
      return messages.recallOver;
  }
}
