import { assert, type Check, inArea } from '../check.ts';
import { type Doc, notVerified, refused, verified } from '../client.ts';
import { createHolder } from '../holder.ts';
import { changed, credential, show } from '../samples.ts';

const issuer = inArea('VC API, issuer');
const ISSUE = '/vc-api/credentials/issue';
const stored = (id: string) => `/vc-api/credentials/${encodeURIComponent(id)}`;

const issuing: Check[] = [
  issuer('201, with `verifiableCredential`', async (client) => {
    const answer = await client.issue(credential(client));
    assert(answer.status === 201 && answer.body.verifiableCredential?.proof !== undefined, 'another answer', answer);
  }),
  issuer('fills in the id', async (client) => {
    const { id } = await client.issued(credential(client, { id: undefined }));
    assert(typeof id === 'string' && URL.canParse(id), show(id));
  }),
  issuer('fills in the issuer', async (client) => {
    assert((await client.issued(credential(client, { issuer: undefined }))).issuer === client.issuer, 'another one');
  }),
  issuer('keeps an issuer that is an object', async (client) => {
    const signed = await client.issued(credential(client, { issuer: { id: client.issuer, name: 'Specimen' } }));
    assert(show(signed.issuer) === show({ id: client.issuer, name: 'Specimen' }), 'changed');
  }),
  issuer('changes nothing else', async (client) => {
    const sent = credential(client);
    const { proof, ...rest } = await client.issued(sent);
    assert(proof !== undefined && show(rest) === show(sent), show(rest));
  }),
  ...['did:example:another', { id: 'https://specimen.example/issuer' }].map((other) =>
    issuer(`refuses the issuer ${show(other)}`, async (client) => {
      const answer = await client.issue(credential(client, { issuer: other }));
      assert(answer.status === 400, 'another status', answer);
    }),
  ),
  ...[
    {},
    { credential: 4 },
    { credential: null },
    { credential: [] },
    { credential: 'text' },
    [],
    'text',
    4,
    null,
    {
      verifiableCredential: {},
    },
  ].map((body) =>
    issuer(`refuses the body ${show(body)}`, async (client) => refused(await client.call('POST', ISSUE, show(body)))),
  ),
  ...[
    { created: '2026-01-01T00:00:00Z' },
    { type: 'Ed25519Signature2020' },
    { credentialId: 4 },
    { credentialId: '' },
    {
      mandatoryPointers: 'x',
    },
    { toString: 1 },
  ].map((options) =>
    issuer(`refuses the options ${show(options)}`, async (client) =>
      refused(await client.issue(credential(client), undefined, options)),
    ),
  ),
  issuer('names an unknown option as VCALM does', async (client) => {
    const { body } = await client.issue(credential(client), undefined, { nothingWeKnow: true });
    assert(/#UNKNOWN_OPTION_PROVIDED$/.test(body.type), show(body));
  }),
  issuer('refuses mandatoryPointers where nothing is selective', async (client) =>
    refused(await client.issue(credential(client), undefined, { mandatoryPointers: ['/issuer'] })),
  ),
  issuer('an instance that is not there is 404', async (client) => {
    const answer = await client.issue(credential(client), 'eddsa-rdfc-2099');
    assert(answer.status === 404, 'another status', answer);
  }),
  ...[
    '{"credential":',
    '{"credential":{},"credential":{}}',
    '',
    '{"credential":{"a":"\\ud800"}}',
    '{"credential":{"__proto__":{}}}',
  ].map((text) =>
    issuer(`refuses the text ${text}`, async (client) => refused(await client.call('POST', ISSUE, text))),
  ),
  issuer('another media type is 415', async (client) => {
    const answer = await client.call('POST', ISSUE, 'credential=1', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    assert(answer.status === 415, 'another status', answer);
  }),
  issuer('is got by its id, byte for byte, and is gone once removed', async (client) => {
    const vc = await client.issued(credential(client));
    const got = await client.call('GET', stored(vc.id));
    assert(got.status === 200 && got.text === show(vc), 'another one', got);
    const removed = await client.call('DELETE', stored(vc.id));
    assert(removed.status === 202, 'not removed', removed);
    const after = await client.call('GET', stored(vc.id));
    assert(after.status === 410, 'another status', after);
  }),
  issuer('is got by credentialId', async (client) => {
    const credentialId = `urn:x-specimen:${Math.random()}`;
    const vc = await client.issued(credential(client), undefined, { credentialId });
    const got = await client.call('GET', stored(credentialId));
    assert(got.status === 200 && got.body.id === vc.id, 'another one', got);
  }),
  issuer('what was never issued is 404, to get and to remove', async (client) => {
    for (const method of ['GET', 'DELETE']) {
      const answer = await client.call(method, stored('urn:uuid:5b0c2a44-4f0e-4f3b-9a53-00000000dead'));
      assert(answer.status === 404, 'another status', answer);
    }
  }),
  issuer('a retry with its Idempotency-Key is the same credential, and another body is refused', async (client) => {
    const header = { 'idempotency-key': `k-${Math.random()}` };
    const sent = credential(client, { id: undefined });
    const [one, two] = [
      await client.call('POST', ISSUE, { credential: sent }, header),
      await client.call('POST', ISSUE, { credential: sent }, header),
    ];
    assert(one.status === 201 && one.text === two.text, 'another one', two);
    refused(await client.call('POST', ISSUE, { credential: credential(client) }, header));
  }),
];

const verifier = inArea('VC API, verifier');
const VERIFY = '/vc-api/credentials/verify';
/** Of each member: taken away, and of the wrong type. */
const MEMBERS = ['@context', 'type', 'issuer', 'credentialSubject', 'proof'];
const OF_PROOF = ['type', 'verificationMethod', 'proofValue', 'proofPurpose', 'cryptosuite'];

const verifying: Check[] = [
  verifier('200, verified, no errors', async (client) =>
    verified(await client.verify(await client.issued(credential(client)))),
  ),
  ...MEMBERS.flatMap((member) =>
    [undefined, 4, null, true].map((value) =>
      verifier(`refuses ${member} ${show(value)}`, async (client) => {
        const vc = await client.issued(credential(client));
        refused(await client.verify(JSON.parse(show({ ...vc, [member]: value }))));
      }),
    ),
  ),
  ...OF_PROOF.flatMap((member) =>
    [undefined, 4].map((value) =>
      verifier(`refuses proof.${member} ${show(value)}`, async (client) => {
        const vc = await client.issued(credential(client));
        refused(await client.verify(JSON.parse(show({ ...vc, proof: { ...vc.proof, [member]: value } }))));
      }),
    ),
  ),
  verifier('refuses proof.created that is taken away', async (client) => {
    const vc = await client.issued(credential(client));
    refused(await client.verify(changed(vc, (copy) => void delete copy.proof.created)));
  }),
  ...['text', 4, null, [], true].map((value) =>
    verifier(`refuses ${show(value)} for a credential`, async (client) => refused(await client.verify(value))),
  ),
  ...[{}, [], 'text', 4, null].map((body) =>
    verifier(`refuses the body ${show(body)}`, async (client) =>
      refused(await client.call('POST', VERIFY, show(body))),
    ),
  ),
  verifier('refuses an option it does not know, by the name of VCALM', async (client) => {
    const answer = await client.verify(await client.issued(credential(client)), { trust: true });
    refused(answer);
    assert(/#UNKNOWN_OPTION_PROVIDED$/.test(answer.body.type), 'by another name', answer);
  }),
  verifier('returns what it is asked to', async (client) => {
    const vc = await client.issued(credential(client));
    const { body } = await client.verify(vc, {
      returnCredential: true,
      returnResults: true,
      returnProblemDetails: true,
    });
    assert(
      show(body.credential) === show(vc) && body.results !== undefined && Array.isArray(body.problemDetails),
      'not all',
    );
  }),
  ...[
    ['expired', { validUntil: '2026-02-01T00:00:00Z' }],
    ['not yet valid', { validFrom: '2999-01-01T00:00:00Z' }],
  ].map(([title, more]) =>
    verifier(
      `one that is ${title} is verified, with a warning of RANGE_ERROR or its own, and is not valid`,
      async (client) => {
        const { did, signAnything } = createHolder();
        const answer = await client.verify(signAnything(credential({ issuer: did }, more as Doc)), {
          returnResults: true,
        });
        assert(answer.body.verified === true && answer.body.warnings.length > 0, 'no warning', answer);
        assert(answer.body.results.verdict === 'invalid', 'the verdict says otherwise', answer);
      },
    ),
  ),
  verifier('problems are problem details: type, title, detail', async (client) => {
    const vc = await client.issued(credential(client));
    const { body } = await client.verify({ ...vc, validFrom: '2026-01-02T00:00:00Z' });
    for (const one of [body, ...body.errors]) {
      assert(URL.canParse(one.type) && typeof one.title === 'string' && typeof one.detail === 'string', show(one));
    }
    assert(/#(CRYPTOGRAPHIC_SECURITY_ERROR|PROOF_VERIFICATION_ERROR)$/.test(body.type), body.type);
  }),
  verifier('malformed values are named so', async (client) => {
    const { did, signAnything } = createHolder();
    const { body } = await client.verify(signAnything(credential({ issuer: did }, { name: 4 })));
    assert(
      body.errors.some(({ type }: Doc) => /#MALFORMED_VALUE_ERROR$/.test(type)),
      show(body.errors),
    );
  }),
  ...['PUT', 'PATCH', 'GET', 'DELETE'].map((method) =>
    verifier(`${method} is not a way to verify`, async (client) => {
      const answer = await client.call(method, VERIFY, /^P/.test(method) ? {} : undefined);
      assert(answer.status === 404 || answer.status === 405 || answer.status === 401, 'another status', answer);
    }),
  ),
  verifier('never a 5xx for a body of nonsense', async (client) => {
    for (const text of ['{', '[[[[', '"', 'nul', '{"verifiableCredential":{"@context":{"@context":{}}}}']) {
      notVerified(await client.call('POST', VERIFY, text));
    }
  }),
];

export const api: Check[] = [...issuing, ...verifying];
