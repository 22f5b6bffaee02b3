import type { ReactNode } from 'react';
import { statusCodes } from '../../protocol/status.ts';
import { describeRefusal } from '../connection/texts/describeRefusal.ts';
import { Button } from '../ui/Button.tsx';
import type { HeavyBranch } from './byteBudget.ts';
import { isLearnable } from '../connection/page/variableName.ts';
import { formatBytes } from '../ui/format.ts';
import type { MessageFault } from './checkMessage.ts';
import { texts } from './texts.ts';
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
          <span translate="no"> {texts.heaviest(branch.path, formatBytes(branch.bytes))}</span>
        )}
      </span>
      {rest.children}
      {!rest.isConnected && (text !== undefined || fault.kind === 'cannotWait') && (
        <Button onClick={rest.onConnect}>{texts.connect}</Button>
      )}
      {rest.isConnected && text !== undefined && (
        <Button onClick={() => rest.onSendAnyway(text)} title={texts.sendAnywayHint}>
          {texts.sendAnyway}
        </Button>
      )}
    </div>
  );
}

/** Why a message was not sent, in words. */
export function explainFault(fault: MessageFault, maxPayloadBytes: number): string {
  switch (fault.kind) {
    case 'empty':
      return texts.empty;
    case 'unresolved': {
      const said = texts.unresolved(fault.names);
      return fault.names.some(isLearnable) ? `${said} ${texts.unresolvedToken}` : said;
    }
    case 'invalid':
      return texts.invalid({
        ...fault,
        explained: explainInvalid(fault),
        code: statusCodes.JsonInvalid,
      });
    case 'cannotWait':
      return describeRefusal(fault.refusal);
    case 'tooLarge':
      return texts.tooLarge(fault.bytes, maxPayloadBytes);
  }
}

function explainInvalid(fault: MessageFault & { kind: 'invalid' }): string {
  const { message, variable, suspect, character } = fault;
  const what = variable === undefined ? `${message}.` : texts.inValue(variable, message);
  const why = suspect === undefined || suspect === variable ? '' : texts.valueNoJson(suspect);
  return [what, character ? nameCharacter(character) : '', why].filter(Boolean).join(' ');
}

function nameCharacter({ kind, code, shown }: OddCharacter): string {
  switch (kind) {
    case 'space':
      return texts.oddSpace(code);
    case 'lineEnd':
      return texts.oddLineEnd(code);
    case 'invisible':
      return texts.oddInvisible(code);
    case 'control':
      return texts.oddControl(code);
    case 'quote':
      return texts.oddQuote(code, shown);
    case 'other':
      return texts.oddOther(code, shown);
  }
}
