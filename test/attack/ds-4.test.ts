import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { attacksOn } from '../support/regex-attacks.ts';

const SRC = join(import.meta.dirname, '..', '..', 'src');
const LENGTH = 50_000;
/** Milliseconds of CPU: what is linear takes less than one, what is quadratic more than a thousand. */
const MOST = 100;

interface Found {
  where: string;
  source: string;
  flags: string;
}

/** Every regular expression of the service: literals, and `new RegExp` of a literal. */
function expressions(): Found[] {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files.flatMap((file) => {
    const tree = ts.createSourceFile(file, readFileSync(join(SRC, file), 'utf8'), ts.ScriptTarget.Latest);
    const found: Found[] = [];
    const walk = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        const line = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
        found.push({ where: `${file}:${line}`, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
      }
      ts.forEachChild(node, walk);
    };
    walk(tree);
    return found;
  });
}

/** Milliseconds of CPU, the least of three. */
function cost(regex: RegExp, text: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3 && least > MOST / 10; round++) {
    const before = process.cpuUsage();
    if (regex.global) text.replaceAll(regex, '');
    else regex.test(text);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}

/** The first that takes too long, the short ones first: what grows exponentially would not come back from the long ones. */
function slowest(regex: RegExp, length: number): string | undefined {
  for (const size of [28, 40, 400, 4_000, length]) {
    for (const text of attacksOn(regex.source, regex.flags, Math.min(size, length))) {
      const ms = cost(regex, text);
      if (ms > MOST) return `${Math.round(ms)} ms for ${text.length}: ${JSON.stringify(text.slice(0, 30))}...`;
    }
  }
  return undefined;
}

/** Of so many characters at most: of numbers that the platform wrote. */
const BOUNDED: Record<string, number> = {
  // Four decimals.
  '0+$': 4,
  // Number.prototype.toExponential(15)
  '(\\d)0*e\\+?': 24,
};

describe('DS-4: no regular expression takes long over anything', () => {
  const all = expressions();

  it('finds the slow ones', () => {
    expect(cost(/^(?:a|a)*$/, `${'a'.repeat(24)}!`)).toBeGreaterThan(MOST / 10);
    for (const [source, flags] of [
      ['^(\\w+\\s?)*$', ''],
      ['\\s+$', ''],
      ['^x:\\d*\\d*;', ''],
      ['"[^"]*"', 'g'],
    ] as const) {
      const most = Math.max(...attacksOn(source, flags, 2_000).map((text) => text.length));
      expect(most).toBeGreaterThan(1_999);
    }
    expect(slowest(/\s+$/, 20_000)).toMatch(/ms for/);
    expect(slowest(/^(\w+\s?)*$/, 24)).toMatch(/ms for/);
    expect(all.length).toBeGreaterThan(300);
  });

  it('takes 50,000 characters made for each in a few milliseconds', () => {
    const slow: string[] = [];
    for (const { where, source, flags } of all) {
      const regex = new RegExp(source, flags);
      const worst = slowest(regex, BOUNDED[source] ?? LENGTH);
      if (worst) slow.push(`${where} ${regex} ${worst}`);
    }
    expect(slow).toEqual([]);
  });
});
