import { type PartyPlace, type RoleNeed, requiredRoles, tenDigitPsgc } from '#framework';
import type { AccreditationRole } from './model.ts';
import type { AwardFacts } from './scope/dimension.ts';
import type { Answer, WalkResult } from './walk.ts';

/** One award, asked about: who made it, when, what it is. Instants are whole-second UTC text. */
export interface AwardInQuestion {
  /** DIDs or IRIs of the parties, as the credential names them. */
  parties: Partial<Record<PartyPlace, string>> & { issuer: string };
  regime?: string;
  /** `awardedDate`, else `validFrom`. */
  at: string;
  /** When it is asked; earlier to get the answer of that time again. */
  knownAt: string;
  /** When the issuing service recorded the award, where its log is known. */
  recordedAt?: string;
  /** `psgc` is where the issuer is. */
  facts: AwardFacts;
  /** PSGC codes of where the other parties are, as the credential states them. */
  psgcOf?: Partial<Record<PartyPlace, readonly string[]>>;
}

/** One party whose entitlement was asked about. */
export interface AskedParty {
  role: AccreditationRole;
  need: RoleNeed;
  /** Absent when the credential does not name one although the regime needs it. */
  party?: string;
  walk?: WalkResult;
}

/** Two separate answers, and everything they rest on. */
export interface Entitlement {
  accreditedAtAward: Answer;
  accreditedNow: Answer;
  /** The awarding party first. */
  parties: AskedParty[];
}

export type AskParty = (party: string, role: AccreditationRole, award: AwardInQuestion) => Promise<WalkResult>;

/**
 * Was everybody entitled whom the regime needs (framework 6.4)? The worst answer counts: no, then unknown, then not
 * covered. A party that is needed and not named leaves it unknown.
 */
export async function askEntitlement(award: AwardInQuestion, ask: AskParty): Promise<Entitlement> {
  const asked = requiredRoles(award.regime, award.facts.awardType).map(async ({ role, place, need }) => {
    const party = award.parties[place];
    if (party !== undefined) return { role, need, party, walk: await ask(party, role, ownPart(award, place)) };
    return need === 'required' ? { role, need } : undefined;
  });
  const parties: AskedParty[] = (await Promise.all(asked)).filter((one) => one !== undefined);
  const counting = parties.filter(({ need }) => need !== 'reported');
  return {
    accreditedAtAward: worst(counting.map(({ walk }) => walk?.atAward.answer ?? 'unknown')),
    accreditedNow: worst(counting.map(({ walk }) => walk?.now.answer ?? 'unknown')),
    parties,
  };
}

/**
 * An assessment centre is asked about where it assessed, a training provider about where it taught: the premises of the
 * other are not theirs, and would be outside a grant that is limited to their own.
 */
function ownPart(award: AwardInQuestion, place: PartyPlace): AwardInQuestion {
  if (place === 'issuer') return award;
  const { site, psgc: _, ...rest } = award.facts;
  const codes = award.psgcOf?.[place] ?? [];
  const facts = { ...rest, ...(codes.length > 0 ? { psgc: codes.map((code) => tenDigitPsgc(code) ?? code) } : {}) };
  if (site === undefined) return { ...award, facts };
  const others = (['source', 'trainingProvider'] as const)
    .filter((other) => other !== place)
    .map((other) => award.parties[other]);
  const party = award.parties[place];
  const own = site.filter((one) => one === party || !others.includes(one));
  return { ...award, facts: { ...facts, site: own } };
}

function worst(answers: readonly Answer[]): Answer {
  for (const answer of ['no', 'unknown', 'not_covered'] as const) if (answers.includes(answer)) return answer;
  return answers.length > 0 ? 'yes' : 'unknown';
}
