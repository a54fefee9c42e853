import { createIdentifiers } from '#identifiers';
import { type Json, systemClock } from '#kernel';
import { mutateJson } from '../mutate-json.ts';
import { must, type Target, textOf, utf8 } from '../target.ts';

const DID = 'did:web:issuer.example';
const ID = `${DID}#key-1`;
const multibase = 'z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK';
const method = { id: ID, type: 'Multikey', controller: DID, publicKeyMultibase: multibase };
const other = { ...method, id: `${DID}#key-2` };
const jwk = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };

/** Whatever a stranger's server answers when it is asked for a DID document. */
export const didDocument: Target = {
  name: 'did-document',
  seeds: [
    { id: DID, verificationMethod: [method, other], assertionMethod: [ID], authentication: [other.id] },
    { id: DID, assertionMethod: [method] },
    {
      id: DID,
      verificationMethod: [{ ...method, revoked: '2026-01-01T00:00:00Z', expires: '2027-01-01T00:00:00Z' }],
      assertionMethod: ID,
    },
    {
      id: DID,
      verificationMethod: [{ id: ID, type: 'JsonWebKey', controller: DID, publicKeyJwk: jwk }],
      assertionMethod: [ID],
    },
  ].map((document) => utf8(JSON.stringify(document))),
  dictionary: [
    ID,
    DID,
    '"controller"',
    '"assertionMethod"',
    '"publicKeyJwk"',
    '"revoked"',
    'null',
    '[]',
    '{}',
    '__proto__',
  ],
  shape(input, random) {
    try {
      return utf8(JSON.stringify(mutateJson(JSON.parse(textOf(input)) as Json, random)));
    } catch {
      return input;
    }
  },
  async run(input) {
    const identifiers = createIdentifiers({
      clock: systemClock,
      fetch: async (url) => ({
        url,
        status: 200,
        contentType: 'application/json',
        bytes: input,
        fetchedAt: '2026-11-24T01:00:00Z',
      }),
    });
    const found = await identifiers.resolveMethod(ID, 'assertionMethod');
    if (found.outcome !== 'ok') return;
    const document = JSON.parse(textOf(input)) as { id: string; assertionMethod: Json };
    must(document.id === DID, 'the document of another identifier');
    must(JSON.stringify(document.assertionMethod).includes(ID), 'a key that is not listed');
    must(found.method.controller === DID && found.method.id === ID, 'the key of another controller');
    // A key that is anywhere in the text, and nowhere else.
    const { publicKeyMultibase } = found.method;
    must(textOf(input).includes(publicKeyMultibase) || textOf(input).includes('publicKeyJwk'), 'a key out of nothing');
  },
};
