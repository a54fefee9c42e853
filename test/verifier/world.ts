import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { type AccreditationCheck, createAccreditationCheck } from '#accreditation';
import { createBitstring, encodeBitstring, setBit } from '#credentials';
import type { Identifiers, MethodResolution } from '#identifiers';
import { type Clock, formatInstant, type JsonObject, Problem } from '#kernel';
import { encodeMultikey, type Signer } from '#keystore';
import type { GuardedFetch } from '#net';
import {
  CREDENTIALS_V2,
  contextRules,
  createContextLoader,
  createJwtChecker,
  createProofChecker,
  createProofMaker,
  OPEN_BADGES_3_0_3,
} from '#proofs';
import { createVerifier, type Verifier, type VerifierDeps } from '#verifier';

export const PH = 'https://tatak.example/contexts/ph/v1-draft';
export const NOW = '2026-11-24T01:00:00Z';

/** The context of learner records, which no package has: the tests of records are run where it is beside this copy. */
const CLR = new URL('../../../shared/standards/clr-v2p0/contexts/context-2.0.1.json', import.meta.url);
export const clrInstalled = existsSync(CLR);

export const loader = createContextLoader({
  added: clrInstalled ? [readFileSync(CLR, 'utf8')] : [],
  phContext: readFileSync(new URL('../../contexts/ph-v1-draft.json', import.meta.url), 'utf8'),
  phContextUrl: PH,
});
const maker = createProofMaker({ loader });

/** One body with a real key. */
export interface Actor {
  did: string;
  signer: Signer;
  document: JsonObject;
}

export function actor(name: string): Actor {
  const did = `did:web:${name}.example`;
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const publicKeyMultibase = encodeMultikey(publicKey.export({ format: 'der', type: 'spki' }).subarray(12));
  const id = `${did}#key-1-assertion`;
  return {
    did,
    signer: signerOf(id, publicKeyMultibase, privateKey),
    document: {
      id: did,
      verificationMethod: [{ id, type: 'Multikey', controller: did, publicKeyMultibase }],
      assertionMethod: [id],
      service: [{ id: `${did}#register`, type: 'AccreditationRegister', serviceEndpoint: registerUrl(did) }],
    },
  };
}

function signerOf(verificationMethod: string, publicKeyMultibase: string, key: KeyObject): Signer {
  return { verificationMethod, publicKeyMultibase, sign: async (data) => sign(null, data, key) };
}

export const registerUrl = (did: string) => `https://${did.slice(8)}/registry`;

/** A check with these anchors and no register of its own: every one is fetched. */
export function onlyFetching(anchors: readonly string[]): AccreditationCheck {
  return createAccreditationCheck({
    policy: { anchors, maxDepth: 3 },
    registers: {
      grantsTo: async () => [],
      successionsTo: async () => [],
      atHand: async (did) => ({ outcome: 'unknown', code: 'register_not_at_hand', detail: did }),
    },
  });
}

/** A small web: addresses, DIDs, a clock that stands still, and a verifier that looks at it. */
export interface World {
  pages: Map<string, Page>;
  asked: string[];
  now: { at: string };
  verifier: Verifier;
  /** With what it looks things up. */
  looking: Pick<VerifierDeps, 'proofs' | 'tokens' | 'identifiers' | 'fetch' | 'contextProblems' | 'clock'>;
  actors: Actor[];
  join(actor: Actor): Actor;
  /** Signs and, when the document has an https id, publishes it there. */
  sign(by: Actor, document: JsonObject, at?: string): Promise<JsonObject>;
  publish(url: string, document: JsonObject): void;
}

export interface Page {
  status?: number;
  contentType?: string;
  body: string | Uint8Array;
  problem?: Problem;
  /** Never answers. */
  hangs?: boolean;
}

