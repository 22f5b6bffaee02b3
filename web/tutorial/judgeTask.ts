import { readMessage } from '../../protocol/wire/namedMessage.ts';
import { substitute } from '../connection/page/substitute.ts';
import { sessionOfVariable } from '../connection/page/variableName.ts';
import type { Variables } from '../connection/page/variables.ts';
import { judge, otherwise, readReply, type Verdict } from './judge.ts';
import type { Goal, Task } from './lesson.ts';
import { texts } from './texts.ts';

/** Sends commands that change nothing. @returns Their replies in order; undefined when there are none. */
export type Ask = (commands: readonly string[]) => Promise<readonly string[] | undefined>;

/** How far a task has come. */
export interface TaskResult {
  /** For each goal, whether it is met. */
  readonly met: readonly boolean[];
  /** Says what is missing first, or that nothing is. */
  readonly verdict: Verdict;
}

/**
 * Asks the server whether the goals of a task are met.
 * @returns undefined when it does not answer.
 */
export async function judgeTask(
  task: Task,
  variables: Variables,
  ask: Ask,
): Promise<TaskResult | undefined> {
  const filled = task.goals.map((goal) => ({ goal, ...substitute(goal.ask.text, variables) }));
  const answerable = filled.filter(({ unresolved }) => unresolved.length === 0);
  const commands = [...new Set(answerable.map(({ text }) => text))];
  const replies = commands.length === 0 ? [] : await ask(commands);
  if (!replies) return undefined;
  const verdicts = filled.map(({ goal, text, unresolved: [lacking] }) =>
    lacking === undefined
      ? judgeGoal(goal, text, replies[commands.indexOf(text)] ?? '')
      : otherwise(withoutSession(lacking)),
  );
  const met = verdicts.map(({ state }) => state === 'passed');
  const missing = verdicts.find(({ state }) => state === 'other');
  return { met, verdict: missing ?? { state: 'passed', say: task.done, notes: [] } };
}

function judgeGoal({ says, check }: Goal, command: string, replyText: string): Verdict {
  const verdict = judge(check, readReply(readMessage(command), replyText));
  if (verdict?.state === 'passed' || (verdict?.state === 'other' && verdict.isHint)) return verdict;
  return otherwise(texts.notYet(says));
}

function withoutSession(variable: string): string {
  const name = sessionOfVariable(variable);
  return name === undefined ? texts.noSessionYet : texts.noNamedSessionYet(name);
}
