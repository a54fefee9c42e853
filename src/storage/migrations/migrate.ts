import { sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { assertOpenable } from '../marks.ts';
import { institutions } from './0001-institutions.ts';
import { achievements } from './0002-achievements.ts';
import { statusLists } from './0003-status-lists.ts';
import { credentials } from './0004-credentials.ts';
import { statusEvents } from './0005-status-events.ts';
import { accreditations } from './0006-accreditations.ts';
import { pathways } from './0007-pathways.ts';
import { batches } from './0008-batches.ts';
import { audit } from './0009-audit.ts';
import { accreditation } from './0010-accreditation.ts';
import { log } from './0011-log.ts';
import { approvals } from './0012-approvals.ts';
import { registerSearch } from './0013-register-search.ts';
import { equivalences } from './0014-equivalences.ts';
import { priorLearning } from './0015-prior-learning.ts';
import { conferrals } from './0016-conferrals.ts';
import { credentialSubjects } from './0017-credential-subjects.ts';
import { keyActivation } from './0018-key-activation.ts';
import { statusKinds } from './0019-status-kinds.ts';
import { plainCredentials } from './0020-plain-credentials.ts';
import { securing } from './0021-securing.ts';
import { endorsements } from './0022-endorsements.ts';
import { offers } from './0023-offers.ts';
import { exchanges } from './0024-exchanges.ts';
import { oauth } from './0025-oauth.ts';
import { walletIssuances } from './0026-wallet-issuances.ts';
import { presentationRequests } from './0027-presentation-requests.ts';
import { people } from './0028-people.ts';
import { holderSessions } from './0029-holder-sessions.ts';
import { mail } from './0030-mail.ts';
import { keystoreHead } from './0032-keystore-head.ts';
import { accountLang } from './0033-account-lang.ts';
import { offerWithdrawnBy } from './0034-offer-withdrawn-by.ts';
import { batchUploads } from './0035-batch-uploads.ts';
import { COPIES, copies } from './0038-copies.ts';
import { heartbeats } from './0039-heartbeats.ts';
import { signingStops } from './0040-signing-stops.ts';
import { credentialLists } from './0048-credential-lists.ts';
import { auditPrevious } from './0049-audit-previous.ts';
import { privacy } from './0053-privacy.ts';
import { keptReports } from './0055-kept-reports.ts';
import { guardians } from './0056-guardians.ts';
import { platforms } from './0057-platforms.ts';
import { webhooks } from './0059-webhooks.ts';
import { importedCredentials } from './0061-imported-credentials.ts';
import { connectedHosts } from './0063-connected-hosts.ts';
import { steadyIndexes } from './0064-steady-indexes.ts';
import { openIntents } from './0065-open-intents.ts';
import type { AnySchema, EngineMigration, MigrationEngine } from './engine.ts';

/** In order. A released migration is never edited; changes only add, so that the version before still runs. */
const MIGRATIONS = {
  '0001-institutions': institutions,
  '0002-achievements': achievements,
  '0003-status-lists': statusLists,
  '0004-credentials': credentials,
  '0005-status-events': statusEvents,
  '0006-accreditations': accreditations,
  '0007-pathways': pathways,
  '0008-batches': batches,
  '0009-audit': audit,
  '0010-accreditation': accreditation,
  '0011-log': log,
  '0012-approvals': approvals,
  '0013-register-search': registerSearch,
  '0014-equivalences': equivalences,
  '0015-prior-learning': priorLearning,
  '0016-conferrals': conferrals,
  '0017-credential-subjects': credentialSubjects,
  '0018-key-activation': keyActivation,
  '0019-status-kinds': statusKinds,
  '0020-plain-credentials': plainCredentials,
  '0021-securing': securing,
  '0022-endorsements': endorsements,
  '0023-offers': offers,
  '0024-exchanges': exchanges,
  '0025-oauth': oauth,
  '0026-wallet-issuances': walletIssuances,
  '0027-presentation-requests': presentationRequests,
  '0028-people': people,
  '0029-holder-sessions': holderSessions,
  '0030-mail': mail,
  '0032-keystore-head': keystoreHead,
  '0033-account-lang': accountLang,
  '0034-offer-withdrawn-by': offerWithdrawnBy,
  '0035-batch-uploads': batchUploads,
  [COPIES]: copies,
  '0039-heartbeats': heartbeats,
  '0040-signing-stops': signingStops,
  '0048-credential-lists': credentialLists,
  '0049-audit-previous': auditPrevious,
  '0053-privacy': privacy,
  '0055-kept-reports': keptReports,
  '0056-guardians': guardians,
  '0057-platforms': platforms,
  '0059-webhooks': webhooks,
  '0061-imported-credentials': importedCredentials,
  '0063-connected-hosts': connectedHosts,
  '0064-steady-indexes': steadyIndexes,
  '0065-open-intents': openIntents,
};

/**
 * Brings the schema up to date. A schema that is newer (a later version of the service ran here) is left as it is: what later
 * versions add does not stop this one, and what would stop it has a mark.
 * @param db one connection, inside the exclusive transaction that makes concurrent openers wait
 * @param wanted names of migrations, when the schema of an older version is wanted; default: all that there are
 * @throws Error when the store is not for this version, and nothing was changed; the error of the migration that failed
 */
export async function migrate(db: AnySchema, engine: MigrationEngine, wanted?: readonly string[]): Promise<void> {
  const migrator = migratorOf(db, engine, wanted?.at(-1));
  const all = await migrator.getMigrations();
  if (all.some(({ name, executedAt }) => name === COPIES && executedAt !== undefined)) await assertOpenable(db);
  if (all.every(({ executedAt }) => executedAt !== undefined)) return;
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** Names of the migrations of this version that the store has not seen. Changes nothing. */
export async function pendingMigrations(db: AnySchema, engine: MigrationEngine): Promise<string[]> {
  const known = await migratorOf(db, engine).getMigrations();
  return known.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name);
}

function migratorOf(db: AnySchema, engine: MigrationEngine, last?: string): Migrator {
  const known = Object.entries<EngineMigration>(MIGRATIONS).filter(([name]) => last === undefined || name <= last);
  const migrations: Record<string, Migration> = Object.fromEntries(known.map(([name, make]) => [name, make(engine)]));
  return new Migrator({ db, provider: { getMigrations: async () => migrations } });
}

/** Whether all of them were made here. Another schema may have been put under a running process: an older backup. */
export async function isMigrated(db: AnySchema): Promise<boolean> {
  const made = new Set(await executedMigrations(db));
  return Object.keys(MIGRATIONS).every((name) => made.has(name));
}

/** Names of the migrations that made this schema, in order. */
export async function executedMigrations(db: AnySchema): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}

/** Whether a schema is that of this version: what this version knows of it can be asked. */
export const isCurrent = (executed: readonly string[]): boolean => executed.length === Object.keys(MIGRATIONS).length;

/** Why this version cannot make a schema of these migrations; undefined when it can. */
export function schemaFault(wanted: readonly string[]): string | undefined {
  const known = Object.keys(MIGRATIONS);
  const strange = wanted.find((name) => !known.includes(name));
  if (strange !== undefined) return `it is of a newer version of the service, which has ${strange}`;
  const missing = known.find((name) => name <= (wanted.at(-1) ?? '') && !wanted.includes(name));
  if (missing !== undefined || wanted.length === 0)
    return `it has the schema of no version: ${missing ?? 'nothing'} is missing`;
  return undefined;
}
