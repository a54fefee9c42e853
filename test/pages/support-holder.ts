import { type ClaimPage, type MyPage, renderClaim, renderMy, type Site } from '#pages';
import type { StackReport } from '#verifier';

/** The learner's page and the claim page in each of their states. */
export function holderPages(
  site: Site,
  text: (field: string) => string,
  address: (field: string) => string,
): Record<string, string> {
  const boundBy = { kind: 'studentNumber' as const, value: text('number'), institution: text('institution') };
  const session: NonNullable<MyPage['session']> = {
    expiresAt: '2026-11-24T15:00:00Z',
    identifiers: [{ kind: 'email', value: text('email') }, { kind: 'did', value: text('did') }, boundBy],
    badges: (['active', 'suspended', 'revoked'] as const).map((state, n) => ({
      ...{
        id: `0123456789abcdefghjkmnpqr${n}`,
        name: text('badge'),
        issuerName: text('issuer'),
        issuerSlug: 'specimen',
      },
      ...{ awardedDate: text('awarded'), state, boundBy },
      release: { name: 'shown', comparison: 'refused', page: n === 0 ? 'hidden' : 'shown' },
      ...(n === 0 ? {} : { verdict: { verdict: 'invalid' as const, sentence: { en: text('en'), fil: text('fil') } } }),
    })),
    wards: [],
    more: 3,
    imports: (['counts', 'not_yours', 'not_verified', 'not_valid', 'open_badges_2'] as const).map((state, n) => ({
      ...{ id: `0123456789abcdefghjkmnpqs${n}`, state, verifiedAt: '2026-11-24T03:00:00Z' },
      sentence: { en: text('en'), fil: text('fil') },
      ...(n === 0 ? {} : { name: text('brought'), issuerName: text('foreign') }),
    })),
    moreImports: 2,
    hosts: [
      {
        ...{ id: '0123456789abcdefghjkmnpqrs', title: text('title'), host: text('consumerHost'), ended: false },
        ...{ may: { pull: true, push: true }, connectedAt: '2026-11-24T03:00:00Z' },
        transfers: [
          {
            ...{ kind: 'pull', state: 'done', credentialId: '', at: '2026-11-24T03:00:00Z' },
            badges: [
              { outcome: 'created', name: text('pulled') },
              { outcome: 'not_newer' },
              { outcome: 'refused', name: text('refused'), sentence: { en: text('en'), fil: text('fil') } },
              { outcome: 'refused' },
            ],
          },
          {
            ...{ kind: 'push', state: 'waiting', credentialId: '0123456789abcdefghjkmnpqr0', badges: [] },
            problem: { said: text('said'), sentence: { en: text('en'), fil: text('fil') } },
            ...{ at: '2026-11-24T03:00:00Z', again: '2026-11-24T03:30:00Z' },
          },
          {
            ...{ kind: 'push', state: 'done', credentialId: 'x', outcome: 'unchanged', badges: [] },
            at: '2026-11-24T03:00:00Z',
          },
        ],
      },
      {
        ...{ id: '0123456789abcdefghjkmnpqrt', title: text('title'), host: text('consumerHost'), ended: true },
        ...{ may: { pull: false, push: false }, connectedAt: '2026-11-24T03:00:00Z', transfers: [] },
      },
    ],
    pathways: [{ url: address('pathway'), name: text('pathway') }],
    connections: [
      {
        ...{ id: '0123456789abcdefghjkmnpqrs', name: text('application'), host: text('host') },
        ...{ may: ['readCredentials', 'upsertCredentials', 'readProfile', 'updateProfile'] },
        ...{ since: '2026-11-24T03:00:00Z', until: '2027-05-23T03:00:00Z' },
      },
    ],
  };
  const ward = {
    ...{ id: '0123456789abcdef', name: text('ward'), until: '2027-03-01', hasAddress: true },
    badges: session.badges.slice(0, 1),
  };
  const guardian = {
    ...session,
    badges: session.badges.map((badge) => ({ ...badge, guardianUntil: '2027-03-01' })),
    wards: [ward, { id: '0123456789abcde0', until: '2027-03-01', hasAddress: false, badges: [] }],
  };
  const stack = {
    ...{ outcome: 'unmet', sentence: { en: text('sentence'), fil: text('sentence') }, pathway: { name: text('name') } },
    evaluation: { used: [], missing: [{ node: 'a', text: { en: text('missing'), fil: text('missing') } }] },
  } as unknown as StackReport;
  const claim: ClaimPage = {
    ...{ path: '/claim/secret-of-the-link', formToken: text('token'), expiresAt: '2026-12-24T03:00:00Z' },
    badge: {
      ...{
        name: text('badge'),
        description: text('description'),
        imageUrl: address('image'),
        issuerName: text('issuer'),
      },
      ...{ issuerSlug: 'specimen', awardedDate: text('awarded'), awardType: text('awardType'), pqfLevel: 5 },
      ...{ recipientName: text('recipient'), pqfLevelStatus: text('status'), timeZone: 'Asia/Manila' },
    },
    ...{ step: 'choices', needsTxCode: false, own: { pagePath: '/credentials/1', hasToken: true } },
    wallet: {
      link: `openid-credential-offer://?credential_offer_uri=${encodeURIComponent(text('uri'))}`,
      qrPath: '/qr.svg',
    },
  };
  const taken = { at: '2026-11-25T03:00:00Z', door: 'oid4vci' as const };
  return {
    my: renderMy(site, { formToken: '' }),
    'my-code': renderMy(site, { formToken: text('token'), codeFor: text('address') }),
    'my-badges': renderMy(site, {
      ...{ formToken: text('token'), session, stack, challenge: { challenge: text('asked'), domain: text('domain') } },
      ...{
        notice: { tone: 'bad', word: 'keyWrong', detail: text('detail') },
        offered: { path: '/claim/x', txCode: text('tx') },
        going: { url: address('going'), title: text('title'), host: text('consumerHost'), may: ['pull', 'push'] },
      },
    }),
    'my-guardian': renderMy(site, { formToken: text('token'), session: guardian }),
    'my-guardian-erasure': renderMy(site, {
      ...{ formToken: text('token'), session: guardian },
      erasure: {
        groups: [{ becomes: 'entry', counts: [{ kind: 'guardian', count: 1 }] }],
        confirmation: 'c',
        ward: ward.id,
      },
    }),
    'claim-guardian': renderClaim(site, { ...claim, guardian: { name: text('ward'), until: '2027-03-01' } }),
    'claim-guardian-unknown': renderClaim(site, { ...claim, guardian: {} }),
    claim: renderClaim(site, claim),
    'claim-code': renderClaim(site, { ...claim, needsTxCode: true, notice: { tone: 'bad', word: 'txWrong' } }),
    'claim-ask': renderClaim(site, { ...claim, step: 'ask', codeSent: true }),
    'claim-taken': renderClaim(site, { ...claim, step: 'taken', taken }),
    ...Object.fromEntries(
      (['expired', 'withdrawn', 'locked', 'revoked'] as const).map((step) => [
        `claim-${step}`,
        renderClaim(site, { ...claim, step }),
      ]),
    ),
  };
}
