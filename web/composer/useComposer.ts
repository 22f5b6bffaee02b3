import { useDeferredValue, useMemo } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { ConnectionView } from '../connection/page/connectionView.ts';
import { messageSpans } from '../../protocol/json/jsonTokens.ts';
import type { CommandName } from '../../protocol/commands/catalog.ts';
import { templateOf } from '../../protocol/wire/template.ts';
import { outgoing } from '../connection/page/outgoing.ts';
import { beautify } from './layOut.ts';
import { checkDraft } from './checkMessage.ts';
import type { Draft, DraftView } from './draft.ts';
import { explainAt } from './explainAt.ts';
import { inexactNumbersIn } from '../../protocol/json/numbers.ts';
import type { LiveSources } from './liveSources.ts';
import { measureDraft } from './measure.ts';
import { sequenceOf } from './messageSequence.ts';
import { texts } from './texts.ts';
import { resumeDraft, sendDraft, type Route } from './sendDraft.ts';
import { stepsIn } from './sequenceSteps.ts';
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
  const variables = useStore(connection.store, (view) => view.variables);
  const lastSession = useStore(connection.store, (view) => view.lastSession);
  const isConnected = useStore(connection.store, ({ status }) => status.state === 'open');
  const fault = useFault(input);
  const deferred = useDeferredValue(text);
  const measure = useMemo(
    () => measureDraft(deferred, { variables, maxPayloadBytes, isLiteral }),
    [deferred, isLiteral, variables, maxPayloadBytes],
  );
  const { numbers, marks } = useInexactNumbers(deferred);
  const sequence = useSequence(draft, deferred);
  const kept = useMemo(() => keepBraces(text, variables), [text, variables]);

  return {
    text,
    isLiteral,
    selection,
    variables,
    lastSession,
    fault,
    isConnected,
    measure,
    numbers,
    marks,
    suggest: (written: string, offset: number) =>
      suggestionsAt({ text: written, offset }, { sources, variables }),
    explain: (written: string, offset: number) => explainAt({ text: written, offset, onReference }),
    gutter: sequence.gutter,
    /** Undefined while there is nothing to continue with. */
    resume: sequence.isResumable
      ? ({ skip }: { readonly skip: boolean }) =>
          resumeDraft(draft, { connection, maxPayloadBytes, skip })
      : undefined,
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

/** Why the text was not sent, while it is the one that was held back. */
function useFault({ draft, connection, maxPayloadBytes }: ComposerInput) {
  const { text, isLiteral, refusedText } = useStore(draft.store, useShallow(heldBack));
  const route = useStore(connection.store, useShallow(routeOf));
  return useMemo(() => {
    if (refusedText !== text) return undefined;
    const { variables, ...where } = route;
    const checked = checkDraft(text, { variables, maxPayloadBytes, isLiteral, route: where });
    return checked.ok ? undefined : checked.refusal;
  }, [refusedText, text, isLiteral, maxPayloadBytes, route]);
}

const heldBack = ({ text, isLiteral, refusedText }: DraftView) => ({
  text,
  isLiteral,
  refusedText,
});
const routeOf = ({ variables, status, unsent }: ConnectionView) => ({ variables, status, unsent });

/** Numbers that other programs would change, and how the editor marks them. */
function useInexactNumbers(text: string) {
  return useMemo(() => {
    const numbers = inexactNumbersIn(text, maxInexactNumbers);
    const marks = numbers.map(({ start, end, read }) => ({
      start,
      end,
      message: texts.wouldRead(read),
    }));
    return { numbers, marks };
  }, [text]);
}

/** What has become of the messages of the text, as far as they were sent one after another. */
function useSequence(draft: Draft, text: string) {
  const view = useStore(sequenceOf(draft).store);
  const steps = useMemo(() => {
    const isIdle = view.progress.state === 'idle';
    return isIdle ? undefined : stepsIn(text, messageSpans(text), view);
  }, [text, view]);
  const gutter = useMemo(
    () => (steps ?? []).map(({ start: at, state }) => ({ at, ...gutterOf[state] })),
    [steps],
  );
  return { gutter, isResumable: steps !== undefined };
}

const gutterOf = {
  sent: { look: 'good', label: texts.stepSent },
  failed: { look: 'bad', label: texts.stepFailed },
  skipped: { look: 'none', label: texts.stepSkipped },
  toCome: { look: 'none', label: texts.stepToCome },
} as const;

/** What {@link useComposer} gives. */
export type Composer = ReturnType<typeof useComposer>;
