import { useId, type FormEvent } from 'react';
import { isHiddenVariable } from '../connection/variableName.ts';
import { Button } from '../ui/Button.tsx';
import { messages } from './messages.ts';

interface UnresolvedVariablesProps {
  readonly names: readonly string[];
  readonly onSet: (name: string, value: string) => void;
  /** Undefined where no braces can be kept. */
  readonly onKeepBraces: (() => void) | undefined;
}

/** Names without a value, each with a field for one, and the way out for braces that mean nothing. */
export function UnresolvedVariables({ names, ...props }: UnresolvedVariablesProps) {
  return (
    <div className="unresolved">
      {names.map((name) => (
        <UnresolvedVariable key={name} name={name} onSet={props.onSet} />
      ))}
      {names.some(isHiddenVariable) && <p>{messages.hiddenToken}</p>}
      {props.onKeepBraces && (
        <Button onClick={props.onKeepBraces} title={messages.sendBracesHint}>
          {messages.sendBraces}
        </Button>
      )}
    </div>
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
        {messages.setHere(name)}
      </label>
      <code aria-hidden translate="no">{`{{${name}}}`}</code>
      <input id={id} name="value" className="field" spellCheck={false} required />
      <Button type="submit">{messages.set}</Button>
    </form>
  );
}
