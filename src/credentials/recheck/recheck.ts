import type { AchievementReader, AchievementVersion } from '#achievements';
import type { InstitutionReader } from '#institutions';
import { isObject, nextTurn, parseStrictJson } from '#kernel';
import type { AuditEntry, LogReader } from '#observability';
import type { CheckReleased } from '../issue/deps.ts';
import type { PlainDeps } from '../plain/deps.ts';
import type { PlainCredentialReader } from '../plain/ports.ts';
import type { CredentialReader } from '../ports.ts';
import { badgeFaults, fault } from './badge.ts';
import type { Drift, Fault, Setting } from './model.ts';
import { plainFaults } from './plain.ts';

export interface RecheckDeps extends Pick<PlainDeps, 'contexts' | 'checkSigned'> {
  reader: Pick<LogReader, 'auditAfter'> &
    Pick<CredentialReader, 'credential'> &
    Pick<PlainCredentialReader, 'plainCredential'> &
    Pick<AchievementReader, 'achievement'> &
    Pick<InstitutionReader, 'lastDidDocument'>;
  /** With the keys that the recorded DID documents publish. */
  checkReleased: CheckReleased;
  publicUrl: string;
  specimen: boolean;
}

/** One piece of the walk. */
export interface Rechecked {
  checked: number;
  drift: Drift[];
  /** Where the next piece begins. */
  after: number;
  /** The log has nothing more. */
  done: boolean;
}

export interface Recheck {
  /**
   * Holds what the log says was issued against what is stored: `limit` entries after `after`. Reads only.
   * @param since instant: entries before it are passed over
   * @param only ids of credentials: all others are passed over
   */
  next(after: number, limit: number, since?: string, only?: ReadonlySet<string>): Promise<Rechecked>;
}

/** Versions kept at hand: many badges are of one. */
const KEPT = 100;

/**
 * The auditor of what is stored (IS-11). It goes by the log, so that what was taken out of the store is found as well. What was
 * put in without an entry of the log is not looked at: nothing that goes by the log can know of it.
 */
export function createRecheck(deps: RecheckDeps): Recheck {
  const { reader, publicUrl, specimen } = deps;
  const versions = new Map<string, AchievementVersion | undefined>();
  const settings = new Map<string, Setting | undefined>();

  async function settingOf(tenant: string): Promise<Setting | undefined> {
    if (settings.has(tenant)) return settings.get(tenant);
    const recorded = await reader.lastDidDocument(tenant);
    const document = recorded && parseStrictJson(recorded.text);
    const did = isObject(document) && typeof document.id === 'string' ? document.id : undefined;
    const setting = did === undefined ? undefined : { tenant, did, publicUrl, specimen };
    settings.set(tenant, setting);
    return setting;
  }

  async function versionOf(id: string, version: number): Promise<AchievementVersion | undefined> {
    const name = `${id} ${version}`;
    if (!versions.has(name)) {
      if (versions.size >= KEPT) versions.clear();
      versions.set(name, await reader.achievement(id, version));
    }
    return versions.get(name);
  }

  const badge = async (entry: AuditEntry, setting: Setting): Promise<Fault[]> => {
    const row = await reader.credential(entry.object);
    if (!row || row.tenant !== entry.tenant) return [fault('missing', 'it is not stored any more')];
    const achievement = await versionOf(row.achievementId, row.achievementVersion);
    return badgeFaults(row, entry, achievement, setting, deps.checkReleased);
  };
  const plain = async (entry: AuditEntry, setting: Setting): Promise<Fault[]> => {
    const row = await reader.plainCredential(entry.tenant, entry.object);
    return row ? plainFaults(row, entry, setting, deps) : [fault('missing', 'it is not stored any more')];
  };
  const KINDS: Record<string, typeof badge> = { 'credential.issue': badge, 'plainCredential.issue': plain };

  return {
    async next(after, limit, since = '', only) {
      // Keys may be added between two pieces, and a definition is read again now and then.
      settings.clear();
      const entries = await reader.auditAfter(after, limit);
      const result: Rechecked = { checked: 0, drift: [], after, done: entries.length < limit };
      for (const entry of entries) {
        const kind = Object.hasOwn(KINDS, entry.operation) ? KINDS[entry.operation] : undefined;
        result.after = entry.seq;
        if (!kind || entry.at < since || (only && !only.has(entry.object))) continue;
        await nextTurn();
        const { seq, tenant, object: credentialId } = entry;
        const setting = await settingOf(tenant);
        const faults = setting ? await kind(entry, setting) : [fault('missing', 'no DID document is recorded')];
        result.checked++;
        result.drift.push(...faults.map((one) => ({ seq, tenant, credentialId, ...one })));
      }
      return result;
    },
  };
}
