import { Button } from './Button.tsx';
import { defineTexts } from './texts.ts';
import './UndoNotice.css';

/** What was just done, with a way back where there is one. */
export interface Done {
  readonly text: string;
  readonly undo?: () => void;
}

interface UndoNoticeProps {
  readonly done: Done;
  readonly onDismiss: () => void;
}

const messages = defineTexts({ undo: 'Undo', dismiss: 'Dismiss' });

/** Says what was done and takes it back when asked. */
export function UndoNotice({ done: { text, undo }, onDismiss }: UndoNoticeProps) {
  return (
    <div className="notice undo-notice">
      <span role="status" className="undo-notice-text">
        {text}
      </span>
      {undo && (
        <Button
          onClick={() => {
            undo();
            onDismiss();
          }}
        >
          {messages.undo}
        </Button>
      )}
      <Button look="quiet" onClick={onDismiss}>
        {messages.dismiss}
      </Button>
    </div>
  );
}
