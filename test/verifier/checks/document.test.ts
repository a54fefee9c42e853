import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { CREDENTIALS_V2, type ProofReport } from '#proofs';
import { withCrossChecks } from '../../../src/verifier/checks/cross-checks.ts';
import { checkDocument, type DocumentRules } from '../../../src/verifier/checks/document.ts';
import { checkRelatedResources } from '../../../src/verifier/checks/related-resource.ts';
import { type Check, type CheckResult, check } from '../../../src/verifier/report.ts';
import type { FetchedBytes, Session } from '../../../src/verifier/session.ts';

const WORDS = { en: 'x', fil: 'y' };
const found = (result: CheckResult): Check => check('document', result, 'before', WORDS, { kept: true });
const said = ({ check: name, result, code }: Check) => `${name} ${result} ${code}`;

describe('a document of its profile', () => {
  const proof: ProofReport = { outcome: 'pass', code: 'signature_valid', proofs: [] };
  const rules: DocumentRules = { contextProblems: () => [], schemaErrors: () => [], phErrors: () => [] };
  const badge: JsonObject = {
    '@context': [CREDENTIALS_V2],
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: 'did:web:school.example',
    credentialSubject: { id: 'did:key:z6Mk' },
    validFrom: '2026-01-01T00:00:00Z',
  };
  const error = [{ pointer: '/name', detail: 'secret' }];
  const unread = [{ code: 'unsupported_context', pointer: '/@context/1', detail: '' }];
  const wrong = [{ code: 'bad_context', pointer: '/@context/0', detail: '' }];
  const OF = { openbadge: badge, vc: { ...badge, type: ['VerifiableCredential'] } };

  it.each<[string, JsonObject, Partial<DocumentRules>, Partial<ProofReport>, 'openbadge' | 'vc', string]>([
    ['good', {}, {}, {}, 'openbadge', 'pass conforming'],
    ['good', {}, {}, {}, 'vc', 'pass conforming'],
    ['against the schema', {}, { schemaErrors: () => error }, {}, 'openbadge', 'fail schema'],
    ['against the schema of badges', {}, { schemaErrors: () => error }, {}, 'vc', 'pass conforming'],
    ['against our own rules', {}, { phErrors: () => error }, {}, 'openbadge', 'fail ph_rules'],
    ['ends before it begins', { validUntil: '2025-12-31T23:59:59Z' }, {}, {}, 'openbadge', 'fail dates'],
    ['ends as it begins', { validUntil: '2026-01-01T00:00:00Z' }, {}, {}, 'openbadge', 'pass conforming'],
    [
      'older names of dates',
      { validFrom: undefined!, issuanceDate: '2026-01-01T00:00:00Z', expirationDate: '2025-01-01T00:00:00Z' },
      {},
      {},
      'openbadge',
      'fail dates',
    ],
    ['an end that is no date is for the schema', { validUntil: 'never' }, {}, {}, 'openbadge', 'pass conforming'],
    ['a member of the wrong type', { issuer: 7 }, {}, {}, 'vc', 'fail data_model'],
    ['contexts that are wrong', {}, { contextProblems: () => wrong }, {}, 'openbadge', 'fail bad_context'],
    [
      'contexts that are not read',
      {},
      { contextProblems: () => unread },
      {},
      'openbadge',
      'unknown unsupported_context',
    ],
    [
      'not read, against the schema',
      {},
      { contextProblems: () => unread, schemaErrors: () => error },
      {},
      'openbadge',
      'unknown unsupported_context',
    ],
    ['not read', {}, { contextProblems: () => unread }, {}, 'vc', 'unknown unsupported_context'],
    [
      'not read, and wrong whatever they say',
      { issuer: 7 },
      { contextProblems: () => unread },
      {},
      'vc',
      'fail data_model',
    ],
    [
      'of a type not read here',
      { type: ['VerifiableCredential', 'Diploma'] },
      {},
      {},
      'openbadge',
      'unknown unsupported_type',
    ],
    ['of one type not read here', { type: 'VerifiableCredential' }, {}, {}, 'openbadge', 'unknown unsupported_type'],
    ['no credential at all', { type: ['Diploma'] }, { schemaErrors: () => error }, {}, 'openbadge', 'fail schema'],
    [
      'an endorsement',
      { type: ['VerifiableCredential', 'EndorsementCredential'] },
      {},
      {},
      'openbadge',
      'pass conforming',
    ],
    ['a record', { type: ['VerifiableCredential', 'ClrCredential'] }, {}, {}, 'openbadge', 'pass conforming'],
    [
      'by its other name',
      { type: ['VerifiableCredential', 'AchievementCredential'] },
      {},
      {},
      'openbadge',
      'pass conforming',
    ],
    ['a member nobody defined', {}, {}, { outcome: 'fail', code: 'dropped_term' }, 'openbadge', 'fail undefined_term'],
    [
      'itself twice',
      { id: 'urn:a', credentialSubject: { evidence: { id: 'urn:a', type: 'OpenBadgeCredential' } } },
      {},
      {},
      'openbadge',
      'unknown split_node',
    ],
  ])('%s', (_, change, rule, report, profile, expected) => {
    const document = JSON.parse(JSON.stringify({ ...OF[profile], ...change }));
    const one = checkDocument(document, { ...proof, ...report }, { ...rules, ...rule }, profile);
    expect(said(one)).toBe(`document ${expected}`);
    expect(JSON.stringify(one)).not.toContain('secret');
  });

  it('is a badge unless it is said otherwise, and places are named', () => {
    const one = checkDocument(badge, proof, { ...rules, schemaErrors: () => error });
    expect(one.evidence.at).toEqual(['/name']);
    const asked: unknown[] = [];
    const contextProblems: DocumentRules['contextProblems'] = (_, profile) => {
      asked.push(profile);
      return [];
    };
    checkDocument(badge, proof, { ...rules, contextProblems });
    checkDocument(OF.vc, proof, { ...rules, contextProblems }, 'vc');
    expect(asked).toEqual([undefined, 'vc']);
    const late = checkDocument({ ...badge, validUntil: '2025-01-01T00:00:00Z' }, proof, rules);
    expect(late.evidence.at).toEqual(['/validUntil']);
    const twin = { id: 'urn:a', credentialSubject: { evidence: { id: 'urn:a', type: 'OpenBadgeCredential' } } };
    expect(checkDocument({ ...badge, ...twin }, proof, rules).evidence.at).toEqual(['/credentialSubject/evidence']);
  });
});

