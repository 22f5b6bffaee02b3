import type { ReactNode } from 'react';
import { namesMeant } from '../connection/page/substitute.ts';
import { isTokenVariable } from '../connection/page/variableName.ts';
import { formatBytes } from '../ui/format.ts';
import { useBriefNotice } from '../ui/useBriefNotice.ts';
import type { Draft } from './draft.ts';
import type { InexactNumber } from '../../protocol/json/numbers.ts';
import { LiteralSwitch } from './LiteralSwitch.tsx';
import type { LiveSources } from './liveSources.ts';
import { MaskedValue } from './MaskedValue.tsx';
import { texts } from './texts.ts';
import { describeSize } from './measure.ts';
import { RecallStatus } from './RecallStatus.tsx';
import { TokenChip } from './TokenChip.tsx';
import type { Composer } from './useComposer.ts';

interface ComposerFooterProps {
  readonly draft: Draft;
  readonly composer: Composer;
  readonly maxPayloadBytes: number;
  readonly sources: LiveSources;
  readonly children: ReactNode;
}

/** What is to know about the message while it is written, beside the button that sends it. */
export function ComposerFooter(props: ComposerFooterProps) {
  const { composer, maxPayloadBytes, children } = props;
  const { text, isLiteral, measure, numbers } = composer;
  const { bytes, branch } = measure;
  const isOver = bytes > maxPayloadBytes;
  const size = describeSize(bytes, maxPayloadBytes);
  const { messages } = measure;
  return (
    <div className="composer-footer">
      <div className="composer-facts">
        <RecallStatus draft={props.draft} />
        <span className={isOver ? 'composer-size is-over' : 'composer-size'}>
          {messages > 1 ? texts.sizeOfLargest(messages, size) : <span translate="no">{size}</span>}
        </span>
        {branch && (
          <span className={isOver ? 'chip is-bad' : 'chip is-warn'} translate="no">
            {texts.branch(branch.path, formatBytes(branch.bytes))}
          </span>
        )}
        <NumbersNote numbers={numbers} />
        {(isLiteral || text.includes('{{')) && (
          <LiteralSwitch isLiteral={isLiteral} onChange={props.draft.setLiteral} />
        )}
        <VariablesUsed composer={composer} draft={props.draft} sources={props.sources} />
      </div>
      <div className="composer-actions">{children}</div>
    </div>
  );
}

type VariablesUsedProps = Pick<ComposerFooterProps, 'composer' | 'draft' | 'sources'>;

/** Each variable of the message, once, and what it holds. */
function VariablesUsed({ composer, draft, sources }: VariablesUsedProps) {
  const { text, isLiteral, variables } = composer;
  const [notice, onNotice] = useBriefNotice();
  return (
    <>
      <ul className="composer-variables" aria-label={texts.variablesUsed}>
        {namesMeant({ text, isLiteral }).map((name) => {
          const value = variables.get(name);
          return (
            <li key={name} className={value === undefined ? 'chip is-warn' : 'chip is-accent'}>
              {value !== undefined && isTokenVariable(name) ? (
                <TokenChip {...{ name, value, variables, draft, sources, onNotice }} />
              ) : (
                <>
                  <code translate="no">{`{{${name}}}`}</code>{' '}
                  {value === undefined ? (
                    texts.noValue
                  ) : (
                    <MaskedValue name={name} value={value} variables={variables} />
                  )}
                </>
              )}
            </li>
          );
        })}
      </ul>
      <span role="status" className="composer-notice">
        {notice}
      </span>
    </>
  );
}

/** The first number that other programs would change; the editor marks each. */
function NumbersNote({ numbers }: { readonly numbers: readonly InexactNumber[] }) {
  const [first] = numbers;
  if (!first) return null;
  return (
    <span className="composer-numbers">
      {texts.wouldRead(first.read)}
      {numbers.length > 1 && ` ${texts.moreNumbers(numbers.length - 1)}`}
    </span>
  );
}
