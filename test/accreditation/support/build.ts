import {
  type Grant,
  type GrantEvent,
  judge,
  legalInstant,
  type Question,
  type Register,
  type RegisterAnswer,
  type Succession,
  type TrustPolicy,
  walkRegisters,
} from '#accreditation';

export const ANCHOR = 'did:web:anchor.example';
export const AUTHORITY = 'did:web:authority.example';
export const SUB = 'did:web:sub.example';
export const SCHOOL = 'did:web:school.example';
export const POLICY: TrustPolicy = { anchors: [ANCHOR], maxDepth: 3 };

/** First second of a day in Manila, as UTC; an instant stays what it is. */
export const at = (text: string): string => legalInstant(text)!;
/** So many seconds later. */
export const shift = (instant: string, seconds: number): string =>
  new Date(Date.parse(instant) + seconds * 1_000).toISOString().replace('.000', '');

export const TODAY = at('2026-11-24');
export const AWARD: Question = {
  role: 'Award',
  at: at('2026-06-15'),
  knownAt: TODAY,
  facts: { awardType: 'TvetMicroCredential', pqfLevel: 2 },
};

/** For TVET micro-credentials, from 2026-01-01 on, recorded when it began or before. Days are taken as days in Manila. */
export function grant(accreditor: string, accredited: string, more: Partial<Grant> = {}): Grant {
  const validFrom = at(more.validFrom ?? '2026-01-01');
  return {
    id: `${accreditor}/grants/${accredited}/${more.role ?? 'Award'}`,
    accreditor,
    accredited,
    verb: 'accredit',
    role: 'Award',
    scope: [{ awardType: ['TvetMicroCredential'] }],
    recordedAt: [validFrom, at('2026-01-01')].sort()[0]!,
    provisional: false,
    maxDelegationDepth: 0,
    legalInstrument: [],
    condition: [],
    ...more,
    validFrom,
    ...(more.validUntil === undefined ? {} : { validUntil: at(more.validUntil) }),
  };
}

/** May hand on its authority once. */
export const delegate = (from: string, to: string, more: Partial<Grant> = {}): Grant =>
  grant(from, to, { role: 'Accredit', maxDelegationDepth: 1, ...more });

/** Recorded when it took effect. */
export const event = (
  of: Grant,
  type: GrantEvent['type'],
  effectiveAt: string,
  recordedAt = effectiveAt,
): GrantEvent => ({
  grant: of.id,
  type,
  effectiveAt: at(effectiveAt),
  recordedAt: at(recordedAt),
});

export const register = (
  accreditor: string,
  grants: readonly Grant[],
  events: readonly GrantEvent[] = [],
  successions: readonly Succession[] = [],
): Register => ({
  url: `https://registry.example/${accreditor}`,
  accreditor,
  published: '2026-11-23T16:00:00Z',
  validUntil: '2026-11-24T16:00:00Z',
  grants,
  events,
  successions,
});

/** These registers judged as they are. */
export const judged = (registers: readonly Register[], question: Question = AWARD, policy = POLICY, party = SCHOOL) =>
  judge(new Map(registers.map((one) => [one.accreditor, one])), policy, party, question);

export interface Walk {
  issuer?: string;
  /** Authorities whose register does not answer. */
  down?: readonly string[];
  policy?: TrustPolicy;
  question?: Question;
  recordedAt?: string;
}

/** Walks these registers, and says of whom one was asked for. */
export async function walk(registers: readonly Register[], more: Walk = {}) {
  const asked: string[] = [];
  const source = async (did: string): Promise<RegisterAnswer> => {
    asked.push(did);
    const found = registers.find((one) => one.accreditor === did);
    if (!found || more.down?.includes(did)) return { outcome: 'unknown', code: 'register_unreachable', detail: did };
    return { outcome: 'ok', register: found };
  };
  const result = await walkRegisters({
    policy: more.policy ?? POLICY,
    source,
    party: more.issuer ?? SCHOOL,
    question: more.question ?? AWARD,
    ...(more.recordedAt === undefined ? {} : { recordedAt: more.recordedAt }),
  });
  return { ...result, asked, answers: [result.atAward.answer, result.now.answer] };
}
