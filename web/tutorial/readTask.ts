import { catalog, isCommandName, type CommandName } from '../../protocol/commands/catalog.ts';
import type { AnyCommand } from '../../protocol/commands/defineCommand.ts';
import { listOf, object, optional, string, value } from '../../protocol/codec/codec.ts';
import type { Decoded } from '../../protocol/codec/codec.ts';
import { prettyJson } from '../../protocol/json/prettyJson.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import { ok, refused, type Result } from '../../protocol/result.ts';
import { replyNameOf } from '../../protocol/wire/replyName.ts';
import { readRequest } from '../../protocol/wire/request.ts';
import type { Check, Goal, StepMessage, Task } from './lesson.ts';
import { patternReader, toMessage } from './readCheck.ts';

const goalShape = object({
  goal: string,
  ask: value,
  match: value,
  hints: optional(listOf(object({ when: value, say: string }))),
});
const taskShape = object({ goals: listOf(goalShape), done: string, way: listOf(value) });

/**
 * Reads a `json task` block.
 * @returns The task, or one sentence about the first fault.
 */
export function readTask(text: string): Result<Task, string> {
  const json = readJson(text);
  if (!json.ok) return refused(`The task is not JSON: ${json.refusal.message}`);
  const read = taskShape.read(json.value);
  if (!read) {
    return refused(
      'The task needs goals, done and way; goals are lists of {goal, ask, match, hints?}, hints of {when, say}',
    );
  }
  if (read.goals.length === 0 || read.way.length === 0) {
    return refused('The task needs at least one goal, and at least one message in its way');
  }
  const goals: Goal[] = [];
  for (const each of read.goals) {
    const goal = toGoal(each);
    if (!goal.ok) return goal;
    goals.push(goal.value);
  }
  const way = read.way.map((each) => toMessage(prettyJson(each)));
  const fault = way.flatMap((message) => wayFault(message) ?? []).at(0);
  return fault === undefined ? ok({ goals, done: read.done, way }) : refused(fault);
}

function toGoal({ goal: says, ...read }: Decoded<typeof goalShape>): Result<Goal, string> {
  const ask = toMessage(prettyJson(read.ask));
  const request = readRequest(ask.text);
  if (!request.ok) return refused(`"${says}" does not ask with a command`);
  const { name } = request.value;
  if (!isCommandName(name) || hasEffect(name)) {
    return refused(`"${says}" asks with ${name}, which changes something`);
  }
  const { pattern, firstFault } = patternReader();
  const check: Check = {
    reply: replyNameOf(name),
    request: undefined,
    inOrder: false,
    match: pattern(read.match),
    done: says,
    hints: (read.hints ?? []).map(({ when, say }) => ({
      when: pattern(when),
      say,
      isForUnknownToken: false,
      offer: undefined,
      wait: undefined,
    })),
    notes: [],
  };
  const fault = firstFault();
  return fault === undefined ? ok({ says, ask, check }) : refused(`In "${says}": ${fault}`);
}

/** Also on time: asking must not extend a session. */
function hasEffect(name: CommandName): boolean {
  const { isMutating, extendsWith, needsPersistence }: AnyCommand = catalog[name];
  return isMutating || extendsWith !== undefined || needsPersistence === true;
}

function wayFault({ text }: StepMessage): string | undefined {
  const request = readRequest(text);
  return request.ok ? undefined : `The way has a message that is no command: ${text}`;
}
