import { gunzipSync } from 'node:zlib';
import { assert, type Check, inArea } from '../check.ts';
import { type Answer, type Client, type Doc, refused, verified } from '../client.ts';
import { V2 } from '../contexts.ts';
import { createHolder } from '../holder.ts';
import { referenceVerifies } from '../reference.ts';
import { credential, show } from '../samples.ts';

const it = inArea('status lists');
const PURPOSES = ['revocation', 'suspension'] as const;
const withEntry = (client: Client, purpose: string, more?: Doc) =>
  client.issued(credential(client, more), `eddsa-rdfc-2022+${purpose}`);
const entryOf = (vc: Doc, purpose: string): Doc =>
  [vc.credentialStatus].flat().find(({ statusPurpose }: Doc) => statusPurpose === purpose);

async function listOf(client: Client, { statusListCredential }: Doc): Promise<{ list: Doc; bits: Buffer }> {
  const answer = await client.call('GET', new URL(statusListCredential).pathname, undefined, {
    accept: 'application/json',
  });
  assert(answer.status === 200, 'no list', answer);
  const { encodedList } = answer.body.credentialSubject;
  assert(/^u[A-Za-z0-9_-]+$/.test(encodedList), 'not base64url');
  return { list: answer.body, bits: gunzipSync(Buffer.from(encodedList.slice(1), 'base64url')) };
}
/** Most significant bit first. */
const bit = (bits: Buffer, index: string): number => (bits[Number(index) >> 3]! >> (7 - (Number(index) & 7))) & 1;

const change = (client: Client, vc: Doc, purpose: string, status?: boolean, more: Doc = {}): Promise<Answer> =>
  client.call('POST', '/vc-api/credentials/status', {
    credentialId: vc.id,
    credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: purpose, ...more },
    ...(status === undefined ? {} : { status }),
  });

const eachPurpose: Check[] = PURPOSES.flatMap((purpose) => [
  it(`${purpose}: an entry with the members of the standard`, async (client) => {
    const entry = entryOf(await withEntry(client, purpose), purpose);
    assert(entry.type === 'BitstringStatusListEntry' && /^(0|[1-9]\d*)$/.test(entry.statusListIndex), show(entry));
    assert(URL.canParse(entry.statusListCredential) && entry.id !== entry.statusListCredential, show(entry));
  }),
  it(`${purpose}: a list that is a conforming credential the reference verifies`, async (client) => {
    const { list } = await listOf(client, entryOf(await withEntry(client, purpose), purpose));
    assert(
      list.type.includes('VerifiableCredential') && list.type.includes('BitstringStatusListCredential'),
      show(list.type),
    );
    const { type, statusPurpose } = list.credentialSubject;
    assert(
      type === 'BitstringStatusList' && statusPurpose === purpose && list['@context'][0] === V2,
      'another subject',
    );
    assert(await referenceVerifies(client, list, 'eddsa-rdfc-2022'), 'the reference does not verify it');
    verified(await client.verify(list));
  }),
  it(`${purpose}: at least 16 KiB, the bit clear, then set, in the list and in the answer of the verifier`, async (client) => {
    const vc = await withEntry(client, purpose);
    const entry = entryOf(vc, purpose);
    const before = await listOf(client, entry);
    assert(before.bits.length >= 16_384 && bit(before.bits, entry.statusListIndex) === 0, 'set or too short');
    const set = await change(client, vc, purpose);
    assert(set.status === 200, 'not set', set);
    assert(bit((await listOf(client, entry)).bits, entry.statusListIndex) === 1, 'clear');
    const answer = await client.verify(vc, { returnResults: true });
    // VCALM: a status is a warning, never an error.
    assert(answer.body.verified === true && answer.body.warnings.length > 0, 'no warning', answer);
    assert(answer.body.results.verdict !== 'valid', 'the verdict says valid', answer);
  }),
  it(`${purpose}: set with the whole entry, and found by it`, async (client) => {
    const vc = await withEntry(client, purpose);
    const { statusListIndex, statusListCredential } = entryOf(vc, purpose);
    const set = await change(client, vc, purpose, true, { statusListIndex, statusListCredential });
    assert(set.status === 200, 'not set', set);
    refused(await change(client, vc, purpose, true, { statusListIndex: '1', statusListCredential }));
  }),
  it(`${purpose}: a new list can be made, and is got again`, async (client) => {
    const made = await client.call('POST', '/vc-api/status-lists', { statusPurpose: purpose });
    assert(
      made.status === 201 && made.body.verifiableCredential.credentialSubject.statusPurpose === purpose,
      'none',
      made,
    );
    assert(made.body.verifiableCredential.id === made.body.id, 'another id', made);
    const id = new URL(made.body.id).pathname.split('/').at(-1);
    const got = await client.call('GET', `/vc-api/status-lists/${id}`, undefined, { accept: 'application/json' });
    assert(got.status === 200 && got.body.id === made.body.id, 'not got', got);
  }),
]);

