import { X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { KeyEntry } from '../../../protocol/inspection/events.ts';
import type { SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import { shortName, visibleName, visibleText } from '../../../protocol/text/visibleText.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { copyText } from '../../ui/copyText.ts';
import { shortened } from '../../ui/shortened.ts';
import { useWhyNot } from '../access/allowed.ts';
import type { SessionEdits } from '../edit/sessionEdits.ts';
import type { Inspector } from '../inspector.ts';
import { titleOf } from '../words.ts';
import { ComparedKeys } from './comparedKeys.ts';
import { compareKeys, differenceCommands, type ComparedKey } from './compareKeys.ts';
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

const maxShown = 500;
const maxValueLength = 200;

/** The chosen session and another one, key by key, both followed. */
export function CompareView(props: CompareViewProps) {
  const { inspector, other, onNotice, onClose } = props;
  const [areAllShown, setAllShown] = useState(false);
  const compared = useCompared(inspector, other.id);
  const whyHidden = useWhyNot(inspector, 'values');
  useStore(inspector.store, ({ keysVersion }) => keysVersion);
  const own = inspector.keys();
  const keys = useMemo(() => compareKeys(own, compared.keys), [own, compared.keys]);
  const differing = keys.filter(({ state }) => state !== 'same');
  const shown = (areAllShown ? keys : differing).slice(0, maxShown);
  const copy = async () => {
    const commands = differenceCommands(keys).join('\n');
    onNotice((await copyText(commands)) ? texts.copied : texts.copyRefused);
  };
  const name = shortName(titleOf(other));
  return (
    <section className="compare-view" aria-label={texts.comparedWith(name)}>
      <div className="compare-head">
        <h4 title={titleOf(other)}>{texts.comparedWith(name)}</h4>
        <span role="status" className="session-note">
          {compared.areKeysKnown ? texts.differences(differing.length, keys.length) : texts.loading}
        </span>
        <span className="spring" />
        <Button look="quiet" aria-pressed={areAllShown} onClick={() => setAllShown(!areAllShown)}>
          {texts.showSame}
        </Button>
        <Button look="quiet" disabled={differing.length === 0} onClick={() => void copy()}>
          {texts.copyDifference}
        </Button>
        <IconButton label={texts.endComparing} icon={<X size={14} />} onClick={onClose} />
      </div>
      {whyHidden !== undefined && <p className="notice is-warn">{whyHidden}</p>}
      {compared.isGone && <p className="notice is-warn">{texts.otherIsGone}</p>}
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
                {...props}
              />
            ))}
          </tbody>
        </table>
        {compared.areKeysKnown && differing.length === 0 && <p className="empty">{texts.alike}</p>}
      </div>
    </section>
  );
}

function useCompared(inspector: Inspector, id: string) {
  const [compared] = useState(() => new ComparedKeys(inspector, id));
  useEffect(() => {
    const end = inspector.add(compared);
    return () => {
      end();
      inspector.ask({ type: 'uncompare' });
    };
  }, [inspector, compared]);
  return useStore(compared.store);
}

interface ComparedRowProps extends Pick<CompareViewProps, 'edits' | 'sessionId' | 'whyNot'> {
  readonly compared: ComparedKey;
  readonly otherName: string;
  readonly isHidden: boolean;
}

function ComparedRow({
  compared,
  otherName,
  isHidden,
  edits,
  sessionId,
  whyNot,
}: ComparedRowProps) {
  const { key, here, there, state } = compared;
  const isKnown = there === undefined || there.value !== undefined;
  const take = () => edits.stage(sessionId, key, there?.value);
  const name = visibleName(key);
  return (
    <tr className={`is-${state}`}>
      <th scope="row" className="mono" title={name} translate="no">
        <bdi>{shortName(name)}</bdi>
      </th>
      <ComparedCell entry={here} side={texts.thisSession} isHidden={isHidden} />
      <ComparedCell entry={there} side={otherName} isHidden={isHidden} />
      <td className="compare-state">
        <span className="session-note">{compareTexts[state]}</span>{' '}
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
      </td>
    </tr>
  );
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
