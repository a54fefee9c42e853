import { assert, type Check, inArea } from '../check.ts';
import { type Client, type Doc, notVerified, refused, verified } from '../client.ts';
import { V2 } from '../contexts.ts';
import { createHolder } from '../holder.ts';
import { referenceVerifies, type Suite } from '../reference.ts';
import { changed, credential, subject } from '../samples.ts';

/** Instances of the service, with what they promise. */
export const INSTANCES: readonly { instance: string; suite: Suite; bytes: number; key: RegExp }[] = [
  { instance: 'eddsa-rdfc-2022', suite: 'eddsa-rdfc-2022', bytes: 64, key: /^z6Mk/ },
  { instance: 'eddsa-jcs-2022', suite: 'eddsa-jcs-2022', bytes: 64, key: /^z6Mk/ },
  { instance: 'ecdsa-rdfc-2019', suite: 'ecdsa-rdfc-2019', bytes: 64, key: /^zDna/ },
  { instance: 'ecdsa-rdfc-2019-p384', suite: 'ecdsa-rdfc-2019', bytes: 96, key: /^z82/ },
  { instance: 'ecdsa-jcs-2019', suite: 'ecdsa-jcs-2019', bytes: 64, key: /^zDna/ },
  { instance: 'ecdsa-jcs-2019-p384', suite: 'ecdsa-jcs-2019', bytes: 96, key: /^z82/ },
];

/** Without an inline context, which the reference libraries for canonical JSON do not compare by value. */
export const plain = (client: Client, more: Doc = {}): Doc =>
  credential(client, { '@context': [V2], credentialSubject: { id: 'did:example:s', name: 'Maria' }, ...more });

const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

const made: Check[] = INSTANCES.flatMap(({ instance, suite, bytes, key }) => {
  const it = inArea(`proofs, issuer: ${instance}`);
  const proofOf = async (client: Client): Promise<Doc> => (await client.issued(plain(client), instance)).proof;
  return [
    it('the reference library verifies what is issued', async (client) => {
      assert(await referenceVerifies(client, await client.issued(plain(client), instance), suite), 'not verified');
    }),
    it('and not once it is changed', async (client) => {
      const signed = await client.issued(plain(client), instance);
      const other = changed(signed, (copy) => {
        copy.credentialSubject.name = 'Another';
      });
      assert(!(await referenceVerifies(client, other, suite)), 'verified');
      notVerified(await client.verify(other));
    }),
    it('the service verifies it', async (client) =>
      verified(await client.verify(await client.issued(plain(client), instance)))),
    it('type, cryptosuite and purpose', async (client) => {
      const { type, cryptosuite, proofPurpose } = await proofOf(client);
      assert(
        type === 'DataIntegrityProof' && cryptosuite === suite && proofPurpose === 'assertionMethod',
        'other ones',
      );
    }),
    it('created is a dateTimeStamp', async (client) => assert(STAMP.test((await proofOf(client)).created), 'is none')),
    it('proofValue is base58btc of a signature as long as the curve asks', async (client) => {
      const { proofValue } = await proofOf(client);
      assert(/^z[1-9A-HJ-NP-Za-km-z]+$/.test(proofValue), 'another alphabet');
      const length = Math.round(((proofValue.length - 1) * Math.log(58)) / Math.log(256));
      assert(Math.abs(length - bytes) <= 1, `about ${length} bytes`);
    }),
    it('verificationMethod is a URL under the issuer, listed for assertions, with a Multikey of the curve', async (client) => {
      const { verificationMethod } = await proofOf(client);
      const did = client.issuer;
      assert(verificationMethod.startsWith(`${did}#`), 'not of the issuer');
      const { body } = await client.call('GET', `/${did.split(':').slice(3).join('/')}/did.json`);
      const method = body.verificationMethod.find(({ id }: Doc) => id === verificationMethod);
      assert(body.id === did && body.assertionMethod.includes(verificationMethod), 'not listed');
      assert(
        method?.type === 'Multikey' && method.controller === did && key.test(method.publicKeyMultibase),
        'no such key',
      );
    }),
    it('a name that no context defines is refused', async (client) =>
      refused(await client.issue(credential(client, { credentialSubject: subject({ undefinedName: 1 }) }), instance))),
  ];
});

