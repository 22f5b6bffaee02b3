import { useRef } from 'react';
import { useStore } from 'zustand';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import { shortName, visibleName, visibleText } from '../../../protocol/text/visibleText.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { shortened } from '../../ui/shortened.ts';
import { withVariable } from '../commandText.ts';
import type { Inspector } from '../inspector.ts';
import { ifFocusIsLost } from './ifFocusIsLost.ts';
import { mergeJson } from './mergeJson.ts';
import type { SessionEdits } from './sessionEdits.ts';
import { commandOf, isConflict, type LiveKey, type StagedEdit } from './stagedEdits.ts';
import { texts } from './texts.ts';

interface EditReviewProps {
  readonly inspector: Inspector;
  readonly edits: SessionEdits;
  readonly sessionId: string;
  /** Shows a key in the tree. */
  readonly onShowKey: (key: string) => void;
  /** The button that was pressed is gone, and there is no other edit. */
  readonly onFocusLost: () => void;
}

/** Edits that are listed; the others are counted in the bar. */
const maxListed = 200;
const maxCommandLength = 400;
const maxValueLength = 2_000;

/** Each edit as the command that it amounts to, with a way out of it; first the conflicts, with their ways out. */
export function EditReview(props: EditReviewProps) {
  const { inspector, edits, sessionId, onFocusLost } = props;
  const list = useRef<HTMLUListElement>(null);
  const edited = useStore(edits.store, () => edits.of(sessionId));
  useStore(inspector.store, ({ keysVersion }) => keysVersion);
  const live = (edit: StagedEdit) => edits.live(sessionId, edit.key);
  const all = [...edited.edits.values()];
  const listed = [
    ...all.filter((edit) => isConflict(edit, live(edit))),
    ...all.filter((edit) => !isConflict(edit, live(edit))),
  ].slice(0, maxListed);
  /** Without its button, the focus goes to the edit that takes its place. */
  const act = (index: number, run: () => void) => {
    run();
    ifFocusIsLost(() => {
      const items = list.current?.children;
      const next = items?.[Math.min(index, items.length - 1)]?.querySelector('button');
      if (next) next.focus();
      else onFocusLost();
    });
  };
  return (
    <ul ref={list} className="edit-review" aria-label={texts.changes}>
      {listed.map((edit, index) => (
        <ReviewedEdit
          key={edit.key}
          {...{ edit, edits, sessionId }}
          live={live(edit)}
          onShow={() => props.onShowKey(edit.key)}
          act={(run) => act(index, run)}
        />
      ))}
    </ul>
  );
}

interface ReviewedEditProps extends Pick<EditReviewProps, 'edits' | 'sessionId'> {
  readonly edit: StagedEdit;
  readonly live: LiveKey | undefined;
  readonly onShow: () => void;
  /** Does what may take away the button that was pressed. */
  readonly act: (run: () => void) => void;
}

function ReviewedEdit({ edit, live, edits, sessionId, onShow, act }: ReviewedEditProps) {
  const { key, fault } = edit;
  const command = commandOf(edit);
  const isContested = isConflict(edit, live);
  const name = visibleName(key);
  return (
    <li>
      <div className="edit-line">
        <Button look="quiet" title={name} onClick={onShow}>
          <bdi className="mono" translate="no">
            {shortName(name)}
          </bdi>
        </Button>
        <span className="spring" />
        <CopyButton label={texts.copyCommand} text={withVariable(command)} />
        <Button look="quiet" onClick={() => act(() => edits.discard(sessionId, key))}>
          {texts.discardOne}
        </Button>
      </div>
      {isContested && live ? (
        <Conflict
          {...{ edit, live }}
          onResolve={(how) => act(() => edits.resolve(sessionId, key, how))}
        />
      ) : (
        <>
          <code translate="no">{visibleText(shortened(command, maxCommandLength))}</code>
          {fault !== undefined && (
            <p role="alert" className="edit-fault">
              {fault}
            </p>
          )}
        </>
      )}
    </li>
  );
}

interface ConflictProps {
  readonly edit: StagedEdit;
  readonly live: LiveKey;
  readonly onResolve: (how: 'mine' | 'theirs' | 'merged') => void;
}

/**
 * A key that somebody else has changed since: what can be done, then both values and what they come to
 * together. The buttons come first, so that all are in sight where there is little room.
 */
export function Conflict({ edit, live, onResolve }: ConflictProps) {
  const { base, value: mine } = edit;
  const merged = mergeJson({ base, mine, theirs: live.value });
  return (
    <div className="edit-conflict" role="group" aria-label={texts.conflict}>
      <p role="alert">{texts.conflict}</p>
      <div className="edit-choices">
        <Button onClick={() => onResolve('mine')}>{texts.keepMine}</Button>
        <Button onClick={() => onResolve('theirs')}>{texts.takeTheirs}</Button>
        <Button onClick={() => onResolve('merged')}>{texts.mergeBoth}</Button>
      </div>
      <dl>
        <Version name={texts.mine} json={mine} none={texts.removedByMe} />
        <Version name={texts.theirs} json={live.value} none={texts.removedByThem} />
        <Version name={texts.merged} json={merged.value} none={texts.removedByMe} />
      </dl>
      {merged.clashes > 0 && <p className="session-note">{texts.clashes(merged.clashes)}</p>}
    </div>
  );
}

interface VersionProps {
  readonly name: string;
  readonly json: JsonText | undefined;
  readonly none: string;
}

function Version({ name, json, none }: VersionProps) {
  return (
    <div>
      <dt>{name}</dt>
      {json === undefined ? (
        <dd>{none}</dd>
      ) : (
        <dd className="mono" translate="no">
          <bdi>{visibleText(shortened(json, maxValueLength))}</bdi>
        </dd>
      )}
    </div>
  );
}
