import { useState } from 'react';
import { useStore } from 'zustand';
import type { WholeChange } from '../../../protocol/inspection/timeline.ts';
import { useActions } from '../../ui/action.ts';
import { Button } from '../../ui/Button.tsx';
import { copyText } from '../../ui/copyText.ts';
import { commandsFor } from './reproduce.ts';
import { testFor } from './testFor.ts';
import { texts } from './texts.ts';
import type { TimelineFeed, TimelineView } from './timelineFeed.ts';

/** Copies the changes between the mark and the chosen moment, without a mark the chosen one: as commands, or as a test. */
export function CopyChanges({ feed }: { readonly feed: TimelineFeed }) {
  const view = useStore(feed.store);
  const [notice, setNotice] = useState('');
  const [from, end] = rangeOf(view);
  const copy = async (write: (changes: readonly WholeChange[]) => string) => {
    const changes = await feed.wholeChanges(from, end);
    if (!changes) setNotice(texts.tooLarge);
    else if (commandsFor(changes).length === 0) setNotice(texts.nothingToCopy);
    else setNotice((await copyText(write(changes))) ? texts.copied : texts.copyRefused);
  };
  const asCommands = () => void copy((changes) => commandsFor(changes).join('\n'));
  const asTest = () => void copy((changes) => testFor(changes, serverUrl()));
  useActions(() =>
    end === from
      ? {}
      : {
          'timeline.copy': { label: texts.copyCommands(end - from), group, run: asCommands },
          'timeline.copyTest': { label: texts.copyTest(end - from), group, run: asTest },
        },
  );
  return (
    <>
      <Button disabled={end === from} onClick={asCommands}>
        {texts.copyCommands(end - from)}
      </Button>
      <Button disabled={end === from} title={texts.testHint} onClick={asTest}>
        {texts.asTest}
      </Button>
      <span className="timeline-notice" role="status">
        {notice}
      </span>
    </>
  );
}

const group = texts.group;

/** Of the server that this page came from. */
function serverUrl(): string {
  return window.location.origin.replace(/^http/, 'ws');
}

function rangeOf({ facts, moment, mark }: TimelineView): [from: number, end: number] {
  const at = moment ?? facts?.end ?? 0;
  if (mark !== undefined && mark !== at) return [Math.min(mark, at), Math.max(mark, at)];
  return [Math.max(at - 1, 0), at];
}
