import { X } from 'lucide-react';
import { memo, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { KeyEntry } from '../../../protocol/inspection/events.ts';
import type { SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import { shortName, visibleName, visibleText } from '../../../protocol/text/visibleText.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { copyText } from '../../ui/copyText.ts';
import { formatBytes } from '../../ui/format.ts';
import { shortened } from '../../ui/shortened.ts';
import { useWhyNot } from '../access/allowed.ts';
import type { SessionEdits } from '../edit/sessionEdits.ts';
import type { Inspector } from '../inspector.ts';
import { maxPayloadBytes } from '../maxPayloadBytes.ts';
import { titleOf } from '../words.ts';
import { differenceCommands, type ComparedKey } from './compareKeys.ts';
import { Comparison, maxComparedLength, type ComparedCount } from './comparison.ts';
import { compareTexts, texts } from './texts.ts';

interface CompareViewProps {
  readonly inspector: Inspector;
  readonly edits: SessionEdits;
  readonly sessionId: string;
  readonly other: SessionSummary;
  /** Why nothing can be changed here. */
  readonly whyNot: string | undefined;
  readonly onNotice: (text: string) => void;
  readonly onClose: () => void;
}

/** Rows that are shown at first, and that each press adds. */
const rowsAtATime = 200;
const maxValueLength = 200;

/** The chosen session and another one, key by key, both followed. */
export function CompareView(props: CompareViewProps) {
  const { inspector, other, onClose } = props;
  const [areAllShown, setAllShown] = useState(false);
  const [maxRows, setMaxRows] = useState(rowsAtATime);
  const comparison = useComparison(inspector, props.sessionId, other.id);
  const { isRead, here, there, keyCount, differing } = useStore(comparison.store);
  const whyHidden = useWhyNot(inspector, 'values');
  const rowCount = areAllShown ? keyCount : differing.length;
  const shown = areAllShown && isRead ? comparison.first(maxRows) : differing.slice(0, maxRows);
  const name = shortName(titleOf(other));
  return (
    <section className="compare-view" aria-label={texts.comparedWith(name)}>
      <div className="compare-head">
        <h4 title={titleOf(other)}>{texts.comparedWith(name)}</h4>
        <span role="status" className="session-note">
          {isRead
            ? texts.differences(differing.length, keyCount)
            : texts.readingKeys(here.compared + there.compared, here.all + there.all)}
        </span>
        <div className="compare-actions">
          <Button look="quiet" aria-pressed={areAllShown} onClick={() => setAllShown(!areAllShown)}>
            {texts.showSame}
          </Button>
          <CopyDifference {...props} differing={differing} />
          <IconButton label={texts.endComparing} icon={<X size={14} />} onClick={onClose} />
        </div>
      </div>
      <ComparisonNotices {...{ comparison, name, whyHidden }} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div className="compare-rows" role="group" aria-label={texts.keys} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{texts.keyName}</th>
              <th scope="col">{texts.thisSession}</th>
              <th scope="col" title={titleOf(other)} translate="no">
                {name}
              </th>
              <th scope="col">
                <span className="visually-hidden">{texts.edit}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((each) => (
              <ComparedRow
                key={each.key}
                compared={each}
                otherName={name}
                isHidden={whyHidden !== undefined}
                edits={props.edits}
                sessionId={props.sessionId}
                whyNot={props.whyNot}
              />
            ))}
          </tbody>
        </table>
        {isRead && shown.length < rowCount && (
          <p className="session-note compare-more">
            {texts.firstOfKeys(shown.length, rowCount)}{' '}
            <Button look="quiet" onClick={() => setMaxRows(maxRows + rowsAtATime)}>
              {texts.showMore(Math.min(rowsAtATime, rowCount - shown.length))}
            </Button>
          </p>
        )}
        {isRead && differing.length === 0 && <p className="empty">{texts.alike}</p>}
      </div>
    </section>
  );
}

function useComparison(inspector: Inspector, id: string, otherId: string): Comparison {
  const [comparison] = useState(() => new Comparison(inspector, [id, otherId]));
  useEffect(() => comparison.start(), [comparison]);
  return comparison;
}

interface CopyDifferenceProps extends Pick<CompareViewProps, 'inspector' | 'onNotice'> {
  readonly differing: readonly ComparedKey[];
}

function CopyDifference({ inspector, differing, onNotice }: CopyDifferenceProps) {
  const copy = async () => {
    // A character has four bytes at most.
    const maxLength = maxPayloadBytes(inspector.store.getState()) / 4;
    const commands = differenceCommands(differing, maxLength).join('\n');
    onNotice((await copyText(commands)) ? texts.copied : texts.copyRefused);
  };
  return (
    <Button look="quiet" disabled={differing.length === 0} onClick={() => void copy()}>
      {texts.copyDifference}
    </Button>
  );
}

interface ComparisonNoticesProps {
  readonly comparison: Comparison;
  /** Of the other session. */
  readonly name: string;
  readonly whyHidden: string | undefined;
}

/** What is not compared, and why. */
function ComparisonNotices({ comparison, name, whyHidden }: ComparisonNoticesProps) {
  const { isRead, here, there, isGone, isStopped } = useStore(comparison.store);
  const isPart = (side: ComparedCount) => isRead && side.compared < side.all;
  const notices = [
    whyHidden,
    isGone && texts.otherIsGone,
    isStopped && texts.comparisonStopped(formatBytes(maxComparedLength)),
    isPart(here) && texts.onlyFirstCompared(here.compared, here.all, texts.thisOne),
    isPart(there) && texts.onlyFirstCompared(there.compared, there.all, name),
  ];
  return notices.map(
    (text) =>
      typeof text === 'string' && (
        <p key={text} className="notice is-warn">
          {text}
        </p>
      ),
  );
}

interface ComparedRowProps extends Pick<CompareViewProps, 'edits' | 'sessionId' | 'whyNot'> {
  readonly compared: ComparedKey;
  readonly otherName: string;
  readonly isHidden: boolean;
}

/** Of many rows only those that change are rendered again. */
const ComparedRow = memo(function ComparedRow(props: ComparedRowProps) {
  const { compared, otherName, isHidden, edits, sessionId, whyNot } = props;
  const { key, here, there, state } = compared;
  const isKnown = isLoaded(here) && isLoaded(there);
  const take = () => edits.take(sessionId, { key, base: here?.value, value: there?.value });
  const name = visibleName(key);
  return (
    <tr className={`is-${state}`}>
      <th scope="row" className="mono" title={name} translate="no">
        <bdi>{shortName(name)}</bdi>
      </th>
      <ComparedCell entry={here} side={texts.thisSession} isHidden={isHidden} />
      <ComparedCell entry={there} side={otherName} isHidden={isHidden} />
      <td className="compare-state">
        <div>
          <span className="session-note">{compareTexts[state]}</span>
          {state !== 'same' && isKnown && (
            <Button
              look="quiet"
              disabled={whyNot !== undefined}
              title={whyNot ?? texts.takeHint}
              onClick={take}
            >
              {there ? texts.takeOver : texts.remove}
            </Button>
          )}
        </div>
      </td>
    </tr>
  );
});

/** Whether what a session has of a key is here. */
function isLoaded(entry: KeyEntry | undefined): boolean {
  return entry === undefined || entry.value !== undefined;
}

interface ComparedCellProps {
  /** Whose value it is: said where the columns stand below each other. */
  readonly side: string;
  readonly entry: KeyEntry | undefined;
  readonly isHidden: boolean;
}

function ComparedCell({ entry, side, isHidden }: ComparedCellProps) {
  const absent = (text: string) => (
    <td className="session-note" data-side={side}>
      {text}
    </td>
  );
  if (!entry) return absent('–');
  const { value } = entry;
  if (value === undefined) return absent(isHidden ? texts.hidden : texts.notLoaded);
  return (
    <td className="mono" data-side={side} translate="no">
      <bdi>{visibleText(shortened(value, maxValueLength))}</bdi>
    </td>
  );
}
