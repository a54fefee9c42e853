import { isObject, type Json, type JsonObject, type Text } from '#kernel';
import { strings } from '../model.ts';
import { type Check, check } from '../report.ts';
import { resultMismatches } from '../results.ts';

interface Finding {
  code: 'result_mismatch' | 'related_self' | 'association_dangling';
  pointer: string;
}

/** What no schema checks and a reader of the badge relies on (Open Badges 3.0, classes Result, Related; CLR 2.0, Association). */
const TEXTS: Record<Finding['code'], Text> = {
  result_mismatch: {
    en: 'It conforms, but a result in it does not fit the description it refers to; ask its issuer what it means.',
    fil: 'Maayos ito, ngunit may resultang hindi tugma sa paglalarawang tinutukoy nito; itanong sa nagkaloob ang kahulugan.',
  },
  related_self: {
    en: 'It conforms, but it names its own achievement as another edition of itself.',
    fil: 'Maayos ito, ngunit tinutukoy nito ang sarili nitong gawad bilang ibang edisyon ng sarili.',
  },
  association_dangling: {
    en: 'It conforms, but it relates achievements that are not in it.',
    fil: 'Maayos ito, ngunit pinag-uugnay nito ang mga gawad na wala rito.',
  },
};
const SHOWN = 20;

/**
 * The check `document`, with what does not fit together in a document that conforms. A warning, not a failure: the standard
 * makes it a fault of nobody, and issuing refuses it.
 */
export function withCrossChecks(one: Check, document: JsonObject): Check {
  if (one.result !== 'pass' && one.result !== 'warning') return one;
  const found = crossChecks(document);
  const [first] = found;
  if (!first) return one;
  const evidence = { ...one.evidence, mismatches: found.slice(0, SHOWN) };
  return one.result === 'pass'
    ? check('document', 'warning', first.code, TEXTS[first.code], evidence)
    : { ...one, evidence };
}

function crossChecks(document: JsonObject): Finding[] {
  const found: Finding[] = [];
  for (const [pointer, subject] of objects(document.credentialSubject, '/credentialSubject')) {
    for (const at of resultMismatches(subject, pointer)) found.push({ code: 'result_mismatch', pointer: at });
    for (const [at, achievement] of objects(subject.achievement, `${pointer}/achievement`)) {
      for (const [where, related] of objects(achievement.related, `${at}/related`)) {
        if (related.id === achievement.id) found.push({ code: 'related_self', pointer: `${where}/id` });
      }
    }
    for (const at of dangling(subject, pointer)) found.push({ code: 'association_dangling', pointer: at });
  }
  return found;
}

/** CLR 2.0, Association: both ends are ids of achievements, defined in the record or awarded by its members. */
function dangling(subject: JsonObject, pointer: string): string[] {
  const here = new Set<Json | undefined>(objects(subject.achievement, '').map(([, { id }]) => id));
  for (const [, member] of objects(subject.verifiableCredential, '')) {
    if (strings(member.type).includes('ClrCredential')) continue;
    for (const [, inner] of objects(member.credentialSubject, '')) {
      for (const [, { id }] of objects(inner.achievement, '')) here.add(id);
    }
  }
  return objects(subject.association, `${pointer}/association`).flatMap(([at, one]) =>
    (['sourceId', 'targetId'] as const).filter((end) => !here.has(one[end])).map((end) => `${at}/${end}`),
  );
}

/** A single object or a list of them, each with its pointer. */
export function objects(value: Json | undefined, pointer: string): [string, JsonObject][] {
  const all = Array.isArray(value) ? value.map((one, index) => [`${pointer}/${index}`, one]) : [[pointer, value]];
  return all.filter((one): one is [string, JsonObject] => isObject(one[1]));
}
