import {
  type Clock,
  dayIn,
  formatInstant,
  type JsonObject,
  Problem,
  sha256Hex,
  type Transactor,
  UniqueViolation,
} from '#kernel';
import type { AuditWrite } from '#observability';
import type { Holders } from './holders.ts';
import type {
  ErasureRecord,
  HolderIdentifier,
  PersonalItem,
  PersonalKind,
  PrivacyReader,
  PrivacyWrite,
} from './ports.ts';
import { saysOfAPerson } from './signed-person.ts';
import { actorOn } from './wards.ts';

/** What becomes of one thing when its learner asks that everything is erased. */
export interface ErasureStep {
  kind: PersonalKind;
  institution: string;
  object: string;
  /**
   * `document`: a badge whose signed text names nobody; it stays. `digest`: a badge whose text goes, and whose digest and status
   * stay. `entry`: gone. The others are not erased: `retained` by the institution until `until`, `busy`, `kept`.
   */
  becomes: ErasureRecord['kept'] | 'retained' | 'busy' | 'kept';
  until?: string;
}

/** What would be erased. */
export interface ErasurePlan {
  steps: readonly ErasureStep[];
  /** Of these steps, to be given back: what was read is what is done. */
  confirmation: string;
}

/** Everything that is held about whoever has what the session has proven. */
export interface PersonalExport {
  madeAt: string;
  identifiers: readonly HolderIdentifier[];
  items: readonly { kind: PersonalKind; institution: string; object: string; data: JsonObject }[];
}

/**
 * What is held about whoever has the session; with `ward` about that learner and nobody else, for whom the session acts. All
 * methods throw Problem `unauthenticated` without a session, `conflict` in one that has proven nothing, and `not-found` for a
 * learner that it does not act for.
 */
export interface Privacy {
  export(token: string, ward?: string): Promise<PersonalExport>;
  plan(token: string, ward?: string): Promise<ErasurePlan>;
  /**
   * In one commit; ends every session of these identifiers, none where it was for a ward. @throws Problem `conflict` when
   * `confirmation` is of another plan than there is now
   */
  erase(input: { token: string; confirmation: string; ward?: string | undefined }): Promise<ErasurePlan>;
}

export interface PrivacyDeps {
  holders: Pick<Holders, 'session' | 'badges'>;
  reader: PrivacyReader & {
    institution(tenant: string): Promise<{ recipientRetentionDays?: number } | undefined>;
  };
  transactor: Transactor<PrivacyWrite | AuditWrite>;
  clock: Clock;
}

const DAY_MS = 86_400_000;

export function createPrivacy({ holders, reader, transactor, clock }: PrivacyDeps): Privacy {
  interface Held {
    identifiers: readonly HolderIdentifier[];
    items: PersonalItem[];
    actor: string;
  }

  async function held(token: string, ward: string | undefined): Promise<Held> {
    const session = await holders.session(token);
    if (!session) throw new Problem('unauthenticated', 'there is no such session, or it is over');
    const { identifiers } = session;
    if (identifiers.length === 0) throw new Problem('conflict', 'show an address or a key first');
    const badges = ward === undefined ? [] : await holders.badges(token);
    const theirs = badges.find((one) => one.as === 'guardian' && one.ward?.wardId === ward);
    if (ward !== undefined && !theirs) throw new Problem('not-found', 'this session acts for no such learner');
    const items = await reader.personalData(identifiers, { day: dayIn(clock.now()), ward });
    return { identifiers, items, actor: actorOn(token, theirs) };
  }

  /** Badges that their institution keeps for some days after the award, and until when. */
  async function retained(items: readonly PersonalItem[]): Promise<Map<string, string>> {
    const until = new Map<string, string>();
    for (const { object, tenant, credential } of items) {
      if (!credential) continue;
      const days = (await reader.institution(tenant))?.recipientRetentionDays ?? 0;
      const end = new Date(Date.parse(credential.awardedDate) + days * DAY_MS);
      if (end > clock.now()) until.set(object, formatInstant(end));
    }
    return until;
  }

  async function planned(items: readonly PersonalItem[]): Promise<ErasurePlan> {
    const young = await retained(items);
    const steps = items.map((item): ErasureStep => {
      const { kind, tenant: institution, object, of, fate } = item;
      const until = of === undefined ? undefined : young.get(of);
      if (fate !== 'erasable') return { kind, institution, object, becomes: fate };
      // What the learner chose, and their sessions, are nobody's record but their own.
      if (until !== undefined && kind !== 'choice') return { kind, institution, object, becomes: 'retained', until };
      return { kind, institution, object, becomes: keptOf(item) };
    });
    return { steps, confirmation: sha256Hex(JSON.stringify(steps)) };
  }

  return {
    async export(token, ward) {
      const { identifiers, items, actor } = await held(token, ward);
      const madeAt = formatInstant(clock.now());
      if (ward !== undefined) await transactor.commit(exported(items, madeAt, actor));
      return {
        ...{ madeAt, identifiers },
        items: items.map(({ kind, tenant: institution, object, data }) => ({
          // What is not there is not written.
          ...{ kind, institution, object, data: JSON.parse(JSON.stringify(data)) as JsonObject },
        })),
      };
    },

    plan: async (token, ward) => planned((await held(token, ward)).items),

    async erase({ token, confirmation, ward }) {
      const { items, actor } = await held(token, ward);
      const plan = await planned(items);
      if (plan.confirmation !== confirmation)
        throw new Problem('conflict', 'what is held has changed since it was shown: look again');
      const at = formatInstant(clock.now());
      const digests = new Map(items.map(({ object, credential }) => [object, credential?.sha256]));
      const rows = plan.steps.flatMap((step): ErasureRecord[] => {
        const { kind, institution: tenant, object, becomes: kept } = step;
        if (kept === 'retained' || kept === 'busy' || kept === 'kept') return [];
        const objectSha256 = kind === 'credential' ? digests.get(object) : undefined;
        return [{ tenant, erasedAt: at, kind, object, ...(objectSha256 === undefined ? {} : { objectSha256 }), kept }];
      });
      await done(
        transactor.commit([
          ...rows.map((row) => ({ op: 'personal.erase', row }) as const),
          ...rows.filter(({ kind }) => kind !== 'session').map((row) => entryOf(row, actor)),
        ]),
      );
      return plan;
    },
  };
}

/** That a guardian took a copy of what is held about the learner, at each badge. */
const exported = (items: readonly PersonalItem[], at: string, actor: string): AuditWrite[] =>
  items.flatMap(({ kind, tenant, object }) =>
    kind === 'credential' ? [{ op: 'audit.append', at, tenant, actor, operation: 'personal.export', object }] : [],
  );

/** Of a badge that was never issued nothing was signed, and nothing of it stays. */
function keptOf({ kind, credential }: PersonalItem): ErasureRecord['kept'] {
  if (kind !== 'credential') return 'entry';
  return credential?.signed !== undefined && !saysOfAPerson(credential.signed) ? 'document' : 'digest';
}

const entryOf = (
  { erasedAt: at, tenant, kind, object, objectSha256, kept }: ErasureRecord,
  actor: string,
): AuditWrite => ({
  ...{ op: 'audit.append', at, tenant, actor, operation: 'personal.erase', object },
  ...(objectSha256 === undefined ? {} : { objectSha256 }),
  detail: { kind, kept },
});

async function done(commit: Promise<void>): Promise<void> {
  try {
    await commit;
  } catch (error) {
    if (!(error instanceof UniqueViolation && error.table === 'personal.busy')) throw error;
    throw new Problem('conflict', 'a badge is being issued just now: try again', { cause: error });
  }
}
