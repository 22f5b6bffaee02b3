import { countFacets } from './search/countFacets.ts';
import { Download, Ellipsis, ListFilter, Pause, Play, Trash2 } from 'lucide-react';
import { useStore } from 'zustand';
import { useActions, type Action } from '../ui/action.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Menu, type MenuItem } from '../ui/Menu.tsx';
import { showChoices, type Facet, type Show } from './search/logFilter.ts';
import type { RowKind } from './store/exchangePairs.ts';
import type { MessageLog } from './store/messageLog.ts';
import { rowsOf } from './list/messagesOf.ts';
import { number } from '../ui/format.ts';
import { facetLabels, onlyLabels, showLabels, texts } from './texts.ts';

interface LogToolbarProps {
  readonly log: MessageLog;
  readonly isNewestFirst: boolean;
  readonly onNewestFirst: (isNewestFirst: boolean) => void;
  readonly onRowKind: (rowKind: RowKind) => void;
  readonly onExport: () => void;
  readonly onNextFailure: () => void;
  readonly onSelectAll: () => void;
}

/** What can be done with the whole log. */
export function LogToolbar(props: LogToolbarProps) {
  const { log } = props;
  const { kept } = useStore(log.store, (view) => view.counts);
  const isPaused = useStore(log.store, (view) => view.arrivedWhilePaused !== undefined);
  const group = texts.response;
  const isEnabled = () => kept > 0;
  const pause: Action = {
    label: isPaused ? texts.resume : texts.pause,
    group,
    run: () => (isPaused ? log.resume() : log.pause()),
  };
  const exportRows: Action = { label: texts.export, group, isEnabled, run: props.onExport };
  const clear: Action = { label: texts.clear, group, isEnabled, run: () => log.clear() };
  useActions(() => ({ 'log.pause': pause, 'log.export': exportRows, clearMessages: clear }));
  return (
    <div className="log-tools">
      <ShowChoice log={log} />
      <FilterMenu log={log} />
      <ActionButton
        action={pause}
        icon={isPaused ? <Play size={15} /> : <Pause size={15} />}
        aria-pressed={isPaused}
      />
      <ActionButton action={exportRows} title={texts.exportHint} icon={<Download size={15} />} />
      <ActionButton action={clear} title={texts.clearHint} icon={<Trash2 size={15} />} />
      <MoreMenu {...props} />
    </div>
  );
}

/**
 * The first choices of the filter as a list of its own. It is not seen, and no stop of the Tab key:
 * `docs/automation.md` promises it by this name.
 */
function ShowChoice({ log }: { readonly log: MessageLog }) {
  const show = useStore(log.store, (view) => view.filter.show);
  return (
    <select
      className="visually-hidden"
      tabIndex={-1}
      aria-label={texts.show}
      value={show}
      onChange={(event) => log.setFilter({ show: event.target.value as Show })}
    >
      {showChoices.map((choice) => (
        <option key={choice} value={choice}>
          {showLabels[choice]}
        </option>
      ))}
    </select>
  );
}

/** Up to so many entries the values to filter by are counted before the menu is opened. */
const maxListedElsewhere = 20_000;

/** A thing that the filter can be narrowed to. */
interface FilterChoice extends MenuItem<string> {
  readonly toggle: () => void;
}

/** Filters the log by what went wrong, the direction, and every command, session and status in it. */
function FilterMenu({ log }: { readonly log: MessageLog }) {
  const { kept } = useStore(log.store, (view) => view.counts);
  const filter = useStore(log.store, (view) => view.filter);
  useActions(() => {
    if (kept > maxListedElsewhere) return {};
    const choices = filterChoices(log).map(({ id, group, label, toggle }): [string, Action] => {
      const what = group === undefined ? label : texts.filterTo(texts.facet(group, label));
      return [
        `log.filter ${id}`,
        { label: what, group: texts.response, isFleeting: true, run: toggle },
      ];
    });
    return Object.fromEntries(choices);
  }, 'contents');
  return (
    <Menu
      label={texts.filter}
      offered={{ name: 'log.filter', group: texts.response }}
      icon={<ListFilter size={15} />}
      items={() => filterChoices(log)}
      checked={new Set([`show:${filter.show}`, ...filter.facets.map(idOf)])}
      onPick={(id) =>
        filterChoices(log)
          .find((each) => each.id === id)
          ?.toggle()
      }
    />
  );
}

/** Those that occur in the log, and those that are on. */
function filterChoices(log: MessageLog): FilterChoice[] {
  const { show, facets } = log.store.getState().filter;
  const kinds = onlyShown.map((choice): FilterChoice => {
    const next = show === choice ? 'all' : choice;
    const toggle = () => log.setFilter({ show: next });
    return { id: `show:${choice}`, label: onlyLabels[choice], isPlain: true, toggle };
  });
  const found = countFacets(rowsOf(log)).map((facet): FilterChoice => {
    const others = facets.filter((each) => idOf(each) !== idOf(facet));
    const next = others.length < facets.length ? others : [...facets, facet];
    return {
      id: idOf(facet),
      label: facet.label,
      hint: number(facet.count),
      group: facetLabels[facet.kind],
      toggle: () => log.setFilter({ facets: next }),
    };
  });
  return [...kinds, ...found];
}

const onlyShown = ['failures', 'sent', 'received', 'connection'] as const;

function idOf({ kind, value }: Facet): string {
  return `${kind}:${value}`;
}

/** Also the names of its actions. */
type MoreChoice = 'newestFirst' | 'newestLast' | 'nextFailure' | 'selectAll' | 'oneRow' | 'twoRows';

/** Rarely used actions. */
function MoreMenu(props: LogToolbarProps) {
  const display = texts.display;
  const rowKind = useStore(props.log.store, (view) => view.rowKind);
  const items: MenuItem<MoreChoice>[] = [
    { id: 'nextFailure', label: texts.nextFailure, hint: 'F', group: texts.find, isPlain: true },
    { id: 'selectAll', label: texts.selectAll, hint: 'Ctrl+A', group: texts.find, isPlain: true },
    props.isNewestFirst
      ? { id: 'newestLast', label: texts.newestLast, group: display, isPlain: true }
      : { id: 'newestFirst', label: texts.newestFirst, group: display, isPlain: true },
    rowKind === 'exchange'
      ? { id: 'twoRows', label: texts.twoRows, group: display, isPlain: true }
      : { id: 'oneRow', label: texts.oneRow, group: display, isPlain: true },
  ];
  const act: Readonly<Record<MoreChoice, () => void>> = {
    nextFailure: props.onNextFailure,
    selectAll: props.onSelectAll,
    newestFirst: () => props.onNewestFirst(true),
    newestLast: () => props.onNewestFirst(false),
    oneRow: () => props.onRowKind('exchange'),
    twoRows: () => props.onRowKind('message'),
  };
  useActions(() =>
    Object.fromEntries(
      items.map(({ id, label }): [string, Action] => [
        `log.${id}`,
        { label, group: texts.response, run: act[id] },
      ]),
    ),
  );
  return (
    <Menu
      label={texts.more}
      offered={{ name: 'log.more', group: texts.response }}
      isIconOnly
      icon={<Ellipsis size={15} />}
      items={items}
      onPick={(id) => act[id]()}
    />
  );
}
