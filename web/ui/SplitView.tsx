import {
  Fragment,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import {
  barPosition,
  resizePanes,
  type MeasuredPane,
  type PaneMemory,
  type PaneSizes,
} from './resizePanes.ts';
import { uiTexts } from './uiTexts.ts';
import './SplitView.css';

/** One part of a {@link SplitView}. */
export interface Pane {
  readonly id: string;
  /** What the bar before it is called after. */
  readonly label: string;
  readonly content: ReactNode;
  /** CSS length to begin with; without it the pane shares the room. */
  readonly size?: string;
  /** CSS pixels, such as `240px`. */
  readonly minSize: string;
  /** Keeps its pixels when the window changes; the other panes share the rest. */
  readonly isFixed?: boolean;
}

interface SplitViewProps {
  readonly orientation: 'horizontal' | 'vertical';
  readonly panes: readonly Pane[];
  readonly memory?: PaneMemory;
}

const stepPx = 16;
const bigStepPx = 96;

/** Panes beside or above one another, with bars between them that mouse and arrow keys move. */
export function SplitView({ orientation, panes, memory }: SplitViewProps) {
  const [sizes, setSizes] = useState<PaneSizes>(() => memory?.read() ?? new Map());
  const view = useRef<HTMLDivElement>(null);
  const idPrefix = useId();
  const measured = useMeasured(view, { orientation, panes, sizes });
  const move = (index: number, byPx: number) => {
    const moved = resizePanes(measure(view.current, { orientation, panes }), { index, byPx });
    const next = new Map([...sizes, ...moved]);
    setSizes(next);
    memory?.write(next);
  };
  const reset = (index: number) => {
    const touched = new Set([panes[index]?.id, panes[index + 1]?.id]);
    const next = new Map([...sizes].filter(([id]) => !touched.has(id)));
    setSizes(next);
    memory?.write(next);
  };
  return (
    <div ref={view} className={`split-view is-${orientation}`}>
      {panes.map((pane, index) => (
        <Fragment key={pane.id}>
          {index > 0 && (
            <SplitBar
              orientation={orientation}
              label={uiTexts.resize(pane.label)}
              controls={`${idPrefix}${panes[index - 1]?.id ?? ''}`}
              position={barPosition(measured, index - 1)}
              onMove={(byPx) => move(index - 1, byPx)}
              onReset={() => reset(index - 1)}
            />
          )}
          <div
            id={`${idPrefix}${pane.id}`}
            className="split-pane"
            style={paneStyle(pane, { orientation, size: sizes.get(pane.id) })}
          >
            {pane.content}
          </div>
        </Fragment>
      ))}
    </div>
  );
}

interface SplitBarProps {
  readonly orientation: 'horizontal' | 'vertical';
  readonly label: string;
  readonly controls: string;
  readonly position: number;
  readonly onMove: (byPx: number) => void;
  readonly onReset: () => void;
}

function SplitBar({ orientation, label, controls, position, onMove, onReset }: SplitBarProps) {
  const isHorizontal = orientation === 'horizontal';
  /** Where the bar was grasped, and then where the pointer last took it. */
  const grasp = useRef<number>(undefined);
  const along = (event: PointerEvent) => (isHorizontal ? event.clientX : event.clientY);
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    grasp.current = along(event);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (grasp.current === undefined) return;
    // From the bar's own place, not the last pointer's: beyond an end it waits for the pointer.
    const box = event.currentTarget.getBoundingClientRect();
    const at = isHorizontal ? box.left : box.top;
    onMove(Math.round(along(event) - at));
  };
  const release = () => (grasp.current = undefined);
  const onKeyDown = (event: KeyboardEvent) => {
    const byPx = stepOf(event, isHorizontal);
    if (byPx === undefined) return;
    event.preventDefault();
    onMove(byPx);
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-controls={controls}
      // A bar between panes that stand side by side stands upright.
      aria-orientation={isHorizontal ? 'vertical' : 'horizontal'}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={position}
      className={`split-bar is-${orientation}`}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onLostPointerCapture={release}
      onKeyDown={onKeyDown}
      onDoubleClick={onReset}
    />
  );
}

function stepOf({ key, shiftKey }: KeyboardEvent, isHorizontal: boolean): number | undefined {
  const step = shiftKey ? bigStepPx : stepPx;
  if (key === (isHorizontal ? 'ArrowLeft' : 'ArrowUp')) return -step;
  if (key === (isHorizontal ? 'ArrowRight' : 'ArrowDown')) return step;
  if (key === 'Home') return -Infinity;
  return key === 'End' ? Infinity : undefined;
}

interface Placing {
  readonly orientation: 'horizontal' | 'vertical';
  readonly size: number | undefined;
}

function paneStyle({ size, minSize, isFixed }: Pane, placing: Placing): CSSProperties {
  const chosen = placing.size;
  const fixedPx = chosen === undefined ? size : `${chosen}px`;
  const min = placing.orientation === 'horizontal' ? { minWidth: minSize } : { minHeight: minSize };
  if (isFixed && fixedPx !== undefined) return { flex: `0 1 ${fixedPx}`, ...min };
  return { flex: `${chosen ?? 1} 1 0px`, ...min };
}

type Layout = Pick<SplitViewProps, 'orientation' | 'panes'>;

/** Sizes as they are on screen, also after the window has changed. */
function useMeasured(
  view: RefObject<HTMLDivElement | null>,
  { orientation, panes, sizes }: Layout & { readonly sizes: PaneSizes },
): readonly MeasuredPane[] {
  const [measured, setMeasured] = useState<readonly MeasuredPane[]>([]);
  const layout = useRef<Layout>({ orientation, panes });
  layout.current = { orientation, panes };
  const ids = panes.map(({ id }) => id).join(' ');
  useLayoutEffect(() => {
    const element = view.current;
    if (!element) return undefined;
    const look = () => setMeasured(measure(element, layout.current));
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [view, orientation, ids, sizes]);
  return measured;
}

function measure(view: HTMLElement | null, { orientation, panes }: Layout): MeasuredPane[] {
  const elements = [...(view?.children ?? [])].filter((each) => each.matches('.split-pane'));
  return panes.map(({ id, minSize }, index) => {
    const box = elements[index]?.getBoundingClientRect();
    const sizePx = (orientation === 'horizontal' ? box?.width : box?.height) ?? 0;
    return { id, sizePx, minPx: Number.parseFloat(minSize) };
  });
}
