import type { ReactNode } from 'react';
import { maskToken } from '../../protocol/token.ts';
import { namesUsed, type Variables } from '../connection/variables.ts';

interface ComposerFooterProps {
  readonly text: string;
  readonly variables: Variables;
  readonly bytes: number;
  readonly maxPayloadBytes: number;
  readonly children: ReactNode;
}

/** Size of the message and the variables it uses, beside the button that sends it. */
export function ComposerFooter(props: ComposerFooterProps) {
  const { text, variables, bytes, maxPayloadBytes } = props;
  const isOver = bytes > maxPayloadBytes;
  return (
    <div className="composer-footer">
      <span className={isOver ? 'composer-size is-over' : 'composer-size'}>
        {bytes.toLocaleString('en')} of {maxPayloadBytes.toLocaleString('en')} bytes
      </span>
      <ul className="composer-variables" aria-label="Variables in this message">
        {namesUsed(text).map((name) => {
          const value = variables.get(name);
          return (
            <li key={name} className={value === undefined ? 'chip is-warn' : 'chip is-accent'}>
              <code>{`{{${name}}}`}</code> {value === undefined ? 'no value yet' : maskToken(value)}
            </li>
          );
        })}
      </ul>
      {props.children}
    </div>
  );
}
