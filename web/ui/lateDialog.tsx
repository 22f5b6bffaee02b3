import {
  useContext,
  useLayoutEffect,
  type ComponentType,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { DialogContext, type TypedAhead } from './Dialog.tsx';
import { focusFirst, isField } from './focusFirst.ts';
import { lateView } from './late.tsx';
import { messages } from './uiMessages.ts';

/**
 * The content of a dialog that opens at once and whose code is loaded when it is first shown. What
 * is typed meanwhile goes into its first field, and Enter is pressed once it is there.
 */
export function lateDialogView<Props extends object>(
  importView: () => Promise<ComponentType<Props>>,
) {
  const importContent = async () => {
    const View = await importView();
    return (props: Props) => (
      <Arrival>
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
      {messages.loading}
      <input
        className="visually-hidden"
        aria-label={messages.loading}
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

/** Gives the content the focus and what was typed before it was there. */
function Arrival({ children }: { readonly children: ReactNode }) {
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
    queueMicrotask(() => typeAgain(open.typedAhead));
  }, [open]);
  return children;
}

function typeAgain(typedAhead: TypedAhead): void {
  const { text, isEntered } = typedAhead;
  Object.assign(typedAhead, { text: '', isEntered: false });
  const focused = document.activeElement;
  // Unlike a new value, this is an input to whoever listens, and can be undone.
  if (isField(focused) && text !== '') document.execCommand('insertText', false, text);
  const isButton = focused instanceof HTMLButtonElement;
  if (!isEntered && !(isButton && text.includes(' '))) return;
  const form = focused?.closest('form');
  if (form) form.requestSubmit();
  else if (isButton) focused.click();
}
