import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { Prose } from './Prose.tsx';
import { toBlocks, tokensOf } from './readProse.ts';

function htmlOf(markdown: string): string {
  return renderToStaticMarkup(<Prose blocks={toBlocks(tokensOf(markdown))} />);
}

/** Every tag that may be made of a lesson, with all its attributes. React escapes what is text. */
const allowed =
  /<\/?(?:p|h4|table|thead|tbody|tr|td|strong|em|del|ul|ol|li|blockquote)>|<(?:br|hr)\/>|<\/?code>|<th scope="col">|<\/th>|<div class="(?:prose" data-content="true|prose-code|prose-table)">|<\/div>|<pre class="json-view">|<\/pre>|<span class="json-\w+">|<\/span>|<a href="https?:\/\/[^"<>]*" target="_blank" rel="noopener noreferrer">|<\/a>/g;

function leftOver(html: string): string {
  return html.replaceAll(allowed, '');
}

const scraps = [
  '\n',
  '\n\n',
  '\t',
  ' ',
  '\u0000',
  '\u2028',
  '<img src=x onerror=1>',
  '- ',
  '1. ',
  '# ',
]
  .concat('<script> </ javascript: https://a.b " \' ` ``` [ ]( ) ![ < > &lt; &#60;'.split(' '))
  .concat('** _ | --- ~~ data: a \\'.split(' '));

describe('a lesson’s text', () => {
  test('shows emphasis, code, lists, quotes and JSON', () => {
    const html = htmlOf(
      'A **b** *c* ~~d~~ `e<f` \\*\n\n1. x\n2. y\n\n> q\n\n```json\n{"a":1}\n```\n\n---\n',
    );
    expect(html).toBe(
      '<div class="prose" data-content="true"><p>A <strong>b</strong> <em>c</em> <del>d</del> <code>e&lt;f</code> *</p>' +
        '<ol><li><p>x</p></li><li><p>y</p></li></ol><blockquote><p>q</p></blockquote>' +
        '<div class="prose-code"><pre class="json-view">{<span class="json-key">&quot;a&quot;</span>:' +
        '<span class="json-number">1</span>}</pre></div><hr/></div>',
    );
  });

  test('opens web links in a new tab', () => {
    expect(htmlOf('[docs](https://example.org/a?b=1)')).toContain(
      '<a href="https://example.org/a?b=1" target="_blank" rel="noopener noreferrer">docs</a>',
    );
  });

  test.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java&#115;cript:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:x)',
    '[x](//example.org)',
    '[x](/inspect)',
    '[x](#top)',
    '<javascript:alert(1)>',
    'someone@example.org',
    '[x]\n\n[x]: javascript:alert(1)',
  ])('leaves %s a plain text', (markdown) => {
    expect(htmlOf(markdown)).not.toContain('<a');
  });

  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'a <b onclick="x()">b</b>',
    '<svg/onload=alert(1)>',
    '<!-- c --><iframe srcdoc="<script>1</script>">',
    '<style>*{display:none}</style>',
    '[<img src=x onerror=1>](https://example.org)',
    '![<script>](https://example.org/x.png)',
    '```"><script>\n</code></pre><script>1</script>\n```',
    '| a |\n| - |\n| <script>1</script> |',
    '- [x] <input autofocus onfocus=1>',
  ])('shows %s as it is written', (markdown) => {
    const html = htmlOf(markdown);
    expect(leftOver(html)).not.toMatch(/[<>]/);
    expect(html).not.toMatch(/<(?:img|script|svg|iframe|style|input)/);
  });

  test('says what a picture shows, and does not fetch it', () => {
    expect(htmlOf('![A map](https://example.org/map.png)')).toBe(
      '<div class="prose" data-content="true"><p>A map</p></div>',
    );
  });

  test('shows tables; a column without a head has none', () => {
    expect(htmlOf('| a | |\n| - | - |\n| `b` | <i> |')).toBe(
      '<div class="prose" data-content="true"><div class="prose-table"><table>' +
        '<thead><tr><th scope="col">a</th><td></td></tr></thead>' +
        '<tbody><tr><td><code>b</code></td><td>&lt;i&gt;</td></tr></tbody></table></div></div>',
    );
  });

  test('nested too deeply, it is shown as written', () => {
    expect(htmlOf(`${'>'.repeat(200)} deep`)).toContain('&gt;&gt;');
  });

  test('never makes anything but its own elements', () => {
    const scrap = fc.constantFrom(...scraps);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(scrap, fc.string({ maxLength: 3 })), { maxLength: 30 }),
        (written) => {
          expect(leftOver(htmlOf(written.join('')))).not.toMatch(/[<>]/);
        },
      ),
      { numRuns: 300 },
    );
  });
});
