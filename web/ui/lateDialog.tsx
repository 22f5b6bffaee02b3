import {
  useContext,
  useLayoutEffect,
  type ComponentType,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { DialogContext, type TypedAhead } from './Dialog.tsx';
import { focusFirst } from './focusFirst.ts';
import { late, lateView } from './late.tsx';
import { uiTexts } from './uiTexts.ts';

const loadTypeAgain = late(() => import('./typeAgain.ts'));

/**
 * The content of a dialog that opens at once and whose code is loaded when it is first shown. What
 * is typed meanwhile goes into its first field, and Enter is pressed once it is there.
 */
export function lateDialogView<Props extends object>(
  importView: () => Promise<ComponentType<Props>>,
) {
  const importContent = async () => {
    const [View, { typeAgain }] = await Promise.all([importView(), loadTypeAgain()]);
    return (props: Props) => (
      <Arrival typeAgain={typeAgain}>
        <View {...props} />
      </Arrival>
    );
  };
  const waiting = <TypeAhead />;
  const frame = (notice: ReactNode) => (notice === waiting ? notice : <Arrival>{notice}</Arrival>);
  return lateView(importContent, { waiting, frame });
}

/** Takes what is typed while the content is loading. */
function TypeAhead() {
  const typedAhead = useContext(DialogContext)?.typedAhead;
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || !typedAhead) return;
    typedAhead.isEntered = true;
    event.currentTarget.readOnly = true;
  };
  return (
    <p className="late-loading" aria-busy>
      {uiTexts.loading}
      <input
        className="visually-hidden"
        aria-label={uiTexts.loading}
        defaultValue={typedAhead?.text}
        autoComplete="off"
        onChange={({ target }) => {
          if (typedAhead) typedAhead.text = target.value;
        }}
        onKeyDown={onKeyDown}
      />
    </p>
  );
}

interface ArrivalProps {
  /** Absent for a notice: it has nothing to write in. */
  readonly typeAgain?: (typedAhead: TypedAhead) => void;
  readonly children: ReactNode;
}

/** Gives the content the focus and what was typed before it was there. */
function Arrival({ typeAgain, children }: ArrivalProps) {
  const open = useContext(DialogContext);
  useLayoutEffect(() => {
    const element = open?.element();
    // On the closing button a person has put it there.
    if (
      !open ||
      !element?.open ||
      element.contains(document.activeElement?.closest('button') ?? null)
    )
      return;
    focusFirst(element);
    // After React has finished this update: it would undo an input in the middle of it.
    queueMicrotask(() => typeAgain?.(open.typedAhead));
  }, [open, typeAgain]);
  return children;
}
