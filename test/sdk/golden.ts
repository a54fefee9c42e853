import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayIn, formatInstant, type JsonObject } from '#kernel';
import { type KeyAlgorithm, publicKeyOf } from '#keystore';
import type { IssuingCryptosuite } from '#proofs';
import { throwawaySigner } from '../api/vc-api/throwaway.ts';
import { node } from '../conferrals/world.ts';
import { EXTENSIONS, foreignBadge, foreignMaker } from '../conformance/support.ts';
import { keyOf } from '../proofs/keys.ts';
import { openService, type TestService } from '../support/service.ts';

/** What a case gives to `POST /v1/verifications` and to `verifyOffline` alike. */
export interface Case {
  name: string;
  text: string;
  recipient?: string;
}

/** Badges of every verdict: of a service with its registers and lists, and of strangers; and a second service that judges them. */
export interface Golden {
  issuing: TestService;
  anchor: string;
  issuerKey: string;
  achievementId: string;
  cases: Case[];
  snapshot: JsonObject;
  printed: { active: string; revoked: string };
  now: string;
  /** Of all badges of the service, as anybody gets them. */
  statusLists: string[];
  /** What else the badges refer to: definitions, lists of the other kind, keys of who stands in no register. */
  documents: Record<string, string>;
  /** A signed pathway, and two badges of one person for it, of which one is suspended. */
  definition: string;
  stack: { pathway: string; credentials: string[]; date: string };
  /** What the second service says of it. */
  evaluated: unknown;
  /** As the second service answers, which knows nothing but the anchor: a report, or a problem. */
  judge(one: Case): Promise<unknown>;
  /** As the issuing service reads it, which has the keys. */
  read(code: string): Promise<unknown>;
  close(): Promise<void>;
}

const DAY = 86_400_000;
/** Of this machine's own network: no guarded fetch goes there. */
export const REFUSED = 'http://10.0.0.1/specimen';
const ACHIEVEMENT = {
  ...{ name: 'SPECIMEN Data Literacy', description: 'Reads data.', criteria: { narrative: 'Passes.' } },
  ...{ awardType: 'HeiMicroCredential', regime: 'CHED', achievementType: 'MicroCredential' },
  ...{ credit: [{ system: 'HE-UNIT-16', value: '3', kind: 'lecture' }], assessmentType: ['WrittenExam'] },
};

