import { expect, test } from 'vitest';
import { findEntries, snippetOf, wordsIn } from './browser/findEntries.ts';
import { renderSite } from './renderSite.tsx';

const assets = { script: '/docs/assets/a.js', style: '/docs/assets/a.css' };
const start =
  '# Docs\n\n## Guides\n\n- [One](one.md): first\n- [Decisions](adr/)\n- [Begin](../web/tutorial/lessons/01-begin.md)\n';
const one = '# One\n\n## A heading, twice\n\nwords\n\n## A heading, twice\n';
const decision = '# 1. Text\n\n## Why\n';

/** A small site, with some pages in place of these or beside them. */
function siteOf(pages: Readonly<Record<string, string>> = {}) {
  const texts = { 'docs/README.md': start, 'docs/one.md': one, 'docs/adr/0001-text.md': decision };
  const existing = ['docs/images/a.png', 'docs/adr/', 'server/main.ts'];
  return renderSite({
    texts: new Map(Object.entries({ ...texts, ...pages })),
    lessons: new Map([['web/tutorial/lessons/01-begin.md', 'Begin: here']]),
    exists: (path) => existing.includes(path),
    assets,
  });
}

const faultsOf = (markdown: string) =>
  siteOf({ 'docs/one.md': `# One\n\n${markdown}` }).faults.map(({ message }) => message);

test('each page has its address, its title and the contents with itself marked', () => {
  const { pages, faults } = siteOf();
  expect(faults).toEqual([]);
  expect([...pages.keys()]).toEqual(['/docs', '/docs/one', '/docs/adr/0001-text', '/docs/adr']);
  const html = pages.get('/docs/one') ?? '';
  expect(html).toMatch(/^<!doctype html><html lang="en">/);
  expect(html).toContain('<title>One – Seshdeck documentation</title>');
  expect(html.match(/aria-current="page"/g)).toHaveLength(1);
  expect(html).toContain('<a href="/docs/one" aria-current="page">One</a>');
  expect(pages.get('/docs/adr/0001-text')).toContain('<a href="/docs/adr" aria-current="true">');
});

test('links lead to pages of the site, to lessons in the console, and to the web', () => {
  const links = '[a](one.md#a-heading-twice-1) [b](https://example.org) [d](adr/0001-text.md#why)';
  const { pages, faults } = siteOf({ 'docs/README.md': `${start}\n${links}\n` });
  expect(faults).toEqual([]);
  const html = pages.get('/docs') ?? '';
  expect(html).toContain('<a href="/docs/one#a-heading-twice-1">a</a>');
  expect(html).toContain('<a href="https://example.org" rel="noreferrer">b</a>');
  expect(html).toContain('<a href="/docs/adr/0001-text#why">d</a>');
  expect(html).toContain('<a href="/#lesson=begin-here">Begin</a>');
});

test('pictures are copied; a source of the program is named and not linked', () => {
  const page = '# One\n\n![A](images/a.png) [the `main`](../server/main.ts)\n';
  const { pages, copied, faults } = siteOf({ 'docs/one.md': page });
  expect(faults).toEqual([]);
  expect([...copied]).toEqual(['docs/images/a.png']);
  expect(pages.get('/docs/one')).toContain(
    '<img src="/docs/images/a.png" alt="A" loading="lazy"/> the <code>main</code>',
  );
});

test.each([
  ['[x](two.md)', 'nothing at two.md'],
  ['[x](README.md#nope)', 'no heading for README.md#nope'],
  ['[x](#nope)', 'no heading for #nope'],
  ['![x](images/b.png)', 'no picture at images/b.png'],
  ['![x](../server/main.ts)', 'no picture at ../server/main.ts'],
  ['[x](javascript:alert(1))', 'nothing at javascript:alert(1)'],
  ['# Two', 'a page begins with its only # heading'],
])('%s is a fault', (markdown, message) => {
  expect(faultsOf(markdown)).toEqual([message]);
});

test('a page that the start page does not list is a fault', () => {
  const { faults } = siteOf({ 'docs/two.md': '# Two' });
  expect(faults).toEqual([{ path: 'docs/two.md', message: 'docs/README.md does not list it' }]);
});

test('a page holds no script, style or handler of its own, whatever is written in it', () => {
  const hostile =
    '# One\n\n<script>alert(1)</script> <b style="x" onclick="x()">\n\n```html\n<script>\n```\n';
  const html = siteOf({ 'docs/one.md': hostile }).pages.get('/docs/one') ?? '';
  expect(html.match(/<script[^>]*>/g)).toEqual(['<script src="/docs/assets/a.js">']);
  expect(html).not.toMatch(/<[^>]* (?:style|on\w+)=/);
});

test('the search finds places with all words, those with them in the heading first', () => {
  const { search } = siteOf();
  const found = (sought: string) =>
    findEntries(search, wordsIn(sought)).map(({ address }) => address);
  expect(found(' TWICE  words ')).toEqual(['/docs/one#a-heading-twice']);
  expect(found('one')[0]).toBe('/docs/one');
  expect(found('a')[0]).toBe('/docs/one#a-heading-twice');
  expect(found('nowhere')).toEqual([]);
});

test('of places that are equally good, those come first that the contents list first', () => {
  const addresses = siteOf().search.map(({ address }) => address);
  expect(addresses[0]).toBe('/docs/one');
  expect(addresses).toContain('/docs/adr/0001-text');
});

test('words next to each other are better than words apart', () => {
  const page = '# One\n\n## Log\n\ngo out\n\n## Two\n\nlog out\n\n## Log out here\n';
  const { search } = siteOf({ 'docs/one.md': page });
  const found = findEntries(search, wordsIn('log out')).map(({ heading }) => heading);
  expect(found).toEqual(['Log out here', 'Log', 'Two']);
  expect(snippetOf('a log, and log out', ['log', 'out'])).toContain('log out');
});

test('a snippet is the text around what was found', () => {
  const text = `${'a '.repeat(100)}needle${' b'.repeat(100)}`;
  expect(snippetOf(text, ['needle'])).toMatch(/^…[a ]+needle[b ]+…$/);
  expect(snippetOf('short', ['nope'])).toBe('short');
});
