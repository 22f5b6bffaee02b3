import { Send, Square } from 'lucide-react';
import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import type { Conversation } from './conversation.ts';
import { messages } from './messages.ts';

interface SendButtonsProps {
  readonly conversation: Conversation;
  readonly isConnected: boolean;
  readonly onSend: () => void;
}

/** Send, and Stop while several messages are on their way. */
export function SendButtons({ conversation, isConnected, onSend }: SendButtonsProps) {
  const isRunning = useStore(conversation.store, ({ progress }) => progress.state === 'running');
  return (
    <>
      {isRunning && (
        <Button onClick={() => conversation.stop()}>
          <Square size={12} aria-hidden /> {messages.stop}
        </Button>
      )}
      {/* Not disabled, which would take the focus away from who has just pressed it. */}
      <Button
        look="primary"
        aria-disabled={isRunning}
        onClick={onSend}
        title={isConnected ? messages.sendHint : messages.connectAndSendHint}
      >
        <Send size={14} aria-hidden /> {isConnected ? messages.send : messages.connectAndSend}
      </Button>
    </>
  );
}
