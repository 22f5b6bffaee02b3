import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** On touch screens a click comes in a task of its own, after the finger has been lifted. */
const clickDelayMs = 50;

/** A button that is kept down longer no longer holds the rows. */
const maxPressMs = 2_000;

/**
 * What a list shows stays as it is while a row of it is pressed. A browser gives no click to a row that has moved
 * between press and release.
 */
export function useHeldWhilePressed<T>(scroller: RefObject<HTMLElement | null>, latest: T): T {
  const isPressed = useIsPressed(scroller);
  const shown = useRef(latest);
  useLayoutEffect(() => {
    if (!isPressed) shown.current = latest;
  });
  return isPressed ? shown.current : latest;
}

/** Whether the main button, or a finger, is down on what an element contains. */
function useIsPressed(scroller: RefObject<HTMLElement | null>): boolean {
  const [isPressed, setPressed] = useState(false);
  useEffect(() => {
    const element = scroller.current;
    let timer: number | undefined;
    const releaseIn = (ms: number) => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => setPressed(false), ms);
    };
    const press = ({ target, button }: PointerEvent) => {
      // The scroll bar belongs to the element itself.
      if (button !== 0 || target === element) return;
      setPressed(true);
      releaseIn(maxPressMs);
    };
    const release = () => {
      if (timer !== undefined) releaseIn(clickDelayMs);
    };
    element?.addEventListener('pointerdown', press);
    window.addEventListener('pointerup', release);
    window.addEventListener('pointercancel', release);
    return () => {
      window.clearTimeout(timer);
      element?.removeEventListener('pointerdown', press);
      window.removeEventListener('pointerup', release);
      window.removeEventListener('pointercancel', release);
    };
  }, [scroller]);
  return isPressed;
}
