import { assert, type Check, inArea } from '../check.ts';
import { type Doc, notVerified, refused, verified } from '../client.ts';
import { createHolder } from '../holder.ts';
import { changed, credential, show } from '../samples.ts';
import { plain } from './suites.ts';

const it = inArea('proofs, verifier: data integrity');
const by = () => {
  const holder = createHolder();
  return { ...holder, document: credential({ issuer: holder.did }) };
};

/** Laid over the members of a proof before it is signed, so that nothing else is wrong with it. */
const SIGNED: Doc[] = [
  ...['type', 'cryptosuite', 'verificationMethod', 'proofPurpose'].flatMap((name) =>
    [undefined, null, 4, 'something else', {}, []].map((value) => ({ [name]: value })),
  ),
  ...['', 'yesterday', '2026-01-01', 4, null].map((created) => ({ created })),
  ...['', 'yesterday', 4, '2026-01-01T00:00:00Z'].map((expires) => ({ expires })),
  ...['authentication', 'keyAgreement', 'capabilityInvocation'].map((proofPurpose) => ({ proofPurpose })),
  { verificationMethod: 'did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH' },
  { verificationMethod: 'did:key:zNoKey#zNoKey' },
  { verificationMethod: 'did:nobody:knows#key' },
  { previousProof: 'urn:uuid:5b0c2a44-4f0e-4f3b-9a53-000000000009' },
  { '@context': ['https://www.w3.org/ns/credentials/v2'] },
];

const refusedProofs: Check[] = SIGNED.map((more) =>
  it(`refuses a proof with ${Object.entries(more).map(([name, value]) => `${name} ${show(value)}`)}`, async (client) => {
    const { signAnything, document } = by();
    notVerified(await client.verify(signAnything(document, more)));
  }),
);

/** Of the value itself. */
const VALUES: Record<string, (value: string) => unknown> = {
  absent: () => undefined,
  null: () => null,
  empty: () => '',
  'a number': () => 4,
  'without its header': (value) => value.slice(1),
  'with the header of base64url': (value) => `u${value.slice(1)}`,
  'with the header of hex': (value) => `f${value.slice(1)}`,
  'of another alphabet': (value) => `z0OIl${value.slice(5)}`,
  'cut short': (value) => value.slice(0, -2),
  'made longer': (value) => `${value}11`,
  'with spaces': (value) => `${value} `,
  'in a list': (value) => [value],
};

const values: Check[] = Object.entries(VALUES).map(([title, change]) =>
  it(`refuses a proofValue ${title}`, async (client) => {
    const { signAnything, document } = by();
    const signed = changed(signAnything(document), (copy) => {
      copy.proof.proofValue = change(copy.proof.proofValue);
    });
    notVerified(await client.verify(signed));
  }),
);

const accepted: Check[] = [
  ...[{ created: undefined }, { created: '2026-01-01T08:00:00.5+08:00' }, { expires: '2999-01-01T00:00:00Z' }].map(
    (more) =>
      it(`verifies a proof with ${show(more)}`, async (client) => {
        const { signAnything, document } = by();
        verified(await client.verify(signAnything(document, more)));
      }),
  ),
  ...[undefined, null, 'text', 4, [], {}].map((proof) =>
    it(`refuses a credential whose proof is ${show(proof)}`, async (client) => {
      notVerified(await client.verify({ ...by().document, ...(proof === undefined ? {} : { proof }) }));
    }),
  ),
  it('verifies a set in which each proof holds', async (client) => {
    const { signAnything, document } = by();
    const [one, two] = [signAnything(document), signAnything(document, { created: '2026-01-03T00:00:00Z' })];
    verified(await client.verify({ ...document, proof: [one.proof, two.proof] }));
  }),
  it('refuses a set in which none holds', async (client) => {
    const { signAnything, document } = by();
    const { proof } = signAnything({ ...document, id: 'urn:x-specimen:other' });
    notVerified(await client.verify({ ...document, proof: [proof, { ...proof, id: 'urn:x-specimen:2' }] }));
  }),
  it('issues a set over a credential that somebody signed', async (client) => {
    const document = plain(client);
    const first = (await client.issued(document)).proof;
    const signed = await client.issued({ ...document, proof: first }, 'eddsa-rdfc-2022+set');
    assert(Array.isArray(signed.proof) && signed.proof.length === 2, 'no set');
    verified(await client.verify(signed));
  }),
  it('issues a chain, and refuses it without the proof it builds on', async (client) => {
    const document = plain(client);
    const id = 'urn:uuid:5b0c2a44-4f0e-4f3b-9a53-0000000000aa';
    const holder = createHolder();
    const first = holder.signAnything(document, { id }).proof;
    const answer = await client.issue({ ...document, proof: first }, 'eddsa-rdfc-2022+chain');
    // A chain upon a proof of somebody unknown may be refused as well.
    if (answer.status !== 201) return refused(answer);
    const signed = answer.body.verifiableCredential;
    const last = signed.proof.find(({ previousProof }: Doc) => previousProof !== undefined);
    assert([last.previousProof].flat().includes(id), 'no chain');
    notVerified(await client.verify({ ...signed, proof: last }));
  }),
  it('refuses a proof that is there already where no policy is asked for', async (client) => {
    refused(await client.issue(await client.issued(plain(client))));
  }),
];

export const proofs: Check[] = [...refusedProofs, ...values, ...accepted];
