import { ok, refused, type Result } from '../../protocol/result.ts';

/** What stands between the `---` lines at the top of a lesson. */
export interface FrontMatter {
  readonly title: string;
  readonly summary: string;
  readonly order: number;
  /** Lines taken, both `---` included. */
  readonly lineCount: number;
}

const names: readonly string[] = ['title', 'summary', 'order'];

/** Reads `title`, `summary` and `order`: one `name: value` a line, nothing else. */
export function readFrontMatter(lines: readonly string[]): Result<FrontMatter, string> {
  const end = lines.indexOf('---', 1);
  if (lines[0] !== '---' || end < 0) {
    return refused('A lesson starts with title, summary and order between two lines of ---');
  }
  const fields = new Map<string, string>();
  for (const line of lines.slice(1, end)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    if (!names.includes(name)) return refused(`Expected title, summary or order, got "${line}"`);
    fields.set(name, line.slice(colon + 1).trim());
  }
  const missing = names.find((name) => (fields.get(name) ?? '') === '');
  if (missing !== undefined) return refused(`The ${missing} is missing`);
  const { title = '', summary = '', order = '' } = Object.fromEntries(fields);
  if (!/^\d{1,6}$/.test(order)) return refused(`order must be a whole number, got "${order}"`);
  return ok({ title, summary, order: Number(order), lineCount: end + 1 });
}
