import type { Pattern } from './pattern.ts';
import type { Block } from '../ui/prose/readProse.ts';

/** A lesson as its Markdown file describes it. */
export interface Lesson {
  /** From the title; progress is kept under it. */
  readonly id: string;
  readonly title: string;
  /** One line. */
  readonly summary: string;
  /** Lessons are shown in this order. */
  readonly order: number;
  /** Never empty. */
  readonly steps: readonly Step[];
}

/** One `##` section of a lesson. */
export type Step = ReadingStep | MessageStep | TaskStep;

interface StepBase {
  /** From the heading; unique in its lesson. */
  readonly id: string;
  readonly title: string;
}

/** A step with nothing to send. */
export interface ReadingStep extends StepBase {
  readonly kind: 'reading';
  readonly prose: readonly Block[];
}

/** A step with a message to send and a check of the reply. */
export interface MessageStep extends StepBase {
  readonly kind: 'message';
  /** What stands before the message in the file. */
  readonly before: readonly Block[];
  readonly message: StepMessage;
  readonly check: Check;
  /** What stands after it, mostly about the reply. */
  readonly after: readonly Block[];
}

/** A step with something to bring about, by whatever messages. */
export interface TaskStep extends StepBase {
  readonly kind: 'task';
  /** What stands before the task in the file. */
  readonly before: readonly Block[];
  readonly task: Task;
  readonly after: readonly Block[];
}

/** What the server has to hold in the end. */
export interface Task {
  /** All of them have to be met at once; never empty. */
  readonly goals: readonly Goal[];
  /** Said after "Done: ". */
  readonly done: string;
  /** Messages that meet the goals on an empty server, in this order. Shown on demand. */
  readonly way: readonly StepMessage[];
}

/** One thing that the server has to hold. */
export interface Goal {
  /** What it is, in words. */
  readonly says: string;
  /** Asks the server; changes nothing there. */
  readonly ask: StepMessage;
  /** Of the reply. Its hints say what is missing. */
  readonly check: Check;
}

/** A message as written in the file, `{{tkn}}` and all. */
export interface StepMessage {
  readonly text: string;
  /** Variables with the token of a session that it uses: `tkn`, `tkn:NAME`. */
  readonly tokens: readonly string[];
  /** Its body with any value in the place of each variable; undefined: it has none. */
  readonly pattern: Pattern | undefined;
}

/** When a step counts as done, and what to say about replies. */
export interface Check {
  /** Name of the reply, such as `SH_NEW_RSP`; other replies are none of this step's business. */
  readonly reply: string;
  /** What the request's body must hold; exchanges with others are passed over. */
  readonly request: Pattern | undefined;
  /** A reply counts only while this step is open, or once the steps before it are done. */
  readonly inOrder: boolean;
  /** What the reply's body must hold. */
  readonly match: Pattern;
  /** Said after "Done: ". */
  readonly done: string;
  /** Said when the reply is another one: the first that applies. */
  readonly hints: readonly Hint[];
  /** Said although the step is done: all that apply. */
  readonly notes: readonly Note[];
}

/** Words about a reply. `{keys.colour}` in them stands for that member of the reply. */
export interface Note {
  readonly when: Pattern;
  readonly say: string;
}

/** Words about a reply that is not the expected one, perhaps with a way on. */
export interface Hint extends Note {
  /** Applies only where the page does not know the token, and then also to a reply that matches. */
  readonly isForUnknownToken: boolean;
  readonly offer: Offer | undefined;
  /** Path of a member of the reply, in seconds: when they are over, it is time to run it again. */
  readonly wait: string | undefined;
}

/** A button beside a hint. */
export interface Offer {
  readonly label: string;
  readonly does: 'insert' | 'run';
  readonly message: StepMessage;
}
