import { Play, X } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { MessageLog } from '../log/store/messageLog.ts';
import { useActions } from '../ui/action.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import {
  createFirstSteps,
  firstRunActions,
  madeSession,
  type FirstRunPage,
  type FirstSteps,
} from './firstSteps.ts';
import type { FirstRunStore } from './firstRunStore.ts';
import { steps as played } from './playSession.ts';
import { removableSample } from './removableSample.ts';
import { texts } from './texts.ts';
import './FirstRun.css';

interface FirstRunProps extends FirstRunPage {
  readonly firstRun: FirstRunStore;
  readonly log: Pick<MessageLog, 'store'>;
}

/** What an empty server offers, over the free part of the log; afterwards a bar for the sample data. */
export function FirstRun(props: FirstRunProps) {
  const { firstRun } = props;
  const { play, isLoading, isHidden, isSampleHidden } = useStore(firstRun.store);
  const sampleSize = useSampleSize(props);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const [actions] = useState(() => createFirstSteps(firstRun, () => latest.current));
  const isEmpty = useIsEmpty(props);
  const inspectButton = madeSession(firstRun, props) !== undefined && (
    <Button onClick={actions.inspect}>{texts.inspect}</Button>
  );
  useActions(() => firstRunActions(firstRun, () => latest.current, actions));
  if (play.state === 'playing') {
    return <Playing {...{ actions, inspectButton }} at={play.at} />;
  }
  if (isLoading) return <Card>{texts.loading}</Card>;
  if (sampleSize > 0 && !isSampleHidden) {
    return (
      <Card onHide={() => firstRun.store.setState({ isSampleHidden: true })}>
        <span role="status">{texts.sample(sampleSize)}</span>
        {inspectButton}
        <Button onClick={() => void actions.remove()}>{texts.removeSample}</Button>
      </Card>
    );
  }
  if (play.state === 'ended') {
    const title = play.end === 'over' ? texts.overTitle : undefined;
    return (
      <Offer actions={actions} title={title} text={texts[play.end]} watch={texts.watchAgain} />
    );
  }
  if (!isEmpty || isHidden) return null;
  return <Offer actions={actions} title={texts.title} text={texts.intro} watch={texts.watch} />;
}

/** Nothing is stored, and nothing was sent yet. */
function useIsEmpty({ connection, log, inspector }: FirstRunProps): boolean {
  const isOpen = useStore(connection.store, ({ status }) => status.state === 'open');
  const isQuiet = useStore(log.store, ({ counts }) => counts.sent + counts.received === 0);
  const isKnown = useStore(
    inspector?.store ?? noInspector,
    (view) => view.status.state === 'live' && view.totalSessions === 0,
  );
  return isOpen && isQuiet && isKnown;
}

/** How many sessions of the sample data exist on the server of this tab. */
function useSampleSize({ firstRun, connection, inspector }: FirstRunProps): number {
  // Read again when one of them changes.
  useStore(connection.store, ({ url }) => url);
  useStore(inspector?.store ?? noInspector, (view) => view.sessionsVersion);
  return removableSample(firstRun, { connection, inspector }).length;
}

const noView = { status: { state: 'idle' }, totalSessions: 0, sessionsVersion: 0 } as const;
const noInspector = {
  getState: () => noView,
  getInitialState: () => noView,
  subscribe: () => () => {},
};

interface CardProps {
  readonly children: ReactNode;
  readonly onHide?: () => void;
}

function Card({ children, onHide }: CardProps) {
  return (
    <section className="first-run" aria-label={texts.firstSteps}>
      {children}
      {onHide && (
        <span className="first-run-hide">
          <IconButton label={texts.hide} icon={<X size={14} />} onClick={onHide} />
        </span>
      )}
    </section>
  );
}

interface OfferProps {
  readonly actions: FirstSteps;
  readonly title: string | undefined;
  readonly text: string;
  readonly watch: string;
}

function Offer({ title, text, watch, actions }: OfferProps) {
  return (
    <Card onHide={actions.hide}>
      <p role="status">
        {title !== undefined && <strong>{title}</strong>} {text}
      </p>
      <div className="first-run-ways">
        <Button look="primary" onClick={() => void actions.watch()}>
          <Play size={14} aria-hidden /> {watch}
        </Button>
        <Button onClick={actions.learn}>{texts.learn}</Button>
        <Button onClick={() => void actions.load()}>{texts.loadSample}</Button>
      </div>
    </Card>
  );
}

interface PlayingProps {
  readonly at: number;
  readonly actions: FirstSteps;
  readonly inspectButton: ReactNode;
}

function Playing({ at, actions, inspectButton }: PlayingProps) {
  return (
    <Card>
      <p role="status">
        <strong>{texts.step(at + 1, played.length)}</strong> {played[at]?.says}
      </p>
      <div className="first-run-ways">
        {actions.isStepwise() && at < played.length - 1 && (
          <Button look="primary" onClick={actions.next}>
            {texts.next}
          </Button>
        )}
        {inspectButton}
        <Button onClick={actions.skip}>{texts.skip}</Button>
      </div>
    </Card>
  );
}
