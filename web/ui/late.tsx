import { Component, useEffect, useState, type ComponentType, type ReactNode } from 'react';
import { Button } from './Button.tsx';
import { uiTexts } from './uiTexts.ts';

/** A part of the page whose code is loaded when it is first needed. */
export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | {
      readonly state: 'failed';
      readonly retry: () => void;
      /** The server is there, but not this part: a page from before an update needs a reload. */
      readonly isOutdated: boolean;
    };

/** Stylesheets that could not be loaded. Vite asks for each only once, even when it failed. */
const lostStyles = new Set<HTMLLinkElement>();
if (typeof window !== 'undefined') {
  const onError = ({ target }: Event) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') lostStyles.add(target);
  };
  window.addEventListener('error', onError, { capture: true });
}

function reloadStyles(): Promise<unknown> {
  const reloaded = [...lostStyles].map(
    (link) =>
      new Promise((resolve, reject) => {
        const copy = link.cloneNode();
        copy.addEventListener('load', resolve);
        copy.addEventListener('error', () => reject(new Error('A stylesheet did not load')));
        lostStyles.delete(link);
        link.replaceWith(copy);
      }),
  );
  return Promise.all(reloaded);
}

/**
 * Loads code later: the only place where `import()` may stand is in its argument.
 * @returns Loads it, the same one each time. After a failure the next call tries again.
 */
export function late<T>(importPart: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  const load = async () => {
    await reloadStyles();
    return importPart();
  };
  return () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    }));
}

/** Whether the server hands out this page. */
async function isServerThere(): Promise<boolean> {
  const answer = await fetch(window.location.pathname, { method: 'HEAD', cache: 'no-store' });
  return answer.ok;
}

/** @param load As made by {@link late}; the same function at every render. */
export function useLate<T>(load: () => Promise<T>): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' });
  const [attempt, setAttempt] = useState(1);
  useEffect(() => {
    let isWanted = true;
    const set = (next: Loaded<T>) => isWanted && setLoaded(next);
    const retry = () => {
      setLoaded({ state: 'loading' });
      setAttempt(attempt + 1);
    };
    load().then(
      (value) => set({ state: 'ready', value }),
      async () => {
        set({ state: 'failed', retry, isOutdated: false });
        // Some browsers remember a failed import, and an updated server has other files.
        const isOutdated = attempt > 1 && (await isServerThere().catch(() => false));
        if (isOutdated) set({ state: 'failed', retry, isOutdated });
      },
    );
    return () => {
      isWanted = false;
    };
  }, [load, attempt]);
  return loaded;
}

interface Place {
  /** Around what stands in until the part is there, so that its place stays. */
  readonly frame?: ((notice: ReactNode) => ReactNode) | undefined;
  /** Shown while it is loading. */
  readonly waiting?: ReactNode;
}

interface LatePartProps<T> extends Place {
  readonly loaded: Loaded<T>;
  readonly children: (part: T) => ReactNode;
}

/** A part once it is loaded, or what stands in its place. */
export function LatePart<T>({ loaded, frame, waiting, children }: LatePartProps<T>) {
  if (loaded.state === 'ready') {
    return <FaultBoundary frame={frame}>{children(loaded.value)}</FaultBoundary>;
  }
  const notice = loaded.state === 'failed' ? <FailedNotice {...loaded} /> : waiting;
  return frame ? frame(notice) : notice;
}

/** A view whose code is loaded when it is first shown. */
export function lateView<Props extends object>(
  importView: () => Promise<ComponentType<Props>>,
  { frame, waiting = <p className="late-loading">{uiTexts.loading}</p> }: Place = {},
): ((props: Props) => ReactNode) & { readonly load: () => Promise<unknown> } {
  let known: ComponentType<Props> | undefined;
  const load = late(async () => (known = await importView()));
  function LateView(props: Props) {
    const loaded = useLate(load);
    return (
      <LatePart loaded={known ? { state: 'ready', value: known } : loaded} {...{ frame, waiting }}>
        {(View) => <View {...props} />}
      </LatePart>
    );
  }
  return Object.assign(LateView, { load });
}

interface FailedNoticeProps {
  readonly retry: () => void;
  readonly isOutdated?: boolean;
  /** Absent: it could not be loaded. */
  readonly text?: string;
}

/** Stands in the place of a part that is missing, and offers the way back. */
function FailedNotice({ retry, isOutdated = false, text }: FailedNoticeProps) {
  return (
    <div className="late-failed">
      <p role="alert">
        {text ?? `${uiTexts.notLoaded} ${isOutdated ? '' : uiTexts.isServerThere}`}
      </p>
      <Button onClick={retry}>{uiTexts.retry}</Button>
      {isOutdated && <Button onClick={() => window.location.reload()}>{uiTexts.reloadPage}</Button>}
    </div>
  );
}

interface FaultBoundaryProps extends Pick<Place, 'frame'> {
  readonly children: ReactNode;
}

/** Keeps a fault in one part of the page away from all others. */
export class FaultBoundary extends Component<FaultBoundaryProps, { readonly isFaulty: boolean }> {
  override state = { isFaulty: false };

  static getDerivedStateFromError() {
    return { isFaulty: true };
  }

  override render() {
    const { children, frame = (notice) => notice } = this.props;
    if (!this.state.isFaulty) return children;
    const retry = () => this.setState({ isFaulty: false });
    return frame(<FailedNotice retry={retry} text={uiTexts.partFaulty} />);
  }
}
