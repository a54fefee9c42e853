import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LABELS, SOURCES } from '#framework';
import { ACTORS } from '../../src/cli/demo/actors.ts';
import { GRANTS, ILLUSTRATIVE } from '../../src/cli/demo/grants.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** Bodies that exist. They are cited as sources; they never act here. */
const REAL =
  /\b(TESDA|CHED|PRC|DepEd|MARINA|CAAP|DTI|DICT|DAP|DOLE|PAASCU|PACUCOA|AACCUP|IBPAP|PQF-NCC|UPOU|UPLB|Ateneo|La Salle|University of the Philippines|Professional Regulation Commission|Commission on Higher Education|Technical Education and Skills)\b/;
const NAMES = /["']?\b(?:name|issuer|slug|conferrer|accreditor)["']?\s*:\s*(["'`])((?:(?!\1).)*)\1/g;

const files = ['src/cli', 'test', 'docs', 'README.md', 'openapi.yaml'].flatMap((place) => {
  const path = join(ROOT, place);
  if (/\.\w+$/.test(place)) return [path];
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|json|csv|yaml|md)$/.test(file) && !file.endsWith('real-bodies.test.ts'))
    .map((file) => join(path, file));
});

describe('names of real bodies', () => {
  it('no fixture, example or document names a real body as an actor', () => {
    const found: string[] = [];
    for (const file of files) {
      for (const [, , name] of readFileSync(file, 'utf8').matchAll(NAMES)) {
        if (REAL.test(name!) && !name!.startsWith('Specimen')) found.push(`${file}: ${name}`);
      }
    }
    expect(found).toEqual([]);
  });

  it('every actor of the demonstration says that it is a specimen', () => {
    for (const actor of ACTORS) {
      expect(actor.name).toMatch(/^Specimen /);
      expect(actor.slug).toMatch(/^specimen-/);
      if (REAL.test(actor.name)) expect(actor.name).toContain('modelled on');
    }
  });

  it('every grant of the demonstration is between specimens, by an instrument that is cited', () => {
    const sources = new Set(SOURCES.map(({ id }) => id));
    for (const { by, to, legalInstrument, models } of GRANTS) {
      expect(ACTORS).toContain(by);
      expect(ACTORS).toContain(to);
      expect(legalInstrument.length).toBeGreaterThan(0);
      const cited = models.match(/\bS\d+\b/g) ?? [];
      expect(cited.length, models).toBeGreaterThan(0);
      for (const id of cited) expect(sources, models).toContain(id);
      for (const { kind, number } of legalInstrument) {
        expect(Object.keys(LABELS.kind)).toContain(kind);
        // Without a number it is not a citation, and the grant has to say so.
        if (number === undefined) expect(models).toMatch(/not verified|was verified/);
      }
      // Both stand in the signed grant, whose conditions have at most 500 characters.
      expect(models.length).toBeLessThan(500);
      expect(ILLUSTRATIVE).toMatch(/^Illustrative: /);
    }
  });

  it('cites no instrument that the framework data does not have', () => {
    const known = /^(RA (10968|7796|10912)|CMO 1 2025|TesdaBoardResolution 98-03|PrcResolution 1146 2019)$/;
    for (const { kind, number, series } of GRANTS.flatMap(({ legalInstrument }) => legalInstrument)) {
      if (number !== undefined) expect([kind, number, series].filter(Boolean).join(' ')).toMatch(known);
    }
  });

  it('the scan would see one', () => {
    const [[, , name] = []] = [..."{ name: 'CHED Region IV' }".matchAll(NAMES)];
    expect(REAL.test(name!)).toBe(true);
  });
});
