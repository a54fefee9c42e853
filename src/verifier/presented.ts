import { idOf } from '#accreditation';
import { isObject, type Json, type JsonObject, Problem } from '#kernel';
import { isEnvelope, type OpenedJwt, openEnvelope, type ProofReport } from '#proofs';
import { loadInput } from './input/load.ts';
import type { UnreadForm } from './input/model.ts';
import { type Session, withoutTokens } from './session.ts';

/** A presentation taken apart and not yet verified, whether proofs stand in it or a token secures it as a whole. */
export interface Presented {
  document: JsonObject;
  /** The same without its members that are tokens, which are no JSON-LD (VCDM 1.1, 6.3.1; in 2.0 there are none). */
  outer: JsonObject;
  members: Json[];
  /** Whether members may be compact tokens. */
  tokens: boolean;
  jwt?: OpenedJwt;
  isSigned: boolean;
  /** Who it says hands it over: `holder`, of a token also `iss` (VC-JOSE-COSE 3.1.3, VCDM 1.1 6.3.1). */
  holder?: string;
  /** Whose key must have signed: that of its holder, else of whom the (first) proof or the header names. */
  controller?: string;
  /** What each proof says it answers, in the order of the report: of a token its `nonce` and `aud`. */
  questions: JsonObject[];
}

/** It came in a way that is recognised and not read. */
export interface NotRead {
  unread: UnreadForm | 'vp+sd-jwt';
}

/** @throws Problem as `loadInput` */
export async function loadPresentation(given: string | JsonObject, session: Session): Promise<Presented | NotRead> {
  const source = typeof given === 'string' ? { text: given } : { document: given };
  const loaded = await loadInput(source, session.deps.fetch, session.budget);
  if (loaded.kind === 'unread') return { unread: loaded.form };
  if (loaded.kind === 'document') return ofDocument(loaded.document);
  return loaded.jwt.form === 'vp+sd-jwt' ? { unread: 'vp+sd-jwt' } : ofToken(loaded.jwt);
}

function ofDocument(document: JsonObject): Presented {
  const proofs = [document.proof ?? []].flat();
  const [first] = proofs;
  const holder = idOf(document.holder);
  return {
    ...{ document, outer: document, members: membersOf(document), tokens: false },
    isSigned: document.proof !== undefined,
    ...signer(holder, isObject(first) ? first.verificationMethod : undefined),
    questions: proofs.map((proof) => (isObject(proof) ? proof : {})),
  };
}

function ofToken(jwt: OpenedJwt): Presented {
  const { document, claims, header } = jwt;
  const tokens = jwt.form === 'vp-claim-jwt';
  const members = membersOf(document);
  const inClaims = typeof claims.iss === 'string' ? claims.iss : undefined;
  return {
    ...{ document, members, tokens, jwt },
    outer: withoutTokens(jwt),
    isSigned: true,
    // A holder who is not named as one must be is nobody; `iss` does not stand in for it.
    // What is in the claim or the type of a credential is no presentation, whatever it says inside: nobody can have signed one.
    ...(jwt.form.startsWith('vp') &&
      signer(document.holder === undefined ? inClaims : idOf(document.holder), header.kid)),
    questions: [questionOf(jwt)],
  };
}

const membersOf = ({ verifiableCredential }: JsonObject): Json[] => [verifiableCredential ?? []].flat();

function signer(holder: string | undefined, method: Json | undefined): Pick<Presented, 'holder' | 'controller'> {
  if (holder !== undefined) return { holder, controller: holder };
  return typeof method === 'string' ? { controller: method.split('#', 1)[0]! } : {};
}

function questionOf({ claims: { nonce, aud } }: OpenedJwt): JsonObject {
  return { ...(nonce !== undefined && { challenge: nonce }), ...(aud !== undefined && { domain: aud }) };
}

/** The proof of whoever hands it over, for the purpose `authentication`. */
export async function proofOf(presented: Presented, session: Session, contexts: 'vc' | 'presentation') {
  const { document, jwt, controller, isSigned } = presented;
  if (!isSigned) return session.unsigned(document, contexts);
  if (controller === undefined) return NO_PROOF;
  if (jwt) return session.tokenProof(jwt, controller, contexts, 'authentication');
  return session.proof(document, controller, 'authentication', contexts);
}

const NO_PROOF: ProofReport = { outcome: 'fail', code: 'no_proof', detail: 'the document has no proof', proofs: [] };

/**
 * What a presentation says before anything of it is verified: the challenges it answers, how many credentials it holds and
 * whose key must have signed it. What cannot be opened answers none.
 */
export function outlineOf(document: JsonObject): { challenges: string[]; count: number; controller?: string } {
  const { questions, members, controller } = opened(document);
  return {
    ...(controller === undefined ? {} : { controller }),
    challenges: questions.map(({ challenge }) => challenge).filter((one) => typeof one === 'string'),
    count: members.length,
  };
}

function opened(document: JsonObject): Pick<Presented, 'questions' | 'members' | 'controller'> {
  if (!isEnvelope(document)) return ofDocument(document);
  try {
    return ofToken(openEnvelope(document));
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return { questions: [], members: [] };
    throw error;
  }
}
