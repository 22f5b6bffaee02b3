import { useDeferredValue, useMemo } from 'react';
import { useStore } from 'zustand';
import type { CommandName } from '../../protocol/catalog.ts';
import { prettyJson } from '../../protocol/json/prettyJson.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import { templateOf } from '../../protocol/template.ts';
import { byteLength, checkMessage, type MessageFault } from './checkMessage.ts';
import type { Draft } from './draft.ts';
import { sendDraft, type Route } from './sendDraft.ts';

interface ComposerInput extends Route {
  readonly draft: Draft;
}

/** What the composer shows and does. */
export function useComposer({ draft, connection, maxPayloadBytes }: ComposerInput) {
  // One by one: the cursor, which moves all the time, is not looked at here.
  const text = useStore(draft.store, (view) => view.text);
  const selection = useStore(draft.store, (view) => view.selection);
  const refusedText = useStore(draft.store, (view) => view.refusedText);
  const variables = useStore(connection.store, (view) => view.variables);
  const fault = useMemo(() => {
    if (refusedText !== text) return undefined;
    const checked = checkMessage(text, { variables, maxPayloadBytes });
    return checked.ok ? undefined : checked.refusal;
  }, [refusedText, text, variables, maxPayloadBytes]);
  const measured = useDeferredValue(text);
  const bytes = useMemo(() => byteLength(measured), [measured]);

  return {
    text,
    selection,
    variables,
    fault,
    bytes,
    send: () => sendDraft(draft, { connection, maxPayloadBytes }),
    sendAnyway: (refusal: Extract<MessageFault, { text: string }>) => {
      draft.refuse(undefined);
      connection.send(refusal.text);
    },
    /** Only text that is JSON is laid out; any other is left as it was and said to be wrong. */
    beautify: () => {
      if (readJson(text).ok) draft.setText(prettyJson(text));
      else draft.refuse(text);
    },
    insertTemplate: (name: CommandName) => {
      const template = templateOf(name);
      draft.setText(template.text, template.selection);
    },
  };
}
