import type { LocalRegisters, RegisterAnswer } from '#accreditation';
import type { DocumentResolution, Identifiers, MethodResolution, Relationship } from '#identifiers';
import { type Clock, isObject, type JsonObject, LIMITS, Problem, parseStrictJsonBytes, sha256Hex } from '#kernel';
import type { GuardedFetch } from '#net';
import {
  type ContextProfile,
  type JwtChecker,
  NOT_READ,
  type OpenedJwt,
  type ProofChecker,
  type ProofReport,
} from '#proofs';
import type { Budget } from './budget.ts';
import type { Readable } from './input/model.ts';
import { createKeyNotes } from './key-notes.ts';
import { fetchHead, fetchRegister, type HeadAnswer } from './register.ts';

/** A problem with `@context` or JSON-LD syntax; `unsupported_context` says nothing about the document. */
export interface ContextFinding {
  code: string;
  pointer: string;
  detail: string;
}

export interface SessionDeps {
  proofs: ProofChecker;
  /** For what comes as a compact token; without it the proof of a token is not known. */
  tokens?: JwtChecker;
  identifiers: Identifiers;
  fetch: GuardedFetch;
  /** Problems of `@context`, without a profile under the rules for the document's own type; run before any JSON-LD processing. */
  contextProblems: (document: JsonObject, profile?: ContextProfile) => ContextFinding[];
  clock: Clock;
  /** Registers at hand: this service's own first, held ones when the network has none. */
  registers?: Pick<LocalRegisters, 'own' | 'held'>;
}

export type Fetched =
  | {
      ok: true;
      document: JsonObject;
      /** Exactly as it came. */
      text: () => string;
      evidence: { url: string; fetchedAt: string; sha256: string };
    }
  | { ok: false; code: FetchCode; detail: string };

export type FetchedBytes = { ok: true; bytes: Uint8Array } | { ok: false; code: FetchCode };

export type FetchCode = 'budget' | 'refused' | 'unreachable' | 'http_status' | 'not_json' | 'malformed';

/** Everything one verification looks up: each thing at most once, within one budget. */
export interface Session {
  readonly now: Date;
  readonly budget: Budget;
  readonly deps: SessionDeps;
  /** A JSON object at an address. Never throws: what cannot be had is `ok: false`. */
  json(url: string, accept?: string, maxBytes?: number): Promise<Fetched>;
  /** Whatever stands at an address, byte for byte. Never throws either. */
  bytes(url: string, accept: string): Promise<FetchedBytes>;
  resolve(did: string): Promise<DocumentResolution>;
  /**
   * Signature by `controller` over a document that is signed on its own: same contexts policy, same proofs.
   * @param profile of its contexts, when it is not the strict one of its types
   */
  proof(
    document: JsonObject,
    controller: string,
    purpose?: Relationship,
    profile?: ContextProfile,
  ): Promise<ProofReport>;
  /** What is wrong with the terms of a document that nobody signed; `no_proof` when nothing is. */
  unsigned(document: JsonObject, profile?: ContextProfile): Promise<ProofReport>;
  /** The same for what came as a token; the rules on contexts and syntax apply to the credential in it too. */
  tokenProof(
    jwt: OpenedJwt,
    controller: string,
    profile?: ContextProfile,
    purpose?: Relationship,
  ): Promise<ProofReport>;
  /** Whichever of the two this badge has. */
  proofOf(loaded: Readable, controller: string, profile?: ContextProfile): Promise<ProofReport>;
  /** What the register of this authority says about one party. */
  register(authority: string, about: string): Promise<RegisterAnswer>;
}

export const ACCEPT_CREDENTIAL = 'application/vc, application/vc+ld+json;q=0.9, application/json;q=0.8';
export const ACCEPT_JSON = 'application/ld+json, application/json;q=0.9, application/vc;q=0.8';

/** It answered, and what it answered cannot be relied on. */
const BROKEN = /^register_(?:proof_|malformed|other_accreditor|not_yet_valid|part_digest)/;

/** Registers and lists have many members; their bytes are limited instead. */
const FETCHED_KEYS = 100_000;

