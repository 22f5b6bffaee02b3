import { useId, useState, type FormEvent } from 'react';
import { isHiddenVariable, isTokenVariable } from '../connection/page/variableName.ts';
import { Button } from '../ui/Button.tsx';
import { formatSeconds } from '../ui/format.ts';
import { useNow } from '../ui/useNow.ts';
import type { LiveSession, LiveSources } from './liveSources.ts';
import { texts } from './texts.ts';
import { likelySession, offeredSessions } from './offeredSessions.ts';
import './UnresolvedVariables.css';

interface UnresolvedVariablesProps {
  readonly names: readonly string[];
  readonly sources: LiveSources;
  /** Name of the session that `{{tkn}}` stood for before the page was reloaded. */
  readonly lastSession?: string | undefined;
  readonly onSet: (name: string, value: string) => void;
  /** Creates a session, whose token the variable gets. */
  readonly onCreate: (variable: string) => void;
  /** Undefined where no braces can be kept. */
  readonly onKeepBraces: (() => void) | undefined;
  /** Sends the message; absent where nobody wanted to send it yet. */
  readonly onSend?: () => void;
}

/** Names without a value, each with the ways to give it one, and one for braces that mean nothing. */
export function UnresolvedVariables({ names, ...props }: UnresolvedVariablesProps) {
  const [isMore, setMore] = useState(false);
  const sessions = props.sources.sessions();
  // Nobody wants to send the braces of a token, unless there is no session that it could mean.
  const isLiteralLikely = sessions.length === 0 || !names.every(isTokenVariable);
  return (
    <div className="unresolved">
      <LikelySession {...props} names={names} />
      {names.map((name) =>
        isTokenVariable(name) ? (
          <SessionChoice
            key={name}
            name={name}
            {...props}
            isMore={isMore}
            onMore={() => setMore(true)}
          />
        ) : (
          <UnresolvedVariable key={name} name={name} onSet={props.onSet} />
        ),
      )}
      {names.some(isHiddenVariable) && <p>{texts.hiddenToken}</p>}
      {props.onKeepBraces && (isMore || isLiteralLikely) && (
        <Button onClick={props.onKeepBraces} title={texts.sendBracesHint}>
          {texts.sendBraces}
        </Button>
      )}
    </div>
  );
}

/** The session that is meant for sure: one press uses it and sends. */
function LikelySession({ names, sources, lastSession, onSend }: UnresolvedVariablesProps) {
  const [name, ...others] = names;
  if (!onSend || name === undefined || others.length > 0 || !isTokenVariable(name)) return null;
  // Among older ones another may be meant.
  const session = sources.hasOlder()
    ? undefined
    : likelySession(name, sources.sessions(), lastSession);
  if (!session) return null;
  const use = async () => {
    if (await sources.learnToken(session, name)) onSend();
  };
  return (
    <Button look="primary" onClick={() => void use()}>
      {texts.useAndSend(session.name, session.maskedToken)}
    </Button>
  );
}

interface SessionChoiceProps extends Pick<
  UnresolvedVariablesProps,
  'sources' | 'onSet' | 'onCreate'
> {
  readonly name: string;
  /** The rare ways are shown as well. */
  readonly isMore: boolean;
  readonly onMore: () => void;
}

/** The live sessions for a token that is missing: nobody remembers 20 digits. */
function SessionChoice({ name, sources, onSet, onCreate, isMore, onMore }: SessionChoiceProps) {
  const id = useId();
  const nowMs = useNow(1000);
  const offered = offeredSessions(name, sources.sessions());
  return (
    <>
      {(isMore || offered.length === 0) && <UnresolvedVariable name={name} onSet={onSet} />}
      <div className="unresolved-choice" role="group" aria-labelledby={id}>
        <p id={id}>
          {texts.whichSession} <code translate="no">{`{{${name}}}`}</code>
        </p>
        {offered.map((session) => (
          <Button key={session.id} onClick={() => void sources.learnToken(session, name)}>
            <span>
              <bdi translate="no">{session.name}</bdi> {session.maskedToken} ·{' '}
              {texts.keyCount(session.keyCount)}
              <span translate="no">{timeLeft(session, nowMs)}</span>
            </span>
          </Button>
        ))}
        {offered.length > 0 && !isMore && (
          <Button look="quiet" onClick={onMore}>
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

function timeLeft({ expiry }: LiveSession, nowMs: number): string {
  if (!expiry) return '';
  const leftSec = Math.max(0, Math.ceil((expiry.deadlineMs - nowMs) / 1000));
  return ` · ${formatSeconds(leftSec)}`;
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
