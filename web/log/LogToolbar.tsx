import { countFacets } from './search/countFacets.ts';
import { Download, Ellipsis, ListFilter, Pause, Play, Trash2 } from 'lucide-react';
import { useStore } from 'zustand';
import { useActions, type Action } from '../ui/action.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { Menu, type MenuItem } from '../ui/Menu.tsx';
import { showChoices, type Facet, type Show } from './search/logFilter.ts';
import type { MessageLog } from './store/messageLog.ts';
import { number } from '../ui/format.ts';
import { facetLabels, texts, showLabels } from './texts.ts';

interface LogToolbarProps {
  readonly log: MessageLog;
  readonly isNewestFirst: boolean;
  readonly onNewestFirst: (isNewestFirst: boolean) => void;
  readonly onExport: () => void;
  readonly onNextFailure: () => void;
  readonly onSelectAll: () => void;
}

/** What can be done with the whole log. */
export function LogToolbar(props: LogToolbarProps) {
  const { log } = props;
  const { show } = useStore(log.store, (view) => view.filter);
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
      <select
        className="field log-show"
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

/** Up to so many entries the values to filter by are counted before the menu is opened. */
const maxListedElsewhere = 20_000;

/** Filters the log by a command, a session or a status that occurs in it. */
function FilterMenu({ log }: { readonly log: MessageLog }) {
  const { kept } = useStore(log.store, (view) => view.counts);
  const items = (): MenuItem<string>[] => {
    const found = countFacets(log.all()).map((facet) => ({
      id: idOf(facet),
      label: facet.label,
      hint: number(facet.count),
      group: facetLabels[facet.kind],
    }));
    return found.length > 0 ? found : [{ id: '', label: texts.nothingToFilter }];
  };
  const narrowTo = (facet: Facet) => {
    const { facets } = log.store.getState().filter;
    const isThere = facets.some(({ kind, value }) => kind === facet.kind && value === facet.value);
    if (!isThere) log.setFilter({ facets: [...facets, facet] });
  };
  useActions(() => {
    if (kept > maxListedElsewhere) return {};
    const choices = countFacets(log.all()).map((facet): [string, Action] => {
      const label = texts.filterTo(texts.facet(facetLabels[facet.kind], facet.label));
      const run = () => narrowTo(facet);
      return [`log.filter ${idOf(facet)}`, { label, group: texts.response, isFleeting: true, run }];
    });
    return Object.fromEntries(choices);
  }, 'contents');
  return (
    <Menu
      label={texts.filter}
      offered={{ name: 'log.filter', group: texts.response }}
      isIconOnly
      icon={<ListFilter size={15} />}
      items={items}
      onPick={(id) => {
        const facet = countFacets(log.all()).find((each) => idOf(each) === id);
        if (facet) narrowTo(facet);
      }}
    />
  );
}

function idOf({ kind, value }: Facet): string {
  return `${kind}:${value}`;
}

/** Also the names of its actions. */
type MoreChoice = 'newestFirst' | 'newestLast' | 'nextFailure' | 'selectAll';

/** Rarely used actions. */
function MoreMenu(props: LogToolbarProps) {
  const display = texts.display;
  const items: MenuItem<MoreChoice>[] = [
    { id: 'nextFailure', label: texts.nextFailure, hint: 'F', group: texts.find, isPlain: true },
    { id: 'selectAll', label: texts.selectAll, hint: 'Ctrl+A', group: texts.find, isPlain: true },
    props.isNewestFirst
      ? { id: 'newestLast', label: texts.newestLast, group: display, isPlain: true }
      : { id: 'newestFirst', label: texts.newestFirst, group: display, isPlain: true },
  ];
  const act: Readonly<Record<MoreChoice, () => void>> = {
    nextFailure: props.onNextFailure,
    selectAll: props.onSelectAll,
    newestFirst: () => props.onNewestFirst(true),
    newestLast: () => props.onNewestFirst(false),
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
