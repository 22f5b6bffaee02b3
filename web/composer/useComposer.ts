import { useDeferredValue, useMemo } from 'react';
import { useStore } from 'zustand';
import type { CommandName } from '../../protocol/commands/catalog.ts';
import { templateOf } from '../../protocol/wire/template.ts';
import { outgoing } from '../connection/page/outgoing.ts';
import { beautify } from './layOut.ts';
import { checkDraft } from './checkMessage.ts';
import type { Draft } from './draft.ts';
import { explainAt } from './explainAt.ts';
import { inexactNumbersIn } from '../../protocol/json/numbers.ts';
import type { LiveSources } from './liveSources.ts';
import { measureDraft } from './measure.ts';
import { texts } from './texts.ts';
import { sendDraft, type Route } from './sendDraft.ts';
import { suggestionsAt } from './suggestions.ts';
import { keepBraces } from './tokenRepair.ts';

/** Most numbers that are marked; a list of thousands helps nobody. */
const maxInexactNumbers = 100;

interface ComposerInput extends Route {
  readonly onReference: (name: CommandName) => void;
  readonly draft: Draft;
  readonly sources: LiveSources;
}

/** What the composer shows and does. */
export function useComposer(input: ComposerInput) {
  const { draft, connection, maxPayloadBytes, sources, onReference } = input;
  // One by one: the cursor, which moves all the time, is not looked at here.
  const text = useStore(draft.store, (view) => view.text);
  const isLiteral = useStore(draft.store, (view) => view.isLiteral);
  const selection = useStore(draft.store, (view) => view.selection);
  const refusedText = useStore(draft.store, (view) => view.refusedText);
  const variables = useStore(connection.store, (view) => view.variables);
  const status = useStore(connection.store, (view) => view.status);
  const unsent = useStore(connection.store, (view) => view.unsent);
  const fault = useMemo(() => {
    if (refusedText !== text) return undefined;
    const route = { status, unsent };
    const checked = checkDraft(text, { variables, maxPayloadBytes, isLiteral, route });
    return checked.ok ? undefined : checked.refusal;
  }, [refusedText, text, isLiteral, variables, maxPayloadBytes, status, unsent]);
  const deferred = useDeferredValue(text);
  const measure = useMemo(
    () => measureDraft(deferred, { variables, maxPayloadBytes, isLiteral }),
    [deferred, isLiteral, variables, maxPayloadBytes],
  );
  const numbers = useMemo(() => inexactNumbersIn(deferred, maxInexactNumbers), [deferred]);
  const marks = useMemo(
    () => numbers.map(({ start, end, read }) => ({ start, end, message: texts.wouldRead(read) })),
    [numbers],
  );
  const kept = useMemo(() => keepBraces(text, variables), [text, variables]);

  return {
    text,
    isLiteral,
    selection,
    variables,
    fault,
    isConnected: status.state === 'open',
    measure,
    numbers,
    marks,
    suggest: (written: string, offset: number) =>
      suggestionsAt({ text: written, offset }, { sources, variables }),
    explain: (written: string, offset: number) => explainAt({ text: written, offset, onReference }),
    send: () => sendDraft(draft, { connection, maxPayloadBytes }),
    sendAnyway: (refused: string) => {
      const exchange = connection.send(outgoing(refused, { text, isLiteral }));
      if (exchange.state.state === 'refused') return;
      draft.sent(text, exchange);
      draft.refuse(undefined);
    },
    /** Only text that is JSON is laid out; any other is left as it was and said to be wrong. */
    beautify: () => beautify(draft),
    keepBraces: kept === text ? undefined : () => draft.setText(kept),
    insertTemplate: (name: CommandName) => {
      const template = templateOf(name);
      draft.setMessage({ text: template.text, isLiteral: false }, template.selection);
    },
  };
}

/** What {@link useComposer} gives. */
export type Composer = ReturnType<typeof useComposer>;
