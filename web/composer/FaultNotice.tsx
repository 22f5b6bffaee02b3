import type { ReactNode } from 'react';
import { statusCodes } from '../../protocol/status.ts';
import { explainWaitRefusal } from '../connection/sendOrWait.ts';
import { Button } from '../ui/Button.tsx';
import type { HeavyBranch } from './byteBudget.ts';
import { isLearnable } from '../connection/variableName.ts';
import { byteSize } from './byteSize.ts';
import type { MessageFault } from './checkMessage.ts';
import { messages } from './messages.ts';
import type { OddCharacter } from './oddCharacter.ts';

interface FaultNoticeProps {
  readonly fault: MessageFault;
  /** What makes the message big, if that is known. */
  readonly branch: HeavyBranch | undefined;
  readonly maxPayloadBytes: number;
  readonly isConnected: boolean;
  readonly onConnect: () => void;
  readonly onSendAnyway: (text: string) => void;
  /** What can be done about it here. */
  readonly children?: ReactNode;
}

/** Says why a message was not sent, and what can be done. */
export function FaultNotice({ fault, branch, maxPayloadBytes, ...rest }: FaultNoticeProps) {
  const text = 'text' in fault ? fault.text : undefined;
  return (
    <div className="notice is-bad composer-fault" role="alert">
      <span>
        {explainFault(fault, maxPayloadBytes)}
        {fault.kind === 'tooLarge' && branch && (
          <span translate="no"> {messages.heaviest(branch.path, byteSize(branch.bytes))}</span>
        )}
      </span>
      {rest.children}
      {!rest.isConnected && (text !== undefined || fault.kind === 'cannotWait') && (
        <Button onClick={rest.onConnect}>{messages.connect}</Button>
      )}
      {rest.isConnected && text !== undefined && (
        <Button onClick={() => rest.onSendAnyway(text)} title={messages.sendAnywayHint}>
          {messages.sendAnyway}
        </Button>
      )}
    </div>
  );
}

/** Why a message was not sent, in words. */
export function explainFault(fault: MessageFault, maxPayloadBytes: number): string {
  switch (fault.kind) {
    case 'empty':
      return messages.empty;
    case 'unresolved': {
      const said = messages.unresolved(fault.names);
      return fault.names.some(isLearnable) ? `${said} ${messages.unresolvedToken}` : said;
    }
    case 'invalid':
      return messages.invalid({
        ...fault,
        explained: explainInvalid(fault),
        code: statusCodes.JsonInvalid,
      });
    case 'cannotWait':
      return explainWaitRefusal(fault.refusal);
    case 'tooLarge':
      return messages.tooLarge(fault.bytes, maxPayloadBytes);
  }
}

function explainInvalid(fault: MessageFault & { kind: 'invalid' }): string {
  const { message, variable, suspect, character } = fault;
  const what = variable === undefined ? `${message}.` : messages.inValue(variable, message);
  const why = suspect === undefined || suspect === variable ? '' : messages.valueNoJson(suspect);
  return [what, character ? nameCharacter(character) : '', why].filter(Boolean).join(' ');
}

function nameCharacter({ kind, code, shown }: OddCharacter): string {
  switch (kind) {
    case 'space':
      return messages.oddSpace(code);
    case 'lineEnd':
      return messages.oddLineEnd(code);
    case 'invisible':
      return messages.oddInvisible(code);
    case 'control':
      return messages.oddControl(code);
    case 'quote':
      return messages.oddQuote(code, shown);
    case 'other':
      return messages.oddOther(code, shown);
  }
}
