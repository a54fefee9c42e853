import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import type { ProofReport } from '#proofs';
import { checkEndorsements } from '../../../src/verifier/checks/endorsements.ts';
import type { Session } from '../../../src/verifier/session.ts';

const BADGE = 'https://school.example/credentials/1';
const BOARD = 'did:web:board.example';
const CONTEXT = ['https://www.w3.org/ns/credentials/v2'];

const endorsement = (more: JsonObject = {}, subject: JsonObject = {}): JsonObject => ({
  '@context': CONTEXT,
  id: 'https://board.example/endorsements/1',
  type: ['VerifiableCredential', 'EndorsementCredential'],
  issuer: { id: BOARD },
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: { id: BADGE, type: ['EndorsementSubject'], endorsementComment: 'Well taught.', ...subject },
  ...more,
});

/** What proofs say is decided elsewhere; here each is as it is given. */
async function judge(list: unknown, proof: Partial<ProofReport> = {}, badge: JsonObject = {}) {
  const asked: { document: JsonObject; controller: string }[] = [];
  const session = {
    now: new Date('2026-06-01T00:00:00Z'),
    proof: async (document: JsonObject, controller: string) => {
      asked.push({ document, controller });
      return { outcome: 'pass', code: 'signature_valid', proofs: [], ...proof };
    },
  } as unknown as Session;
  const found = await checkEndorsements(
    { '@context': CONTEXT, id: BADGE, endorsement: list, ...badge } as JsonObject,
    session,
  );
  return { found, asked, said: `${found.check} ${found.result} ${found.code}` };
}
const findingsOf = ({ found }: Awaited<ReturnType<typeof judge>>) =>
  (found.evidence.endorsements ?? []) as Record<string, unknown>[];

describe('endorsements', () => {
  it('are none, or all genuine', async () => {
    expect((await judge(undefined)).said).toBe('endorsements not_applicable none');
    const one = await judge([endorsement()]);
    expect(one.said).toBe('endorsements pass endorsements_valid');
    expect(one.found.evidence).toEqual({
      total: 1,
      endorsements: [
        {
          on: 'credential',
          pointer: '/endorsement/0',
          issuer: BOARD,
          id: 'https://board.example/endorsements/1',
          comment: 'Well taught.',
          outcome: 'pass',
          code: 'valid',
        },
      ],
    });
    expect(one.asked[0]!.controller).toBe(BOARD);
  });

  it.each<[string, unknown, string]>([
    ['of another type', endorsement({ type: ['VerifiableCredential'] }), 'fail type'],
    ['that is no credential', endorsement({ type: ['EndorsementCredential'] }), 'fail type'],
    ['of nobody', endorsement({ issuer: null }), 'fail malformed'],
    ['about nothing', endorsement({ credentialSubject: 'x' }), 'fail malformed'],
    ['that is no object', 7, 'fail malformed'],
    ['that is no token', 'https://board.example/endorsements/1', 'fail malformed'],
    ['of something else', endorsement({}, { id: `${BADGE}0` }), 'fail other_subject'],
    ['of nothing named', endorsement({}, { id: undefined! }), 'fail other_subject'],
    ['that is over', endorsement({ validUntil: '2026-05-01T00:00:00Z' }), 'fail expired'],
    ['that has not begun', endorsement({ validFrom: '2026-07-01T00:00:00Z' }), 'fail not_yet_valid'],
    ['with a status nobody reads', endorsement({ credentialStatus: { type: 'Other' } }), 'unknown unsupported_status'],
  ])('one %s', async (_, one, expected) => {
    const judged = await judge([JSON.parse(JSON.stringify(one))]);
    const [finding] = findingsOf(judged);
    expect(`${finding!.outcome} ${finding!.code}`).toBe(expected);
    const failed = expected.startsWith('fail');
    expect(judged.said).toBe(
      failed ? 'endorsements warning endorsement_invalid' : 'endorsements unknown endorsement_unknown',
    );
  });

  it('one about nothing, on a thing without an id, speaks of nothing', async () => {
    const one = JSON.parse(JSON.stringify(endorsement({}, { id: undefined! })));
    const [finding] = findingsOf(await judge([one], {}, { id: undefined! }));
    expect(finding).toMatchObject({ outcome: 'fail', code: 'other_subject' });
  });

  it.each([
    ['fail', 'signature_invalid'],
    ['unknown', 'did_unreachable'],
  ] as const)('whose proof is %s says nothing of its words', async (outcome, code) => {
    const judged = await judge([endorsement()], { outcome, code });
    expect(findingsOf(judged)).toEqual([{ on: 'credential', pointer: '/endorsement/0', outcome, code }]);
    expect(judged.found.result).toBe(outcome === 'fail' ? 'warning' : 'unknown');
  });

  it('without its own context has the one where it stands; with one, its own', async () => {
    const { '@context': _, ...bare } = endorsement();
    expect((await judge([bare])).asked[0]!.document['@context']).toEqual(CONTEXT);
    const own = endorsement({ '@context': ['https://other.example/'] });
    expect((await judge([own])).asked[0]!.document['@context']).toEqual(['https://other.example/']);
    const [nowhere] = (await judge([bare], {}, { '@context': undefined! })).asked;
    expect('@context' in nowhere!.document).toBe(false);
  });

  it('without an id or words are still genuine', async () => {
    const one = JSON.parse(JSON.stringify(endorsement({ id: undefined! }, { endorsementComment: undefined! })));
    const [finding] = findingsOf(await judge([one]));
    expect(finding).toEqual({
      on: 'credential',
      pointer: '/endorsement/0',
      issuer: BOARD,
      outcome: 'pass',
      code: 'valid',
    });
  });

  it('of many are looked at twenty, and then not all is known', async () => {
    const judged = await judge(Array.from({ length: 21 }, () => endorsement()));
    expect(judged.said).toBe('endorsements unknown endorsement_unknown');
    expect(judged.found.evidence.total).toBe(21);
    expect(judged.asked).toHaveLength(20);
    expect((await judge(Array.from({ length: 20 }, () => endorsement()))).said).toContain('pass');
  });

  it('show at most five hundred characters of what is said', async () => {
    const [finding] = findingsOf(await judge([endorsement({}, { endorsementComment: 'x'.repeat(600) })]));
    expect(finding!.comment).toBe('x'.repeat(500));
  });
});
