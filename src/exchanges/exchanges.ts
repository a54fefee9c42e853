import {
  type Clock,
  formatInstant,
  type JsonObject,
  Problem,
  type Random,
  type Transactor,
  UniqueViolation,
} from '#kernel';
import { type OfferRecord, type Offers, offerLinks } from '#offers';
import type { Verifier } from '#verifier';
import type { ExchangeReader, ExchangeRecord, ExchangeWrite } from './ports.ts';
import { proveHolder } from './proven.ts';
import { newQuestion, questionOf } from './question.ts';

/** The one workflow there is. */
export const CLAIM = 'claim';
/** Its only step. */
export const STEP = 'didAuthentication';

export interface ExchangesDeps {
  reader: ExchangeReader;
  transactor: Transactor<ExchangeWrite>;
  offers: Pick<Offers, 'bySecret' | 'byId' | 'isOpen' | 'keysOf' | 'take' | 'accept'>;
  verifyPresentation: Verifier['verifyPresentation'];
  clock: Clock;
  random: Random;
  /** No trailing slash. */
  publicUrl: string;
  counter?: { count(outcome: string): void };
}

/** `{}`, or an answer to the question. */
export interface ParticipantMessage {
  verifiablePresentation?: JsonObject;
}

/** `{}` when there is nothing more to say. */
export interface CoordinatorMessage {
  verifiablePresentationRequest?: JsonObject;
  /** JSON text of the presentation: the credential in it is exactly as stored. */
  verifiablePresentation?: string;
}

export interface Exchanges {
  /** For the institution whose offer it is: where the exchange is. @throws Problem `not-found`, `conflict`, `gone` */
  open(of: { tenant: string; offerId: string }): Promise<{ url: string; expires: string }>;
  /** @throws Problem `not-found` when this tenant has no such exchange */
  read(tenant: string, secret: string): Promise<JsonObject>;
  /** Ways by which whoever has the text can take the offer. @throws Problem `not-found`, `gone` */
  protocols(secret: string): Promise<JsonObject>;
  /** @throws Problem `not-found`, `gone`, `conflict`, `invalid-request` */
  message(secret: string, message: ParticipantMessage): Promise<CoordinatorMessage>;
}

/**
 * VC API exchanges (VCALM 0.9, workflows and exchanges): the participant authenticates as a DID, and gets the award that was
 * offered as a credential of that DID.
 */
