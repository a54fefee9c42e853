import { LABELS } from '#framework';
import type { JsonObject } from '#kernel';
import { achievementWith, oneOf as anyOf, objectWith, oneOrMany } from '../badge-schema.ts';
import type { AwardFacts, Bad, Dimension } from '../dimension.ts';
import { MAX_LIST } from '../members.ts';

const MAX_CHARS = 2_048;

type ListName =
  | 'awardType'
  | 'unitOfCompetency'
  | 'profession'
  | 'psfSector'
  | 'site'
  | 'participationMode'
  | 'learningRoute'
  | 'achievement';

/** A list of distinct texts, each accepted by `test`. */
export function checkList(limit: unknown, at: string, test: (text: string) => boolean, detail: string, bad: Bad): void {
  if (!Array.isArray(limit) || limit.length === 0 || limit.length > MAX_LIST) {
    bad(at, `must be a list of 1 to ${MAX_LIST} items`);
    return;
  }
  limit.forEach((item, index) => {
    if (typeof item !== 'string' || item.length > MAX_CHARS || !test(item)) bad(`${at}/${index}`, detail);
    else if (limit.indexOf(item) !== index) bad(`${at}/${index}`, 'occurs twice');
  });
}

/** All values of the award must be listed: one unit out of two inside the scope is not enough. */
function listed<Name extends ListName>(
  name: Name,
  reason: Dimension['reason'],
  facts: (award: AwardFacts) => readonly string[] | string | undefined,
  [test, detail]: readonly [test: (text: string) => boolean, detail: string],
  schema: (one: JsonObject) => JsonObject,
): Dimension<Name> {
  return {
    name,
    reason,
    check: (limit, at, bad) => checkList(limit, at, test, detail, bad),
    matches(limit, award) {
      const values = [facts(award) ?? []].flat();
      return values.length > 0 && values.every((value) => limit.includes(value));
    },
    contains: (limit, inner) => inner[name]?.every((value) => limit.includes(value)) ?? false,
    schema: (limit) => schema(anyOf(limit)),
  };
}

const oneOf = (term: 'awardType' | 'participationMode' | 'learningRoute') => {
  const values = Object.keys(LABELS[term]);
  return [(text: string) => values.includes(text), `must be one of ${values.join(', ')}`] as const;
};
const LINE = /^[^\p{C}]{1,200}$/u;
const line = [(text: string) => LINE.test(text), 'must be text of at most 200 characters'] as const;
const IRI = /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i;
export const isIri = (text: string): boolean => text.length <= MAX_CHARS && IRI.test(text);

export const awardType = listed(
  'awardType',
  'scope_award_type',
  (award) => award.awardType,
  oneOf('awardType'),
  (one) => achievementWith({ awardType: one }),
);
export const participationMode = listed(
  'participationMode',
  'scope_participation_mode',
  (award) => award.participationMode,
  oneOf('participationMode'),
  (one) => achievementWith({ participationMode: one }),
);
export const learningRoute = listed(
  'learningRoute',
  'scope_learning_route',
  (award) => award.learningRoute,
  oneOf('learningRoute'),
  (one) => objectWith({ learningRoute: one }),
);
/** Codes as printed: public copies disagree, so no pattern is enforced (framework 1.4, transcription risk). */
export const unitOfCompetency = listed(
  'unitOfCompetency',
  'scope_unit_of_competency',
  (award) => award.unitOfCompetency,
  line,
  (one) => achievementWith({ unitOfCompetency: oneOrMany(objectWith({ code: one })) }),
);
export const profession = listed(
  'profession',
  'scope_profession',
  (award) => award.profession,
  line,
  (one) => achievementWith({ profession: oneOrMany(one) }),
);
export const psfSector = listed(
  'psfSector',
  'scope_psf_sector',
  (award) => award.psfSector,
  line,
  (one) => achievementWith({ psfSkill: oneOrMany(objectWith({ framework: one })) }),
);
/** Where it was assessed and where it was taught; each that is stated must be listed, and one must be stated. */
export const site = listed(
  'site',
  'scope_site',
  (award) => award.site,
  [isIri, 'must be an absolute IRI'],
  (one) => ({
    properties: {
      trainingProvider: one,
      credentialSubject: { type: 'object', properties: { source: { type: 'object', properties: { id: one } } } },
    },
    anyOf: [
      objectWith({ trainingProvider: one }),
      objectWith({ credentialSubject: objectWith({ source: objectWith({ id: one }) }) }),
    ],
  }),
);
