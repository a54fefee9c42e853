import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { openService, type TestService } from '../support/service.ts';

const IMPOSSIBLE = [
  ...[
    '2026-02-30',
    '2027-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '10000-01-01',
    '2026-1-1',
    '26-01-01',
    '2026/01/01',
  ],
  ...[
    '2026-02-30T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:60Z',
    '2026-01-01T00:00:00',
    '2026-01-01T00:60:00Z',
  ],
  ...[
    '2026-01-01T00:00:00+24:00',
    '2026-01-01 00:00:00Z',
    '10000-01-01T00:00:00Z',
    '+002026-01-01T00:00:00Z',
    '0000-01-01',
  ],
  ...[
    '1e400',
    '1767225600',
    'tomorrow',
    '',
    ' 2026-01-01',
    '2026-01-01\n',
    '２０２６-01-01',
    '2026-W01-1',
    '2026-001',
    'Invalid Date',
  ],
];
const VALUES: readonly (string | number | null | boolean | object)[] = [
  ...IMPOSSIBLE,
  1_767_225_600,
  1e21,
  null,
  true,
  {},
  ['2026-01-01'],
];

let on: TestService;
let college: Awaited<ReturnType<TestService['institution']>>;
let other: typeof college;
let achievementId: string;
beforeAll(async () => {
  on = await openService();
  college = await on.institution('specimen-college');
  other = await on.institution('specimen-school');
  const made = await on.call<{ achievementId: string }>('POST', '/v1/achievements', {
    key: college.issuer,
    body: {
      achievement: {
        name: 'SPECIMEN Wiring',
        description: 'Wires a small array.',
        criteria: { narrative: 'Practical assessment.' },
        achievementType: 'MicroCredential',
      },
      extension: false,
    } as JsonObject,
  });
  if (made.status !== 201) throw new Error(made.text);
  achievementId = made.body.achievementId;
}, 60_000);
afterAll(() => on.close());

/** Every member of a request that holds a day or an instant. */
const FIELDS: Record<string, (value: unknown) => { key: string; path: string; body: object }> = {
  ...Object.fromEntries(
    ['awardedDate', 'validFrom', 'validUntil'].map((name) => [
      `credentials ${name}`,
      (value: unknown) => ({
        key: college.issuer,
        path: '/v1/credentials',
        body: { achievementId, recipients: [{ [name]: value }] },
      }),
    ]),
  ),
  ...Object.fromEntries(
    ['validFrom', 'validUntil', 'decisionDate'].map((name) => [
      `accreditations ${name}`,
      (value: unknown) => ({
        key: college.authority,
        path: '/v1/accreditations',
        body: {
          accredited: other.did,
          role: 'Award',
          scope: [{ awardType: ['HeiMicroCredential'] }],
          validFrom: '2026-01-01',
          [name]: value,
        },
      }),
    ]),
  ),
  'verifications knownAt': (value) => ({
    key: college.issuer,
    path: '/v1/verifications',
    body: { document: {}, knownAt: value },
  }),
  'API keys expiresAt': (value) => ({
    key: on.operatorKey,
    path: '/v1/api-keys',
    body: { institution: 'specimen-college', role: 'issuer', label: 'x', expiresAt: value },
  }),
};

const count = async () =>
  (await on.call<{ items: object[] }>('GET', '/v1/credentials?limit=200', { key: college.issuer })).body.items.length;

describe('TM-4 days and instants that do not exist', () => {
  it('the same requests with a good day are taken', async () => {
    const { key, path, body } = FIELDS['credentials validUntil']!('2031-12-31');
    expect((await on.call('POST', path, { key, body: body as never })).status).toBe(201);
    const grant = FIELDS['accreditations validUntil']!('2031-12-31');
    expect((await on.call('POST', grant.path, { key: grant.key, body: grant.body as never })).status).toBe(201);
  });

  it.each(Object.keys(FIELDS))('%s', async (name) => {
    const before = await count();
    for (const value of VALUES) {
      const { key, path, body } = FIELDS[name]!(value);
      const { status, text } = await on.call('POST', path, { key, body: body as never });
      expect(status, `${JSON.stringify(value)}: ${text}`).toBe(400);
      const { errors } = JSON.parse(text) as { errors?: { pointer: string }[] };
      expect(
        errors?.some(({ pointer }) => pointer.endsWith(name.split(' ').at(-1)!)),
        `${JSON.stringify(value)}: ${text}`,
      ).toBe(true);
    }
    expect(await count()).toBe(before);
  });
});
