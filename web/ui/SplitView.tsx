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
  /** The room it has until a bar is moved; without it an even share. */
  readonly room?: PaneRoom;
  /** CSS pixels, such as `240px`. */
  readonly minSize: string;
}

type PaneRoom =
  /** A CSS length. The other panes share the rest. */
  | { readonly kind: 'fixed'; readonly size: string }
  /** A part of what is left, in proportion to the others. */
  | { readonly kind: 'share'; readonly share: number }
  /** As high as what it shows, up to half. */
  | { readonly kind: 'content' };

const evenShare = { kind: 'share', share: 1 } as const;

interface SplitViewProps {
  readonly orientation: 'horizontal' | 'vertical';
  readonly panes: readonly Pane[];
  readonly memory?: PaneMemory;
  /** The one pane that is shown: it has all the room, and the others keep their state. */
  readonly alone?: string | undefined;
}

const stepPx = 16;
const bigStepPx = 96;

/** Panes beside or above one another, with bars between them that mouse and arrow keys move. */
export function SplitView({ orientation, panes, memory, alone }: SplitViewProps) {
  const [sizes, setSizes] = useSizes(memory);
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
          {index > 0 && alone === undefined && (
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
            data-pane={pane.id}
            hidden={alone !== undefined && alone !== pane.id}
            {...placePane(alone === undefined ? pane : { ...pane, room: evenShare }, {
              orientation,
              chosen: alone === undefined ? sizes.get(pane.id) : undefined,
            })}
          >
            {pane.content}
          </div>
        </Fragment>
      ))}
    </div>
  );
}

/** The sizes of panes that were moved. Those of another memory take their place when it comes. */
function useSizes(memory: PaneMemory | undefined) {
  const [name, setName] = useState(memory?.name);
  const [sizes, setSizes] = useState<PaneSizes>(() => memory?.read() ?? new Map());
  if (name !== memory?.name) {
    setName(memory?.name);
    setSizes(memory?.read() ?? new Map());
  }
  return [sizes, setSizes] as const;
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
      title={uiTexts.resizeHint}
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
  /** Pixels of a fixed pane, the share of another one. */
  readonly chosen: number | undefined;
}

/** How a pane is placed among the others. */
function placePane({ room = evenShare, minSize }: Pane, { orientation, chosen }: Placing) {
  const min = orientation === 'horizontal' ? { minWidth: minSize } : { minHeight: minSize };
  const style: CSSProperties = { flex: flexOf(room, chosen), ...min };
  const isAsContent = room.kind === 'content' && chosen === undefined;
  return { className: isAsContent ? 'split-pane is-as-content' : 'split-pane', style };
}

function flexOf(room: PaneRoom, chosen: number | undefined): string {
  switch (room.kind) {
    case 'fixed':
      return `0 1 ${chosen === undefined ? room.size : `${chosen}px`}`;
    case 'share':
      return `${chosen ?? room.share} 1 0px`;
    case 'content':
      return chosen === undefined ? '0 1 auto' : `${chosen} 1 0px`;
  }
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
    for (const pane of panesIn(element)) observer.observe(pane);
    return () => observer.disconnect();
  }, [view, orientation, ids, sizes]);
  return measured;
}

function measure(view: HTMLElement | null, { orientation, panes }: Layout): MeasuredPane[] {
  const elements = view ? panesIn(view) : [];
  return panes.map(({ id, minSize, room }, index) => {
    const box = elements[index]?.getBoundingClientRect();
    const sizePx = (orientation === 'horizontal' ? box?.width : box?.height) ?? 0;
    return { id, sizePx, minPx: Number.parseFloat(minSize), isFixed: room?.kind === 'fixed' };
  });
}

function panesIn(view: HTMLElement): Element[] {
  return [...view.children].filter((each) => each.matches('.split-pane'));
}
