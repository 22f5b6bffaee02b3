import fc from 'fast-check';

/** A text as somebody may write it, and as it is kept. */
export interface Written {
  readonly sent: string;
  readonly kept: string;
}

const numbers = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.stringMatching(/^(?:0|[1-9]\d{0,25})$/),
    fc.stringMatching(/^(?:\.\d{1,25})?$/),
    fc.stringMatching(/^(?:[eE][+-]?\d{1,5})?$/),
  )
  .map((parts) => parts.join(''));
const oddNames = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  '10',
  '9',
  '-1',
  '',
  'tkn',
);
const space = fc.stringMatching(/^[ \t\r\n]{0,2}$/);
const spelledOut = (text: string) =>
  Array.from(
    { length: text.length },
    (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
/** A string in its plain spelling, or all in escapes. */
const stringToken = fc
  .tuple(fc.oneof(oddNames, fc.string({ unit: 'binary' })), fc.boolean())
  .map(([text, isSpelled]) => (isSpelled ? `"${spelledOut(text)}"` : JSON.stringify(text)));
const scalar = fc
  .oneof(fc.constantFrom('null', 'true', 'false'), numbers, stringToken)
  .map((text): Written => ({ sent: text, kept: text }));

/** JSON with white space, repeated members and every spelling of numbers and strings. */
export const { written } = fc.letrec<{ written: Written }>((tie) => ({
  written: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.tuple(space, fc.array(tie('written'), { maxLength: 4 })).map(([gap, items]): Written => {
      const [sent, kept] = [items.map((item) => item.sent), items.map((item) => item.kept)];
      return { sent: `[${gap}${sent.join(`${gap},${gap}`)}${gap}]`, kept: `[${kept.join(',')}]` };
    }),
    fc
      .tuple(space, fc.array(fc.tuple(stringToken, tie('written')), { maxLength: 4 }))
      .map(([gap, members]): Written => {
        const sent = members.map(([name, each]) => `${name}${gap}:${gap}${each.sent}`);
        const firstAt = (token: string) =>
          members.findIndex(([name]) => JSON.parse(name) === JSON.parse(token));
        const kept = members
          .filter(([name], at) => firstAt(name) === at)
          .map(([name, each]) => `${name}:${each.kept}`);
        return { sent: `{${gap}${sent.join(`${gap},${gap}`)}${gap}}`, kept: `{${kept.join(',')}}` };
      }),
  ),
}));