const others: Check[] = (['Ed25519', 'P-256', 'P-384'] as const).flatMap((algorithm) => {
  const it = inArea(`proofs, verifier: ${algorithm}`);
  const holder = () => createHolder(algorithm);
  return [
    it('verifies what the reference library signed', async (client) => {
      const { did, issue } = holder();
      verified(await client.verify(await issue(credential({ issuer: did }))));
    }),
    it('and not once it is changed', async (client) => {
      const { did, issue } = holder();
      const signed = await issue(credential({ issuer: did }));
      notVerified(await client.verify({ ...signed, validFrom: '2026-01-02T00:00:00Z' }));
    }),
    it('verifies a proof with canonical JSON', async (client) => {
      const { did, signAnything } = holder();
      verified(await client.verify(signAnything(credential({ issuer: did }))));
    }),
    it('refuses a proof of another issuer', async (client) => {
      const { issue } = holder();
      notVerified(await client.verify(await issue(credential({ issuer: holder().did }))));
    }),
    it('refuses the suite of another curve', async (client) => {
      const { did, signAnything } = holder();
      const cryptosuite = algorithm === 'Ed25519' ? 'ecdsa-jcs-2019' : 'eddsa-jcs-2022';
      notVerified(await client.verify(signAnything(credential({ issuer: did }), { cryptosuite })));
    }),
  ];
});

const sd = inArea('proofs: ecdsa-sd-2023');
const whole = (client: Client): Doc => credential(client, { name: 'Shown', description: 'Kept back' });
const derive = (client: Client, verifiableCredential: Doc, selectivePointers: string[]) =>
  client.call('POST', '/vc-api/credentials/derive', { verifiableCredential, options: { selectivePointers } });
const base = (client: Client, mandatoryPointers = ['/issuer']) =>
  client.issued(whole(client), 'ecdsa-sd-2023', { mandatoryPointers });

const SHOWN = ['/name', '/credentialSubject/favouriteColour'];

const selective: Check[] = [
  sd('what is derived without any subject is not verified', async (client) =>
    notVerified(await client.verify((await derive(client, await base(client), ['/name'])).body)),
  ),
  sd('a base proof is base64url with header d9 5d 00', async (client) => {
    const { proof } = await base(client);
    assert(proof.cryptosuite === 'ecdsa-sd-2023' && /^u2V0A/.test(proof.proofValue), 'another header');
  }),
  sd('a derived proof has header d9 5d 01 and verifies, by the reference too', async (client) => {
    const { status, body, text } = await derive(client, await base(client), SHOWN);
    assert(status === 201 && /^u2V0B/.test(body.proof.proofValue), 'not derived', { status, text });
    assert(body.name === 'Shown' && body.description === undefined, 'not what was asked for');
    assert(await referenceVerifies(client, body, 'ecdsa-sd-2023'), 'the reference does not verify it');
    verified(await client.verify(body));
  }),
  sd('a derived credential that is changed is refused', async (client) => {
    const { body } = await derive(client, await base(client), SHOWN);
    notVerified(await client.verify({ ...body, name: 'Another' }));
  }),
  sd('what is mandatory cannot be left out', async (client) => {
    const { body } = await derive(client, await base(client, ['/description']), ['/name']);
    assert(body.description === 'Kept back', 'left out');
  }),
  sd('a base proof is no proof for a verifier', async (client) => notVerified(await client.verify(await base(client)))),
  ...[['/none'], ['/credentialSubject/none'], ['no pointer'], [4]].map((pointers) =>
    sd(`mandatoryPointers ${JSON.stringify(pointers)} are refused`, async (client) =>
      refused(await client.issue(whole(client), 'ecdsa-sd-2023', { mandatoryPointers: pointers })),
    ),
  ),
  sd('selectivePointers that lead nowhere are refused', async (client) =>
    refused(await derive(client, await base(client), ['/none'])),
  ),
  sd('nothing is derived of another suite', async (client) =>
    refused(await derive(client, await client.issued(plain(client)), ['/name'])),
  ),
  sd('tampered bytes of the base proof are refused', async (client) => {
    const signed = await base(client);
    signed.proof.proofValue = `u2V0A${signed.proof.proofValue.slice(5, 60)}`;
    refused(await derive(client, signed, ['/name']));
  }),
];

export const suites: Check[] = [...made, ...others, ...selective];