export function world(anchors: Actor[], more: Partial<VerifierDeps> = {}): World {
  const pages = new Map<string, Page>();
  const asked: string[] = [];
  const now = { at: NOW };
  const actors = [...anchors];
  const clock: Clock = { now: () => new Date(now.at) };
  const documentOf = (did: string) => actors.find((one) => one.did === did)?.document;
  const fetch: GuardedFetch = async (url, { budget }) => {
    if (budget && !budget.take()) throw new Problem('fetch-failed', 'budget', { extensions: { code: 'budget' } });
    asked.push(url);
    const page = pages.get(url);
    if (!page) throw new Problem('fetch-failed', 'no answer', { extensions: { code: 'connect' } });
    if (page.hangs) return new Promise(() => {});
    if (page.problem) throw page.problem;
    return {
      url,
      status: page.status ?? 200,
      contentType: page.contentType ?? 'application/vc',
      bytes: typeof page.body === 'string' ? new TextEncoder().encode(page.body) : page.body,
      fetchedAt: now.at,
    };
  };
  const identifiers: Identifiers = {
    async resolve(did) {
      const document = documentOf(did);
      return document
        ? { outcome: 'ok', document, fetchedAt: now.at }
        : { outcome: 'unknown', code: 'did_unreachable', detail: 'no answer' };
    },
    async resolveMethod(id): Promise<MethodResolution> {
      const document = documentOf(id.split('#')[0]!);
      if (!document) return { outcome: 'unknown', code: 'did_unreachable', detail: 'no answer' };
      const methods = document.verificationMethod as unknown as {
        id: string;
        controller: string;
        publicKeyMultibase: string;
      }[];
      const method = methods.find((one) => one.id === id);
      if (!method) return { outcome: 'refused', code: 'method_not_found', detail: id };
      return { outcome: 'ok', method, document };
    },
    async resolveJoseKey({ kid = '' }, issuer, relationship) {
      if (kid.split('#')[0] !== issuer) return { outcome: 'refused', code: 'method_not_issuer', detail: kid };
      return identifiers.resolveMethod(kid, relationship);
    },
  };
  const publish = (url: string, document: JsonObject) => void pages.set(url, { body: JSON.stringify(document) });
  const looking = {
    proofs: createProofChecker({ loader, clock }),
    tokens: createJwtChecker({ loader, clock }),
    ...{ identifiers, fetch, clock },
    ...contextRules(loader),
  };
  const verifier = createVerifier({
    ...looking,
    phErrors: () => [],
    accreditation: onlyFetching(anchors.map((one) => one.did)),
    ...more,
  });
  return {
    pages,
    asked,
    now,
    verifier,
    looking,
    actors,
    join: (one) => {
      actors.push(one);
      return one;
    },
    sign: async (by, document, at = '2026-06-15T02:00:00Z') => {
      const signed = await maker.sign(document, by.signer, at);
      if (typeof signed.id === 'string' && signed.id.startsWith('https:')) publish(signed.id, signed);
      return signed;
    },
    publish,
  };
}

/** A badge of this issuer; `change` edits it before it is signed. */
export function badge(issuer: Actor, more: JsonObject = {}, achievement: JsonObject = {}): JsonObject {
  const host = `https://${issuer.did.slice(8)}`;
  return {
    '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3, PH],
    id: `${host}/credentials/1`,
    type: ['VerifiableCredential', 'OpenBadgeCredential', 'PhCredential'],
    name: 'Set-up computer networks',
    issuer: { id: issuer.did, type: ['Profile'], name: 'Specimen Technical School' },
    validFrom: '2026-06-15T01:00:00Z',
    awardedDate: '2026-06-15T01:00:00Z',
    awardId: 'urn:uuid:0b7f6c3e-6a0f-4f7e-9a44-7d0c3f1c2a10',
    credentialSubject: {
      id: 'urn:uuid:5a0f1b7e-1d5a-4bb2-8d1f-4d0f3c1c2a10',
      type: ['AchievementSubject'],
      achievement: {
        id: `${host}/achievements/1`,
        type: ['Achievement', 'PhAchievement'],
        name: 'Set-up computer networks',
        description: 'Plans, installs and configures a small computer network.',
        criteria: { narrative: 'Demonstrated in front of an assessor.' },
        achievementType: 'MicroCredential',
        version: '1',
        awardType: 'TvetMicroCredential',
        pqfLevel: 2,
        ...achievement,
      },
    },
    ...more,
  };
}