describe('what does not fit together', () => {
  const of = (subject: JsonObject | JsonObject[], result: CheckResult = 'pass') =>
    withCrossChecks(found(result), { credentialSubject: subject });
  const BAD = { achievement: { id: 'urn:a', related: { id: 'urn:a' } } };

  it('is a warning, and takes nothing from what was found', () => {
    const one = of(BAD);
    expect(said(one)).toBe('document warning related_self');
    expect(one.evidence).toEqual({
      kept: true,
      mismatches: [{ code: 'related_self', pointer: '/credentialSubject/achievement/related/id' }],
    });
    expect(of(BAD, 'warning')).toMatchObject({ code: 'before', evidence: { mismatches: [{ code: 'related_self' }] } });
    for (const result of ['fail', 'unknown'] as const) expect(of(BAD, result)).toEqual(found(result));
    expect(of({ achievement: { id: 'urn:a', related: [{ id: 'urn:b' }] } })).toEqual(found('pass'));
  });

  it.each<[string, JsonObject | JsonObject[], string[]]>([
    [
      'a result of no description',
      { achievement: { resultDescription: { id: 'urn:d' } }, result: [{ resultDescription: 'urn:x' }] },
      ['result_mismatch /credentialSubject/result/0/resultDescription'],
    ],
    [
      'in each of several subjects',
      [{ id: 'urn:1' }, BAD],
      ['related_self /credentialSubject/1/achievement/related/id'],
    ],
    [
      'in each of several achievements',
      { achievement: [{ id: 'urn:b' }, { id: 'urn:a', related: [{ id: 'urn:c' }, { id: 'urn:a' }] }] },
      ['related_self /credentialSubject/achievement/1/related/1/id'],
    ],
    [
      'ends that are defined here',
      { achievement: [{ id: 'urn:a' }, { id: 'urn:b' }], association: { sourceId: 'urn:a', targetId: 'urn:b' } },
      [],
    ],
    [
      'ends that are awarded by a member',
      {
        verifiableCredential: [
          { credentialSubject: { achievement: { id: 'urn:a' } } },
          { credentialSubject: { achievement: { id: 'urn:b' } } },
        ],
        association: [{ sourceId: 'urn:a', targetId: 'urn:b' }],
      },
      [],
    ],
    [
      'ends of a record inside the record',
      {
        verifiableCredential: { type: ['ClrCredential'], credentialSubject: { achievement: { id: 'urn:a' } } },
        achievement: { id: 'urn:b' },
        association: [{ sourceId: 'urn:a', targetId: 'urn:b' }],
      },
      ['association_dangling /credentialSubject/association/0/sourceId'],
    ],
    [
      'ends of nothing',
      { association: [{ sourceId: 'urn:a', targetId: 'urn:b' }] },
      [
        'association_dangling /credentialSubject/association/0/sourceId',
        'association_dangling /credentialSubject/association/0/targetId',
      ],
    ],
    ['what is no object is for the schema', { achievement: ['urn:a', null], result: 'A', association: 'x' }, []],
  ])('%s', (_, subject, expected) => {
    const { evidence } = of(subject);
    const mismatches = (evidence.mismatches ?? []) as { code: string; pointer: string }[];
    expect(mismatches.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(expected);
  });

  it('shows twenty', () => {
    const many = Array.from({ length: 15 }, () => ({ sourceId: 'urn:a', targetId: 'urn:b' }));
    expect(of({ association: many }).evidence.mismatches).toHaveLength(20);
  });
});

describe('what it rests on, by digest', () => {
  const PAGES: Record<string, string> = { 'https://a.example/1': 'one', 'https://a.example/2': 'two' };
  const fetches: string[] = [];
  const session = {
    bytes: async (url: string): Promise<FetchedBytes> => {
      fetches.push(url);
      const text = PAGES[url];
      return text === undefined ? { ok: false, code: 'unreachable' } : { ok: true, bytes: Buffer.from(text) };
    },
  } as unknown as Session;
  const sri = (text: string, algorithm = 'sha256') =>
    `${algorithm}-${createHash(algorithm).update(text).digest('base64')}`;
  const page = (number: number, digestSRI = sri(PAGES[`https://a.example/${number}`] ?? '')) => ({
    id: `https://a.example/${number}`,
    digestSRI,
  });
  const of = (relatedResource: unknown, before = found('pass')) =>
    checkRelatedResources({ relatedResource } as JsonObject, before, session);

  it.each<[string, unknown, string, object[]]>([
    ['the same', page(1), 'pass before', [{ outcome: 'same' }]],
    ['two of them', [page(1), page(2)], 'pass before', [{ outcome: 'same' }, { outcome: 'same' }]],
    ['two digests that agree', page(1, `${sri('one')} ${sri('one', 'sha384')}`), 'pass before', [{ outcome: 'same' }]],
    [
      'two digests, one of them other',
      page(1, `${sri('one')} ${sri('two', 'sha384')}`),
      'fail related_resource',
      [{ outcome: 'other' }],
    ],
    ['another', [page(2), page(1, sri('two'))], 'fail related_resource', [{ outcome: 'same' }, { outcome: 'other' }]],
    ['not there', page(3), 'warning related_resource_unreachable', [{ outcome: 'unknown', code: 'unreachable' }]],
    [
      'no digest',
      { id: 'https://a.example/1' },
      'warning related_resource_unreachable',
      [{ outcome: 'unknown', code: 'no_digest' }],
    ],
    [
      'the base context',
      { id: CREDENTIALS_V2, digestSRI: sri('not it') },
      'fail related_resource',
      [{ outcome: 'other' }],
    ],
    ['the base context without a digest', { id: CREDENTIALS_V2 }, 'fail related_resource', [{ outcome: 'other' }]],
  ])('%s', async (_, resource, expected, compared) => {
    const one = await of(resource);
    expect(said(one)).toBe(`document ${expected}`);
    expect(one.evidence.kept).toBe(true);
    expect(one.evidence.relatedResource).toMatchObject(compared);
  });

  it('is fetched four times at most, and only for a document that holds', async () => {
    fetches.length = 0;
    const one = await of([1, 2, 1, 2, 1].map((number) => page(number)));
    expect(fetches).toHaveLength(4);
    expect(one.evidence.relatedResource).toMatchObject([{}, {}, {}, { outcome: 'same' }, { code: 'too_many' }]);
    for (const result of ['fail', 'unknown'] as const) expect(await of(page(1), found(result))).toEqual(found(result));
    expect(fetches).toHaveLength(4);
    expect(await of(undefined)).toEqual(found('pass'));
    expect(await of(['https://a.example/1'])).toEqual(found('pass'));
  });

  it('a warning stays the warning it was, unless the digest is wrong', async () => {
    expect(await of(page(3), found('warning'))).toMatchObject({ result: 'warning', code: 'before' });
    expect(await of(page(1, sri('two')), found('warning'))).toMatchObject({ result: 'fail', code: 'related_resource' });
  });
});
