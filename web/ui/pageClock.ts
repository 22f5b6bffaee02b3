/** Unix time in milliseconds that never jumps back. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

/** @returns Stops it. */
export function setTimer(run: () => void, delayMs: number): () => void {
  const timer = window.setTimeout(run, delayMs);
  return () => window.clearTimeout(timer);
}

/** A hidden page gets no frames; recording continues with a timer. */
export function onNextFrame(run: () => void): void {
  if (document.hidden) window.setTimeout(run, 100);
  else requestAnimationFrame(run);
}

/** WebSocket address of the server that the page came from. */
export function homeUrl(): string {
  const { protocol, host } = window.location;
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}`;
}
