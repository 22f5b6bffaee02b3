import { useEffect, useRef, type RefObject } from 'react';
import { useStore } from 'zustand';
import type { EntryQueue } from '../store/entryQueue.ts';
import type { ListHandle } from './LogList.tsx';
import { isFailure, noFilter } from '../search/logFilter.ts';
import { viewStateOf } from './logViewState.ts';
import { partsOf } from './messagesOf.ts';
import type { MessageLog } from '../store/messageLog.ts';

interface GoToInput {
  readonly log: MessageLog;
  readonly isNewestFirst: boolean;
  readonly list: RefObject<ListHandle | undefined>;
  readonly onNoFailure: () => void;
}

/** Navigation in the log: to a match of the search, a failure, the request of a reply. */
export function useGoTo({ log, isNewestFirst, list, onNoFailure }: GoToInput) {
  const version = useStore(log.store, (view) => view.version);
  const search = useStore(log.store, (view) => view.filter.search);
  const viewState = viewStateOf(log);
  const match = useStore(viewState.store, (view) => view.match);
  /** An entry that the filter still hides. */
  const wantedId = useRef<number>(undefined);
  const entries = log.visible();
  const down = isNewestFirst ? -1 : 1;

  useEffect(() => {
    const id = wantedId.current;
    if (id === undefined || !log.visible().find(id)) return;
    wantedId.current = undefined;
    list.current?.goTo(id, { isFocused: true });
  }, [version, log, list]);

  const hasMatch = match?.search === search && entries.find(match.id) !== undefined;
  const matchId = hasMatch ? match.id : undefined;
  return {
    matchId,
    /** Counted from the top, from 1. */
    matchPlace: matchId === undefined ? undefined : placeFromTop(entries, matchId, isNewestFirst),
    stepMatch: (step: -1 | 1) => {
      const next = neighbour(entries, matchId, {
        step: step === 1 ? down : -down,
        isWanted: () => true,
      });
      if (next === undefined) return;
      viewState.stepTo({ id: next, search });
      list.current?.goTo(next, { isFocused: false });
    },
    nextFailure: (fromId: number | undefined, step: -1 | 1) => {
      const next = neighbour(entries, fromId, {
        step: step === 1 ? down : -down,
        isWanted: (place) => isFailureAt(log, place),
      });
      if (next === undefined) onNoFailure();
      else list.current?.goTo(next, { isFocused: true });
    },
    /** Shows an entry, without the filter if that hides it. */
    goTo: (id: number) => {
      if (entries.find(id)) {
        list.current?.goTo(id, { isFocused: true });
        return;
      }
      wantedId.current = id;
      log.setFilter(noFilter);
    },
  };
}

function placeFromTop(entries: EntryQueue, id: number, isNewestFirst: boolean): number {
  const place = entries.placeOf(id);
  return isNewestFirst ? entries.length - place : place + 1;
}

function isFailureAt(log: MessageLog, place: number): boolean {
  const entry = log.visible().at(place);
  return entry !== undefined && partsOf(log, entry).some(isFailure);
}

interface Wanted {
  readonly step: number;
  readonly isWanted: (place: number) => boolean;
}

/** The next wanted entry after one, wrapping around at the end; without a start it is the first one. */
function neighbour(
  entries: EntryQueue,
  fromId: number | undefined,
  { step, isWanted }: Wanted,
): number | undefined {
  const count = entries.length;
  const start = step === 1 ? -1 : count;
  const from = fromId === undefined ? start : entries.placeOf(fromId);
  for (let distance = 1; distance <= count + 1; distance += 1) {
    const place = (from + step * distance + 2 * count) % count;
    if (isWanted(place)) return entries.at(place)?.id;
  }
  return undefined;
}
