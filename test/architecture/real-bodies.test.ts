import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ACTORS } from '../../src/cli/demo/actors.ts';

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

  it('the scan would see one', () => {
    const [[, , name] = []] = [..."{ name: 'CHED Region IV' }".matchAll(NAMES)];
    expect(REAL.test(name!)).toBe(true);
  });
});
