import { tenDigitPsgc } from '#framework';
import type { JsonObject } from '#kernel';
import { achievementWith, digits, objectWith, oneOrMany } from '../badge-schema.ts';
import type { Dimension } from '../dimension.ts';
import { checkObjects } from '../members.ts';
import { checkList } from './lists.ts';

const EDITION = /^[12]\d{3}$/;
const PSCED_PREFIX = /^\d{1,9}$/;

/** Field of education: a prefix of the code, within one edition. Editions are never mixed (framework 1.6). */
export const psced: Dimension<'psced'> = {
  name: 'psced',
  reason: 'scope_psced',
  check: (limit, at, bad) =>
    checkObjects(limit, at, bad, ['code', 'edition'], (item, here) => {
      if (typeof item.code !== 'string' || !PSCED_PREFIX.test(item.code)) bad(`${here}/code`, 'must be 1 to 9 digits');
      if (typeof item.edition !== 'string' || !EDITION.test(item.edition)) {
        bad(`${here}/edition`, 'must be the year of an edition, as text');
      }
    }),
  matches: (limit, award) =>
    (award.psced ?? []).length > 0 && award.psced!.every((code) => limit.some((prefix) => startsWith(code, prefix))),
  contains: (limit, inner) => inner.psced?.every((code) => limit.some((prefix) => startsWith(code, prefix))) ?? false,
  schema(limit) {
    // Only digits may become a pattern.
    if (!limit.every(({ code }) => PSCED_PREFIX.test(code))) return undefined;
    const code = limit.map((prefix) =>
      objectWith({ code: { type: 'string', pattern: `^${prefix.code}` }, edition: { const: prefix.edition } }),
    );
    return achievementWith({ psced: oneOrMany({ anyOf: code }) });
  },
};

function startsWith(code: { code: string; edition: string }, prefix: { code: string; edition: string }): boolean {
  return code.edition === prefix.edition && code.code.startsWith(prefix.code);
}

/** Place: a prefix of the PSGC code. Both forms are accepted and compared in the ten-digit one (framework 1.6). */
export const psgc: Dimension<'psgc'> = {
  name: 'psgc',
  reason: 'scope_psgc',
  check: (limit, at, bad) =>
    checkList(
      limit,
      at,
      (text) => tenDigitPsgc(text) !== undefined,
      'must be a PSGC code or its region, province or municipality: 2, 5, 7 or 10 digits (older form: 2, 4, 6 or 9)',
      bad,
    ),
  matches: (limit, award) =>
    (award.psgc ?? []).length > 0 && award.psgc!.every((code) => limit.some((prefix) => inside(code, prefix))),
  contains: (limit, inner) => inner.psgc?.every((code) => limit.some((prefix) => inside(code, prefix))) ?? false,
  schema(limit) {
    const areas = limit.map(tenDigitPsgc);
    if (!areas.every((area) => area !== undefined)) return undefined;
    const at = objectWith({ address: objectWith({ psgcCode: { anyOf: areas.flatMap(codesInside) } }) });
    // A list of who may award is about the issuer, and each party is asked about its own place.
    return objectWith({ issuer: at });
  },
};

/** Codes in both forms that lie inside an area in the ten-digit form. */
function codesInside(area: string): JsonObject[] {
  const news = [2, 5, 7, 10].filter((length) => length >= area.length).map((length) => digits(area, length));
  // The older form has no province above 99.
  if (area.length > 2 && area[2] !== '0') return news;
  const older = `${area.slice(0, 2)}${area.slice(3)}`;
  const olds = [4, 6, 9].filter((length) => length >= older.length).map((length) => digits(older, length));
  return [...news, ...olds];
}

function inside(code: string, prefix: string): boolean {
  const [place, area] = [tenDigitPsgc(code), tenDigitPsgc(prefix)];
  return place !== undefined && area !== undefined && place.startsWith(area);
}