export function createSession(deps: SessionDeps, budget: Budget): Session {
  const documents = new Map<string, Promise<Fetched>>();
  const methods = new Map<string, Promise<MethodResolution>>();
  const dids = new Map<string, Promise<DocumentResolution>>();
  const heads = new Map<string, Promise<HeadAnswer>>();
  const registers = new Map<string, Promise<RegisterAnswer>>();
  const keys = createKeyNotes();

  const resolve = (did: string): Promise<DocumentResolution> =>
    once(dids, did, () =>
      budget
        .slot(() => deps.identifiers.resolve(did, budget))
        .catch((error: unknown) => unknownFrom(error, 'did_unreachable')),
    );

  const resolveMethod = (id: string, relationship: Relationship): Promise<MethodResolution> =>
    once(methods, `${relationship} ${id}`, async () => {
      // All keys of one identifier stand in one document: fetched once, however many proofs ask at the same time.
      const document = await resolve(id.split('#', 1)[0]!);
      if (document.outcome !== 'ok') return document;
      const found = await budget
        .slot(() => deps.identifiers.resolveMethod(id, relationship, budget, document))
        .catch((error: unknown) => unknownFrom(error, 'did_unreachable'));
      return keys.note(id, found);
    });

  const session: Session = {
    now: deps.clock.now(),
    budget,
    deps,
    json: (url, accept = ACCEPT_CREDENTIAL, maxBytes = LIMITS.fetchBytes) =>
      once(documents, `${accept} ${url}`, () => getJson(session, url, accept, maxBytes)),
    async bytes(url, accept) {
      try {
        const got = await budget.slot(() => deps.fetch(url, { accept, budget }));
        const ok = got.status >= 200 && got.status < 300;
        return ok ? { ok, bytes: got.bytes } : { ok, code: 'http_status' };
      } catch (error) {
        return { ok: false, code: unknownFrom(error, 'unreachable').code as FetchCode };
      }
    },
    resolve,
    async proof(document, controller, purpose = 'assertionMethod', profile): Promise<ProofReport> {
      const refused = unreadable(deps.contextProblems(document, profile));
      const expected = { controller, purpose, ...(profile ? { profile } : {}) };
      return refused ?? keys.said(await deps.proofs.verify(document, expected, resolveMethod));
    },
    async unsigned(document, profile): Promise<ProofReport> {
      return unreadable(deps.contextProblems(document, profile)) ?? (await deps.proofs.terms(document, profile));
    },
    async tokenProof(jwt, controller, profile, purpose = 'assertionMethod'): Promise<ProofReport> {
      const refused = unreadable(deps.contextProblems(withoutTokens(jwt), profile));
      if (refused) return refused;
      if (!deps.tokens) {
        return { outcome: 'unknown', code: 'unsupported_jwt', detail: 'tokens are not read here', proofs: [] };
      }
      const expected = { controller, purpose, ...(profile ? { profile } : {}) };
      const report = await deps.tokens.verify(jwt, expected, (key, issuer, relationship) =>
        once(methods, `${relationship} ${issuer} ${JSON.stringify(key)}`, async () => {
          const found = await budget
            .slot(() => deps.identifiers.resolveJoseKey(key, issuer, relationship, budget))
            .catch((error: unknown) => unknownFrom(error, 'key_unreachable'));
          return keys.note(key.kid, found);
        }),
      );
      return keys.said(report);
    },
    proofOf: (loaded, controller, profile) =>
      loaded.kind === 'jwt'
        ? session.tokenProof(loaded.jwt, controller, profile)
        : session.proof(loaded.document, controller, 'assertionMethod', profile),
    register: (authority, about) =>
      once(registers, `${authority} ${about}`, async () => {
        const own = await deps.registers?.own(authority, about);
        if (own) return own;
        const head = await once(heads, authority, () => fetchHead(session, authority));
        const fetched = await fetchRegister(session, head, about);
        // A held one answers for a register that does not answer, never for one whose proof does not hold.
        if (fetched.outcome === 'ok' || BROKEN.test(fetched.code)) return fetched;
        return (await deps.registers?.held(authority, about)) ?? fetched;
      }),
  };
  return session;
}

/** In the claim of a presentation of version 1.1 credentials are tokens themselves (VCDM 1.1, 6.3.1): no JSON-LD. */
export function withoutTokens({ form, document }: OpenedJwt): JsonObject {
  if (form !== 'vp-claim-jwt' || document.verifiableCredential === undefined) return document;
  const { verifiableCredential, ...rest } = document;
  const objects = [verifiableCredential].flat().filter((one) => typeof one !== 'string');
  return { ...rest, ...(objects.length > 0 && { verifiableCredential: objects }) };
}

/** What is wrong with contexts or syntax, before any proof is looked at. */
function unreadable(problems: readonly ContextFinding[]): ProofReport | undefined {
  const worst = problems.find((one) => !NOT_READ.has(one.code)) ?? problems[0];
  if (!worst) return undefined;
  const outcome = NOT_READ.has(worst.code) ? 'unknown' : 'fail';
  return { outcome, code: worst.code, detail: worst.detail, proofs: [] };
}

async function getJson(session: Session, url: string, accept: string, maxBytes: number): Promise<Fetched> {
  const { budget } = session;
  try {
    return await budget.careful(
      () => readJson(session, url, accept, maxBytes),
      ({ ok }) => ok,
    );
  } catch (error) {
    const { code } = unknownFrom(error, 'unreachable');
    return { ok: false, code: code as FetchCode, detail: error instanceof Problem ? error.message : 'no answer' };
  }
}

async function readJson({ budget, deps }: Session, url: string, accept: string, maxBytes: number): Promise<Fetched> {
  const got = await deps.fetch(url, { accept, budget, maxBytes });
  if (got.status < 200 || got.status > 299) {
    return { ok: false, code: 'http_status', detail: `the server answered with status ${got.status}` };
  }
  if (/^text\/html|^application\/xhtml/.test(got.contentType)) {
    return { ok: false, code: 'not_json', detail: 'the address leads to a web page' };
  }
  const value = parseStrictJsonBytes(got.bytes, { bytes: maxBytes, keys: FETCHED_KEYS });
  if (!isObject(value)) return { ok: false, code: 'malformed', detail: 'not a JSON object' };
  const evidence = { url: got.url, fetchedAt: got.fetchedAt, sha256: sha256Hex(got.bytes) };
  return { ok: true, document: value, text: () => Buffer.from(got.bytes).toString('utf8'), evidence };
}

/** Whatever the network or the other side does is something not found out, never an error of this service. */
function unknownFrom(error: unknown, otherwise: string): { outcome: 'unknown'; code: string; detail: string } {
  if (!(error instanceof Problem)) return { outcome: 'unknown', code: otherwise, detail: 'no answer' };
  const code =
    error.extensions.code === 'budget'
      ? 'budget'
      : error.kind === 'fetch-refused'
        ? 'refused'
        : error.kind === 'malformed-json' || error.kind === 'payload-too-large'
          ? 'malformed'
          : otherwise;
  return { outcome: 'unknown', code, detail: error.message };
}

function once<T>(held: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const found = held.get(key);
  if (found) return found;
  const made = make();
  held.set(key, made);
  return made;
}
