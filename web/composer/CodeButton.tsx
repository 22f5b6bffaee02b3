import { Code } from 'lucide-react';
import { useStore } from 'zustand';
import { messageSpans } from '../../protocol/json/jsonTokens.ts';
import type { WrittenMessage } from '../connection/page/exchange.ts';
import { useActions, type Action } from '../ui/action.ts';
import { Button } from '../ui/Button.tsx';
import { actionTexts } from './actionTexts.ts';
import type { Draft } from './draft.ts';
import { texts } from './texts.ts';

interface CodeButtonProps {
  readonly draft: Draft;
  readonly onCode: (message: WrittenMessage) => void;
}

/** Shows the message at the cursor as a program. */
export function CodeButton({ draft, onCode }: CodeButtonProps) {
  const isEmpty = useStore(draft.store, ({ text }) => text.trim() === '');
  const code: Action = {
    label: texts.code,
    group: actionTexts.group,
    hint: texts.codeHint,
    isEnabled: () => !isEmpty,
    run: () => onCode(messageAtCursor(draft)),
  };
  useActions(() => ({ 'composer.code': code }));
  return (
    <Button look="quiet" title={texts.codeHint} disabled={isEmpty} onClick={() => code.run()}>
      <Code size={14} aria-hidden /> <span className="composer-button-label">{texts.code}</span>
    </Button>
  );
}

/** Of several messages the one that the cursor is in, or the first. */
function messageAtCursor(draft: Draft): WrittenMessage {
  const { text, isLiteral, cursor } = draft.store.getState();
  const spans = messageSpans(text);
  const { start, end } = spans.find((span) => cursor <= span.end) ??
    spans[0] ?? { start: 0, end: 0 };
  return { text: text.slice(start, end), isLiteral };
}
