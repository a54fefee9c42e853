import type { MailWrite } from '#delivery';
import { type Clock, dayIn, formatInstant, Problem, type Transactor, UniqueViolation } from '#kernel';
import type { AuditWrite } from '#observability';
import type { OfferReader, Offers, OfferWrite } from '#offers';
import type { Holders } from './holders.ts';
import type { ErasureRecord, PrivacyReader, PrivacyWrite } from './ports.ts';
import { actorOn } from './wards.ts';

/** How the time ends in which a guardian acts for a learner. */
export interface Guardians {
  /**
   * The guardian of this session lets the learner act alone from now on: the address of the guardian is forgotten at all their
   * awards, and links that went to it open nothing any more.
   * @throws Problem `unauthenticated`; `not-found` for a learner this session does not act for; `conflict` where no address of
   * the learner is recorded, or an offer changed at this moment
   */
  letActAlone(input: { token: string; ward: string }): Promise<void>;
  /** Forgets guardians of learners who are of age. @returns whether there are more */
  sweepOnce(): Promise<boolean>;
}

export interface GuardiansDeps {
  holders: Pick<Holders, 'badges'>;
  reader: Pick<PrivacyReader, 'guardiansOver'> & Pick<OfferReader, 'offers'>;
  offers: Pick<Offers, 'renewed' | 'isOpen'>;
  transactor: Transactor<PrivacyWrite | AuditWrite | OfferWrite | MailWrite>;
  clock: Clock;
}

/** Forgotten in one commit. */
const AT_ONCE = 100;
/** Offers of one award that are open at a time; nobody has a reason to make as many. */
const OPEN = 200;

export function createGuardians({ holders, reader, offers, transactor, clock }: GuardiansDeps): Guardians {
  /** The Manila day for which nothing was left to forget: a guardian is recorded until a day. */
  let done: string | undefined;

  /** Whoever has the link of an open offer, of which there may be several, has it for a guardian who acts no more. */
  async function closedLinks(tenant: string, credentialId: string, at: string) {
    const { items } = await reader.offers({ tenant, credentialId, state: 'open' }, { limit: OPEN });
    const closing = items
      .filter(offers.isOpen)
      .map(async (offer) => [
        await offers.renewed(offer, at),
        { op: 'mail.callBack', tenant, object: offer.offerId, at, answer: 'the learner acts alone' } as const,
      ]);
    return (await Promise.all(closing)).flat();
  }

  return {
    async letActAlone({ token, ward }) {
      const badges = (await holders.badges(token)).filter((one) => one.as === 'guardian' && one.ward?.wardId === ward);
      const [first] = badges;
      if (!first?.ward) throw new Problem('not-found', 'this session acts for no such learner');
      if (!first.ward.hasAddress)
        throw new Problem('conflict', 'the institution recorded no address of the learner, who could not sign in');
      const at = formatInstant(clock.now());
      const links = await Promise.all(badges.map((one) => closedLinks(one.tenant, one.credentialId, at)));
      try {
        await transactor.commit([
          ...links.flat(),
          ...badges.flatMap((one) => ended(one.tenant, one.credentialId, at, actorOn(token, one), 'guardian')),
        ]);
      } catch (cause) {
        if (!(cause instanceof UniqueViolation)) throw cause;
        throw new Problem('conflict', 'an offer changed at this moment: try again', { cause });
      }
    },

    async sweepOnce() {
      const now = clock.now();
      const day = dayIn(now);
      if (done === day) return false;
      const over = await reader.guardiansOver(day, AT_ONCE);
      const at = formatInstant(now);
      if (over.length > 0)
        await transactor.commit(over.flatMap(({ tenant, object }) => ended(tenant, object, at, 'system', 'day')));
      if (over.length === AT_ONCE) return true;
      done = day;
      return false;
    },
  };
}

/** Remembered, so that a store that is restored from an older backup has no guardian again. */
function ended(tenant: string, object: string, at: string, actor: string, by: 'guardian' | 'day') {
  const row: ErasureRecord = { tenant, erasedAt: at, kind: 'guardian', object, kept: 'entry' };
  return [
    { op: 'personal.erase', row } as const,
    { op: 'audit.append', at, tenant, actor, operation: 'guardian.end', object, detail: { by } } as const,
  ];
}
