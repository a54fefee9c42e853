import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  AWARD_TYPES,
  type Cited,
  CPD_RENEWALS,
  cpdRenewalOn,
  crosswalk,
  frameworkSections,
  LABELS,
  label,
  PQF_LEVELS,
  REGIMES,
  SOURCES,
  type Usable,
  usable,
  whyNotConverted,
} from '#framework';
import type { JsonObject, Text } from '#kernel';

const context = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'contexts', 'ph-v1-draft.json'), 'utf8'),
) as { '@context': Record<string, JsonObject> };
const sections = frameworkSections();
const rows = sections.flatMap((section) => section.rows.map((row) => ({ ...row, section })));

/** Every enumerated term of the context with its values, over all classes. */
const enumerated: [term: string, values: string[]][] = Object.values(context['@context'])
  .filter((value) => typeof value === 'object')
  .flatMap((scoped) => Object.entries(scoped['@context'] as Record<string, JsonObject>))
  .filter(([, definition]) => typeof definition === 'object' && '@context' in definition)
  .map(([term, definition]) => [term, Object.keys(definition['@context']!).filter((value) => !value.startsWith('@'))]);

describe('framework data', () => {
  it('cites only sources that are listed, and every certain row cites one', () => {
    const listed = new Set(SOURCES.map(({ id }) => id));
    expect([...listed]).toEqual(Array.from({ length: 86 }, (_, index) => `S${index + 1}`));
    for (const { source, confidence, asOf, section, cells } of rows) {
      const where = `${section.id} ${JSON.stringify(cells[0])}`;
      for (const id of source) expect(listed, where).toContain(id);
      if (confidence === 'V' || confidence === 'V2') expect(source.length, where).toBeGreaterThan(0);
      expect(asOf).toBe('2026-11');
    }
  });

  it('fills every column, in both languages', () => {
    const ids = sections.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { cells, section } of rows) {
      expect(cells.length, `${section.id} ${JSON.stringify(cells[0])}`).toBe(section.columns.length);
      for (const cell of [...cells, ...section.columns, section.title]) {
        const texts = typeof cell === 'string' ? [cell] : [(cell as Text).en, (cell as Text).fil];
        for (const text of texts) expect(text.trim()).not.toBe('');
      }
    }
  });

  it('names every value of the context and no other', () => {
    const seen = new Map<string, Set<string>>();
    for (const [term, values] of enumerated) {
      const name = (term === 'accreditedNow' ? 'accreditedAtAward' : term) as keyof typeof LABELS;
      for (const value of values) {
        const text = label(name, value);
        expect(text.en && text.fil, `${term} ${value}`).toBeTruthy();
        seen.set(name, (seen.get(name) ?? new Set()).add(value));
      }
    }
    for (const [term, names] of Object.entries(LABELS)) {
      expect(Object.keys(names).sort(), term).toEqual([...(seen.get(term) ?? [])].sort());
    }
    expect(() => label('regime', 'constructor')).toThrow(RangeError);
  });

  it('knows eight levels and the regimes of every kind of award', () => {
    expect([...new Set(PQF_LEVELS.map(({ level }) => level))]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const known = new Set(REGIMES.map(({ id }) => id));
    for (const { id, regimes, pqf } of AWARD_TYPES) {
      expect(regimes.length, id).toBeGreaterThan(0);
      for (const regime of regimes) expect(known, id).toContain(regime);
      if (pqf) expect(pqf.from, id).toBeLessThanOrEqual(pqf.to);
    }
  });
});

