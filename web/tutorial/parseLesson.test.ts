import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxLessonLength, maxMarks, parseLesson } from './parseLesson.ts';

const front = '---\ntitle: Count & keep\nsummary: One line\norder: 7\n---\n';
const fence = '```';
const message = `${fence}json step\n{"SH_INFO_ALL": {}}\n${fence}\n`;
const check = `${fence}json check
{"reply": "SH_INFO_ALL_RSP", "match": {"totalKeys": {"$atLeast": 1}}, "done": "fine"}
${fence}
`;

function lessonOf(markdown: string) {
  const parsed = parseLesson(markdown);
  if (!parsed.ok) throw new Error(parsed.refusal.map((fault) => fault.message).join());
  return parsed.value;
}

function faultsOf(markdown: string): readonly string[] {
  const parsed = parseLesson(markdown);
  return parsed.ok ? [] : parsed.refusal.map(({ line, message: words }) => `${line}: ${words}`);
}

describe('a lesson', () => {
  test('has its title, summary, order and an id from the title', () => {
    const { id, title, summary, order } = lessonOf(`${front}\n## One\n\nWords.`);
    expect({ id, title, summary, order }).toEqual({
      id: 'count-keep',
      title: 'Count & keep',
      summary: 'One line',
      order: 7,
    });
  });

  test('has one step for each heading; without a message it is for reading', () => {
    const { steps } = lessonOf(
      `${front}\n## First\n\nBefore.\n\n${message}\n${check}\nAfter.\n\n## Second\n\nRead.`,
    );
    expect(steps).toMatchObject([
      {
        kind: 'message',
        id: 'first',
        before: [{ kind: 'paragraph', children: [{ text: 'Before.' }] }],
        message: { text: '{"SH_INFO_ALL": {}}', tokens: [] },
        check: { reply: 'SH_INFO_ALL_RSP', done: 'fine', hints: [], notes: [] },
        after: [{ kind: 'paragraph', children: [{ text: 'After.' }] }],
      },
      { kind: 'reading', id: 'second', title: 'Second' },
    ]);
  });

  test('may be written with the line ends of any system', () => {
    const text = `${front}\n## First\n\n${message}\n${check}`;
    expect(lessonOf(text.replaceAll('\n', '\r\n'))).toEqual(lessonOf(text));
  });

  test('knows which messages need a token', () => {
    const { steps } = lessonOf(
      `${front}\n## A\n\n${message.replace('{"SH_INFO_ALL": {}}', '{"SH_INFO":{"tkn":"{{tkn}}"}}')}\n${check.replace('SH_INFO_ALL', 'SH_INFO')}`,
    );
    expect(steps).toMatchObject([{ message: { tokens: ['tkn'] } }]);
  });

  test('lists the sessions whose tokens a message needs', () => {
    const { steps } = lessonOf(
      `${front}\n## A\n\n${message.replace('{"SH_INFO_ALL": {}}', '{"SH_EXISTS":{"tkns":["{{tkn:a}}","{{tkn}}","{{other}}"]}}')}\n${check.replace('SH_INFO_ALL', 'SH_EXISTS')}`,
    );
    expect(steps).toMatchObject([{ message: { tokens: ['tkn:a', 'tkn'] } }]);
  });

  test('may offer another message than its own, to be run', () => {
    const offering = check.replace(
      '"done"',
      '"hints": [{"when": {}, "say": "No.", "offer": {"label": "Make one", "does": "run", "message": {"SH_NEW":{"name":"a"}}}}, {"when": {}, "say": "No.", "offer": {"label": "Again"}}], "done"',
    );
    expect(lessonOf(`${front}\n## A\n\n${message}\n${offering}`).steps).toMatchObject([
      {
        check: {
          hints: [
            {
              offer: {
                does: 'run',
                message: { text: '{\n  "SH_NEW": {\n    "name": "a"\n  }\n}' },
              },
            },
            { offer: { does: 'insert', message: { text: '{"SH_INFO_ALL": {}}' } } },
          ],
        },
      },
    ]);
  });
});

const goal = '{"goal": "Full", "ask": {"SH_INFO_ALL": {}}, "match": {"totalKeys": 1}}';
const task = `${fence}json task\n{"goals": [${goal}], "done": "fine", "way": [{"SH_NEW": {"name": "a"}}]}\n${fence}\n`;

describe('a task', () => {
  test('has goals with what to ask the server, and a way', () => {
    const { steps } = lessonOf(`${front}\n## A\n\nBefore.\n\n${task}\nAfter.`);
    expect(steps).toMatchObject([
      {
        kind: 'task',
        before: [{ kind: 'paragraph', children: [{ text: 'Before.' }] }],
        task: {
          goals: [{ says: 'Full', check: { reply: 'SH_INFO_ALL_RSP', done: 'Full', hints: [] } }],
          done: 'fine',
          way: [{ text: '{\n  "SH_NEW": {\n    "name": "a"\n  }\n}' }],
        },
        after: [{ kind: 'paragraph', children: [{ text: 'After.' }] }],
      },
    ]);
  });

  test.each(['KV_SET', 'KV_GET', 'SH_SAVE'])('cannot ask with %s, which has an effect', (name) => {
    const asking = task.replace('SH_INFO_ALL', name);
    expect(faultsOf(`${front}\n## A\n\n${asking}`)).toEqual([
      `9: Step "A": "Full" asks with ${name}, which changes something`,
    ]);
  });
});

