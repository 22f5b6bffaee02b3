import type { Token, Tokens } from 'marked';
import { readRequest } from '../../protocol/wire/request.ts';
import { replyNameOf } from '../../protocol/wire/replyName.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import { ok, refused, type Result } from '../../protocol/result.ts';
import { readFrontMatter } from './frontMatter.ts';
import type { Lesson, MessageStep, Step } from './lesson.ts';
import { toBlocks, tokensOf, type Block } from '../ui/prose/readProse.ts';
import { slugOf } from '../ui/slugOf.ts';
import { readCheck, toMessage } from './readCheck.ts';
import { readTask } from './readTask.ts';

/** What is wrong with a lesson file, and where. */
export interface LessonFault {
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

/** Longest lesson that is read, in characters. */
export const maxLessonLength = 64 * 1024;

/**
 * Reads a lesson: front matter, then one `##` heading for each step. In a step, a `json step` block
 * is its message and a `json check` block says when the step is done; a `json task` block instead
 * asks for a result. The rest is prose. `docs/lessons.md` describes the format.
 * @returns The lesson, or everything that is wrong with it.
 */
export function parseLesson(markdown: string): Result<Lesson, readonly LessonFault[]> {
  if (markdown.length > maxLessonLength) {
    return refused([{ line: 1, message: `A lesson has at most ${maxLessonLength} characters` }]);
  }
  const lines = markdown.replaceAll(/\r\n?/g, '\n').split('\n');
  const front = readFrontMatter(lines);
  if (!front.ok) return refused([{ line: 1, message: front.refusal }]);
  const { title, summary, order, lineCount } = front.value;
  const body = lines.slice(lineCount).join('\n');
  if (isTooNested(body)) {
    const message = `More than ${maxMarks} signs of Markdown in one paragraph`;
    return refused([{ line: lineCount + 1, message }]);
  }
  const faults: LessonFault[] = [];
  const placed = placeTokens(body, lineCount + 1);
  const steps = toSections(placed, faults).flatMap((section) => toStep(section, faults));
  faults.push(...repeatedTitles(steps, lineCount));
  if (steps.length === 0 && faults.length === 0) {
    faults.push({ line: lineCount + 1, message: 'A lesson needs at least one ## step' });
  }
  if (faults.length > 0) return refused(faults);
  return ok({ id: slugOf(title), title, summary, order, steps });
}

/**
 * Most signs of Markdown in one paragraph. Thousands of them, nested, keep the Markdown reader
 * busy for seconds and then exhaust its stack.
 */
export const maxMarks = 500;

function isTooNested(body: string): boolean {
  const paragraphs = body.split(/\n[ \t]*\n/);
  return paragraphs.some((each) => each.replaceAll(/[^*_~>[.)-]/g, '').length > maxMarks);
}

/** A token and the line it starts on. */
interface PlacedToken {
  readonly token: Token;
  readonly line: number;
}

function placeTokens(body: string, firstLine: number): PlacedToken[] {
  let line = firstLine;
  const placed: PlacedToken[] = [];
  for (const token of tokensOf(body)) {
    placed.push({ token, line });
    line += token.raw.split('\n').length - 1;
  }
  return placed;
}

/** A `##` heading and what follows it. */
interface Section {
  readonly title: string;
  readonly line: number;
  readonly tokens: PlacedToken[];
}

function toSections(placed: readonly PlacedToken[], faults: LessonFault[]): Section[] {
  const sections: Section[] = [];
  for (const { token, line } of placed) {
    const current = sections.at(-1);
    if (isHeading(token) && token.depth === 2) {
      sections.push({ title: token.text, line, tokens: [] });
    } else if (isHeading(token) && token.depth === 1) {
      faults.push({
        line,
        message: 'The title belongs into the front matter, steps start with ##',
      });
    } else if (current) {
      current.tokens.push({ token, line });
    } else if (token.type !== 'space') {
      faults.push({ line, message: 'Text before the first ## step' });
    }
  }
  return sections;
}

function isHeading(token: Token): token is Tokens.Heading {
  return token.type === 'heading';
}

function isCode(token: Token): token is Tokens.Code {
  return token.type === 'code';
}

type Report = (message: string, line?: number) => void;

function toStep(section: Section, faults: LessonFault[]): Step[] {
  const { title, tokens } = section;
  const report: Report = (message, line = section.line) => {
    faults.push({ line, message: `Step "${title}": ${message}` });
  };
  const id = slugOf(title);
  if (id === '') report('the heading needs letters or digits');
  const blocks = pickBlocks(tokens, report);
  if (id === '' || !blocks) return [];
  const { message, check, task } = blocks;
  const main = message ?? task;
  if (!main) return [{ kind: 'reading', id, title, prose: toProse(tokens) }];
  const prose = tokens.filter(({ token }) => token !== check?.token);
  const at = prose.findIndex(({ token }) => token === main.token);
  const base = {
    id,
    title,
    before: toProse(prose.slice(0, at)),
    after: toProse(prose.slice(at + 1)),
  };
  const step = readStep(base, blocks);
  if (step.ok) return [step.value];
  report(step.refusal, main.line);
  return [];
}

type StepFrame = Pick<MessageStep, 'id' | 'title' | 'before' | 'after'>;

function readStep(frame: StepFrame, { message, check, task }: StepBlocks): Result<Step, string> {
  if (task) {
    const read = readTask(task.token.text);
    return read.ok ? ok({ kind: 'task', ...frame, task: read.value }) : read;
  }
  const parts = readParts(message?.token.text ?? '', check?.token.text ?? '');
  return parts.ok ? ok({ kind: 'message', ...frame, ...parts.value }) : parts;
}

function toProse(placed: readonly PlacedToken[]): Block[] {
  return toBlocks(placed.map(({ token }) => token));
}

interface PlacedCode {
  readonly token: Tokens.Code;
  readonly line: number;
}

/** The blocks that make a step more than prose: a message with its check, or a task, or none. */
interface StepBlocks {
  readonly message: PlacedCode | undefined;
  readonly check: PlacedCode | undefined;
  readonly task: PlacedCode | undefined;
}

const blockNames = ['json step', 'json check', 'json task'];

function pickBlocks(placed: readonly PlacedToken[], report: Report): StepBlocks | undefined {
  const blocks = placed.flatMap(({ token, line }) => (isCode(token) ? [{ token, line }] : []));
  const named = (name: string) => blocks.filter(({ token }) => token.lang === name);
  const [[message, secondMessage], [check, secondCheck], [task, secondTask]] = [
    named('json step'),
    named('json check'),
    named('json task'),
  ];
  const unknown = blocks.find(({ token }) => isUnknownBlock(token));
  const faults: readonly (readonly [PlacedCode | false | undefined, string])[] = [
    [unknown, `no such block as "${unknown?.token.lang}"`],
    [
      task && (secondTask ?? message ?? check),
      'a task stands alone, without a message or a second task',
    ],
    [secondMessage ?? secondCheck, 'one message and one check at most'],
    [!check && message, 'a message without a check'],
    [!message && check, 'a check without a message'],
  ];
  const fault = faults.find(([block]) => block);
  if (!fault) return { message, check, task };
  const [block, words] = fault;
  report(words, block ? block.line : undefined);
  return undefined;
}

/** `json` alone is an example to read; another word after it is most likely a slip. */
function isUnknownBlock({ lang }: Tokens.Code): boolean {
  return /^json\s/.test(lang ?? '') && !blockNames.includes(lang ?? '');
}

function readParts(
  messageText: string,
  checkText: string,
): Result<Pick<MessageStep, 'message' | 'check'>, string> {
  const json = readJson(messageText);
  if (!json.ok) return refused(`the message is not JSON: ${json.refusal.message}`);
  const request = readRequest(messageText);
  if (!request.ok) return refused(`the message is no command (${request.refusal.status})`);
  const message = toMessage(messageText);
  const check = readCheck(checkText, message);
  if (!check.ok) return check;
  const replyName = replyNameOf(request.value.name);
  if (check.value.reply !== replyName) {
    return refused(`the check waits for ${check.value.reply}, the message gets ${replyName}`);
  }
  return ok({ message, check: check.value });
}

function repeatedTitles(steps: readonly Step[], line: number): LessonFault[] {
  const ids = steps.map((step) => step.id);
  return steps
    .filter((step, index) => ids.indexOf(step.id) !== index)
    .map((step) => ({ line, message: `Two steps are called "${step.title}"` }));
}
