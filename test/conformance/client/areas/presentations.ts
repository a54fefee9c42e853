import { assert, type Check, inArea } from '../check.ts';
import { type Client, type Doc, notVerified, refused, verified } from '../client.ts';
import { createHolder } from '../holder.ts';
import { changed, credential, presentation, show } from '../samples.ts';

const it = inArea('presentations');
const challenge = 'uX7Yr0m1c3F5n9b2Kq8d6w';
const domain = 'verifier.specimen.example';
const bound = { challenge, domain };

/** A holder, and a credential of somebody else. */
async function scene(client: Client) {
  const holder = createHolder();
  return { holder, vc: await client.issued(credential(client)) };
}
const url = 'https://specimen.example/presentations/1';

const signedOnes: Check[] = [
  ...[{}, { challenge }, bound, { checks: ['proof'], challenge }].map((options) =>
    it(`verifies one that is signed, asked with ${show(options)}`, async (client) => {
      const { holder, vc } = await scene(client);
      const vp = await holder.present(presentation({ holder: holder.did, verifiableCredential: [vc] }), bound);
      verified(await client.present(vp, options));
    }),
  ),
  ...[
    { challenge: 'another' },
    { domain: 'other.specimen.example' },
    { challenge, domain: 'other.specimen.example' },
  ].map((options) =>
    it(`refuses one asked with ${show(options)}`, async (client) => {
      const { holder, vc } = await scene(client);
      const vp = await holder.present(presentation({ holder: holder.did, verifiableCredential: [vc] }), bound);
      notVerified(await client.present(vp, options));
    }),
  ),
  it('refuses a domain that the proof does not name', async (client) => {
    const { holder, vc } = await scene(client);
    const vp = await holder.present(presentation({ holder: holder.did, verifiableCredential: [vc] }), { challenge });
    notVerified(await client.present(vp, bound));
  }),
  it('verifies one without credentials', async (client) => {
    const holder = createHolder();
    verified(await client.present(await holder.present(presentation({ holder: holder.did }))));
  }),
  it('verifies one with two credentials', async (client) => {
    const { holder, vc } = await scene(client);
    const two = [vc, await client.issued(credential(client))];
    verified(
      await client.present(await holder.present(presentation({ holder: holder.did, verifiableCredential: two }))),
    );
  }),
  it('refuses one of which a credential was changed before it was signed', async (client) => {
    const { holder, vc } = await scene(client);
    const bad = { ...vc, validFrom: '2026-01-02T00:00:00Z' };
    const vp = await holder.present(presentation({ holder: holder.did, verifiableCredential: [vc, bad] }));
    notVerified(await client.present(vp));
  }),
  it('refuses one of which a credential was changed after', async (client) => {
    const { holder, vc } = await scene(client);
    const vp = await holder.present(presentation({ holder: holder.did, verifiableCredential: [vc] }));
    notVerified(await client.present(changed(vp, (copy) => void delete copy.verifiableCredential)));
  }),
  it('refuses a credential without a proof', async (client) => {
    const { holder } = await scene(client);
    const vp = holder.signAnything(presentation({ holder: holder.did, verifiableCredential: [credential(client)] }), {
      proofPurpose: 'authentication',
      challenge,
    });
    notVerified(await client.present(vp));
  }),
  it('refuses a bad proofValue', async (client) => {
    const { holder, vc } = await scene(client);
    const vp = await holder.present(presentation({ holder: holder.did, verifiableCredential: [vc] }));
    vp.proof.proofValue = 'z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh';
    notVerified(await client.present(vp));
  }),
  it('refuses the holder of another key', async (client) => {
    const { holder, vc } = await scene(client);
    const vp = await holder.present(presentation({ holder: createHolder().did, verifiableCredential: [vc] }));
    notVerified(await client.present(vp));
  }),
  it('refuses a proof that was made for assertions', async (client) => {
    const { holder, vc } = await scene(client);
    const vp = holder.signAnything(presentation({ holder: holder.did, verifiableCredential: [vc] }), { challenge });
    notVerified(await client.present(vp, { challenge }));
  }),
  it('verifies a self-asserted credential of the holder', async (client) => {
    const holder = createHolder();
    const own = await holder.issue(credential({ issuer: holder.did }));
    verified(
      await client.present(await holder.present(presentation({ holder: holder.did, verifiableCredential: [own] }))),
    );
  }),
  it('returns the presentation when asked to', async (client) => {
    const { holder, vc } = await scene(client);
    const vp = await holder.present(presentation({ holder: holder.did, verifiableCredential: [vc] }));
    const answer = await client.present(vp, { returnPresentation: true });
    assert(show(answer.body.presentation) === show(vp), 'not the same', answer);
  }),
];

