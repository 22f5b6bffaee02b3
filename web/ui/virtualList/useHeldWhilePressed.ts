import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** On touch screens a click comes in a task of its own, after the finger has been lifted. */
const clickDelayMs = 50;

/** A longer press stops holding the rows. */
const maxPressMs = 2_000;

type Scroller = RefObject<HTMLElement | null>;

/**
 * What a list shows stays as it is while a row of it is pressed. A browser gives no click to a row that has moved
 * between press and release.
 */
export function useHeldWhilePressed<T>(scroller: Scroller, latest: T): T {
  const [isPressed, setPressed] = useState(false);
  const press = useCallback(() => {
    setPressed(true);
    return () => setPressed(false);
  }, []);
  usePresses(scroller, press);
  const shown = useRef(latest);
  useLayoutEffect(() => {
    if (!isPressed) shown.current = latest;
  });
  return isPressed ? shown.current : latest;
}

/**
 * Reports presses of the main button or a finger on what an element contains.
 * @param onPress Must stay the same function. What it returns is called when the press is over.
 */
export function usePresses(scroller: Scroller, onPress: (target: Element) => () => void): void {
  useEffect(() => {
    const element = scroller.current;
    let timer: number | undefined;
    let end: (() => void) | undefined;
    const endNow = () => {
      window.clearTimeout(timer);
      end?.();
      end = undefined;
    };
    const endIn = (ms: number) => {
      window.clearTimeout(timer);
      timer = window.setTimeout(endNow, ms);
    };
    const press = ({ target, button }: PointerEvent) => {
      // The scroll bar belongs to the element itself.
      if (button !== 0 || target === element || !(target instanceof Element)) return;
      endNow();
      end = onPress(target);
      endIn(maxPressMs);
    };
    const release = () => {
      if (end) endIn(clickDelayMs);
    };
    element?.addEventListener('pointerdown', press);
    window.addEventListener('pointerup', release);
    window.addEventListener('pointercancel', release);
    return () => {
      endNow();
      element?.removeEventListener('pointerdown', press);
      window.removeEventListener('pointerup', release);
      window.removeEventListener('pointercancel', release);
    };
  }, [scroller, onPress]);
}
