import {
  type Clock,
  fieldProblem,
  formatInstant,
  type JsonObject,
  LIMITS,
  Problem,
  type Random,
  randomId,
  sha256Hex,
  UniqueViolation,
} from '#kernel';
import type { PathwayReader, RuleNode } from '#pathways';
import type { Verifier } from '#verifier';
import { type Answer, type AnswerDeps, verifiedAnswer } from './answer.ts';
import { dcqlQueryOf } from './dcql-query.ts';
import { namedAchievements } from './named-achievements.ts';
import type { PresentationRequestReader, PresentationRequestRecord } from './ports.ts';
import { assertBadgesAsked, type BadgeAsked, type HolderBinding, type Question } from './question.ts';
import { refuse } from './refusal.ts';
import { requestClaims, signRequestObject } from './request-object.ts';
import {
  openVerifierKey,
  type VerifierKeyDeps,
  verifierDid,
  verifierDidDocument,
  verifierSigner,
} from './verifier-key.ts';
import { readVpToken } from './vp-token.ts';
import { assertWalletMetadata } from './wallet-metadata.ts';

/** Where the browser is that asks, seen from the wallet: its answer goes back there by another way. */
export type Device = 'same' | 'other';

/** What an asker may see of his request. */
export interface RequestView {
  request: Omit<PresentationRequestRecord, 'transactionSha256' | 'responseCodeSha256' | 'answer'>;
  /** `openid4vp:` links, the one for a QR code and the one for a wallet beside the browser. */
  links: Record<Device, string>;
  /** `waiting`, or over; then what came of it. `elsewhere`: the wallet brings it to the browser that it opens. */
  stage: 'waiting' | 'expired' | 'answered' | 'declined' | 'elsewhere';
  answer?: Answer;
}

export interface WalletResponse {
  vp_token?: string;
  state?: string;
  error?: string;
  response?: string;
}

export interface PresentationRequests {
  /** @throws Problem `invalid-request` with the pointer: `/badges` or `/pathway` */
  create(input: {
    badges?: BadgeAsked[];
    /** Id or address of a pathway of this service. */
    pathway?: string;
    /** Default `preferred`. */
    holderBinding?: HolderBinding;
  }): Promise<{ view: RequestView; transaction: string }>;
  /** Signed anew for each that asks. @throws Problem `not-found` once it is answered or over */
  requestObject(input: {
    requestId: string;
    device: Device;
    walletNonce?: string;
    walletMetadata?: string;
  }): Promise<string>;
  /** Takes one answer. @returns what the wallet is told @throws Problem with an OAuth error; then nothing has changed */
  respond(requestId: string, device: Device, response: WalletResponse): Promise<{ redirect_uri?: string }>;
  /** @throws Problem `not-found` for anybody but the asker, and once it is forgotten */
  view(requestId: string, transaction: string | undefined, responseCode?: string): Promise<RequestView>;
  /** Of the service itself. */
  didDocument(): Promise<JsonObject>;
  /** Removes what is to be forgotten. */
  sweepOnce(): Promise<boolean>;
}

export interface PresentationRequestsDeps extends VerifierKeyDeps {
  reader: PresentationRequestReader & Pick<PathwayReader, 'pathway'>;
  clock: Clock;
  random: Random;
  verifier: Pick<Verifier, 'verifyHandedOver' | 'evaluateStack'>;
  webCopyOf: AnswerDeps['webCopyOf'];
  /** For browsers; no trailing slash. */
  publicUrl: string;
  /** For wallets: https, as the standard wants it. The same where the public address is. */
  protocolOrigin: string;
  /** Told of each response: `answered`, `declined` or `refused`. */
  onResponse?: (outcome: 'answered' | 'declined' | 'refused') => void;
}

