import { Download, Ellipsis, ListFilter, Pause, Play, Trash2 } from 'lucide-react';
import { useStore } from 'zustand';
import { IconButton } from '../ui/Button.tsx';
import { Menu, type MenuItem } from '../ui/Menu.tsx';
import { showChoices, type Show } from './search/logFilter.ts';
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
      <IconButton
        label={isPaused ? texts.resume : texts.pause}
        icon={isPaused ? <Play size={15} /> : <Pause size={15} />}
        aria-pressed={isPaused}
        onClick={() => (isPaused ? log.resume() : log.pause())}
      />
      <IconButton
        label={texts.export}
        title={texts.exportHint}
        icon={<Download size={15} />}
        disabled={kept === 0}
        onClick={props.onExport}
      />
      <IconButton
        label={texts.clear}
        title={texts.clearHint}
        icon={<Trash2 size={15} />}
        disabled={kept === 0}
        onClick={() => log.clear()}
      />
      <MoreMenu {...props} />
    </div>
  );
}

/** Entries up to which the values to filter by are counted without anybody having opened the menu. */
const maxListedElsewhere = 20_000;

/** Narrows the log to a command, a session or a status that occurs in it. */
function FilterMenu({ log }: { readonly log: MessageLog }) {
  const { kept } = useStore(log.store, (view) => view.counts);
  const items = (): MenuItem<string>[] => {
    const found = log.facets().map(({ kind, value, label, count }) => ({
      id: `${kind}:${value}`,
      label,
      hint: number(count),
      group: facetLabels[kind],
    }));
    return found.length > 0 ? found : [{ id: '', label: texts.nothingToFilter }];
  };
  const pick = (id: string) => {
    const facet = log.facets().find(({ kind, value }) => `${kind}:${value}` === id);
    const { facets } = log.store.getState().filter;
    const isThere = facets.some(({ kind, value }) => `${kind}:${value}` === id);
    if (facet && !isThere) log.setFilter({ facets: [...facets, facet] });
  };
  return (
    <Menu
      label={texts.filter}
      isIconOnly
      icon={<ListFilter size={15} />}
      items={items}
      onPick={pick}
      nameElsewhere={({ id, label, group = '' }) =>
        id === '' || kept > maxListedElsewhere
          ? undefined
          : texts.filterTo(texts.facet(group, label))
      }
    />
  );
}

type MoreChoice = 'first' | 'last' | 'failure' | 'all';

/** What is wanted now and then. */
function MoreMenu(props: LogToolbarProps) {
  const display = texts.display;
  const items: MenuItem<MoreChoice>[] = [
    { id: 'failure', label: texts.nextFailure, hint: 'F', group: texts.find, isPlain: true },
    { id: 'all', label: texts.selectAll, hint: 'Ctrl+A', group: texts.find, isPlain: true },
    props.isNewestFirst
      ? { id: 'last', label: texts.newestLast, group: display, isPlain: true }
      : { id: 'first', label: texts.newestFirst, group: display, isPlain: true },
  ];
  const act: Readonly<Record<MoreChoice, () => void>> = {
    failure: props.onNextFailure,
    all: props.onSelectAll,
    first: () => props.onNewestFirst(true),
    last: () => props.onNewestFirst(false),
  };
  return (
    <Menu
      label={texts.more}
      isIconOnly
      icon={<Ellipsis size={15} />}
      items={items}
      onPick={(id) => act[id]()}
      nameElsewhere={({ label }) => label}
    />
  );
}
