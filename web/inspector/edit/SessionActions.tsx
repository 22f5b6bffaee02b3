import { useStore } from 'zustand';
import { useBriefNotice } from '../../ui/useBriefNotice.ts';
import { useWhyNot } from '../access/allowed.ts';
import { useConfirm } from '../access/useConfirm.tsx';
import { actsOf } from '../acts.ts';
import { faultOf } from '../actWords.ts';
import { CommandButton } from '../CommandButton.tsx';
import { commandText } from '../commandText.ts';
import type { Inspector } from '../inspector.ts';
import type { WatchedSession } from '../inspectorView.ts';
import type { ShownServer } from '../viewProps.ts';
import { titleOf } from '../words.ts';
import { ExpiryButton } from './ExpiryButton.tsx';
import { texts } from './texts.ts';

interface SessionActionsProps {
  readonly inspector: Inspector;
  readonly watched: WatchedSession;
  readonly server: ShownServer;
  /** Puts a command for the session into the composer. */
  readonly onCompose: ((command: string) => void) | undefined;
}

const touch = commandText('SH_TOUCH');
const clear = commandText('KV_CLEAR');
const end = commandText('SH_END');

/** What can be done with a session as a whole. */
export function SessionActions({ inspector, watched, server, onCompose }: SessionActionsProps) {
  const [notice, showNotice] = useBriefNotice();
  const { confirm, dialog } = useConfirm(server);
  const prefix = useStore(inspector.store, ({ rights }) => rights.prefix);
  const noChange = useWhyNot(inspector, 'change');
  const noEnd = useWhyNot(inspector, 'end');
  // Of rights, the line of the token says which are missing.
  const isReadOnly = useStore(inspector.store, ({ store }) => store?.readOnly === true);
  const { id, summary } = watched;
  const name = titleOf(summary);

  const run = async (command: string, done: string) => {
    const fault = faultOf(await actsOf(inspector).run(command, id), prefix);
    showNotice(fault ?? done);
  };
  const ask = (
    command: string,
    words: { title: string; text: string; action: string; done: string },
  ) =>
    confirm({
      reach: 'session',
      count: 1,
      command,
      ...words,
      run: () => void run(command, words.done),
    });
  const whyNoTouch = summary.expiry === null ? texts.nothingToTouch : noChange;
  return (
    <div className="session-actions">
      <CommandButton
        command={touch}
        whyNot={whyNoTouch}
        onCompose={onCompose}
        onRun={() => void run(touch, texts.touched)}
      >
        {texts.touch}
      </CommandButton>
      <ExpiryButton
        expiry={summary.expiry}
        whyNot={noChange}
        onCompose={onCompose}
        onSet={(command, seconds) => void run(command, texts.expirySet(seconds))}
      />
      <CommandButton
        command={clear}
        whyNot={noChange}
        onCompose={onCompose}
        onRun={() =>
          ask(clear, {
            title: texts.clearTitle(name),
            text: texts.clearText,
            action: texts.clearNow,
            done: texts.clearDone,
          })
        }
      >
        {texts.clearKeys}
      </CommandButton>
      <CommandButton
        look="danger"
        command={end}
        whyNot={noEnd}
        onCompose={onCompose}
        onRun={() =>
          ask(end, {
            title: texts.endTitle(name),
            text: texts.endText,
            action: texts.endNow,
            done: texts.ended,
          })
        }
      >
        {texts.endSession}
      </CommandButton>
      <span role="status" className="session-note">
        {notice === '' && isReadOnly ? noChange : notice}
      </span>
      {dialog}
    </div>
  );
}
