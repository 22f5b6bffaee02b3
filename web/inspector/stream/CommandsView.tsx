import { useState } from 'react';
import { useStore } from 'zustand';
import { useActions, type Actions } from '../../ui/action.ts';
import { Button } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Segments.tsx';
import { RefusedNotice } from '../access/RefusedNotice.tsx';
import { LiveGate } from '../LiveGate.tsx';
import type { ViewProps } from '../viewProps.ts';
import { CommandDetail } from './CommandDetail.tsx';
import { feedOf, type CommandFeed } from './commandFeed.ts';
import { CommandList } from './CommandList.tsx';
import type { CommandsProps, OpenCommand } from './commandsProps.ts';
import { CommandTimes } from './CommandTimes.tsx';
import { StreamFilterForm } from './StreamFilterForm.tsx';
import { texts } from './texts.ts';
import { formatShare } from '../figureWords.ts';
import './CommandsView.css';

/** What all clients send and are answered, from when a person starts it. */
export function CommandsView(props: ViewProps) {
  const { inspector, server } = props;
  return (
    <div className="commands-view">
      <LiveGate {...{ inspector, server }}>
        <Commands {...props} feed={feedOf(inspector)} />
      </LiveGate>
    </div>
  );
}

function Commands(props: CommandsProps) {
  const { feed, inspector } = props;
  const status = useStore(feed.store, (view) => view.status);
  const [shown, setShown] = useState<'list' | 'times'>('list');
  const [open, setOpen] = useState<OpenCommand>();
  if (status.state === 'refused') {
    return <RefusedNotice inspector={inspector} right={status.right} />;
  }
  const list = { ...props, openId: open?.id, onOpen: setOpen };
  return (
    <>
      <CommandTools feed={feed} shown={shown} onShow={setShown} />
      <StreamFilterForm feed={feed} />
      <StreamNotices feed={feed} />
      {shown === 'list' ? <CommandList {...list} /> : <CommandTimes {...list} />}
      {open && (
        <CommandDetail {...props} command={open.command} onClose={() => setOpen(undefined)} />
      )}
      <StreamCounts feed={feed} />
    </>
  );
}

interface CommandToolsProps {
  readonly feed: CommandFeed;
  readonly shown: 'list' | 'times';
  readonly onShow: (shown: 'list' | 'times') => void;
}

function CommandTools({ feed, shown, onShow }: CommandToolsProps) {
  const isRunning = useStore(feed.store, (view) => view.status.state === 'running');
  const isPaused = useStore(feed.store, (view) => view.isPaused);
  useActions(() => streamActions(feed, { isRunning, isPaused }));
  return (
    <div className="panel-tools command-tools">
      {isRunning ? (
        <>
          <Button onClick={() => feed.stop()}>{texts.stop}</Button>
          <Button onClick={() => (isPaused ? feed.resume() : feed.pause())}>
            {isPaused ? texts.resume : texts.pause}
          </Button>
        </>
      ) : (
        <Button look="primary" onClick={() => feed.start()}>
          {texts.start}
        </Button>
      )}
      <Button onClick={() => feed.clear()}>{texts.clear}</Button>
      <span className="spring" />
      <Segments
        label={texts.view}
        segments={[
          { id: 'list', label: texts.list },
          { id: 'times', label: texts.times },
        ]}
        chosen={shown}
        onChoose={onShow}
      />
    </div>
  );
}

function streamActions(
  feed: CommandFeed,
  { isRunning, isPaused }: { readonly isRunning: boolean; readonly isPaused: boolean },
): Actions {
  const group = texts.commandsOfClients;
  const when = isPaused ? texts.resume : texts.pause;
  return {
    'stream.clear': { label: texts.clear, group, run: () => feed.clear() },
    ...(isRunning
      ? {
          'stream.stop': { label: texts.stop, group, run: () => feed.stop() },
          'stream.pause': {
            label: when,
            group,
            run: () => (isPaused ? feed.resume() : feed.pause()),
          },
        }
      : { 'stream.start': { label: texts.start, group, run: () => feed.start() } }),
  };
}

function StreamNotices({ feed }: { readonly feed: CommandFeed }) {
  const isPaused = useStore(feed.store, (view) => view.isPaused);
  const arrived = useStore(feed.store, (view) => view.arrivedWhilePaused);
  if (!isPaused) return null;
  return <p className="notice is-warn">{texts.paused(arrived)}</p>;
}

/** Exact counts, also of what is not shown, and what the stream costs. */
function StreamCounts({ feed }: { readonly feed: CommandFeed }) {
  const view = useStore(feed.store);
  if (view.status.state === 'off' && view.counted === 0) return null;
  return (
    <p className="command-counts" role="group" aria-label={texts.counts}>
      <span>{texts.counted(view.counted)}</span>
      {view.leftOut > 0 && <span>{texts.leftOut(view.leftOut)}</span>}
      {view.dropped > 0 && <strong>{texts.dropped(view.dropped)}</strong>}
      <span title={texts.costHint}>{texts.cost(formatShare(view.costMs, view.ranMs))}</span>
    </p>
  );
}