describe('a faulty lesson says what is wrong, and where', () => {
  const step = (blocks: string) => `${front}\n## A\n\n${blocks}`;
  test.each([
    ['# Hello', '1: A lesson starts with title, summary and order between two lines of ---'],
    ['---\ntitle: A\nsummary: B\n---\n## A', '1: The order is missing'],
    [
      '---\ntitle: A\nsummary: B\norder: -1\n---\n## A',
      '1: order must be a whole number, got "-1"',
    ],
    ['---\ntitle: A\nauthor: B\n---\n## A', '1: Expected title, summary or order, got "author: B"'],
    [front, '6: A lesson needs at least one ## step'],
    [`${front}\nHello\n\n## A`, '7: Text before the first ## step'],
    [`${front}\n# A\n\n## B`, '7: The title belongs into the front matter, steps start with ##'],
    [`${front}\n## A\n\n## a!`, '5: Two steps are called "a!"'],
    [`${front}\n## ...`, '7: Step "...": the heading needs letters or digits'],
    [step(message), '9: Step "A": a message without a check'],
    [step(check), '9: Step "A": a check without a message'],
    [step(`${message}\n${check}\n${message}`), '17: Step "A": one message and one check at most'],
    [step(message.replace('step', 'stp')), '9: Step "A": no such block as "json stp"'],
    [
      step(message.replace('{}', '{')) + check,
      '9: Step "A": the message is not JSON: Expected "," or "}" after the member',
    ],
    [
      step(message.replace('SH_INFO_ALL', 'SH_WHAT')) + check,
      '9: Step "A": the message is no command (CommandNotExist)',
    ],
    [
      step(message) + check.replace('SH_INFO_ALL_RSP', 'SH_INFO_RSP'),
      '9: Step "A": the check waits for SH_INFO_RSP, the message gets SH_INFO_ALL_RSP',
    ],
    [
      step(message) + check.replace('"done"', '"hnits"'),
      '9: Step "A": The check needs reply, match and done; hints are lists of {when, say, isForUnknownToken?, offer?, wait?}, notes of {when, say}, an offer is {label, does?, message?}',
    ],
    [
      step(message) + check.replace('"done"', '"hnits": [], "done"'),
      '9: Step "A": The check cannot have "hnits"',
    ],
    [
      step(message) + check.replace('$atLeast', '$least'),
      '9: Step "A": In the check: $least is no operator; there are $any, $atLeast, $oneOf, $not',
    ],
    [
      step(message) + check.replace('{"$atLeast": 1}', '{"$atLeast": "1"}'),
      '9: Step "A": In the check: $atLeast cannot be "1"',
    ],
    [
      step(message) + check.replace('{"$atLeast": 1}', '{"$atLeast": 1, "st": 1}'),
      '9: Step "A": In the check: $atLeast must be the only member of its object',
    ],
    [
      step(`${task}\n${task}`),
      '13: Step "A": a task stands alone, without a message or a second task',
    ],
    [
      step(`${task}\n${message}\n${check}`),
      '13: Step "A": a task stands alone, without a message or a second task',
    ],
    [
      step(task.replace('"done"', '"odne"')),
      '9: Step "A": The task needs goals, done and way; goals are lists of {goal, ask, match, hints?}, hints of {when, say}',
    ],
    [
      step(task.replace(goal, '')),
      '9: Step "A": The task needs at least one goal, and at least one message in its way',
    ],
    [
      step(task.replace('SH_INFO_ALL', 'SH_WHAT')),
      '9: Step "A": "Full" does not ask with a command',
    ],
    [
      step(task.replace('"totalKeys": 1', '"totalKeys": {"$least": 1}')),
      '9: Step "A": In "Full": $least is no operator; there are $any, $atLeast, $oneOf, $not',
    ],
    [
      step(task.replace('SH_NEW', 'SH_NOW')),
      '9: Step "A": The way has a message that is no command: {\n  "SH_NOW": {\n    "name": "a"\n  }\n}',
    ],
    ['x'.repeat(maxLessonLength + 1), `1: A lesson has at most ${maxLessonLength} characters`],
    ...['>', '- ', '*a **b ', '~~a _b ', '1. '].map((mark): [string, string] => [
      `${front}\n## A\n\n${mark.repeat(6000)}`,
      `6: More than ${maxMarks} signs of Markdown in one paragraph`,
    ]),
  ])('%#', (markdown, fault) => {
    expect(faultsOf(markdown)).toEqual([fault]);
  });

  test('as many signs as are allowed are read', () => {
    const nested = (mark: string) => `${front}\n## A\n\n${mark.repeat(maxMarks / mark.length)} a`;
    for (const mark of ['>', '-', '*', '_a', '[']) expect(faultsOf(nested(mark))).toEqual([]);
  });

  test('and all of it at once', () => {
    expect(faultsOf(`${front}\n## A\n\n${message}\n## B\n\n${check}`)).toHaveLength(2);
  });

  test('whatever the text, the answer is a lesson or a list of faults', () => {
    const scrap = fc.constantFrom(
      '---\n',
      '## ',
      fence,
      'json step',
      'json check',
      'json task',
      '\n',
      '{',
      'a',
    );
    fc.assert(
      fc.property(fc.array(scrap), fc.string({ unit: 'grapheme' }), (scraps, text) => {
        const parsed = parseLesson(front + scraps.join('') + text);
        expect(parsed.ok ? parsed.value.steps : parsed.refusal).not.toEqual([]);
      }),
    );
  });
});
