import { type Clock, formatInstant, Problem, sha256Hex, type Transactor } from '#kernel';
import type { AuditWrite } from '#observability';
import type { Holders } from './holders.ts';
import type { PrivacyReader, PrivacyWrite, ReleaseChoice } from './ports.ts';

/** What can be chosen. */
export type Release = Pick<ReleaseChoice, 'name' | 'comparison' | 'page'>;

/** Of a badge whose learner has chosen nothing. */
export const NOTHING_CHOSEN: Release = { name: 'hidden', comparison: 'answered', page: 'shown' };

/** What this service shows of a badge, as its learner wants it. What was signed into it is not this service's to hide. */
export interface Releases {
  of(credential: { credentialId: string; formOf?: string }): Promise<Release>;
  /** Of a badge of this session. @throws Problem `unauthenticated`, `not-found` */
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
      const badge = (await holders.badges(token)).find((one) => one.credentialId === credentialId);
      if (!badge) throw new Problem('not-found', 'this is no badge of this session');
      const { tenant } = badge;
      const { name, comparison, page } = release;
      const row: ReleaseChoice = { tenant, credentialId, name, comparison, page, chosenAt: formatInstant(clock.now()) };
      await transactor.commit([
        { op: 'release.choose', row },
        {
          ...{ op: 'audit.append', at: row.chosenAt, tenant, actor: holderActor(token), operation: 'release.choose' },
          ...{ object: credentialId, detail: { name, comparison, page } },
        },
      ]);
      return row;
    },
  };
}

/** A learner in the log: the session, and nothing of who it is. */
export const holderActor = (token: string): string => `holder:${sha256Hex(token).slice(0, 16)}`;
