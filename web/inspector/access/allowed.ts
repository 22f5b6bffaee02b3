import { useStore } from 'zustand';
import type { Right } from '../../../protocol/inspection/rights.ts';
import type { Inspector } from '../inspector.ts';
import type { InspectorView } from '../inspectorView.ts';
import { texts } from './texts.ts';

/** What a button may do: use a right, or cut a connection, which a read-only server allows. */
type Doing = Right | 'cut' | 'reveal';

/** Who has a token may do everything with its session. */
const rightsToReveal: readonly Right[] = ['values', 'change', 'end'];

/** @returns Why this cannot be done on this server; undefined: it can. */
export function whyNot({ rights, store }: InspectorView, doing: Doing): string | undefined {
  const missing = rightsFor(doing).find((right) => !rights.may.includes(right));
  if (missing !== undefined) return texts.lacksRight(missing);
  const isAboutAll = doing === 'cut' || doing === 'audit';
  if (isAboutAll && rights.prefix !== '') return texts.onlyPrefix(rights.prefix);
  const changes = doing === 'change' || doing === 'end';
  return changes && store?.readOnly === true ? texts.readOnly : undefined;
}

function rightsFor(doing: Doing): readonly Right[] {
  if (doing === 'reveal') return rightsToReveal;
  return [doing === 'cut' ? 'end' : doing];
}

/** As {@link whyNot}, followed. */
export function useWhyNot({ store }: Inspector, doing: Doing): string | undefined {
  return useStore(store, (view) => whyNot(view, doing));
}

/** Why a request was refused, and what a person can do about it. */
export function refusalTexts(right: Right | undefined, prefix: string) {
  if (right !== undefined) return { why: texts.lacksRight(right), hint: texts.askForRight };
  return { why: texts.onlyPrefix(prefix), hint: texts.askForKey };
}
