import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import { shortName, visibleName, visibleText } from '../../../protocol/text/visibleText.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { shortened } from '../../ui/shortened.ts';
import { withVariable } from '../commandText.ts';
import type { Inspector } from '../inspector.ts';
import { mergeJson } from './mergeJson.ts';
import type { EditedSession, SessionEdits } from './sessionEdits.ts';
import { commandOf, isConflict, type LiveKey, type StagedEdit } from './stagedEdits.ts';
import { texts } from './texts.ts';

interface EditReviewProps {
  readonly inspector: Inspector;
  readonly edits: SessionEdits;
  readonly edited: EditedSession;
  readonly sessionId: string;
  readonly onShowKey: (key: string) => void;
}

/** Edits that are listed; the others are counted in the bar. */
const maxListed = 200;
const maxCommandLength = 400;
const maxValueLength = 2_000;

/** Each edit as the command that it amounts to, with a way out of it, and the conflicts. */
export function EditReview(props: EditReviewProps) {
  const { inspector, edits, edited, sessionId } = props;
  useStore(inspector.store, ({ keysVersion }) => keysVersion);
  const list = [...edited.edits.values()].slice(0, maxListed);
  return (
    <ul className="edit-review" aria-label={texts.changes}>
      {list.map((edit) => (
        <ReviewedEdit
          key={edit.key}
          edit={edit}
          live={edits.live(sessionId, edit.key)}
          {...props}
        />
      ))}
    </ul>
  );
}

interface ReviewedEditProps extends EditReviewProps {
  readonly edit: StagedEdit;
  readonly live: LiveKey | undefined;
}

function ReviewedEdit({ edit, live, edits, sessionId, onShowKey }: ReviewedEditProps) {
  const { key, fault } = edit;
  const command = commandOf(edit);
  const isContested = isConflict(edit, live);
  const name = visibleName(key);
  return (
    <li>
      <div className="edit-line">
        <Button look="quiet" title={name} onClick={() => onShowKey(key)}>
          <bdi className="mono" translate="no">
            {shortName(name)}
          </bdi>
        </Button>
        <span className="spring" />
        <CopyButton label={texts.copyCommand} text={withVariable(command)} />
        <Button look="quiet" onClick={() => edits.discard(sessionId, key)}>
          {texts.discardOne}
        </Button>
      </div>
      <code translate="no">{visibleText(shortened(command, maxCommandLength))}</code>
      {isContested && live ? (
        <Conflict {...{ edit, live, edits, sessionId }} />
      ) : (
        fault !== undefined && (
          <p role="alert" className="edit-fault">
            {fault}
          </p>
        )
      )}
    </li>
  );
}

interface ConflictProps {
  readonly edit: StagedEdit;
  readonly live: LiveKey;
  readonly edits: SessionEdits;
  readonly sessionId: string;
}

/** A key that somebody else has changed since: both values, and what they come to together. */
export function Conflict({ edit, live, edits, sessionId }: ConflictProps) {
  const { key, base, value: mine } = edit;
  const merged = mergeJson({ base, mine, theirs: live.value });
  const resolve = (how: 'mine' | 'theirs' | 'merged') => edits.resolve(sessionId, key, how);
  return (
    <div className="edit-conflict" role="group" aria-label={texts.conflict}>
      <p role="alert">{texts.conflict}</p>
      <dl>
        <Version json={mine} none={texts.removedByMe}>
          <Button onClick={() => resolve('mine')}>{texts.keepMine}</Button>
        </Version>
        <Version json={live.value} none={texts.removedByThem}>
          <Button onClick={() => resolve('theirs')}>{texts.takeTheirs}</Button>
        </Version>
        <Version json={merged.value} none={texts.removedByMe}>
          <Button onClick={() => resolve('merged')}>{texts.mergeBoth}</Button>
        </Version>
      </dl>
      {merged.clashes > 0 && <p className="session-note">{texts.clashes(merged.clashes)}</p>}
    </div>
  );
}

interface VersionProps {
  readonly json: JsonText | undefined;
  readonly none: string;
  /** What takes it. */
  readonly children: ReactNode;
}

function Version({ json, none, children }: VersionProps) {
  return (
    <div>
      <dt>{children}</dt>
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
