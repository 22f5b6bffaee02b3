import { useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../ui/Button.tsx';
import { copyText } from '../../ui/copyText.ts';
import { commandsFor } from './reproduce.ts';
import { texts } from './texts.ts';
import type { TimelineFeed, TimelineView } from './timelineFeed.ts';

/** Copies the changes between the mark and the chosen moment, without a mark the chosen one, as commands. */
export function CopyChanges({ feed }: { readonly feed: TimelineFeed }) {
  const view = useStore(feed.store);
  const [notice, setNotice] = useState('');
  const [from, end] = rangeOf(view);
  const copy = async () => {
    const changes = await feed.wholeChanges(from, end);
    const commands = changes && commandsFor(changes);
    if (!commands) setNotice(texts.tooLarge);
    else if (commands.length === 0) setNotice(texts.nothingToCopy);
    else setNotice((await copyText(commands.join('\n'))) ? texts.copied : texts.copyRefused);
  };
  return (
    <>
      <Button disabled={end === from} onClick={() => void copy()}>
        {texts.copyCommands(end - from)}
      </Button>
      <span className="timeline-notice" role="status">
        {notice}
      </span>
    </>
  );
}

function rangeOf({ facts, moment, mark }: TimelineView): [from: number, end: number] {
  const at = moment ?? facts?.end ?? 0;
  if (mark !== undefined && mark !== at) return [Math.min(mark, at), Math.max(mark, at)];
  return [Math.max(at - 1, 0), at];
}
