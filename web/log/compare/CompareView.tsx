import { textOf } from '../../connection/texts/describeEvent.ts';
import { useMemo, useState } from 'react';
import { prettyJson } from '../../../protocol/json/prettyJson.ts';
import { readJson } from '../../../protocol/json/readJson.ts';
import type { Entry } from '../../connection/page/exchange.ts';
import { Segments } from '../../ui/Segments.tsx';
import { Button } from '../../ui/Button.tsx';
import { useMediaQuery } from '../../ui/useMediaQuery.ts';
import { diffLines, type DiffLine } from './diffLines.ts';
import { diffBlocks, sideBySide, type DiffBlock } from './diffBlocks.ts';
import { describeEntry } from '../describeEntry.ts';
import { texts } from '../texts.ts';
import './CompareView.css';

/** Longer messages, both together, are not compared. */
const maxComparedLength = 4_000_000;

/** Lines that are open at first, and that each press on *Show* adds. */
const openLinesAtATime = 2000;

interface CompareViewProps {
  /** One message, or a request and its reply. */
  readonly older: readonly Entry[];
  readonly newer: readonly Entry[];
}

/** Two rows of the log: their messages, or of two exchanges the replies or the requests. */
export function CompareView({ older, newer }: CompareViewProps) {
  const [oldRequest, oldReply] = older;
  const [newRequest, newReply] = newer;
  const arePaired = oldReply !== undefined && newReply !== undefined;
  const doRepliesDiffer = arePaired && textOf(oldReply) !== textOf(newReply);
  const [part, setPart] = useState<'request' | 'reply'>(
    () => (doRepliesDiffer ? reply : request).id,
  );
  const isReply = part === reply.id;
  const before = arePaired && !isReply ? oldRequest : older.at(-1);
  const after = arePaired && !isReply ? newRequest : newer.at(-1);
  if (!before || !after) return null;
  return (
    <div className="compare">
      {arePaired && (
        <Segments
          className="compare-part"
          label={texts.comparedPart}
          segments={comparedParts}
          chosen={part}
          onChoose={setPart}
        />
      )}
      <MessagesCompared key={after.id} older={before} newer={after} />
    </div>
  );
}

const request = { id: 'request', label: texts.request } as const;
const reply = { id: 'reply', label: texts.reply } as const;
const comparedParts = [request, reply];

interface MessagesComparedProps {
  readonly older: Entry;
  readonly newer: Entry;
}

/** Two messages line by line, formatted without loss: numbers differ when their digits do. */
function MessagesCompared({ older, newer }: MessagesComparedProps) {
  const [before, after] = [textOf(older), textOf(newer)];
  const isTooLong = before.length + after.length > maxComparedLength;
  return (
    <>
      <div className="compare-heads">
        <Head label={texts.older} entry={older} />
        <Head label={texts.newer} entry={newer} />
      </div>
      {isTooLong ? (
        <p className="empty">{texts.tooLongToCompare}</p>
      ) : (
        <Comparison older={before} newer={after} />
      )}
    </>
  );
}

function Head({ label, entry }: { readonly label: string; readonly entry: Entry }) {
  return (
    <p>
      <b>{label}</b> {describeEntry(entry)}
    </p>
  );
}

function Comparison({ older, newer }: { readonly older: string; readonly newer: string }) {
  const isWide = useMediaQuery('(min-width: 900px)');
  const { lines, isCoarse } = useMemo(
    () => diffLines(linesOf(older), linesOf(newer)),
    [older, newer],
  );
  const differing = lines.filter(({ kind }) => kind !== 'same').length;
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [openLines, setOpenLines] = useState(openLinesAtATime);
  const open = ({ kind, from }: DiffBlock) => {
    if (kind === 'rest') setOpenLines(openLines + openLinesAtATime);
    else setOpened(new Set(opened).add(from));
  };
  return (
    <>
      <p className="compare-sum" role="status">
        {differing === 0 ? texts.sameText : texts.differences(differing)}
        {isCoarse && ` ${texts.tooManyDifferences}`}
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div className="compare-lines" role="group" aria-label={texts.compareTitle} tabIndex={0}>
        <table className="mono" translate="no">
          {diffBlocks(lines, openLines).map((block) => (
            <tbody key={block.from}>
              {block.kind !== 'open' && !opened.has(block.from) ? (
                <tr>
                  <td colSpan={isWide ? 2 : 1} className="compare-equal" translate="yes">
                    <Button look="quiet" onClick={() => open(block)}>
                      {block.kind === 'equal'
                        ? texts.equalLines(block.lines.length)
                        : texts.moreLines(block.lines.length)}
                    </Button>
                  </td>
                </tr>
              ) : isWide ? (
                <PairedRows block={block} />
              ) : (
                block.lines.map((line, at) => <UnifiedRow key={block.from + at} line={line} />)
              )}
            </tbody>
          ))}
        </table>
      </div>
    </>
  );
}

function linesOf(text: string): string[] {
  return (readJson(text).ok ? prettyJson(text) : text).split('\n');
}

function PairedRows({ block }: { readonly block: DiffBlock }) {
  return sideBySide(block.lines).map(([old, fresh], at) => (
    <tr key={block.from + at}>
      <Side line={old} text={old && 'old' in old ? old.old : undefined} />
      <Side line={fresh} text={fresh && 'new' in fresh ? fresh.new : undefined} />
    </tr>
  ));
}

function UnifiedRow({ line }: { readonly line: DiffLine }) {
  return (
    <tr>
      <Side line={line} text={line.kind === 'added' ? line.new : line.old} />
    </tr>
  );
}

interface SideProps {
  readonly line: DiffLine | undefined;
  readonly text: string | undefined;
}

function Side({ line, text }: SideProps) {
  if (!line || text === undefined) return <td className="is-void">{'\u00a0'}</td>;
  const signs = { same: ' ', added: '+', removed: '−' };
  return (
    <td className={`is-${line.kind}`}>
      <span className="compare-sign" aria-hidden>
        {signs[line.kind]}
      </span>
      {line.kind === 'added' && <ins>{text}</ins>}
      {line.kind === 'removed' && <del>{text}</del>}
      {line.kind === 'same' && text}
    </td>
  );
}
