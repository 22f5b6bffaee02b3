import { kindOf, membersOf } from '../../protocol/json/jsonText.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import type { TestClient } from '../server/testServer.ts';

/** A request of a block, and its reply if the block has that as well. */
interface Example {
  readonly request: string;
  readonly reply: string | undefined;
}

/** What examples talk about, so that they can be carried out. */
const keys =
  '{"colour":"teal","sizes":[1,2],"otp":"381022","visits":7,"seats":4,"profile":{"teams":[]},' +
  '"car":{"wheels":[{"psi":20},{"psi":25}]},"cars":[{"seats":4},{"seats":2},{"seats":1},{"seats":5}]}';

/** The tokens of examples: each stands for the session that is there. */
const exampleToken = /(?<="tkn":\s*")(?:775|<T>|\d{19,20})(?=")|(?<="tkns":\s*\[")775(?=")/g;

/** Sends the requests of a block to a server that has what they are about. Throws for a wrong reply. */
export async function sendExamples(text: string, client: TestClient): Promise<void> {
  await client.ask('{"SH_END_ALL":{}}');
  const token = await client.newSession(
    '{"name":"cart","expiry":{"duration":60,"deleteSession":true}}',
  );
  await client.ask('{"SH_NEW":{"name":"defaults","shared":true}}');
  await client.ask(`{"KV_SET":{"tkn":"${token}","keys":${keys}}}`);
  await client.ask('{"SH_SAVE":{"name":"nightly"}}');
  for (const { request, reply } of examplesIn(text)) {
    const sent = request.replaceAll(exampleToken, token);
    const answer = await client.ask(sent);
    if (reply === undefined) refuseRefusal(sent, answer);
    else compare(sent, { answer, documented: reply });
  }
}

function examplesIn(text: string): readonly Example[] {
  const examples: { request: string; reply: string | undefined }[] = [];
  for (const message of messagesIn(text)) {
    const last = examples.at(-1);
    if (!nameOf(message).endsWith('_RSP')) examples.push({ request: message, reply: undefined });
    // A second reply to one request is another one that it may have.
    else if (last && last.reply === undefined) last.reply = message;
  }
  if (examples.length === 0) throw new Error('There is no message in this block');
  return examples;
}

/** Objects that follow each other, with white space and arrows between them. */
function messagesIn(text: string): readonly string[] {
  const messages: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const end = endOfObject(rest);
    messages.push(rest.slice(0, end));
    rest = rest.slice(end).replace(/^[\s→]+/, '');
  }
  return messages;
}

function endOfObject(text: string): number {
  let depth = 0;
  for (const { 0: part, index } of text.matchAll(/"(?:\\.|[^"\\])*"|[{}]/g)) {
    if (part === '{') depth += 1;
    if (part === '}') depth -= 1;
    if (depth === 0) return index + part.length;
  }
  throw new Error(`An object has no end: ${text}`);
}

/** Same name, same members, same status; values depend on time and tokens. */
function compare(
  request: string,
  { answer, documented }: { readonly answer: string; readonly documented: string },
): void {
  const [given, said] = [outlineOf(answer), outlineOf(documented)];
  if (given !== said) throw new Error(`${request}\nis answered ${given}\nand not      ${said}`);
}

/** `KV_SET_RSP keys{colour:20 sizes:20} tkn`: what does not depend on time and tokens. */
function outlineOf(message: string): string {
  const name = nameOf(message);
  return `${name} ${membersOutline(bodyOf(message), name)}`;
}

function membersOutline(json: string, command: string): string {
  const members = [...membersOf(read(json))].map(([name, value]) => {
    if (kindOf(value) === 'object') return `${name}{${membersOutline(value, command)}}`;
    if (!isStatus(name, value, command)) return name;
    // Whether a key is new depends on what was stored before.
    return `${name}:${value === '21' ? '20' : value}`;
  });
  return members.toSorted().join(' ');
}

function isStatus(name: string, value: string, command: string): boolean {
  if (name === 'st') return true;
  return /^KV_(?:SET|ADD|RMV)/.test(command) && /^2\d$/.test(value);
}

/** An example is one that works. */
function refuseRefusal(request: string, answer: string): void {
  const body = membersOf(read(bodyOf(answer)));
  if (body.has('m')) throw new Error(`${request}\nis refused: ${answer}`);
}

function nameOf(message: string): string {
  return [...membersOf(read(message)).keys()][0] ?? '';
}

function bodyOf(message: string): string {
  return [...membersOf(read(message)).values()][0] ?? '{}';
}

function read(text: string) {
  const json = readJson(text);
  if (!json.ok) throw new Error(`This is no JSON: ${text}`);
  return json.value;
}
