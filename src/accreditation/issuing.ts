import { type FieldError, formatInstant, type JsonObject } from '#kernel';
import type { AccreditationCheck } from './check.ts';
import type { AskedParty, AwardInQuestion, Entitlement } from './entitlement.ts';
import { awardFacts } from './facts.ts';
import type { AccreditationReader, SuccessionRecord } from './ports.ts';
import { successorsOf } from './successions.ts';

/** What is about to be issued: one definition, and what differs between its awards. */
export interface IssuingQuestion {
  tenant: string;
  issuer: string;
  achievementId: string;
  /** The definition as it will be embedded. */
  achievement: JsonObject;
  regime?: string;
  /** PSGC codes of the issuer's address. */
  psgc: readonly string[];
  awards: readonly {
    awardedDate: string;
    source?: string;
    /** PSGC code of where it was assessed. */
    sourcePsgc?: string;
    trainingProvider?: string;
    learningRoute?: string;
  }[];
  now: Date;
}

export type IssuingAnswer =
  /** `decision`: it is not accredited, and a recorded decision lets it issue all the same. */
  | { allowed: true; decision?: string }
  /** One for each award that is not covered; pointers into the request. */
  | { allowed: false; errors: FieldError[] };

/**
 * May this party award what another one defined, because trusted authorities recorded that it took its place?
 * @param owners DIDs of who defined it and of whom it permits
 */
export function createHeirCheck({ check, reader }: { check: AccreditationCheck; reader: HeirReader }) {
  return async (owners: readonly string[], party: string, achievement: JsonObject, asked: HeirMoment) => {
    const knownAt = formatInstant(asked.now);
    const at = asked.awarded < knownAt ? asked.awarded : knownAt;
    const award = { at, knownAt, facts: awardFacts(achievement) };
    const believed: SuccessionRecord[] = [];
    const seen = new Set([party]);
    // Backwards from the party: whom it succeeded, and whom those did.
    for (const did of seen) {
      for (const row of await reader.successionsOf(did)) {
        if (row.successor !== did || !(await check.trusts(reader.didOf(row.tenant), award))) continue;
        believed.push(row);
        seen.add(row.predecessor);
      }
    }
    return owners.some((owner) => successorsOf(owner, believed, at, knownAt).has(party));
  };
}

/** `awarded`: the earliest award day (whole-second UTC instant); before it succeeded anybody a party is nobody's heir. */
interface HeirMoment {
  awarded: string;
  now: Date;
}

type HeirReader = Pick<AccreditationReader, 'successionsOf'> & { didOf(tenant: string): string };

export interface IssuingGateDeps {
  check: AccreditationCheck;
  reader: Pick<AccreditationReader, 'issuingDecision'>;
}

const SHOWN = 20;

/**
 * May this institution issue these awards? Deny by default: only a yes lets it, or a recorded decision. Without a trust
 * anchor nobody is asked, and verifiers will say that no register covers the award.
 */
export function createIssuingGate({ check, reader }: IssuingGateDeps) {
  return async (asked: IssuingQuestion): Promise<IssuingAnswer> => {
    if (check.policy.anchors.length === 0) return { allowed: true };
    const answers = new Map<string, Promise<Entitlement>>();
    const errors: FieldError[] = [];
    for (const [index, award] of asked.awards.entries()) {
      // A class list asks the same thing again and again.
      const name = JSON.stringify(award);
      const answer = answers.get(name) ?? check.entitlement(questionOf(asked, award));
      answers.set(name, answer);
      const entitlement = await answer;
      if (entitlement.accreditedAtAward !== 'yes') errors.push(...faults(entitlement, index));
    }
    if (errors.length === 0) return { allowed: true };
    const decision = await reader.issuingDecision(asked.tenant, asked.achievementId, formatInstant(asked.now));
    if (decision) return { allowed: true, decision: decision.decisionId };
    return { allowed: false, errors: errors.slice(0, SHOWN) };
  };
}

function questionOf(asked: IssuingQuestion, award: IssuingQuestion['awards'][number]): AwardInQuestion {
  const { issuer, achievement, regime, psgc } = asked;
  const { source, sourcePsgc, trainingProvider, learningRoute, awardedDate } = award;
  const now = formatInstant(asked.now);
  return {
    parties: { issuer, ...(source ? { source } : {}), ...(trainingProvider ? { trainingProvider } : {}) },
    ...(regime ? { regime } : {}),
    at: awardedDate,
    knownAt: now,
    // It is being recorded now: a date long past must lie in a time that had not ended a grace ago.
    recordedAt: now,
    ...(sourcePsgc ? { psgcOf: { source: [sourcePsgc] } } : {}),
    facts: awardFacts(achievement, {
      site: [source, trainingProvider].filter((one) => one !== undefined),
      psgc,
      ...(learningRoute ? { learningRoute } : {}),
    }),
  };
}

function faults(entitlement: Entitlement, index: number): FieldError[] {
  return entitlement.parties
    .filter(({ need, walk }) => need !== 'reported' && walk?.atAward.answer !== 'yes')
    .map((one) => ({
      pointer: one.role === 'Assess' ? `/recipients/${index}/source` : `/recipients/${index}`,
      ...wordsOf(one),
    }));
}

function wordsOf({ role, party, walk }: AskedParty): { detail: string; code: string } {
  if (!walk) return { code: 'not_stated', detail: `must name who did it: this kind of award needs the role ${role}` };
  const who = `${party} for the role ${role}`;
  const { answer, rejected } = walk.atAward;
  const why = rejected.map(({ grant, reason, link }) => `${grant}: ${reason}${link ? ` at ${link}` : ''}`).slice(0, 5);
  switch (answer) {
    case 'no':
      return {
        code: rejected[0]?.reason ?? 'no',
        detail: `no accreditation of ${who} holds on that day (${why.join('; ')})`,
      };
    case 'unknown': {
      const silent = walk.unanswered.map(({ accreditor, code }) => `${accreditor}: ${code}`);
      return {
        code: 'unknown',
        detail: `whether ${who} is accredited cannot be found out here (${silent.join('; ')})`,
      };
    }
    default:
      return { code: 'not_covered', detail: `no register reached from a trust anchor lists ${who}` };
  }
}
