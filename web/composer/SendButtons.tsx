import { Send, Square } from 'lucide-react';
import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import type { MessageSequence } from './messageSequence.ts';
import { texts } from './texts.ts';

interface SendButtonsProps {
  readonly sequence: MessageSequence;
  readonly isConnected: boolean;
  readonly onSend: () => void;
}

/** Send, and Stop while several messages are on their way. */
export function SendButtons({ sequence, isConnected, onSend }: SendButtonsProps) {
  const isRunning = useStore(sequence.store, ({ progress }) => progress.state === 'running');
  return (
    <>
      {isRunning && (
        <Button onClick={() => sequence.stop()}>
          <Square size={12} aria-hidden /> {texts.stop}
        </Button>
      )}
      {/* Not disabled, which would take the focus away from who has just pressed it. */}
      <Button
        look="primary"
        aria-disabled={isRunning}
        onClick={onSend}
        title={isConnected ? texts.sendHint : texts.connectAndSendHint}
      >
        <Send size={14} aria-hidden /> {isConnected ? texts.send : texts.connectAndSend}
      </Button>
    </>
  );
}
