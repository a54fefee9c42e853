import { type Clock, formatInstant, Problem, type Transactor } from '#kernel';
import type { AuditWrite } from '#observability';
import type { HolderBadge } from './badges.ts';
import type { Holders } from './holders.ts';
import type { PrivacyReader, PrivacyWrite, ReleaseChoice } from './ports.ts';
import { actorOn } from './wards.ts';

/** What can be chosen. */
export type Release = Pick<ReleaseChoice, 'name' | 'comparison' | 'page'>;

/** Of a badge whose learner has chosen nothing. */
export const NOTHING_CHOSEN: Release = { name: 'hidden', comparison: 'answered', page: 'shown' };

/** What this service shows of a badge, as its learner wants it. What was signed into it is not this service's to hide. */
export interface Releases {
  of(credential: { credentialId: string; formOf?: string }): Promise<Release>;
  /** Of a badge of this session. @throws Problem `unauthenticated`, `not-found`, `forbidden` while a guardian decides */
  choose(input: { token: string; credentialId: string; release: Release }): Promise<ReleaseChoice>;
}

export interface ReleasesDeps {
  holders: Pick<Holders, 'badges'>;
  reader: Pick<PrivacyReader, 'releaseChoice'>;
  transactor: Transactor<PrivacyWrite | AuditWrite>;
  clock: Clock;
}

export function createReleases({ holders, reader, transactor, clock }: ReleasesDeps): Releases {
  return {
    async of(credential) {
      const { name, comparison, page } = (await reader.releaseChoice(credential)) ?? NOTHING_CHOSEN;
      return { name, comparison, page };
    },

    async choose({ token, credentialId, release }) {
      const badge = decidable(await holders.badges(token), credentialId);
      const { tenant } = badge;
      const { name, comparison, page } = release;
      const row: ReleaseChoice = { tenant, credentialId, name, comparison, page, chosenAt: formatInstant(clock.now()) };
      await transactor.commit([
        { op: 'release.choose', row },
        {
          ...{
            op: 'audit.append',
            at: row.chosenAt,
            tenant,
            actor: actorOn(token, badge),
            operation: 'release.choose',
          },
          ...{ object: credentialId, detail: { name, comparison, page } },
        },
      ]);
      return row;
    },
  };
}

/**
 * A badge on which this session decides.
 * @throws Problem `not-found` for one that is not of the session; `forbidden` for one whose learner's guardian decides
 */
export function decidable(badges: readonly HolderBadge[], credentialId: string): HolderBadge {
  const badge = badges.find((one) => one.credentialId === credentialId);
  if (!badge) throw new Problem('not-found', 'this is no badge of this session');
  if (badge.as === 'minor') {
    const detail = `a guardian decides on this badge until ${badge.ward?.until}, or until they let its learner act alone`;
    throw new Problem('forbidden', detail, { extensions: { code: 'guardian_decides' } });
  }
  return badge;
}
