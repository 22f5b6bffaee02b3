import { CornerDownLeft, KeyRound, Play } from 'lucide-react';
import { useRef } from 'react';
import { prettyJson } from '../../protocol/json/prettyJson.ts';
import { writeRequest } from '../../protocol/frame.ts';
import { asJsonText } from '../../protocol/json/jsonText.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { JsonView } from '../ui/JsonView.tsx';
import type { StepMessage } from './lesson.ts';

interface StepMessageCardProps {
  readonly message: StepMessage;
  /** Running it is what to do now. */
  readonly isMainWay: boolean;
  /** The active tab knows a session. */
  readonly hasToken: boolean;
  readonly onInsert: (text: string) => void;
  readonly onRun: (text: string) => void;
}

const newSession = prettyJson(writeRequest('SH_NEW', asJsonText('{"name":"user1"}')));

/** The message of a step and what can be done with it. */
export function StepMessageCard(props: StepMessageCardProps) {
  const { message, isMainWay, hasToken, onInsert, onRun } = props;
  const runButton = useRef<HTMLButtonElement>(null);
  const lacksToken = message.needsToken && !hasToken;
  const createSession = () => {
    onRun(newSession);
    // The notice goes once the session is there; the focus must not go with it.
    runButton.current?.focus();
  };
  return (
    <>
      {lacksToken && (
        <div className="notice is-warn step-needs">
          <KeyRound size={16} aria-hidden />
          <p>
            No session is known in this tab yet, so <code>{'{{tkn}}'}</code> has no value.
          </p>
          <Button look="primary" onClick={createSession}>
            Create a session
          </Button>
        </div>
      )}
      <div className="message-card">
        <div className="message-card-head">
          <span>Message</span>
          <CopyButton label="Copy step" text={message.text} />
        </div>
        <JsonView text={message.text} />
        <div className="message-card-foot">
          <Button
            ref={runButton}
            look={isMainWay && !lacksToken ? 'primary' : 'plain'}
            onClick={() => onRun(message.text)}
            title="Put the message into the composer and send it"
          >
            <Play size={14} aria-hidden /> Run
          </Button>
          <Button
            onClick={() => onInsert(message.text)}
            title="Put the message into the composer without sending it"
          >
            <CornerDownLeft size={14} aria-hidden /> Insert
          </Button>
        </div>
      </div>
    </>
  );
}