const refusals: Check[] = [
  it('a suspension is lifted, a revocation is not', async (client) => {
    const vc = await withEntry(client, 'suspension');
    await change(client, vc, 'suspension', true);
    assert((await change(client, vc, 'suspension', false)).status === 200, 'not lifted');
    const entry = entryOf(vc, 'suspension');
    assert(bit((await listOf(client, entry)).bits, entry.statusListIndex) === 0, 'still set');
    const final = await withEntry(client, 'revocation');
    await change(client, final, 'revocation', true);
    const back = await change(client, final, 'revocation', false);
    assert(back.status >= 400, 'taken back', back);
  }),
  it('entries of many are not in the order they were issued', async (client) => {
    const found: number[] = [];
    for (let i = 0; i < 5; i++) {
      found.push(Number(entryOf(await withEntry(client, 'revocation'), 'revocation').statusListIndex));
    }
    assert(new Set(found).size === 5 && !found.every((one, i) => i === 0 || one === found[i - 1]! + 1), show(found));
  }),
  it('a credential that is not known is 404', async (client) => {
    const answer = await change(client, { id: 'urn:uuid:5b0c2a44-4f0e-4f3b-9a53-00000000dead' }, 'revocation');
    assert(answer.status === 404, 'another status', answer);
  }),
  it('a purpose that the credential has no entry for is refused', async (client) =>
    refused(await change(client, await withEntry(client, 'revocation'), 'suspension'))),
  ...[
    ...[
      {},
      { credentialId: 'urn:x:1' },
      { credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' } },
    ],
    { credentialId: 'urn:x:1', credentialStatus: { type: 'Other', statusPurpose: 'revocation' }, status: true },
    { credentialId: 'urn:x:1', credentialStatus: { type: 'BitstringStatusListEntry' } },
    {
      ...{ credentialId: 'urn:x:1', status: 'true' },
      credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
    },
    {
      credentialId: 'urn:x:1',
      credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: 4 },
    },
  ].map((body) =>
    it(`refuses to change ${show(body)}`, async (client) =>
      refused(await client.call('POST', '/vc-api/credentials/status', body))),
  ),
  ...[
    {},
    { statusPurpose: 'other' },
    { statusPurpose: 4 },
    { statusPurpose: ['revocation'] },
    { statusPurpose: 'revocation', size: 1 },
  ].map((body) =>
    it(`refuses to make a list of ${show(body)}`, async (client) =>
      refused(await client.call('POST', '/vc-api/status-lists', body))),
  ),
  it('a list that is not there is 404', async (client) => {
    const answer = await client.call('GET', `/vc-api/status-lists/${'0'.repeat(26)}`);
    assert(answer.status === 404, 'another status', answer);
  }),
];

const entry = (more: Doc = {}): Doc => ({
  ...{ type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: '7' },
  statusListCredential: 'https://specimen.invalid/status/1',
  ...more,
});
const model = inArea('status lists, entries of others');
const BAD = [
  ...[undefined, 4, null, ''].map((statusPurpose) => ({ statusPurpose })),
  ...[undefined, 4, '-1', '1.5', 'x', ''].map((statusListIndex) => ({ statusListIndex })),
  ...[undefined, 4, 'no url', null].map((statusListCredential) => ({ statusListCredential })),
  ...[{ id: 'https://specimen.invalid/status/1' }, { statusSize: 0 }, { statusSize: -1 }, { statusSize: '2' }],
  ...[{ statusSize: 2 }, { statusSize: 2, statusMessage: [{ status: '0x0', message: 'a' }] }],
];

/** A verifier may say no, and must never say that such an entry is clear. */
const entries: Check[] = BAD.map((more) =>
  model(
    `an entry with ${Object.entries(more).map(([name, value]) => `${name} ${show(value)}`)} never passes`,
    async (client) => {
      const holder = createHolder();
      const vc = holder.signAnything(credential({ issuer: holder.did }, { credentialStatus: entry(more) }));
      const { status, body, text } = await client.verify(vc, { returnResults: true });
      assert(status < 500 && body.results?.verdict !== 'valid', 'valid', { status, text });
      const said = [...(body.errors ?? []), ...(body.warnings ?? [])];
      assert(said.length > 0, 'nothing is said of it', { status, text });
    },
  ),
);

export const statusLists: Check[] = [
  ...eachPurpose,
  ...refusals,
  ...entries,
  model('a list that cannot be had is a warning, and the verdict is not valid', async (client) => {
    const holder = createHolder();
    const vc = await holder.issue(
      credential({ issuer: holder.did }, { credentialStatus: [entry(), entry({ statusPurpose: 'suspension' })] }),
    );
    const answer = await client.verify(vc, { returnResults: true });
    assert(answer.body.verified === true && answer.body.results.verdict !== 'valid', 'another answer', answer);
    const types = answer.body.warnings.map(({ type }: Doc) => type);
    assert(
      types.some((type: string) => /#STATUS_RETRIEVAL_ERROR$/.test(type)),
      show(types),
    );
  }),
];
