import { useId, useState, type FormEvent } from 'react';
import { isHiddenVariable, isTokenVariable } from '../connection/page/variableName.ts';
import { Button } from '../ui/Button.tsx';
import type { LiveSession, LiveSources } from './liveSources.ts';
import { texts } from './texts.ts';
import { offeredSessions } from './offeredSessions.ts';
import './UnresolvedVariables.css';

interface UnresolvedVariablesProps {
  readonly names: readonly string[];
  readonly sources: LiveSources;
  readonly onSet: (name: string, value: string) => void;
  /** Creates a session, whose token the variable gets. */
  readonly onCreate: (variable: string) => void;
  /** Undefined where no braces can be kept. */
  readonly onKeepBraces: (() => void) | undefined;
}

/** Names without a value, each with the ways to give it one, and one for braces that mean nothing. */
export function UnresolvedVariables({ names, ...props }: UnresolvedVariablesProps) {
  return (
    <div className="unresolved">
      {names.map((name) =>
        isTokenVariable(name) ? (
          <SessionChoice key={name} name={name} {...props} />
        ) : (
          <UnresolvedVariable key={name} name={name} onSet={props.onSet} />
        ),
      )}
      {names.some(isHiddenVariable) && <p>{texts.hiddenToken}</p>}
      {props.onKeepBraces && (
        <Button onClick={props.onKeepBraces} title={texts.sendBracesHint}>
          {texts.sendBraces}
        </Button>
      )}
    </div>
  );
}

interface SessionChoiceProps extends Omit<UnresolvedVariablesProps, 'names'> {
  readonly name: string;
}

/** The live sessions for a token that is missing: nobody remembers 20 digits. */
function SessionChoice({ name, sources, onSet, onCreate }: SessionChoiceProps) {
  const [isTyping, setTyping] = useState(false);
  const id = useId();
  const offered = offeredSessions(name, sources.sessions());
  const pick = (session: LiveSession) => sources.learnToken(session, name);
  return (
    <>
      {(isTyping || offered.length === 0) && <UnresolvedVariable name={name} onSet={onSet} />}
      <div className="unresolved-choice" role="group" aria-labelledby={id}>
        <p id={id}>
          {texts.whichSession} <code translate="no">{`{{${name}}}`}</code>
        </p>
        {offered.map((session) => (
          <Button key={session.id} onClick={() => pick(session)}>
            <span translate="no">{session.name}</span> {session.maskedToken} ·{' '}
            {texts.keyCount(session.keyCount)}
          </Button>
        ))}
        {offered.length > 0 && !isTyping && (
          <Button look="quiet" onClick={() => setTyping(true)}>
            {texts.otherToken}
          </Button>
        )}
        <Button look="quiet" onClick={() => onCreate(name)}>
          {texts.createSession}
        </Button>
      </div>
    </>
  );
}

interface UnresolvedVariableProps {
  readonly name: string;
  readonly onSet: (name: string, value: string) => void;
}

function UnresolvedVariable({ name, onSet }: UnresolvedVariableProps) {
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const value = new FormData(event.currentTarget).get('value');
    if (typeof value === 'string' && value !== '') onSet(name, value);
  };
  return (
    <form className="unresolved-variable" onSubmit={submit} autoComplete="off">
      <label htmlFor={id} className="visually-hidden">
        {texts.setHere(name)}
      </label>
      <code aria-hidden translate="no">{`{{${name}}}`}</code>
      <input id={id} name="value" className="field" spellCheck={false} required />
      <Button type="submit">{texts.set}</Button>
    </form>
  );
}
