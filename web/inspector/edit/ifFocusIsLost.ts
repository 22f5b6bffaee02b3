/** Runs it when the page shows what was done, if the button that did it is gone and the focus with it. */
export function ifFocusIsLost(run: () => void): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) run();
  });
}
