import type { Draft } from '../composer/draft.ts';
import type { RecallDirection } from '../library/recall.ts';
import { late } from '../ui/late.tsx';
import { messages as texts } from '../ui/uiMessages.ts';
import type { Action } from './action.ts';
import type { Console } from './createConsole.ts';
import { messages as say } from './messages.ts';
import { composePanel } from './panelList.ts';
import { recallIn } from './recallIn.ts';
import { sendFrom } from './sendFrom.ts';

/** What is done to the message of the active tab, and to its log. */
export function composeActions(parts: Console) {
  const { tabs, shell } = parts;
  const group = say.groupCompose;
  const text = () => tabs.active().draft.store.getState().text;
  return {
    send: {
      label: say.send,
      group,
      keys: { codes: ['Enter'], name: 'Enter', mod: true },
      isKeyElsewhere: true,
      run: () => {
        shell.show(composePanel);
        void sendFrom(tabs.active(), parts);
      },
    },
    beautify: {
      label: say.beautify,
      group,
      isEnabled: () => text().trim() !== '',
      run: () => {
        beautify(tabs.active().draft).catch(() => shell.tell(texts.notLoaded));
      },
    },
    goToComposer: {
      label: say.goToComposer,
      group,
      keys: { codes: ['KeyC'], name: 'C', alt: true },
      run: () => {
        shell.show(composePanel);
        tabs.active().draft.setText(text(), { start: text().length, length: 0 });
      },
    },
    clearMessages: {
      label: say.clearMessages,
      group: say.groupResponse,
      isEnabled: () => tabs.active().log.store.getState().counts.kept > 0,
      run: () => tabs.active().log.clear(),
    },
  } satisfies Record<string, Action>;
}

/** In the editor the arrows do the same from its first and last row. */
export function recallActions(parts: Console) {
  const { tabs, shell } = parts;
  const group = say.groupCompose;
  const recall = (direction: RecallDirection) => {
    shell.show(composePanel);
    recallIn(tabs.active().draft, direction, parts);
  };
  return {
    olderMessage: {
      label: say.olderMessage,
      group,
      keys: { codes: ['ArrowUp'], name: '↑' },
      isKeyElsewhere: true,
      isEnabled: () => parts.librarySide()?.history.store.getState().sent.length !== 0,
      run: () => recall('older'),
    },
    newerMessage: {
      label: say.newerMessage,
      group,
      keys: { codes: ['ArrowDown'], name: '↓' },
      isKeyElsewhere: true,
      isEnabled: () => tabs.active().draft.store.getState().recall.state === 'shown',
      run: () => recall('newer'),
    },
  } satisfies Record<string, Action>;
}

const loadLayOut = late(() => import('../composer/layOut.ts'));

async function beautify(draft: Draft): Promise<void> {
  const { layOut } = await loadLayOut();
  const { text } = draft.store.getState();
  const laidOut = layOut(text);
  if (laidOut === undefined) draft.refuse(text);
  else draft.setText(laidOut);
}
