import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBitstring, encodeBitstring, setBit } from '#credentials';
import type { JsonObject } from '#kernel';
import type { Case } from './cases.ts';
import { badgeOf } from './contents.ts';
import { holderOf, ISSUERS } from './issuers.ts';

const INDEX = 94_567;
const [owner, stranger] = [holderOf(21), holderOf(22)];

/** What the list at the address of a badge is like. */
interface List {
  set?: number[];
  subject?: JsonObject;
  credential?: JsonObject;
  by?: typeof owner;
  issuer?: string;
  edit?: (signed: JsonObject) => JsonObject;
  expected?: Case['expected'];
  /** Instead of a list. */
  answer?: { status: number; body: string };
}

const LISTS: Record<string, List> = {
  'a list in which it is not set': { expected: 'good' },
  'a list in which its bit is set': { set: [INDEX], expected: 'bad' },
  'a list in which only the mirrored bit is set': { set: [INDEX ^ 7], expected: 'good' },
  'a list past its end': { credential: { validUntil: '2020-01-01T00:00:00Z', validFrom: '2019-01-01T00:00:00Z' } },
  'a list not yet valid': { credential: { validFrom: '2099-01-01T00:00:00Z' } },
  'a list of a stranger': { by: stranger, issuer: stranger.did },
  'a list in the issuer’s name, signed by a stranger': { by: stranger },
  'a list changed after signing': { edit: (signed) => ({ ...signed, validFrom: '2026-11-01T00:00:01Z' }) },
  'a list for another purpose': { subject: { statusPurpose: 'suspension' } },
  'a list that is cut off': { subject: { encodedList: 'uH4sIAAAAAAAA' } },
  'no list (404)': { answer: { status: 404, body: '{}' } },
  'a page instead of a list': { answer: { status: 200, body: '<html>list</html>' } },
};

/** Badges whose status is kept at a server of this machine, and the lists by address. */
export async function statusCases(): Promise<{
  server: Server;
  lists: Map<string, { status: number; body: string }>;
  cases: Case[];
}> {
  const lists = new Map<string, { status: number; body: string }>();
  const server = createServer((request, response) => {
    const found = lists.get(`http://${request.headers.host}${request.url}`);
    response.writeHead(found?.status ?? 404, { 'content-type': 'application/json' });
    response.end(found?.body ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const cases: Case[] = [];
  for (const [at, [name, list]] of Object.entries(LISTS).entries()) {
    const url = `${origin}/status/${at}`;
    lists.set(url, list.answer ?? { status: 200, body: JSON.stringify(await signedList(url, list)) });
    const credentialStatus = {
      id: `${url}#${INDEX}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: String(INDEX),
      statusListCredential: url,
    };
    const unsigned = badgeOf(owner.did, { credential: { credentialStatus } });
    const document = await ISSUERS.tatak(unsigned, owner.signer);
    cases.push({ name: `status: ${name}`, document, expected: list.expected ?? 'other' });
  }
  return { server, lists, cases };
}

async function signedList(url: string, list: List): Promise<JsonObject> {
  const bits = createBitstring(131_072);
  for (const index of list.set ?? []) setBit(bits, index);
  const signed = await ISSUERS.tatak(
    {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      id: url,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: list.issuer ?? owner.did,
      validFrom: '2026-11-01T00:00:00Z',
      ...list.credential,
      credentialSubject: {
        id: `${url}#list`,
        type: 'BitstringStatusList',
        statusPurpose: 'revocation',
        encodedList: encodeBitstring(bits),
        ...list.subject,
      },
    },
    (list.by ?? owner).signer,
  );
  return list.edit?.(signed) ?? signed;
}
