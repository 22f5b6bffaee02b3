import {
  useEffect,
  useRef,
  useState,
  type DragEvent,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import './TabList.css';

interface ListedTab<T extends string> {
  readonly id: T;
  readonly label: string;
  /** A small decoration before the label. */
  readonly mark?: ReactNode;
  /** After the label; part of the tab's name. */
  readonly badge?: ReactNode;
  /** A label that a person gave is no text of ours to translate. */
  readonly isData?: boolean;
}

/** What tabs that a person arranges can do. */
export interface TabArranging<T extends string> {
  /** To the place that the tab at this index has now. */
  readonly onMove: (id: T, toIndex: number) => void;
  readonly onRename: (id: T) => void;
  /** A hint for those who look for it. */
  readonly hint: string;
}

interface TabListProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly ListedTab<T>[];
  readonly activeId: T;
  readonly onActivate: (id: T) => void;
  /** Id of the element that shows the active tab's content. */
  readonly panelId: string;
  /** Tabs can be dragged, moved with Alt+Shift+arrows and renamed with F2 or a double click. */
  readonly arranging?: TabArranging<T>;
}

/** Tabs with one tab stop; arrows move and activate. The tab of `x` has the id `tab-x`. */
export function TabList<T extends string>(props: TabListProps<T>) {
  const { tabs, activeId, onActivate, arranging } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);
  const drag = useTabDrag(tabs, arranging);
  const activeIndex = tabs.findIndex((tab) => tab.id === activeId);
  const goTo = (index: number) => {
    const next = tabs[(index + tabs.length) % tabs.length];
    if (!next) return;
    onActivate(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOf(event.key);
    if (arranging && arrange(event, step)) event.preventDefault();
    if (step === 0 || event.altKey) return;
    goTo(activeIndex + step);
    event.preventDefault();
  };
  /** @returns Whether the key meant that. */
  const arrange = (event: KeyboardEvent, step: number) => {
    if (event.key === 'F2') arranging?.onRename(activeId);
    else if (event.altKey && event.shiftKey && step !== 0) {
      const to = Math.min(tabs.length - 1, Math.max(0, activeIndex + step));
      arranging?.onMove(activeId, to);
    } else return false;
    return true;
  };
  return (
    <div
      role="tablist"
      aria-label={props.label}
      className="tab-list"
      ref={list}
      onKeyDown={onKeyDown}
    >
      {tabs.map(({ id, label, mark, badge, isData }, index) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`tab-${id}`}
          className={drag.overIndex === index ? 'tab is-drop-target' : 'tab'}
          aria-selected={id === activeId}
          aria-controls={props.panelId}
          tabIndex={id === activeId ? 0 : -1}
          title={arranging ? `${label}\n${arranging.hint}` : label}
          onClick={() => onActivate(id)}
          onDoubleClick={() => arranging?.onRename(id)}
          {...drag.handlers(index)}
        >
          {mark}
          <span translate={isData ? 'no' : undefined}>{label}</span>
          {badge}
        </button>
      ))}
    </div>
  );
}

function stepOf(key: string): number {
  return key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
}

function useTabDrag<T extends string>(
  tabs: readonly ListedTab<T>[],
  arranging: TabArranging<T> | undefined,
) {
  const [dragged, setDragged] = useState<T>();
  const [overIndex, setOverIndex] = useState<number>();
  const end = () => {
    setDragged(undefined);
    setOverIndex(undefined);
  };
  const handlers = (index: number) => {
    if (!arranging) return {};
    return {
      draggable: true,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.effectAllowed = 'move';
        setDragged(tabs[index]?.id);
      },
      onDragOver: (event: DragEvent) => {
        if (dragged === undefined) return;
        event.preventDefault();
        setOverIndex(index);
      },
      onDrop: (event: DragEvent) => {
        event.preventDefault();
        if (dragged !== undefined) arranging.onMove(dragged, index);
        end();
      },
      onDragEnd: end,
    };
  };
  return { overIndex, handlers };
}
