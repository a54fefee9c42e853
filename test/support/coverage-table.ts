import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const TEST = join(import.meta.dirname, '..');
const RULES = ['lints', 'vcdm/rules'].map((folder) => join(TEST, '..', 'src', 'credentials', folder));
/** Why a demand has no test: written out, so that nobody takes it for shown. */
const REASON = /^not (?:built|ours|run): \S+(?: \S+){5,}/;

export interface CoverageRow {
  id: string;
  /** What is asked for, or what could go wrong. */
  demand: string;
  /** Tests as `` `file > title` ``, with ``(rule `name`)`` where the test goes through rules, or one reason. */
  shownBy: string[];
}

/** Rows of every table of a Markdown file under `test/` that begin with an id and end with what shows the demand. */
export function coverageRows(file: string): CoverageRow[] {
  return readFileSync(join(TEST, file), 'utf8')
    .split('\n')
    .filter((line) => /^\| [A-Z]{2,}-\w+ \|/.test(line))
    .map((line) => {
      const cells = line.split('|').map((cell) => cell.trim());
      return { id: cells[1]!, demand: cells[2]!, shownBy: cells[3]!.split(/;\s+(?=`)/) };
    });
}

/** Whether nothing shows the demand, for a reason. */
export const isReason = ({ shownBy }: CoverageRow): boolean => REASON.test(shownBy[0]!);

/**
 * What is wrong with a row: an empty cell, a file that is not there, a title that no test in it begins with, a rule that is
 * none, a reason that names a test file which exists by now.
 */
export function rowFaults(row: CoverageRow): string[] {
  const { id, demand, shownBy } = row;
  if (demand === '') return [`${id}: no demand`];
  if (isReason(row)) {
    const named = [...shownBy.join(' ').matchAll(/`(?:test\/)?([^`]+\.ts)`/g)].map(([, file]) => file!);
    return named.filter((file) => text(file) !== undefined).map((file) => `${id}: ${file} is there now: name it`);
  }
  return shownBy.flatMap((shown) => {
    const [, file, title, rules = ''] = /^`([\w./-]+) > ([^`]+)`(?: \(rule (`[^()]+`)\))?$/.exec(shown) ?? [];
    if (!file || !title) return [`${id}: neither a test nor a reason: ${shown}`];
    const found = text(file);
    if (found === undefined) return [`${id}: there is no ${file}`];
    const strangers = [...rules.matchAll(/`([^`]+)`/g)].map(([, name]) => name!).filter((name) => !isRule(name));
    return [
      ...(["'", '"', '`'].some((quote) => found.includes(quote + title)) ? [] : [`${id}: ${file} has no "${title}"`]),
      ...strangers.map((name) => `${id}: there is no rule ${name}`),
    ];
  });
}

const isRule = (name: string): boolean => RULES.some((folder) => existsSync(join(folder, `${name}.ts`)));
const texts = new Map<string, string | undefined>();

function text(file: string): string | undefined {
  if (!texts.has(file)) {
    const path = join(TEST, file);
    texts.set(file, existsSync(path) ? readFileSync(path, 'utf8') : undefined);
  }
  return texts.get(file);
}
