/** The tables of `deploy/SCALE.md`, between marks: the words around them are written by hand. */
import { shown } from '../page/chart.ts';
import type { Line } from './model.ts';

const OPEN = '**not measured yet**';

const cell = ({ value, unit }: Line): string =>
  value === undefined ? OPEN : `${shown(value)}${unit === '' ? '' : ` ${unit}`}`;

const TABLES: Record<string, { head: string; row(line: Line): string | undefined }> = {
  asked: {
    head: '| asked | |\n| --- | ---: |',
    row: (line) => (line.from === 'asked' ? `| ${line.says} | ${cell(line)} |` : undefined),
  },
  measured: {
    head: '| measured | figure of `docs/bench.json` | |\n| --- | --- | ---: |',
    row: (line) =>
      typeof line.from === 'object' && 'figure' in line.from
        ? `| ${line.says} | \`${line.from.figure}\` | ${cell(line)} |`
        : undefined,
  },
  assumed: {
    head: '| assumed | name | | why |\n| --- | --- | ---: | --- |',
    row: (line) =>
      typeof line.from === 'object' && 'assumed' in line.from
        ? `| ${line.says} | \`${line.name}\` | ${cell(line)} | ${line.from.assumed} |`
        : undefined,
  },
  computed: {
    head: '| computed | name | by | |\n| --- | --- | --- | ---: |',
    row: (line) =>
      typeof line.from === 'object' && 'computed' in line.from
        ? `| ${line.says} | \`${line.name}\` | ${line.from.computed} | ${cell(line)} |`
        : undefined,
  },
};

/** The document with its tables as these lines say. @throws Error when a mark is missing */
export function withTables(document: string, lines: readonly Line[]): string {
  return Object.entries(TABLES).reduce((text, [name, { head, row }]) => {
    const [start, end] = [`<!-- ${name} -->\n`, `\n<!-- end of ${name} -->`];
    const [from, to] = [text.indexOf(start), text.indexOf(end)];
    if (from < 0 || to < 0) throw new Error(`SCALE.md has no place for the table ${name}`);
    const table = [head, ...lines.flatMap((line) => row(line) ?? [])].join('\n');
    return text.slice(0, from + start.length) + table + text.slice(to);
  }, document);
}