export async function goldenSet(): Promise<Golden> {
  // The certificate of the TLS listener is of this time, and Node looks at its own clock.
  const today = Math.floor(Date.now() / 1_000) * 1_000;
  let now = today - 3 * DAY;
  const clock = { now: () => new Date(now) };
  const issuing = await openService({ clock });
  const post = async <T>(key: string | undefined, path: string, body: unknown): Promise<T> => {
    const answer = await issuing.call<T>('POST', path, { ...(key ? { key } : {}), body });
    if (answer.status > 299) throw new Error(`${path}: ${answer.text}`);
    return answer.body;
  };
  const council = await issuing.institution('specimen-council');
  const college = await issuing.institution('specimen-college', 'Specimen College of Peñafrancia');
  const other = await issuing.institution('specimen-academy');
  const lapsed = await issuing.institution('specimen-institute');
  const grant = (accredited: string) =>
    post<{ id: string }>(council.authority, '/v1/accreditations', {
      ...{ accredited, role: 'Award', validFrom: '2020-01-01' },
      scope: [{ awardType: ['HeiMicroCredential'] }],
    });
  await grant(college.did);
  const withdrawn = await grant(lapsed.did);
  const define = async (key: string, more: object = {}) =>
    (await post<{ achievementId: string }>(key, '/v1/achievements', { achievement: ACHIEVEMENT, ...more }))
      .achievementId;
  const issue = async (key: string, achievementId: string, recipient: object = {}, include: string[] = []) => {
    const recipients = [{ subjectId: `urn:uuid:${crypto.randomUUID()}`, ...recipient }];
    const body = { achievementId, recipients, ...(include.length > 0 ? { include } : {}) };
    return (await post<{ credentials: { id: string }[] }>(key, '/v1/credentials', body)).credentials[0]!.id;
  };
  const change = (id: string, action: string) =>
    post(college.issuer, `/v1/credentials/${id}/status`, { action, reason: 'SPECIMEN reason' });
  const form = async (id: string, suffix: string) => {
    const answer = await issuing.server.inject({ url: `/credentials/${id}${suffix}` });
    if (answer.statusCode !== 200) throw new Error(`${suffix}: ${answer.payload}`);
    return answer.payload;
  };
  const bytes = async (id: string, suffix: string) =>
    (await issuing.server.inject({ url: `/credentials/${id}${suffix}` })).rawPayload;

  const achievementId = await define(college.issuer, { statusPurpose: 'suspension', jwt: 'vc+jwt' });
  const listed = await define(college.issuer, { statusType: '1EdTechRevocationList' });
  const mine = (recipient?: object, include?: string[]) => issue(college.issuer, achievementId, recipient, include);
  const subjectId = `urn:uuid:${crypto.randomUUID()}`;
  const genuine = await mine({ subjectId });
  const named = await mine({ name: 'Maria Specimen' }, ['name']);
  const [revoked, suspended, over] = [
    await mine(),
    await mine({ subjectId }),
    await mine({ validUntil: formatInstant(new Date(now + DAY)) }),
  ];
  await change(revoked, 'revoke');
  await change(suspended, 'suspend');
  const [onList, offList] = [await issue(college.issuer, listed), await issue(college.issuer, listed)];
  await change(offList, 'revoke');
  const unaccredited = await issue(other.issuer, await define(other.issuer));
  const before = await issue(lapsed.issuer, await define(lapsed.issuer));
  now = today - DAY;
  await post(council.authority, `/v1/accreditations/${withdrawn.id}/events`, {
    ...{ type: 'withdrawn', effectiveAt: formatInstant(new Date(now)), reason: 'SPECIMEN reason' },
  });
  now = today;

  const text = await form(genuine, '.json');
  const badge = JSON.parse(text) as JsonObject;
  const edited = (edit: (badge: JsonObject & { credentialSubject: JsonObject }) => void) => {
    const copy = JSON.parse(text) as Parameters<typeof edit>[0];
    edit(copy);
    return JSON.stringify(copy);
  };
  const jwt = await form(genuine, '.jwt');
  const png = await bytes(genuine, '.png');
  const cases: Case[] = [
    { name: 'genuine', text },
    { name: 'genuine, as a token', text: jwt },
    { name: 'genuine, in a picture', text: `data:image/png;base64,${png.toString('base64')}` },
    { name: 'genuine, in a drawing', text: await form(genuine, '.svg') },
    { name: 'genuine, of the person asked for', text: await form(named, '.json'), recipient: 'Maria Specimen' },
    { name: 'genuine, of another person', text: await form(named, '.json'), recipient: 'Juan Specimen' },
    { name: 'revoked', text: await form(revoked, '.json') },
    { name: 'suspended', text: await form(suspended, '.json') },
    { name: 'not revoked, by the other kind of list', text: await form(onList, '.json') },
    { name: 'revoked, by the other kind of list', text: await form(offList, '.json') },
    { name: 'expired', text: await form(over, '.json') },
    { name: 'not accredited', text: await form(unaccredited, '.json') },
    { name: 'accredited then and not now', text: await form(before, '.json') },
    {
      name: 'tampered: a name',
      text: edited((one) => {
        one.name = 'SPECIMEN Something else';
      }),
    },
    {
      name: 'tampered: a member more',
      text: edited((one) => {
        one.credentialSubject.creditsEarned = 30;
      }),
    },
    { name: 'tampered: a token', text: otherClaims(jwt) },
    { name: 'tampered: the signature of a token', text: `${jwt.slice(0, -4)}AAAA` },
    {
      name: 'an unknown term',
      text: edited((one) => {
        one.unheardOf = 'SPECIMEN';
      }),
    },
    {
      name: 'another context',
      text: edited((one) => void (one['@context'] as string[]).push('https://context.example/v1')),
    },
    { name: 'no context of Open Badges', text: edited((one) => void (one['@context'] as string[]).splice(1, 1)) },
    {
      name: 'no proof',
      text: edited((one) => {
        delete one.proof;
      }),
    },
    {
      name: 'another suite',
      text: edited((one) => {
        (one.proof as JsonObject).cryptosuite = 'specimen-2026';
      }),
    },
    {
      name: 'the key of another issuer',
      text: edited((one) => {
        (one.issuer as JsonObject).id = other.did;
      }),
    },
    {
      name: 'a key that is not listed',
      text: edited((one) => {
        (one.proof as JsonObject).verificationMethod = `${college.did}#key-9`;
      }),
    },
    {
      name: 'an index beyond its list',
      text: await foreign('Ed25519', 'eddsa-rdfc-2022', statusOf(badge, '99999999')),
    },
    { name: 'a list of somebody else', text: await foreign('Ed25519', 'eddsa-rdfc-2022', statusOf(badge, '5')) },
    {
      name: 'a list that may not be asked',
      text: await foreign('Ed25519', 'eddsa-rdfc-2022', statusOf(badge, '5', REFUSED)),
    },
    { name: 'of a stranger', text: await foreign('Ed25519', 'eddsa-rdfc-2022') },
    { name: 'of a stranger, JCS', text: await foreign('Ed25519', 'eddsa-jcs-2022') },
    { name: 'of a stranger, P-256', text: await foreign('P-256', 'ecdsa-rdfc-2019') },
    { name: 'of a stranger, P-384', text: await foreign('P-384', 'ecdsa-rdfc-2019') },
    { name: 'of a stranger, a part of it', text: await derived() },
    {
      name: 'of a stranger, not yet valid',
      text: await foreign('P-256', 'ecdsa-jcs-2019', { validFrom: formatInstant(new Date(now + DAY)) }),
    },
    {
      name: 'of a stranger, P-256, tampered',
      text: (await foreign('P-256', 'ecdsa-rdfc-2019')).replace('Set-up computer', 'Set up computer'),
    },
    { name: 'of a stranger, RSA', text: rsaToken() },
    { name: 'of a stranger, RSA, tampered', text: rsaToken('A') },
    { name: 'an endorsement', text: await endorsement() },
    { name: 'a credential of another kind', text: await plain() },
    { name: 'no badge at all', text: '{"type": "SPECIMEN", "unheardOf": 1}' },
    { name: 'no JSON', text: '{"type": ["VerifiableCredential"' },
    {
      name: 'Open Badges 2.0',
      text: JSON.stringify({
        '@context': 'https://w3id.org/openbadges/v2',
        type: 'Assertion',
        id: 'https://school.example/a/1',
      }),
    },
  ];
  const snapshot = (await issuing.call<JsonObject>('GET', '/registry/specimen-council/snapshot')).body;
  const printed = { active: await form(genuine, '/attestation'), revoked: await form(revoked, '/attestation') };
  const definition = (badge.credentialSubject as { achievement: { id: string } }).achievement.id;
  const rule = {
    ...node('root', 'allOf'),
    children: [{ ...node('parts', 'requireAll'), items: [{ achievement: definition }] }],
  };
  const made = await post<{ url: string }>(college.issuer, '/v1/pathways', {
    ...{ name: 'SPECIMEN Pathway of one', achievement: definition, stackingRule: rule },
    legalInstrument: [{ kind: 'InstitutionalMemo', number: '1', series: '2026' }],
  });
  const get = async (url: string) => {
    const { pathname, search } = new URL(url);
    const accept = 'application/vc, application/ld+json;q=0.9, application/json;q=0.8';
    const answer = await issuing.call('GET', pathname + search, { headers: { accept } });
    if (answer.status !== 200) throw new Error(`${url}: ${answer.text}`);
    return answer.text;
  };
  const all = [genuine, named, revoked, suspended, over, onList, offList, unaccredited, before];
  const badges = await Promise.all(all.map(async (id) => JSON.parse(await form(id, '.json')) as JsonObject));
  const lists = new Set(badges.flatMap((one) => (one.credentialStatus as JsonObject).statusListCredential ?? []));
  const statusLists = await Promise.all([...lists].map((url) => get(String(url))));
  const documents = Object.fromEntries(
    await Promise.all([...new Set(badges.flatMap(referredTo))].map(async (url) => [url, await get(url)] as const)),
  );

  const origins = [issuing.publicUrl, `https://${decodeURIComponent(college.did.split(':')[2]!)}`];
  const ca = readFileSync(join(issuing.directory, 'loopback-certificate.pem'), 'utf8');
  const loopbackOrigins = origins.map((origin) => ({ origin, ca }));
  const employer = await openService({ clock, loopbackOrigins }, { TATAK_TRUST_ANCHORS: council.did });
  const stack = {
    pathway: await get(made.url),
    credentials: [text, await form(suspended, '.json')],
    date: dayIn(new Date(now)),
  };
  const evaluated = (await employer.call('POST', '/v1/evaluations', { body: stack })).body;
  return {
    ...{
      definition,
      stack,
      evaluated,
      issuing,
      anchor: council.did,
      issuerKey: college.issuer,
      achievementId,
      cases,
      snapshot,
      printed,
      statusLists,
      documents,
    },
    now: formatInstant(clock.now()),
    async judge({ text, recipient }) {
      const body = { text, ...(recipient ? { recipient } : {}) };
      return (await employer.call('POST', '/v1/verifications', { body })).body;
    },
    read: async (text) => (await issuing.call('POST', '/v1/verifications', { body: { text } })).body,
    async close() {
      await employer.close();
      await issuing.close();
    },
  };
}

