import type { AchievementReader } from '#achievements';
import { actingEmail, assertStanding, type CredentialReader, type CredentialRecord, guardianOn } from '#credentials';
import { type Mail, type MailLang, type MailReader, type MailView, type MailWrite, mailAddress } from '#delivery';
import type { InstitutionReader } from '#institutions';
import { type Clock, dayIn, fieldProblem, formatInstant, Problem, type Transactor, UniqueViolation } from '#kernel';
import { mustConfirm } from './confirmations.ts';
import { offeredAward } from './create.ts';
import type { CreateOffer, OfferKeys, Offers, OfferView } from './offers.ts';
import type { Confirmation, OfferRecord, OfferWrite } from './ports.ts';
import { goneAs, refusalOf } from './standing.ts';

/** Offers whose links go to their recipients by mail. */
export interface OffersByMail {
  /**
   * As `Offers.create`, and the link leaves with it for the recorded address.
   * @throws Problem `unavailable` where no mail can be sent; `invalid-request` at `/deliver` without an address
   */
  create(input: CreateOffer & { lang?: MailLang }): Promise<{ offer: OfferView } & OfferKeys>;
  /**
   * Another link for an offer that waits; the one before opens nothing any more, and a message that is on its way with it is
   * called back.
   * @throws Problem `not-found`, `gone`, `conflict`; `rate-limited` within a minute, or after five in a day
   */
  resend(input: { tenant: string; offerId: string; actor: string; lang?: MailLang }): Promise<OfferView>;
  /** The newest message about each of these offers. */
  lastMail(tenant: string, offerIds: readonly string[]): Promise<Map<string, MailView>>;
  assertAvailable(): void;
  /** Offers for credentials of one institution, with their messages where `mail` is true, committed by the caller. */
  writes(of: {
    tenant: string;
    actor: string;
    mail: boolean;
    confirmation?: Confirmation;
    rows: { credentialId: string; lang?: MailLang }[];
  }): Promise<(OfferWrite | MailWrite)[]>;
}

export interface MailingDeps {
  offers: Pick<Offers, 'prepare' | 'renewed' | 'byId'>;
  mail: Mail;
  reader: MailReader &
    Pick<CredentialReader, 'credential' | 'credentialsByIds'> &
    Pick<AchievementReader, 'achievement'> &
    Pick<InstitutionReader, 'institution'>;
  transactor: Transactor<OfferWrite | MailWrite>;
  clock: Clock;
}

const GAP_MS = 60_000;
const DAY_MS = 86_400_000;
const MOST_A_DAY = 5;