/** What the address of the achievement answers. */
export function publishDefinition(on: World, credential: JsonObject, more: JsonObject = {}): void {
  const achievement = (credential.credentialSubject as JsonObject).achievement as JsonObject;
  const owner = (credential.issuer as JsonObject).id as string;
  on.publish(achievement.id as string, { ...achievement, permittedIssuers: [owner], ...more });
}

export interface GrantFacts {
  by: Actor;
  to: Actor;
  role?: string;
  scope?: JsonObject[];
  validFrom?: string;
  validUntil?: string;
  verb?: string;
  /** Further members of the subject. */
  more?: JsonObject;
}

let serial = 0;

/** A signed grant, in the shape of the accreditation room. */
export async function grant(on: World, facts: GrantFacts): Promise<JsonObject> {
  const { by, to } = facts;
  return on.sign(by, {
    '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3, PH],
    id: `https://${by.did.slice(8)}/accreditations/${++serial}`,
    type: ['VerifiableCredential', 'PhAccreditationCredential'],
    issuer: by.did,
    validFrom: facts.validFrom ?? '2025-12-31T16:00:00Z',
    ...(facts.validUntil ? { validUntil: facts.validUntil } : {}),
    credentialSubject: {
      id: to.did,
      type: ['PhAccreditation'],
      accreditor: by.did,
      accredited: to.did,
      verb: facts.verb ?? 'accredit',
      role: facts.role ?? 'Award',
      scope: (facts.scope ?? [{ awardType: ['TvetMicroCredential'] }]).map((item) => ({
        type: ['PhAccreditationScope'],
        ...item,
      })),
      recordedAt: '2026-01-02T00:00:00Z',
      ...facts.more,
    },
  });
}

/** Signs and publishes the register of one authority at the address its DID document names. */
export async function register(
  on: World,
  by: Actor,
  grants: JsonObject[],
  more: { events?: JsonObject[]; at?: string; signedBy?: Actor; accreditor?: string } = {},
): Promise<void> {
  const at = new Date(more.at ?? on.now.at);
  const accreditor = more.accreditor ?? by.did;
  const url = registerUrl(by.did);
  const signed = await on.sign(
    more.signedBy ?? by,
    {
      '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3, PH],
      type: ['VerifiableCredential', 'PhAccreditationRegisterCredential'],
      issuer: accreditor,
      validFrom: formatInstant(at),
      validUntil: formatInstant(new Date(at.getTime() + 24 * 3_600_000)),
      credentialSubject: {
        id: url,
        type: ['PhAccreditationRegister'],
        accreditor,
        register: { grants, events: more.events ?? [] },
      },
    },
    formatInstant(at),
  );
  on.publish(url, signed);
}

export const LIST = 'https://school.example/status/1';

/** An unsigned status list; `set` are the indexes whose bit is set. */
export function statusList(
  issuer: Actor,
  set: number[] = [],
  more: JsonObject = {},
  subject: JsonObject = {},
): JsonObject {
  const bits = createBitstring(131_072);
  for (const index of set) setBit(bits, index);
  return {
    '@context': [CREDENTIALS_V2],
    id: LIST,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: issuer.did,
    validFrom: '2026-11-24T00:00:00Z',
    validUntil: '2026-11-25T00:00:00Z',
    credentialSubject: {
      id: `${LIST}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: encodeBitstring(bits),
      ...subject,
    },
    ...more,
  };
}

export function statusEntry(index: string | number, more: JsonObject = {}): JsonObject {
  return {
    credentialStatus: {
      id: `${LIST}#${index}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: String(index),
      statusListCredential: LIST,
      ...more,
    },
  };
}
