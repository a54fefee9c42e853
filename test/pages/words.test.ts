import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/pages/words/en.ts';
import { fil } from '../../src/pages/words/fil.ts';
import { NOT_REVIEWED, REVIEWED } from '../../src/pages/words/review.ts';
import { pagesWith } from './support.ts';

const SRC = join(import.meta.dirname, '..', '..', 'src');

interface Pair {
  where: string;
  en?: string;
  fil?: string;
}

/** Text in quotes, with `${…}` as it is written; of a list, its items. */
function textOf(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.getText().slice(1, -1);
  if (ts.isBinaryExpression(node))
    return [node.left, node.right].map((side) => textOf(side) ?? '').join('') || undefined;
  return ts.isArrayLiteralExpression(node) ? node.elements.map((item) => textOf(item) ?? '').join('\n') : undefined;
}

/** Every object of any file of `src` that has text under `en` or `fil`: words of pages, mails, checks and data alike. */
function pairsIn(file: string, source: string): Pair[] {
  const pairs: Pair[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const said: Record<string, string | undefined> = {};
      for (const member of node.properties) {
        if (!ts.isPropertyAssignment(member) || !ts.isIdentifier(member.name)) continue;
        if (member.name.text === 'en' || member.name.text === 'fil')
          said[member.name.text] = textOf(member.initializer);
      }
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
      if (said.en !== undefined || said.fil !== undefined) pairs.push({ where: `${file}:${line + 1}`, ...said });
    }
    ts.forEachChild(node, visit);
  };
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  visit(tree);
  return pairs;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  // The rules of the W3C data model bring examples of what is wrong.
  (name) => name.endsWith('.ts') && !name.startsWith(join('credentials', 'vcdm')),
);
const PAIRS: Pair[] = [
  ...files.flatMap((name) => pairsIn(name, readFileSync(join(SRC, name), 'utf8'))),
  ...[...new Set([...Object.keys(en), ...Object.keys(fil)])].map((key) => ({
    where: `pages/words/en.ts ${key}`,
    en: en[key as keyof typeof en],
    fil: fil[key as keyof typeof fil],
  })),
];

/** The same in both: names, titles and words of the trade that Filipino has taken over. */
const SAME = new Set([
  ...[
    'API',
    'Badge',
    'badge',
    'session',
    'Badge {n} ({what}): {why}',
    'Challenge',
    'Console',
    'Digest',
    'E-mail',
    'Diploma',
    'Domain',
    'E-mail address',
  ],
  ...['MARINA, CAAP', 'Micro-credential', 'Operator', 'QR code', 'Wallet', 'Web', '{from}'],
]);

/** `{name}`: what is put into the text. */
const places = (text: string): string[] => [...new Set(text.match(/\{[^{}]*\}/g) ?? [])].sort();

/** With `${…}`, which the languages may need at different places and not as often. */
const isMade = (text: string): boolean => text.includes('${');

const faults = (pairs: readonly Pair[]): string[] =>
  pairs.flatMap(({ where, en: english = '', fil: filipino = '' }) => {
    if (english.trim() === '' || filipino.trim() === '') return [`${where}: missing in one language`];
    if (english === filipino && !SAME.has(english)) return [`${where}: the same in both: ${english}`];
    return isMade(english) || places(english).join() === places(filipino).join()
      ? []
      : [`${where}: not the same places to fill`];
  });

describe('the words of pages, mails and checks', () => {
  it('are there in both languages, differ, and have the same places to fill', () => {
    expect(PAIRS.length).toBeGreaterThan(1_000);
    expect(faults(PAIRS)).toEqual([]);
  });

  it('are found wanting where one is missing, repeated, or has no place for what is said', () => {
    const source = `const a = { en: 'One' }, b = { fil: 'Dalawa' }, c = { en: 'Three', fil: 'Three' },
      d = { en: 'Four {n}', fil: 'Apat' }, e = { en: \`Five \${n}\`, fil: \`Lima \${n}\` }, f = { en: ['Six'], fil: [''] };`;
    expect(faults(pairsIn('a.ts', source)).map((fault) => fault.split(': ')[1])).toEqual([
      ...['missing in one language', 'missing in one language', 'the same in both', 'not the same places to fill'],
      'missing in one language',
    ]);
  });

  it('in Filipino say on every page that no native speaker has read them, until one by name has', () => {
    const { reviewed, by, on } = REVIEWED.fil;
    expect(reviewed).toBe(by !== undefined && on !== undefined);
    for (const lang of ['en', 'fil'] as const) {
      const pages = pagesWith(
        { lang, specimen: true, path: '/' },
        (field) => field,
        () => 'https://tatak.example/',
      );
      for (const [name, page] of Object.entries(pages)) {
        expect(page.includes(NOT_REVIEWED[lang]), `${name} ${lang}`).toBe(!REVIEWED[lang].reviewed);
      }
    }
  });
});