export function createPresentationRequests(deps: PresentationRequestsDeps): PresentationRequests {
  const { reader, transactor, keystore, clock, random, publicUrl, protocolOrigin, didAuthority } = deps;
  const did = verifierDid(didAuthority);
  const clientId = `decentralized_identifier:${did}`;
  const now = () => formatInstant(clock.now());
  const after = (ms: number) => formatInstant(new Date(clock.now().getTime() + ms));

  /** Of both addresses a wallet is given. */
  const address = (requestId: string, device: Device, more = '') =>
    `${protocolOrigin}/oid4vp/requests/${requestId}${more}${device === 'same' ? '?device=same' : ''}`;
  const link = (requestId: string, device: Device) =>
    `openid4vp://?${new URLSearchParams({
      client_id: clientId,
      request_uri: address(requestId, device),
      request_uri_method: 'post',
    }).toString()}`;

  async function pending(requestId: string): Promise<PresentationRequestRecord> {
    const request = await reader.presentationRequest(requestId);
    if (!request || now() >= request.forgetAt) throw refuse('there is no such request', 'not-found');
    if (request.status !== 'pending') throw refuse('this request was answered already');
    if (now() >= request.expiresAt) throw refuse('this request is over');
    return request;
  }

  async function settle(
    { requestId }: PresentationRequestRecord,
    device: Device,
    outcome: { answer: string } | { error: string },
  ): Promise<{ redirect_uri?: string }> {
    const responseCode = device === 'same' ? randomId(random) : undefined;
    try {
      await transactor.commit([
        {
          ...{ op: 'presentationRequest.answer', requestId, at: now(), outcome },
          forgetAt: after(LIMITS.presentationAnswerMs),
          ...(responseCode === undefined ? {} : { responseCodeSha256: sha256Hex(responseCode) }),
        },
      ]);
    } catch (error) {
      if (error instanceof UniqueViolation) throw refuse('this request was answered already, or is over');
      throw error;
    }
    if (responseCode === undefined) return {};
    return { redirect_uri: `${publicUrl}/requests/${requestId}?response_code=${responseCode}` };
  }

  async function respond(requestId: string, device: Device, response: WalletResponse) {
    const { vp_token, state, error } = response;
    const request = await pending(requestId);
    if (state !== request.state) throw refuse('state is not the one of this request');
    if (response.response !== undefined) throw refuse('an encrypted response was not asked for');
    if ((vp_token === undefined) === (error === undefined)) throw refuse('a response has either vp_token or error');
    if (error !== undefined) {
      if (!/^[\x20-\x21\x23-\x5b\x5d-\x7e]{1,100}$/.test(error)) throw refuse('error is not an error code');
      return { done: await settle(request, device, { error }), outcome: 'declined' as const };
    }
    const presented = readVpToken(vp_token!, request.query);
    const pathway = async (id: string, version: number) => (await reader.pathway(id, version))?.signed;
    const { verifier, webCopyOf } = deps;
    const answer = await verifiedAnswer(request, presented, { verifier, webCopyOf, clientId, pathway, now: now() });
    // The first complete answer is taken, whoever began first: until now nothing was changed.
    const text = JSON.stringify(answer);
    if (Buffer.byteLength(text) > LIMITS.uploadBytes) throw refuse('the badges say more than is kept of an answer');
    return { done: await settle(request, device, { answer: text }), outcome: 'answered' as const };
  }

  async function questionOf(input: Parameters<PresentationRequests['create']>[0]): Promise<Question> {
    const { badges, pathway, holderBinding = 'preferred' } = input;
    if ((badges === undefined) === (pathway === undefined)) {
      throw fieldProblem('invalid-request', '', 'must have either badges or pathway');
    }
    if (badges !== undefined) {
      assertBadgesAsked(badges);
      return { holderBinding, badges };
    }
    const own = `${publicUrl}/pathways/`;
    const id = pathway!.startsWith(own) ? pathway!.slice(own.length) : pathway!;
    const row = /^[0-9a-z]{26}$/.test(id) ? await reader.pathway(id) : undefined;
    if (!row) throw fieldProblem('invalid-request', '/pathway', 'must be the address of a pathway of this service');
    const { credentialSubject } = JSON.parse(row.signed) as { credentialSubject: { stackingRule: RuleNode } };
    const achievements = namedAchievements(credentialSubject.stackingRule);
    const { pathwayId, version } = row;
    return { holderBinding, pathway: { id: pathwayId, version, ...(achievements ? { achievements } : {}) } };
  }

  function viewOf(record: PresentationRequestRecord, responseCode?: string): RequestView {
    const { transactionSha256: _, responseCodeSha256, answer, ...request } = record;
    const links = { same: link(request.requestId, 'same'), other: link(request.requestId, 'other') };
    if (request.status === 'pending') {
      return { request, links, stage: now() < request.expiresAt ? 'waiting' : 'expired' };
    }
    const brought = responseCode !== undefined && sha256Hex(responseCode) === responseCodeSha256;
    if (responseCodeSha256 !== undefined && !brought) return { request, links, stage: 'elsewhere' };
    if (request.status === 'declined') return { request, links, stage: 'declined' };
    return { request, links, stage: 'answered', answer: JSON.parse(answer!) as Answer };
  }

  return {
    async create(input) {
      const question = await questionOf(input);
      const transaction = randomId(random);
      const created = now();
      const row: PresentationRequestRecord = {
        requestId: randomId(random),
        transactionSha256: sha256Hex(transaction),
        nonce: randomId(random),
        state: randomId(random),
        question,
        query: dcqlQueryOf(question),
        status: 'pending',
        createdAt: created,
        expiresAt: after(LIMITS.presentationRequestMs),
        forgetAt: after(LIMITS.presentationRequestMs + LIMITS.presentationAnswerMs),
      };
      await transactor.commit([{ op: 'presentationRequest.insert', row }]);
      return { view: viewOf(row), transaction };
    },

    async requestObject({ requestId, device, walletNonce, walletMetadata }) {
      const request = await pending(requestId);
      if (walletNonce !== undefined && (walletNonce === '' || walletNonce.length > 1_000)) {
        throw refuse('wallet_nonce must have 1 to 1000 characters');
      }
      if (walletMetadata !== undefined) assertWalletMetadata(walletMetadata);
      const key = await openVerifierKey(deps);
      const claims = requestClaims({
        ...{ request, clientId, responseUri: address(requestId, device, '/response') },
        ...(walletNonce === undefined ? {} : { walletNonce }),
        now: Math.floor(clock.now().getTime() / 1_000),
      });
      return signRequestObject(claims, verifierSigner(keystore, key, did));
    },

    async respond(requestId, device, response) {
      try {
        const { done, outcome } = await respond(requestId, device, response);
        deps.onResponse?.(outcome);
        return done;
      } catch (error) {
        if (error instanceof Problem) deps.onResponse?.('refused');
        throw error;
      }
    },

    async view(requestId, transaction, responseCode) {
      const record = await reader.presentationRequest(requestId);
      const isAsker = transaction !== undefined && record?.transactionSha256 === sha256Hex(transaction);
      // Nobody else is told that it exists.
      if (!record || !isAsker || now() >= record.forgetAt) throw new Problem('not-found', 'there is no such request');
      return viewOf(record, responseCode);
    },

    didDocument: async () => verifierDidDocument(did, await openVerifierKey(deps)),
    async sweepOnce() {
      await transactor.commit([{ op: 'presentationRequest.sweep', at: now() }]);
      return false;
    },
  };
}