export function createExchanges(deps: ExchangesDeps): Exchanges {
  const { reader, transactor, offers, clock, publicUrl } = deps;
  const urlOf = (secret: string) => `${publicUrl}/vc-api/workflows/${CLAIM}/exchanges/${secret}`;
  const now = () => formatInstant(clock.now());

  async function find(secret: string): Promise<OfferRecord> {
    const offer = await offers.bySecret(secret);
    if (!offer) throw new Problem('not-found', 'there is no such exchange');
    return offer;
  }

  /** @throws Problem `conflict`: an exchange has no room for a code, and mail is confirmed on the page */
  function assertUnconfirmed({ confirmation }: OfferRecord): void {
    if (confirmation === 'none') return;
    const detail = 'this offer asks for more than its link: take it on its page, or by OpenID4VCI';
    throw new Problem('conflict', detail, { extensions: { code: 'confirmation_required' } });
  }

  const fresh = (offer: OfferRecord): ExchangeRecord => ({
    ...{
      tenant: offer.tenant,
      offerId: offer.offerId,
      state: 'pending',
      sequence: 0,
      createdAt: now(),
      updatedAt: now(),
    },
  });

  /** The next state, unless another message was first. @throws Problem `conflict` */
  async function advance(row: ExchangeRecord, change: Partial<ExchangeRecord>): Promise<ExchangeRecord> {
    const next: ExchangeRecord = { ...row, ...change, sequence: row.sequence + 1, updatedAt: now() };
    const write: ExchangeWrite =
      row.sequence === 0
        ? { op: 'exchange.insert', row: next }
        : { op: 'exchange.advance', from: row.sequence, row: next };
    try {
      await transactor.commit([write]);
      return next;
    } catch (cause) {
      if (!(cause instanceof UniqueViolation)) throw cause;
      throw new Problem('conflict', 'another message of this exchange was first', {
        cause,
        extensions: { code: 'exchange_moved' },
      });
    }
  }

  /** A message that is refused is remembered; what was asked stays asked, so that nobody can spoil another's answer. */
  async function refuse(row: ExchangeRecord, problem: Problem): Promise<never> {
    const lastError = JSON.stringify(problem.toDocument());
    // Where another answer to this exchange took the offer, it ends well for whoever gave that.
    const byAnother =
      problem.extensions.code === 'offer_taken' && (await offers.byId(row.offerId))?.takenBy === 'vc-api';
    if (problem.kind === 'gone' && !byAnother) {
      const { challenge: _, challengeExpiresAt: __, ...ended } = row;
      await advance(ended, { state: 'invalid', lastError }).catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error;
      });
    } else {
      await transactor.commit([{ op: 'exchange.refused', offerId: row.offerId, lastError, at: now() }]);
    }
    throw problem;
  }

  async function ask(offer: OfferRecord, row: ExchangeRecord): Promise<CoordinatorMessage> {
    if (!offers.isOpen(offer) && offer.state !== 'taken') return refuse(row, new Problem('gone', 'the offer is over'));
    const asked = questionOf(row, publicUrl, clock.now());
    if (asked) return asked;
    const { lastError: _, ...rest } = row;
    const next = await advance(rest, { state: 'active', ...newQuestion(deps.random, clock.now()) }).catch(
      async (error: unknown) => {
        if (!(error instanceof Problem && error.kind === 'conflict')) throw error;
        // Whoever asked at the same moment was asked something: it is the same for both.
        const now = await reader.exchange(offer.offerId);
        if (now && questionOf(now, publicUrl, clock.now())) return now;
        throw error;
      },
    );
    return questionOf(next, publicUrl, clock.now())!;
  }

  async function answer(
    offer: OfferRecord,
    row: ExchangeRecord,
    presentation: JsonObject,
  ): Promise<CoordinatorMessage> {
    const { challenge, challengeExpiresAt, ...rest } = row;
    if (challenge === undefined || challengeExpiresAt === undefined || challengeExpiresAt <= now()) {
      const detail = 'nothing is asked at this moment: send {} first';
      return refuse(row, new Problem('invalid-request', detail, { extensions: { code: 'no_challenge' } }));
    }
    let holder: string;
    try {
      holder = await proveHolder(deps.verifyPresentation, presentation, { challenge, domain: publicUrl });
    } catch (error) {
      if (error instanceof Problem) return refuse(row, error);
      throw error;
    }
    // Whoever is first has used the challenge up; a copy of the presentation is worth nothing from here.
    const { lastError: _, ...used } = rest;
    const claimed = await advance(used, { state: 'active' });
    try {
      const [form] = await offers.take({ offerId: offer.offerId, holders: [holder], door: 'vc-api' });
      await complete(claimed);
      return { verifiablePresentation: presentationText(form!.document) };
    } catch (error) {
      if (error instanceof Problem) return refuse(claimed, error);
      throw error;
    }
  }

  /** The badge is the holder's whatever was asked meanwhile: no message of others keeps the exchange from its end. */
  async function complete(claimed: ExchangeRecord): Promise<void> {
    for (let row = claimed; row.state !== 'complete'; row = (await reader.exchange(row.offerId))!) {
      const { challenge: _, challengeExpiresAt: __, lastError: ___, ...rest } = row;
      try {
        await advance(rest, { state: 'complete' });
        return;
      } catch (error) {
        if (!(error instanceof Problem && error.kind === 'conflict')) throw error;
      }
    }
  }

  async function message(secret: string, { verifiablePresentation }: ParticipantMessage): Promise<CoordinatorMessage> {
    const offer = await find(secret);
    assertUnconfirmed(offer);
    const row = (await reader.exchange(offer.offerId)) ?? fresh(offer);
    if (row.state === 'invalid') throw new Problem('gone', 'the exchange is over');
    if (row.state === 'complete') {
      if (verifiablePresentation) throw new Problem('conflict', 'the exchange is complete');
      await offers.accept(offer.offerId, 'wallet');
      return {};
    }
    return verifiablePresentation === undefined ? ask(offer, row) : answer(offer, row, verifiablePresentation);
  }

  return {
    async open({ tenant, offerId }) {
      const offer = await offers.byId(offerId);
      if (offer?.tenant !== tenant) throw new Problem('not-found', 'there is no such offer');
      assertUnconfirmed(offer);
      const keys = await offers.keysOf(offer);
      if (!keys) throw new Problem('gone', 'the offer is over');
      return { url: urlOf(keys.secret), expires: offer.expiresAt };
    },

    async read(tenant, secret) {
      const offer = await find(secret);
      if (offer.tenant !== tenant) throw new Problem('not-found', 'there is no such exchange');
      const row = (await reader.exchange(offer.offerId)) ?? fresh(offer);
      return {
        ...{ id: urlOf(secret), state: row.state, sequence: row.sequence, expires: offer.expiresAt },
        ...(row.state === 'pending' || row.state === 'active' ? { step: STEP } : {}),
        variables: { offer: offer.offerId, ...(offer.holders ? { holders: offer.holders } : {}) },
        ...(row.lastError === undefined ? {} : { lastError: JSON.parse(row.lastError) as JsonObject }),
      };
    },

    async protocols(secret) {
      const offer = await find(secret);
      if (!offers.isOpen(offer) && offer.state !== 'taken') throw new Problem('gone', 'the offer is over');
      const { interactionUrl, credentialOfferLink } = offerLinks(publicUrl, offer.tenant, secret);
      const protocols: JsonObject = { interact: interactionUrl, 'oid4vci-1.0': credentialOfferLink };
      if (offer.confirmation === 'none') protocols.vcapi = urlOf(secret);
      return { protocols };
    },

    async message(secret, given) {
      try {
        const said = await message(secret, given);
        deps.counter?.count(
          said.verifiablePresentation ? 'issued' : said.verifiablePresentationRequest ? 'asked' : 'done',
        );
        return said;
      } catch (error) {
        if (error instanceof Problem) deps.counter?.count(String(error.extensions.code ?? error.kind));
        throw error;
      }
    },
  };
}

/** Nobody signs it: what it hands over is signed by itself, and stands in it as it is stored. */
const presentationText = (credential: string): string =>
  `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":[${credential}]}`;