/** What a verifier looks up beside register and status lists. */
function referredTo({ issuer, credentialStatus, credentialSubject }: JsonObject): string[] {
  const { achievement } = credentialSubject as { achievement: { id: string } };
  const { id, type } = credentialStatus as { id: string; type: string };
  const [host, ...path] = (issuer as { id: string }).id.split(':').slice(2);
  const did = `https://${decodeURIComponent(host!)}/${path.join('/')}/did.json`;
  return [
    achievement.id,
    ...(type === '1EdTechRevocationList' ? [id] : []),
    ...(path.at(-1) === 'specimen-academy' ? [did] : []),
  ];
}

const AT = '2026-06-15T02:00:00Z';

/** A badge of a did:key, which has its key in its name. */
async function foreign(
  algorithm: KeyAlgorithm,
  cryptosuite: IssuingCryptosuite,
  more: JsonObject = {},
): Promise<string> {
  const { did, signer } = didKey(algorithm);
  return JSON.stringify(await foreignMaker.sign({ ...strange(did), ...more }, signer, AT, { cryptosuite }));
}

/** What it refers to stands where no verifier asks: refused with a network, and without one. */
function strange(issuer: string): JsonObject {
  const badge = foreignBadge(issuer);
  const { achievement } = badge.credentialSubject as { achievement: JsonObject };
  achievement.id = REFUSED;
  return badge;
}

