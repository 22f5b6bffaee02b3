import type { ReactNode } from 'react';
import { statusTexts } from '../../../protocol/statusTexts.ts';
import type { ReceivedEntry } from '../../connection/page/exchange.ts';
import { explainReply, type Explanation, type Fault, type FaultNote } from './explainReply.ts';
import { texts } from '../texts.ts';
import { cutAt } from './previewPieces.ts';

interface ExplanationsProps {
  readonly entry: ReceivedEntry;
  /** Text of the request, if the log still has it. */
  readonly requestText: string | undefined;
}

/** What each status of a reply means, and the place in the request that caused it. */
export function Explanations({ entry, requestText }: ExplanationsProps) {
  return explainReply(entry, requestText).map((explanation) => (
    <ExplanationBox key={explanation.status} explanation={explanation}>
      {explanation.fault && <Excerpt fault={explanation.fault} />}
    </ExplanationBox>
  ));
}

interface ExplanationBoxProps {
  readonly explanation: Explanation;
  /** The place that caused it. */
  readonly children?: ReactNode;
}

/** What a status means. */
export function ExplanationBox({ explanation, children }: ExplanationBoxProps) {
  const { code, status, fault } = explanation;
  return (
    <div className="log-cause">
      <p>
        <strong translate="no">
          {code} {status}
        </strong>{' '}
        {statusTexts[status].cause} {!children && fault?.note && noteText(fault.note)}
      </p>
      {children}
    </div>
  );
}

/** Characters of the request shown on each side of the cause. */
const sideLength = 60;
/** Characters shown of the cause. */
const maxFaultLength = 240;

/** The request around the fault, which is underlined. */
export function Excerpt({ fault: { text, ranges, note } }: { readonly fault: Fault }) {
  const first = ranges[0]?.start ?? 0;
  const last = Math.min(ranges.at(-1)?.end ?? 0, first + maxFaultLength);
  const part = {
    start: Math.max(0, first - sideLength),
    end: Math.min(text.length, last + sideLength),
  };
  let at = part.start;
  return (
    <figure className="log-fault" aria-label={texts.request}>
      <code translate="no">
        {part.start > 0 && '…'}
        {cutAt(text, ranges, part).map((piece) => {
          const key = at;
          at += piece.text.length;
          return piece.isMatch ? <mark key={key}>{piece.text}</mark> : piece.text;
        })}
        {part.end < text.length && '…'}
      </code>
      {note !== undefined && <figcaption>{noteText(note)}</figcaption>}
    </figure>
  );
}

function noteText(note: FaultNote): string {
  switch (note.kind) {
    case 'missing':
      return texts.missingHere(note.param);
    case 'notJson':
      return texts.unreadable(note.reason);
  }
}
