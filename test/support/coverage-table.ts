import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const TEST = join(import.meta.dirname, '..');
/** Why a demand has no test: written out, so that nobody takes it for shown. */
const REASON = /^not (built|ours|run): \S.{10,}/;

export interface CoverageRow {
  id: string;
  demand: string;
  /** Tests as `file > title`, or one reason. */
  shownBy: string[];
}

/** Rows of every table of a Markdown file whose last column says what shows the demand. */
export function coverageRows(file: string): CoverageRow[] {
  return readFileSync(join(TEST, file), 'utf8')
    .split('\n')
    .filter((line) => /^\| [A-Z]{2,}-\w+ \|/.test(line))
    .map((line) => {
      const cells = line.split('|').map((cell) => cell.trim());
      const shownBy = cells.at(-2)!.split(/;\s+(?=`)/);
      return { id: cells[1]!, demand: cells[2]!, shownBy };
    });
}

/** What is wrong with a row: an empty cell, a file that is not there, a title that is not in it. */
export function rowFaults({ id, shownBy }: CoverageRow): string[] {
  return shownBy.flatMap((shown) => {
    if (REASON.test(shown)) return [];
    const [, file, title] = /^`([\w./-]+) > (.+)`$/.exec(shown) ?? [];
    if (!file || !title) return [`${id}: neither a test nor a reason: ${shown}`];
    const text = read(file);
    if (text === undefined) return [`${id}: there is no ${file}`];
    return text.includes(title) ? [] : [`${id}: ${file} has no test called ${title}`];
  });
}

const texts = new Map<string, string | undefined>();

function read(file: string): string | undefined {
  if (!texts.has(file)) {
    try {
      texts.set(file, readFileSync(join(TEST, file), 'utf8'));
    } catch {
      texts.set(file, undefined);
    }
  }
  return texts.get(file);
}