export function createOffersByMail(deps: MailingDeps): OffersByMail {
  const { offers, mail, reader, transactor, clock } = deps;

  async function messageOf(offer: OfferView, award: CredentialRecord, achievement: string, lang: MailLang = 'en') {
    const { tenant, offerId, confirmation, expiresAt } = offer;
    const { recipient } = award;
    const day = dayIn(clock.now());
    const recorded = actingEmail(recipient, day);
    const to = recorded === undefined ? undefined : mailAddress(recorded);
    if (to === undefined) {
      throw fieldProblem(
        'invalid-request',
        '/deliver',
        'no address that mail can go to is recorded of the recipient',
        'no_email',
      );
    }
    const institution = (await reader.institution(tenant))?.profile.name ?? tenant;
    const guardian = guardianOn(recipient, day);
    const content = {
      ...{ institution, achievement, confirmation },
      ...(guardian ? { guardianUntil: guardian.until } : {}),
      ...(guardian && recipient.name !== undefined ? { learner: recipient.name } : {}),
    };
    return mail.queued({ tenant, kind: 'offer', to, lang, object: offerId, expiresAt, content });
  }

  async function achievementOf({ achievementId, achievementVersion }: CredentialRecord) {
    const found = await reader.achievement(achievementId, achievementVersion);
    if (!found) throw new Error('a credential without its achievement');
    return found.document as { name: string };
  }

  const offered = (award: CredentialRecord, achievement: object) => offeredAward(award, achievement, clock.now());

  async function prepared(input: CreateOffer & { lang?: MailLang }, award: CredentialRecord) {
    const { lang, ...asked } = input;
    const achievement = await achievementOf(award);
    // The address is recorded, or there is nothing to send: mail shows who opens the link.
    const offer = offered(award, achievement);
    const confirmation = asked.confirmation ?? (mustConfirm(offer) ? 'email' : 'none');
    const { writes, ...made } = await offers.prepare({ ...asked, confirmation }, offer);
    return { made, writes: [...writes, await messageOf(made.offer, award, achievement.name, lang)] };
  }

  async function assertRate(tenant: string, object: string): Promise<void> {
    const ago = (ms: number) => formatInstant(new Date(clock.now().getTime() - ms));
    const { items } = await reader.mailAbout({ tenant, object, since: ago(DAY_MS) }, { limit: MOST_A_DAY });
    if (items.some(({ createdAt }) => createdAt > ago(GAP_MS))) {
      throw new Problem('rate-limited', 'a message about it left within this minute');
    }
    if (items.length >= MOST_A_DAY) {
      throw new Problem('rate-limited', `at most ${MOST_A_DAY} messages about one offer leave in a day`);
    }
  }

  return {
    async create(input) {
      const award = await assertStanding(deps, input);
      const { made, writes } = await prepared(input, award);
      await transactor.commit(writes);
      return made;
    },

    async resend({ tenant, offerId, actor, lang }) {
      const offer = await offers.byId(offerId);
      if (offer?.tenant !== tenant) throw new Problem('not-found', 'there is no such offer');
      const refusal = refusalOf(offer, clock.now());
      if (refusal) throw goneAs(refusal);
      await assertRate(tenant, offerId);
      const award = await assertStanding(deps, { tenant, credentialId: offer.credentialId });
      const { name } = await achievementOf(award);
      const at = formatInstant(clock.now());
      const last = (await reader.lastMailAbout(tenant, [offerId])).get(offerId);
      const message = await messageOf(offer, award, name, lang ?? last?.lang);
      try {
        await transactor.commit([
          await offers.renewed(offer, at),
          { op: 'mail.callBack', tenant, object: offerId, at, answer: 'a newer link took its place' },
          message,
          { op: 'audit.append', at, tenant, actor, operation: 'offer.resend', object: offerId },
        ]);
      } catch (cause) {
        if (!(cause instanceof UniqueViolation)) throw cause;
        throw new Problem('conflict', 'it was sent again, taken or withdrawn at this moment', { cause });
      }
      const { secretSha256: _, ...view } = (await offers.byId(offerId)) as OfferRecord;
      return view;
    },

    async lastMail(tenant, offerIds) {
      const found = await reader.lastMailAbout(tenant, offerIds);
      return new Map([...found].map(([offerId, { to: _, content: __, ...view }]) => [offerId, view]));
    },

    assertAvailable() {
      if (!mail.available) throw new Problem('unavailable', 'no mail can be sent here: no mail server is set');
    },

    async writes({ tenant, actor, mail: byMail, confirmation, rows }) {
      const awards = await reader.credentialsByIds(
        tenant,
        rows.map(({ credentialId }) => credentialId),
      );
      const byId = new Map(awards.map((award) => [award.credentialId, award]));
      const writes: (OfferWrite | MailWrite)[] = [];
      for (const { credentialId, lang } of rows) {
        const award = byId.get(credentialId);
        if (!award) throw new Error('a row that was issued without its credential');
        const asked = { tenant, actor, credentialId, ...(confirmation === undefined ? {} : { confirmation }) };
        if (byMail) writes.push(...(await prepared({ ...asked, ...(lang ? { lang } : {}) }, award)).writes);
        else writes.push(...(await offers.prepare(asked, offered(award, await achievementOf(award)))).writes);
      }
      return writes;
    },
  };
}
