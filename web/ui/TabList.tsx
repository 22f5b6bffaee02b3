import type { KeyboardEvent, ReactNode } from 'react';
import './TabList.css';

interface TabListProps<T extends string> {
  readonly label: string;
  /** `mark` is a small decoration before the label. */
  readonly tabs: readonly { readonly id: T; readonly label: string; readonly mark?: ReactNode }[];
  readonly activeId: T;
  readonly onActivate: (id: T) => void;
  /** Id of the element that shows the active tab's content. */
  readonly panelId: string;
}

/** Tabs with one tab stop; arrows move and activate. The tab of `x` has the id `tab-x`. */
export function TabList<T extends string>(props: TabListProps<T>) {
  const { tabs, activeId, onActivate } = props;
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = tabs.findIndex((tab) => tab.id === activeId);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    onActivate(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  return (
    <div role="tablist" aria-label={props.label} className="tab-list" onKeyDown={move}>
      {tabs.map(({ id, label, mark }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`tab-${id}`}
          className="tab"
          aria-selected={id === activeId}
          aria-controls={props.panelId}
          tabIndex={id === activeId ? 0 : -1}
          title={label}
          onClick={() => onActivate(id)}
        >
          {mark}
          <span>{label}</span>
        </button>
      ))}
    </div>
  );
}
