import { statuses } from '../../protocol/status.ts';
import { Button } from '../ui/Button.tsx';
import type { MessageFault } from './checkMessage.ts';

interface FaultNoticeProps {
  readonly fault: MessageFault;
  readonly maxPayloadBytes: number;
  readonly onSendAnyway: (fault: Extract<MessageFault, { text: string }>) => void;
}

/** Says why a message was not sent, and what can be done. */
export function FaultNotice({ fault, maxPayloadBytes, onSendAnyway }: FaultNoticeProps) {
  return (
    <div className="notice is-bad composer-fault" role="alert">
      <span>{explain(fault, maxPayloadBytes)}</span>
      {'text' in fault && (
        <Button onClick={() => onSendAnyway(fault)} title="Send it to see how the server answers">
          Send anyway
        </Button>
      )}
    </div>
  );
}

function explain(fault: MessageFault, maxPayloadBytes: number): string {
  switch (fault.kind) {
    case 'empty':
      return 'Nothing to send yet. Write a command, or pick one from Templates.';
    case 'unresolved':
      return explainUnresolved(fault.names);
    case 'invalid':
      return `Not sent: line ${fault.line}, column ${fault.column}. ${fault.message}. (The server would answer ${statuses.JsonInvalid.code}, JsonInvalid.)`;
    case 'tooLarge':
      return `Not sent: ${fault.bytes.toLocaleString('en')} bytes, and the server takes at most ${maxPayloadBytes.toLocaleString('en')}. It would close the connection.`;
  }
}

function explainUnresolved(names: readonly string[]): string {
  const list = names.map((name) => `{{${name}}}`).join(', ');
  const isToken = names.some((name) => name === 'tkn' || name.startsWith('tkn:'));
  const next = isToken ? ' Create or open a session: its token fills it in.' : '';
  return `Not sent: ${list} ${names.length === 1 ? 'has' : 'have'} no value yet.${next}`;
}
