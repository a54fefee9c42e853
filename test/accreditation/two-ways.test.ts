import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAccreditationCheck, type Register, type RegisterAnswer, walkRegisters } from '#accreditation';
import { SCHOOL } from './support/build.ts';
import { type Chains, chains, instant, registersOf, runs, TWO_ANCHORS } from './support/chains.ts';

const only = (register: Register, keep: (grant: Register['grants'][number]) => boolean): Register => {
  const grants = register.grants.filter(keep);
  const ids = new Set(grants.map(({ id }) => id));
  return { ...register, grants, events: register.events.filter((event) => ids.has(event.grant)) };
};

/** The way up from the party by look-ups, as issuing asks; and the way down from the anchors, as a stranger does. */
function bothWays(of: Chains) {
  const known = registersOf(of);
  const answer = (register: Register | undefined, did: string): RegisterAnswer =>
    register ? { outcome: 'ok', register } : { outcome: 'unknown', code: 'register_unreachable', detail: did };
  const check = createAccreditationCheck({
    policy: TWO_ANCHORS,
    registers: {
      grantsTo: async (parties, role) =>
        [...known.values()]
          .map((one) => only(one, (grant) => parties.includes(grant.accredited) && (!role || grant.role === role)))
          .filter(({ grants }) => grants.length > 0),
      atHand: async (did, about) => {
        const register = known.get(did);
        const part = register && only(register, (grant) => grant.accredited === about || grant.role === 'Accredit');
        return answer(part, did);
      },
    },
  });
  const down = (recordedAt?: string) =>
    walkRegisters({
      ...{ policy: TWO_ANCHORS, party: SCHOOL, question: of.question },
      source: async (did) => answer(known.get(did), did),
      ...(recordedAt ? { recordedAt } : {}),
    });
  return { check, down };
}

describe('two ways to one answer (generated)', () => {
  it('upwards by look-up and downwards by whole registers agree, at the award and now', async () => {
    let yes = 0;
    await fc.assert(
      fc.asyncProperty(chains, fc.option(instant, { nil: undefined }), async (of, recordedAt) => {
        // A day to come is asked about differently, see the issuing gate.
        const question = { ...of.question, at: [of.question.at, of.question.knownAt].sort()[0]! };
        const { check, down } = bothWays({ ...of, question });
        const { at, knownAt, facts } = question;
        const award = { parties: { issuer: SCHOOL }, at, knownAt, facts, ...(recordedAt ? { recordedAt } : {}) };
        const [up, whole] = [await check.party(SCHOOL, 'Award', award), await down(recordedAt)];
        const said = (one: typeof up) =>
          [one.atAward, one.now].map(({ answer, matched }) => [answer, matched.map(({ grant }) => grant)]);
        if (up.atAward.answer === 'yes') yes++;
        expect(said(up)).toEqual(said(whole));
      }),
      runs(0.15),
    );
    expect(yes).toBeGreaterThan(20);
  });
});
