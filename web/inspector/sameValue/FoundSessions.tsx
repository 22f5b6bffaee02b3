import { useState } from 'react';
import { useStore } from 'zustand';
import type { SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import { shortName } from '../../../protocol/text/visibleText.ts';
import { Button } from '../../ui/Button.tsx';
import { useWhyNot } from '../access/allowed.ts';
import { RefusedNotice } from '../access/RefusedNotice.tsx';
import { useConfirm } from '../access/useConfirm.tsx';
import { actOnAll } from '../actOnAll.ts';
import { actsOf } from '../acts.ts';
import { faultOf } from '../actWords.ts';
import { commandText } from '../commandText.ts';
import { CountdownText } from '../CountdownText.tsx';
import { Moment } from '../Moment.tsx';
import { titleOf } from '../words.ts';
import type { SameValueProps } from './sameValueProps.ts';
import type { Found } from './sameValue.ts';
import { texts } from './texts.ts';

interface FoundSessionsProps extends SameValueProps {
  readonly found: Found;
}

/** What the search has found, which one is to be kept, and the button that ends the others. */
export function FoundSessions({ found, ...props }: FoundSessionsProps) {
  switch (found.state) {
    case 'none':
      return null;
    case 'searching':
      return <p className="same-note">{texts.searching}</p>;
    case 'refused':
      return <RefusedNotice inspector={props.inspector} right={found.right} />;
    case 'found':
      return <FoundList {...props} found={found} />;
  }
}

type FoundState = Extract<Found, { state: 'found' }>;

interface FoundListProps extends SameValueProps {
  readonly found: FoundState;
}

function FoundList({ found, ...props }: FoundListProps) {
  const { start, onOpenSession, onClose } = props;
  const { sessions } = found;
  const [keptId, setKeptId] = useState(start?.sessionId);
  const kept = sessions.find(({ id }) => id === keptId);
  return (
    <div className="same-found">
      <p role="status" className="same-note">
        {statusText(found)}
      </p>
      {sessions.length > 0 && (
        <ul aria-label={texts.sessions}>
          {sessions.map((session) => (
            <FoundRow
              key={session.id}
              {...props}
              session={session}
              isKept={session.id === keptId}
              onKeep={() => setKeptId(session.id)}
              onOpen={() => {
                onClose();
                onOpenSession(session.id);
              }}
            />
          ))}
        </ul>
      )}
      <EndOthers {...props} {...{ sessions, kept }} onKeepNone={() => setKeptId(undefined)} />
    </div>
  );
}

function statusText({ sessions, matching, looked, all, stopped }: FoundState): string {
  if (stopped === 'path') return texts.stoppedPath;
  if (looked !== undefined) return texts.looked(looked, all);
  if (matching === 0) return texts.none;
  const shown = sessions.length < matching ? texts.firstOf(sessions.length) : '';
  const more = { time: texts.stoppedTime, results: texts.stoppedResults };
  return `${texts.found(matching)}${shown}. ${stopped ? more[stopped] : ''}`;
}

interface FoundRowProps extends Pick<SameValueProps, 'inspector'> {
  readonly session: SessionSummary;
  readonly isKept: boolean;
  readonly onKeep: () => void;
  readonly onOpen: () => void;
}

function FoundRow({ inspector, session, isKept, onKeep, onOpen }: FoundRowProps) {
  const title = titleOf(session);
  const name = shortName(title);
  return (
    <li className="same-row">
      <label title={texts.keepThis(name)}>
        <input type="radio" name="kept" checked={isKept} onChange={onKeep} />
        <span className="visually-hidden">{texts.keepThis(name)}</span>
        <span aria-hidden>{texts.keep}</span>
      </label>
      <button
        type="button"
        className="figure-link"
        title={title}
        aria-label={texts.open(name)}
        translate="no"
        onClick={onOpen}
      >
        {name}
      </button>
      <span className="same-note">
        <Moment atMs={session.createdAtMs} />
      </span>
      <CountdownText inspector={inspector} expiry={session.expiry} />
    </li>
  );
}

interface EndOthersProps extends SameValueProps {
  readonly sessions: readonly SessionSummary[];
  readonly kept: SessionSummary | undefined;
  readonly onKeepNone: () => void;
}

function EndOthers({ inspector, server, sessions, kept, onKeepNone, onClose }: EndOthersProps) {
  const whyNot = useWhyNot(inspector, 'end');
  const prefix = useStore(inspector.store, ({ rights }) => rights.prefix);
  const { confirm, dialog } = useConfirm(server);
  const [said, say] = useState('');
  const others = sessions.filter(({ id }) => id !== kept?.id);
  const count = others.length;
  const command = commandText('SH_END');
  const run = async () => {
    const acts = actsOf(inspector);
    const { done, failures } = await actOnAll({
      sessions: others,
      act: async ({ id }) => faultOf(await acts.run(command, id), prefix),
      onProgress: () => undefined,
      isStopped: () => false,
    });
    const [failure] = failures;
    say(`${texts.ended(done.length, count)} ${failure ? texts.failed(failure.why) : ''}`);
  };
  const ask = () =>
    confirm({
      reach: count === 1 ? 'session' : 'sessions',
      count,
      command,
      title: texts.endTitle(count),
      text: texts.endText(kept ? shortName(titleOf(kept)) : ''),
      action: texts.endNow(count),
      run: () => void run(),
    });
  return (
    <>
      <div className="dialog-buttons same-buttons">
        <span role="status" className="same-note">
          {said}
        </span>
        <span className="spring" />
        {kept && <Button onClick={onKeepNone}>{texts.keepNone}</Button>}
        <Button onClick={onClose}>{texts.close}</Button>
        <Button
          look="danger"
          disabled={count === 0 || whyNot !== undefined}
          title={whyNot ?? texts.endHint(count)}
          onClick={ask}
        >
          {kept ? texts.endOthers(count) : texts.endAll(count)}
        </Button>
      </div>
      {dialog}
    </>
  );
}
