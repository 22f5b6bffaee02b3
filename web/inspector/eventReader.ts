import {
  readInspectionEvent,
  readInspectionEventInSteps,
  type InspectionEvent,
} from '../../protocol/inspection/events.ts';
import { longTextLength } from '../../protocol/steps.ts';

/** Length of a slice: half of a frame of the page. */
const sliceMs = 8;

/** Reads frames in the order in which they came, long ones in slices: the page stays responsive. */
export class EventReader {
  readonly #onEvent: (event: InspectionEvent | undefined, text: string) => void;
  #waiting: string[] = [];
  #isOver = false;

  /** @param onEvent Gets undefined for a text that is no event. */
  constructor(onEvent: (event: InspectionEvent | undefined, text: string) => void) {
    this.#onEvent = onEvent;
  }

  take(text: string): void {
    if (this.#waiting.length === 0 && text.length < longTextLength) {
      this.#onEvent(readInspectionEvent(text), text);
      return;
    }
    this.#waiting.push(text);
    if (this.#waiting.length === 1) void this.#readWaiting();
  }

  /** Nothing more is wanted of it. */
  end(): void {
    this.#isOver = true;
    this.#waiting = [];
  }

  async #readWaiting(): Promise<void> {
    for (let text = this.#waiting[0]; text !== undefined; text = this.#waiting[0]) {
      const event = await this.#read(text);
      if (this.#isOver) return;
      this.#waiting.shift();
      this.#onEvent(event, text);
    }
  }

  async #read(text: string): Promise<InspectionEvent | undefined> {
    const steps = readInspectionEventInSteps(text);
    let endsMs = performance.now() + sliceMs;
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      if (performance.now() < endsMs) continue;
      await nextTurn();
      if (this.#isOver) return undefined;
      endsMs = performance.now() + sliceMs;
    }
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