function didKey(algorithm: KeyAlgorithm) {
  const { signer } = keyOf(algorithm, 3);
  const did = `did:key:${signer.publicKeyMultibase}`;
  return { did, signer: { ...signer, verificationMethod: `${did}#${signer.publicKeyMultibase}` } };
}

async function derived(): Promise<string> {
  const { did, signer } = didKey('P-256');
  const signed = await foreignMaker.sign(strange(did), signer, AT, { cryptosuite: 'ecdsa-sd-2023' });
  const selectivePointers = ['/id', '/type', '/issuer', '/credentialSubject', '/validFrom'];
  return JSON.stringify(await foreignMaker.deriveCredential(signed, { selectivePointers }));
}

function statusOf(badge: JsonObject, statusListIndex: string, list?: string): JsonObject {
  const entry = badge.credentialStatus as JsonObject;
  const statusListCredential = list ?? entry.statusListCredential!;
  return {
    credentialStatus: {
      ...entry,
      statusListCredential,
      statusListIndex,
      statusPurpose: 'revocation',
      id: `${statusListCredential as string}#${statusListIndex}`,
    },
  };
}

/** The same token with another name in it. */
function otherClaims(jwt: string): string {
  const [header, payload, signature] = jwt.split('.');
  const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as JsonObject;
  const changed = JSON.stringify({ ...claims, name: 'SPECIMEN Something else' });
  return [header, Buffer.from(changed).toString('base64url'), signature].join('.');
}

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** @param change put in the place of a character of the signature */
function rsaToken(change?: string): string {
  const part = (value: JsonObject) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const issuer = `did:jwk:${part(publicKeyOf(pair.publicKey).jwk)}`;
  const badge = strange(issuer);
  const claims = {
    iss: issuer,
    jti: badge.id!,
    nbf: Date.parse(String(badge.validFrom)) / 1_000,
    sub: 'did:example:learner',
  };
  const input = `${part({ alg: 'RS256', typ: 'JWT', kid: `${issuer}#0` })}.${part({ ...badge, ...claims })}`;
  const signature = sign('sha256', Buffer.from(input), pair.privateKey).toString('base64url');
  return `${input}.${change ? signature.replace(/^./, (first) => (first === change ? 'B' : change)) : signature}`;
}

async function endorsement(): Promise<string> {
  const { did, signer } = throwawaySigner();
  const { '@context': context } = foreignBadge(did);
  const document: JsonObject = {
    '@context': [...(context as string[])],
    ...{ id: 'urn:uuid:9d1f0001-6a0f-4f7e-9a44-7d0c3f1c2a10', type: ['VerifiableCredential', 'EndorsementCredential'] },
    ...{
      issuer: { id: did, type: ['Profile'], name: 'Specimen Guild' },
      validFrom: '2026-06-15T01:00:00Z',
      name: 'SPECIMEN endorsement',
    },
    credentialSubject: {
      id: 'https://school.example/achievements/1',
      type: ['EndorsementSubject'],
      endorsementComment: 'Good.',
    },
  };
  return JSON.stringify(await foreignMaker.sign(document, signer, AT));
}

async function plain(): Promise<string> {
  const { did, signer } = throwawaySigner();
  const document: JsonObject = {
    '@context': ['https://www.w3.org/ns/credentials/v2', EXTENSIONS],
    ...{ type: ['VerifiableCredential'], issuer: did, validFrom: '2026-06-15T01:00:00Z' },
    credentialSubject: { id: 'did:example:learner' },
  };
  return JSON.stringify(await foreignMaker.sign(document, signer, AT));
}
