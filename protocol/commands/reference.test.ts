import { describe, expect, test } from 'vitest';
import { commandNames } from './catalog.ts';
import { membersOf } from '../json/jsonText.ts';
import { readMessage } from '../wire/namedMessage.ts';
import { allStatuses, findCommands, referenceOf, type MemberReference } from './reference.ts';

function flatten(members: readonly MemberReference[]): readonly MemberReference[] {
  return members.flatMap((member) => [member, ...flatten(member.members)]);
}

describe.each(commandNames)('%s', (name) => {
  const { params, reply, example } = referenceOf(name);

  test('has words for every parameter and every member of its reply', () => {
    const wordless = [...flatten(params), ...flatten(reply)].filter(
      ({ label, description }) => label === '' || description === '',
    );
    expect(wordless.map((member) => member.name)).toEqual([]);
  });

  test('says what it means to leave out what may be left out', () => {
    const unsaid = params.filter(({ isRequired, defaultText }) => isRequired !== !defaultText);
    expect(unsaid.map((param) => param.name)).toEqual([]);
  });

  test('shows a reply with the members that it describes', () => {
    const shown = example.reply === undefined ? undefined : readMessage(example.reply);
    const described = reply.map((member) => member.name);
    const unknown = shown ? [...membersOf(shown.body).keys()] : [];
    const isEachKey = described.includes('(each key)');
    expect(unknown.filter((member) => !described.includes(member) && !isEachKey)).toEqual([]);
  });
});

test('the members of an object are listed with it', () => {
  const expiry = referenceOf('SH_NEW').params.find(({ name }) => name === 'expiry');
  expect(expiry?.members.map(({ name, isRequired }) => [name, isRequired])).toEqual([
    ['duration', true],
    ['deleteSession', true],
    ['extendOnSetAdd', false],
    ['extendOnGet', false],
  ]);
});

test('statuses come with their meaning and their cause', () => {
  expect(referenceOf('SH_END').statuses.map(({ code, name }) => [code, name])).toEqual([
    [1, 'Ok'],
    [100, 'SessionNotExist'],
    [101, 'SessionTokenInvalid'],
    [14, 'CommandDisabled'],
    [901, 'StoreUnavailable'],
    [902, 'ReadOnly'],
    [903, 'LimitReached'],
  ]);
  expect(allStatuses.filter(({ meaning, cause }) => !meaning || !cause)).toEqual([]);
});

test('every command can be disabled, and the reference of each says so', () => {
  expect(findCommands('14')).toEqual(commandNames);
  expect(findCommands('CommandDisabled')).toEqual(commandNames);
});

test.each([
  ['', commandNames],
  ['append', ['KV_ARR_APPEND']],
  ['sh_e', ['SH_END', 'SH_END_ALL', 'SH_EXISTS']],
  ['rsp', ['KV_FIND']],
  ['103', ['SH_NEW']],
  ['28', ['KV_CAS']],
  ['10', []],
  ['sessionopenfail', ['SH_OPEN']],
  ['path part', ['KV_UPDATE']],
  ['nothing has this', []],
])('a search for "%s" finds by name, words, parameter or status', (search, found) => {
  expect(findCommands(search)).toEqual(found);
});
