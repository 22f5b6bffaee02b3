const places = { composer: 'composer', log: 'response', sessions: 'sessions' } as const;
const flightMs = 700;

/** Shows a message on its way: from the composer to the log, or from there to the sessions. */
export function flyMessage(name: string, to: 'log' | 'sessions'): void {
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const start = middleOf(to === 'log' ? 'composer' : 'log');
  const end = middleOf(to);
  if (!start || !end) return;
  const chip = document.createElement('div');
  chip.className = 'first-run-flight';
  chip.ariaHidden = 'true';
  chip.translate = false;
  chip.textContent = name;
  document.body.append(chip);
  const at = ({ x, y }: { x: number; y: number }) =>
    `translate(${x}px, ${y}px) translate(-50%, -50%)`;
  const flight = chip.animate(
    [
      { transform: at(start), opacity: 0 },
      { transform: at(start), opacity: 1, offset: 0.15 },
      { transform: at(end), opacity: 1, offset: 0.85 },
      { transform: at(end), opacity: 0 },
    ],
    { duration: flightMs, easing: 'ease-in-out' },
  );
  flight.onfinish = () => chip.remove();
  flight.oncancel = () => chip.remove();
}

/** Of a pane; undefined when it is not shown. */
function middleOf(place: keyof typeof places) {
  const box = document.querySelector(`[data-pane="${places[place]}"]`)?.getBoundingClientRect();
  if (!box || box.width === 0) return undefined;
  return { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 140) };
}
