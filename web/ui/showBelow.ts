const edgePx = 8;

/** Lifts a popover above everything, where no panel cuts it off, with its right edge at the button's. */
export function showBelow(button: HTMLElement, popover: HTMLElement): void {
  const { bottom, right } = button.getBoundingClientRect();
  popover.showPopover();
  const left = Math.max(edgePx, right - popover.offsetWidth);
  popover.style.left = `${left}px`;
  popover.style.top = `${bottom + edgePx / 2}px`;
  popover.style.maxHeight = `${window.innerHeight - bottom - 2 * edgePx}px`;
}