const FORM: Record<string, { pass?: Doc[]; fail?: Doc[] }> = {
  '4.13': {
    pass: [{ id: url }, { type: ['VerifiablePresentation'] }, { type: 'VerifiablePresentation' }],
    fail: [
      ...[undefined, null, [], 'https://www.w3.org/ns/credentials/examples/v2', [{}]].map((context) => ({
        '@context': context,
      })),
      ...[undefined, null, [], 'VerifiableCredential', ['Unmapped'], ['VerifiablePresentation', 'Unmapped']].map(
        (type) => ({ type }),
      ),
      ...[4, null, 'no url', [url, `${url}1`], {}].map((id) => ({ id })),
      ...[4, null, 'no url', {}, { name: 'x' }, { id: 'no url' }, []].map((holder) => ({ holder })),
      ...[4, null, 'text', url, [url], [4], [null], {}, [{}]].map((verifiableCredential) => ({ verifiableCredential })),
      { termsOfUse: { id: url } },
      { undefinedName: 'x' },
    ],
  },
};

const form: Check[] = Object.values(FORM).flatMap(({ pass = [], fail = [] }) => [
  ...pass.map((more) =>
    it(`verifies one with ${show(more)}`, async (client) => {
      const { holder, vc } = await scene(client);
      const vp = presentation({ holder: holder.did, verifiableCredential: [vc], ...more });
      verified(await client.present(await holder.present(vp)));
    }),
  ),
  ...fail.flatMap((more) => {
    const title = Object.entries(more).map(([name, value]) => `${name} ${show(value)}`);
    return [
      it(`refuses one that is signed, with ${title}`, async (client) => {
        const { holder, vc } = await scene(client);
        const vp = presentation({ holder: holder.did, verifiableCredential: [vc], ...more });
        notVerified(await client.present(holder.signAnything(vp, { proofPurpose: 'authentication', challenge })));
      }),
      it(`refuses one that nobody signed, with ${title}`, async (client) => {
        const { vc } = await scene(client);
        notVerified(
          await client.call('POST', '/vc-api/presentations/verify', {
            presentation: presentation({ verifiableCredential: [vc], ...more }),
          }),
        );
      }),
    ];
  }),
]);

const unsigned: Check[] = [
  it('verifies one that nobody signed, as `presentation`', async (client) => {
    const { vc } = await scene(client);
    const body = { presentation: presentation({ verifiableCredential: [vc] }) };
    verified(await client.call('POST', '/vc-api/presentations/verify', body));
  }),
  it('refuses one that nobody signed, with a challenge', async (client) => {
    const { vc } = await scene(client);
    const body = { presentation: presentation({ verifiableCredential: [vc] }), options: { challenge } };
    notVerified(await client.call('POST', '/vc-api/presentations/verify', body));
  }),
  ...[
    {},
    { verifiablePresentation: 4 },
    { verifiablePresentation: null },
    { verifiablePresentation: [] },
    'text',
    [],
    4,
  ].map((body) =>
    it(`refuses the body ${show(body)}`, async (client) =>
      refused(await client.call('POST', '/vc-api/presentations/verify', JSON.stringify(body)))),
  ),
  it('refuses an option it does not know', async (client) => {
    const holder = createHolder();
    const answer = await client.present(await holder.present(presentation({ holder: holder.did })), { trust: 'all' });
    refused(answer);
    assert(/#UNKNOWN_OPTION_PROVIDED$/.test(answer.body.type), 'by another name', answer);
  }),
];

const challenges: Check[] = [
  it('a challenge of the service is used once, and the second time in parallel with itself', async (client) => {
    const { holder, vc } = await scene(client);
    const made = await client.call('POST', '/vc-api/challenges');
    assert(made.status < 300 && typeof made.body.challenge === 'string', 'no challenge', made);
    const vp = await holder.present(presentation({ holder: holder.did, verifiableCredential: [vc] }), made.body as Doc);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => client.present(vp, { challenge: made.body.challenge })),
    );
    assert(answers.filter(({ body }) => body.verified === true).length === 1, 'used more than once, or never');
  }),
  it('two challenges differ', async (client) => {
    const [one, two] = [
      await client.call('POST', '/vc-api/challenges'),
      await client.call('POST', '/vc-api/challenges'),
    ];
    assert(one.body.challenge !== two.body.challenge, 'the same');
  }),
];

export const presentations: Check[] = [...signedOnes, ...form, ...unsigned, ...challenges];
