import { useDeferredValue, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { CommandName } from '../../protocol/catalog.ts';
import { prettyJson } from '../../protocol/json/prettyJson.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import { templateOf } from '../../protocol/template.ts';
import type { Connection } from '../connection/connection.ts';
import { byteLength, checkMessage, type MessageFault } from './checkMessage.ts';
import type { Draft } from './draft.ts';

interface ComposerInput {
  readonly draft: Draft;
  readonly connection: Connection;
  readonly maxPayloadBytes: number;
}

/** What the composer shows and does. */
export function useComposer({ draft, connection, maxPayloadBytes }: ComposerInput) {
  const { text, selection } = useStore(draft.store);
  const variables = useStore(connection.store, (view) => view.variables);
  // A fault is told after a vain attempt to send, and goes as soon as the text changes.
  const [refusedText, setRefusedText] = useState<string>();
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
    send: () => {
      const draftText = draft.store.getState().text;
      const { variables: current } = connection.store.getState();
      const checked = checkMessage(draftText, { variables: current, maxPayloadBytes });
      setRefusedText(checked.ok ? undefined : draftText);
      if (checked.ok) connection.send(checked.value);
    },
    sendAnyway: (refusal: Extract<MessageFault, { text: string }>) => {
      setRefusedText(undefined);
      connection.send(refusal.text);
    },
    /** Only text that is JSON is laid out; any other is left as it was and said to be wrong. */
    beautify: () => {
      if (readJson(text).ok) draft.setText(prettyJson(text));
      else setRefusedText(text);
    },
    insertTemplate: (name: CommandName) => {
      const template = templateOf(name);
      draft.setText(template.text, template.selection);
    },
  };
}
