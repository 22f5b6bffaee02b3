import { CornerDownLeft, KeyRound, Play } from 'lucide-react';
import { useRef } from 'react';
import { prettyJson } from '../../protocol/json/prettyJson.ts';
import { writeRequest } from '../../protocol/wire/namedMessage.ts';
import { asJsonText, quote } from '../../protocol/json/jsonText.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { JsonView } from '../ui/JsonView.tsx';
import { sessionOfVariable } from '../connection/page/variableName.ts';
import type { Variables } from '../connection/page/variables.ts';
import type { StepMessage } from './lesson.ts';
import { texts } from './texts.ts';

interface StepMessageCardProps {
  readonly message: StepMessage;
  /** Running it is what to do now. */
  readonly isMainWay: boolean;
  /** Of the active tab. */
  readonly variables: Variables;
  /** There is nothing to do, or another way on: lacking a token does not matter now. */
  readonly isSettled: boolean;
  readonly onInsert: (text: string) => void;
  readonly onRun: (text: string) => void;
}

/** The session whose token a variable holds is called so, if any name will do. */
const anyName = 'user1';

function newSession(variable: string): string {
  const name = sessionOfVariable(variable) ?? anyName;
  return prettyJson(writeRequest('SH_NEW', asJsonText(`{"name":${quote(name)}}`)));
}

/** The message of a step and what can be done with it. */
export function StepMessageCard(props: StepMessageCardProps) {
  const { message, isMainWay, variables, isSettled, onInsert, onRun } = props;
  const runButton = useRef<HTMLButtonElement>(null);
  const lacking = message.tokens.find((name) => !variables.has(name));
  const createSession = (variable: string) => {
    onRun(newSession(variable));
    // The notice goes once the session is there; the focus must not go with it.
    runButton.current?.focus();
  };
  return (
    <>
      {lacking !== undefined && !isSettled && (
        <div className="notice is-warn step-needs">
          <KeyRound size={16} aria-hidden />
          <p>
            {lackInWords(lacking)} <code translate="no">{`{{${lacking}}}`}</code>
          </p>
          <Button look="primary" onClick={() => createSession(lacking)}>
            {texts.createSession}
          </Button>
        </div>
      )}
      <div className="message-card">
        <div className="message-card-head">
          <span>{texts.message}</span>
          <CopyButton label={texts.copy} text={message.text} />
        </div>
        <div translate="no">
          <JsonView text={message.text} />
        </div>
        <div className="message-card-foot">
          <Button
            ref={runButton}
            look={isMainWay && lacking === undefined ? 'primary' : 'plain'}
            onClick={() => onRun(message.text)}
            title={texts.runHelp}
          >
            <Play size={14} aria-hidden /> {texts.run}
          </Button>
          <Button onClick={() => onInsert(message.text)} title={texts.insertHelp}>
            <CornerDownLeft size={14} aria-hidden /> {texts.insert}
          </Button>
        </div>
      </div>
    </>
  );
}

function lackInWords(variable: string): string {
  const name = sessionOfVariable(variable);
  return name === undefined ? texts.noToken : texts.noNamedToken(name);
}