describe('the comparative map', () => {
  const map = crosswalk();
  const cells = map.rows.flatMap(({ id, cells: row }) => row.map((cell, at) => ({ where: `${id} ${at}`, cell })));

  it('says that it is a draft, and how to have it mended', () => {
    expect(map.title.en).toBe('Draft comparison from public sources');
    for (const lang of ['en', 'fil'] as const) expect(map.corrections[lang]).not.toBe('');
  });

  it('has ten practices in nine systems, each cell with source, month and confidence, or empty', () => {
    expect([map.rows.length, map.columns.length]).toEqual([10, 9]);
    const listed = new Set(SOURCES.map(({ id }) => id));
    for (const { where, cell } of cells) {
      if (!cell) continue;
      expect(cell.text.en && cell.text.fil, where).toBeTruthy();
      expect(cell.asOf, where).toBe('2026-11');
      for (const id of cell.source) expect(listed, where).toContain(id);
      if (cell.confidence !== 'G') expect(cell.source.length, where).toBeGreaterThan(0);
      // What is uncertain is no cell but an empty one.
      expect(cell.confidence, where).not.toBe('U');
    }
    expect(cells.filter(({ cell }) => cell === null).map(({ where }) => where)).toEqual([
      ...['level-scale 4', 'currency 0', 'currency 6', 'currency 7', 'register 1', 'register 4'],
    ]);
  });
});

describe('credit of another system', () => {
  it('is explained by what one is in each, from the sources of both, without a factor', () => {
    const { text, evidence } = whyNotConverted({ 'HE-UNIT-18': '18' }, 'HE-UNIT-16');
    expect(text.en).toBe(
      '18 there are not 18 here; one HE-UNIT-18 is: at least 18 hours of lecture, or 54 of laboratory, in a semester (S19); one HE-UNIT-16 is: at least 16 hours of lecture, or 32 of laboratory or field work (S19), and that is asked for; not converted without a recorded decision.',
    );
    expect(text.fil).toMatch(/hindi isinasalin nang walang naitalang pasiya\.$/);
    expect(evidence).toEqual({
      ...{ credit: { 'HE-UNIT-18': '18' }, asked: 'HE-UNIT-16', sources: ['S19'] },
      see: '/framework/crosswalk#unit-of-size',
    });
  });

  it('of a system that no source describes, or of none, says so', () => {
    const { text, evidence } = whyNotConverted({ 'NOTIONAL-HOUR': '54' }, 'TESDA-HOUR');
    expect(text.en).toContain('one NOTIONAL-HOUR is: of a size that no cited source fixes');
    expect(evidence.sources).toEqual(['S34', 'S39']);
    expect(whyNotConverted({}, 'HE-UNIT-16').text.en).toMatch(/^It carries no credit; .* recorded decision\.$/);
    expect(whyNotConverted({ constructor: '1' }, 'HE-UNIT-16').text.en).toContain('no cited source');
  });
});

describe('an uncertain row', () => {
  const certain: Cited = { source: ['S1'], confidence: 'V', asOf: '2026-11' };
  const uncertain: Cited = { source: ['S1'], confidence: 'U', asOf: '2026-11' };
  const rule = (given: readonly Usable<Cited>[]) => given.length;

  it('is shown but reaches no rule', () => {
    expect(rows.some(({ confidence }) => confidence === 'U')).toBe(true);
    expect(rule(usable([certain, uncertain]))).toBe(1);
    expect(usable(REGIMES).map(({ id }) => id)).not.toContain('Consortium');
  });

  it('is refused by the compiler where a rule takes usable rows', () => {
    // @ts-expect-error rows that did not go through `usable`
    rule([certain, uncertain]);
    // @ts-expect-error saying that it is certain is not enough either
    rule([{ ...certain, confidence: 'V' }]);
    const [row] = usable([certain]);
    // @ts-expect-error no usable row is of confidence U
    expect(row?.confidence === 'U').toBe(false);
  });

  it('gives no number of units for 2026', () => {
    expect(cpdRenewalOn('2023-12-31')).toBeUndefined();
    expect(cpdRenewalOn('2024-12-16')).toMatchObject({ units: '15', years: 6 });
    expect(cpdRenewalOn('2024-12-17')).toMatchObject({ units: '15', years: 3 });
    expect(CPD_RENEWALS.some(({ from }) => from === '2026-01-01')).toBe(true);
    expect(cpdRenewalOn('2026-01-01')).toBeUndefined();
    expect(cpdRenewalOn('2027-06-01')).toBeUndefined();
  });
});
