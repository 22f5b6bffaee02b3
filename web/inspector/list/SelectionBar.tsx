import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import { Button } from '../../ui/Button.tsx';
import { useWhyNot } from '../access/allowed.ts';
import { useConfirm } from '../access/useConfirm.tsx';
import { actsOf } from '../acts.ts';
import { faultOf } from '../actWords.ts';
import { commandText } from '../commandText.ts';
import type { Inspector } from '../inspector.ts';
import type { ShownServer } from '../viewProps.ts';
import { titleOf } from '../words.ts';
import { actOnAll, type Failure } from '../actOnAll.ts';
import { maxSelected } from './selection.ts';
import type { SessionList } from './sessionList.ts';
import { texts } from './texts.ts';

interface SelectionBarProps {
  readonly inspector: Inspector;
  readonly source: SessionList;
  readonly server: ShownServer;
}

/** What can be done with the selected sessions; absent while none can be selected. */
export function SelectionBar({ inspector, source, server }: SelectionBarProps) {
  const { selection } = source;
  const { isOn, sessions, isReading } = useStore(selection.store);
  const noChange = useWhyNot(inspector, 'change');
  const { running, failures, said, run, stop, forget } = useActing(inspector, source);
  const length = useStore(source.store, ({ loaded }) => loaded?.length ?? 0);
  if (!isOn) return null;
  const count = sessions.size;
  const mortal = [...sessions.values()].filter(({ expiry }) => expiry !== null);
  return (
    <section className="session-selection" aria-label={texts.selection}>
      <span className="session-selected">
        {texts.selected(count)}
        {isReading && ` ${texts.reading}`}
        {count >= maxSelected && ` ${texts.mostSelected(maxSelected)}`}
      </span>
      {running === undefined ? (
        <>
          <Button
            disabled={mortal.length === 0 || noChange !== undefined}
            title={noChange ?? texts.touchHint(mortal.length)}
            onClick={() => void run('SH_TOUCH', mortal, texts.touched)}
          >
            {texts.touch}
          </Button>
          <EndButton
            {...{ inspector, server, count, isReading }}
            onEnd={() => void run('SH_END', [...sessions.values()], texts.ended)}
          />
          <Button look="quiet" disabled={isReading} onClick={() => void selection.first(length)}>
            {texts.selectAll(Math.min(length, maxSelected))}
          </Button>
          <Button look="quiet" onClick={() => selection.turn(false)}>
            {texts.clearSelection}
          </Button>
        </>
      ) : (
        <>
          <progress max={running.of} value={running.at} aria-label={texts.progress} />
          <Button onClick={stop}>{texts.stop}</Button>
        </>
      )}
      <span role="status" className="session-note">
        {said}
      </span>
      {failures.length > 0 && <Failures failures={failures} onClose={forget} />}
    </section>
  );
}

interface EndButtonProps extends Pick<SelectionBarProps, 'inspector' | 'server'> {
  readonly count: number;
  /** More are being selected. */
  readonly isReading: boolean;
  readonly onEnd: () => void;
}

/** Ends the selected sessions, after a question. */
function EndButton({ inspector, server, count, isReading, onEnd }: EndButtonProps) {
  const noEnd = useWhyNot(inspector, 'end');
  const { confirm, dialog } = useConfirm(server);
  const ask = () =>
    confirm({
      reach: count === 1 ? 'session' : 'sessions',
      count,
      title: texts.endTitle(count),
      text: texts.endText,
      command: commandText('SH_END'),
      action: texts.endAction(count),
      run: onEnd,
    });
  return (
    <>
      <Button
        look="danger"
        disabled={count === 0 || isReading || noEnd !== undefined}
        title={noEnd ?? texts.endHint(count)}
        onClick={ask}
      >
        {texts.end}
      </Button>
      {dialog}
    </>
  );
}

interface Running {
  readonly at: number;
  readonly of: number;
}

/** Carries out a command for several sessions and says how it went. */
function useActing(inspector: Inspector, { selection }: SessionList) {
  const [running, setRunning] = useState<Running>();
  const [failures, setFailures] = useState<readonly Failure[]>([]);
  const [said, say] = useState('');
  const isStopped = useRef(false);
  const run = async (
    name: 'SH_END' | 'SH_TOUCH',
    sessions: readonly SessionSummary[],
    saying: (done: number, of: number) => string,
  ) => {
    isStopped.current = false;
    setFailures([]);
    say('');
    const of = sessions.length;
    setRunning({ at: 0, of });
    const { prefix } = inspector.store.getState().rights;
    const acts = actsOf(inspector);
    const { done, failures: failed } = await actOnAll({
      sessions,
      act: async ({ id }) => faultOf(await acts.run(commandText(name), id), prefix),
      onProgress: (now) => setRunning({ at: now.done.length + now.failures.length, of }),
      isStopped: () => isStopped.current,
    });
    if (name === 'SH_END') selection.drop(new Set(done));
    setRunning(undefined);
    setFailures(failed);
    say(saying(done.length, of));
  };
  return {
    running,
    failures,
    said,
    run,
    stop: () => {
      isStopped.current = true;
    },
    forget: () => setFailures([]),
  };
}

/** Failures shown at most; the others are counted. */
const maxFailures = 100;

interface FailuresProps {
  readonly failures: readonly Failure[];
  readonly onClose: () => void;
}

function Failures({ failures, onClose }: FailuresProps) {
  return (
    <div role="alert" className="session-failures">
      <p>{texts.failed(failures.length)}</p>
      <ul>
        {failures.slice(0, maxFailures).map(({ session, why }) => (
          <li key={session.id}>
            <bdi translate="no">{titleOf(session)}</bdi>: {why}
          </li>
        ))}
      </ul>
      {failures.length > maxFailures && <p>{texts.more(failures.length - maxFailures)}</p>}
      <Button onClick={onClose}>{texts.closeFailures}</Button>
    </div>
  );
}
