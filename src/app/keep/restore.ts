import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Carried, carryStatuses, type PublishedList } from '#credentials';
import type { ErasureRecord } from '#holders';
import { tenantOfDid } from '#institutions';
import { formatInstant, systemClock } from '#kernel';
import { type AfterRestore, BackupFault, backupLinesOf, fillFromBackup, type Restored, type Settling } from '#storage';
import type { Config } from '../config.ts';
import { ConfigError } from '../config-error.ts';
import { KEYSTORE_FILE } from '../keystore-file.ts';
import { openOwnChecks } from '../recheck.ts';
import { writeDataFiles } from './data-files.ts';
import { eraseAgain, readErasures } from './erasures.ts';
import { CheckpointFault, lostHead } from './lost-log.ts';
import { placeKeystore } from './move.ts';
import { type Published, publishedAt, publishedInDirectory } from './published-lists.ts';

export interface RestoreRequest {
  /** A file, or the backup as it comes. */
  from: string | AsyncIterable<Uint8Array>;
  /** As `backup` printed it: of a backup that somebody else could have changed. */
  digest?: string;
  /** Directories, and addresses, where published status lists are. */
  published: readonly string[];
  /** Notes kept elsewhere. */
  checkpoints: readonly string[];
  /** What was erased, as the service told it: texts of lists. */
  erasures: readonly string[];
  /** Lists that nobody has a copy of: what was revoked in them after the backup is in force again. */
  acceptLostRevocations: boolean;
}

export interface RestoreReport {
  madeAt: string;
  restoredAt: string;
  digest: string;
  tables: Record<string, number>;
  audit: { seq: number; hash: string };
  findings: readonly string[];
  /** Published lists that were looked at. */
  lists: Carried[];
  /** Lists of the store whose published copy nobody gave, or none that could be believed. */
  missingLists: string[];
  after: AfterRestore;
  /** Of the given lists, erased again because the backup is older. */
  erasures: { again: number; waiting: string[] };
  /** Signed after the backup, and lost. */
  lostHead?: { size: number; root: string };
}

/** Why nothing was restored. */
export class RestoreRefused extends Error {
  constructor(detail: string) {
    super(detail);
    this.name = 'RestoreRefused';
  }
}

type RestoreConfig = Pick<Config, 'dataDirectory' | 'databaseUrl' | 'publicUrl' | 'didAuthority'>;

/**
 * Makes the store of a backup in an empty place. All of it is there in the end, or nothing.
 * @throws RestoreRefused
 */
export async function restoreStore(config: RestoreConfig, request: RestoreRequest): Promise<RestoreReport> {
  assertEmpty(config);
  const file = typeof request.from === 'string' ? createReadStream(request.from) : Readable.from(request.from);
  const lines = backupLinesOf(opened(file));
  try {
    return await fillFromBackup(lines, config, (settling, restored) => settle(config, request, settling, restored));
  } catch (error) {
    const known = [BackupFault, CheckpointFault, ConfigError].some((kind) => error instanceof kind);
    if (known || (error instanceof Error && isOfTheFile(error))) throw new RestoreRefused((error as Error).message);
    throw error;
  } finally {
    file.destroy();
  }
}

function opened(file: Readable): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip();
  file.once('error', (error) => gunzip.destroy(error));
  return file.pipe(gunzip);
}

/** Of the file: it is not there, is no gzip, is cut off; or one of its lines is no line. */
const isOfTheFile = (error: Error & { code?: string }): boolean =>
  /^(?:Z_|ENOENT|EISDIR|EACCES)/.test(error.code ?? '') || error instanceof RangeError;

/** A database of its own, and in its directory nothing of another service. */
function assertEmpty({ dataDirectory, databaseUrl }: RestoreConfig): void {
  if (databaseUrl !== undefined || !existsSync(dataDirectory)) return;
  const [found] = readdirSync(dataDirectory);
  if (found !== undefined) throw new RestoreRefused(`${dataDirectory} is not empty: there is ${found}`);
}

async function settle(
  config: RestoreConfig,
  request: RestoreRequest,
  settling: Settling,
  { header, files, end }: Restored,
): Promise<RestoreReport> {
  // 1. It is the backup that was meant, of the log that others know.
  if (request.digest !== undefined && request.digest !== end.sha256) {
    throw new RestoreRefused(`the digest of the backup is ${end.sha256}`);
  }
  const restoredAt = formatInstant(systemClock.now());
  const { reader } = settling;
  const last = await reader.lastAudit();
  if (last && last.at > restoredAt)
    throw new RestoreRefused(`the clock is behind the log, whose last entry is of ${last.at}`);
  // 2. What was published stays said.
  const published = await publishedOf(config, request, settling);
  const lost = await lostHead(reader, end.audit.seq, [...request.checkpoints, ...published.checkpoints]);
  const { lists, missingLists } = await carry(config, settling, published.lists, restoredAt);
  if (missingLists.length > 0 && !request.acceptLostRevocations) {
    throw new RestoreRefused(
      `no published copy of these status lists was given, or none that holds: ${missingLists.join(', ')}. What was revoked in ` +
        'them after the backup would be in force again. Give copies with --published, or accept it with --accept-lost-revocations',
    );
  }
  // 3. What could be done a second time is ended.
  const after = await settling.settleRestored(restoredAt);
  // 4. What learners had erased after the backup is erased again.
  const erasures = await eraseAgain(settling, listsOf(request.erasures));
  // 5. The log says what happened.
  await settling.commit([
    {
      ...{ op: 'audit.append', at: restoredAt, tenant: 'system', actor: 'system', operation: 'store.restore' },
      ...{ object: end.sha256, objectSha256: end.sha256 },
      detail: {
        ...{ madeAt: header.madeAt, entries: end.audit.seq, head: end.audit.hash },
        ...(lost ? { lostEntries: lost.size - end.audit.seq, lostSize: lost.size, lostRoot: lost.root } : {}),
        ...{ lists: lists.length, missingLists: missingLists.length },
        ...(erasures.again > 0 ? { erasedAgain: erasures.again } : {}),
        ...{ carried: lists.reduce((sum, { changed, unknown }) => sum + changed.length + unknown, 0) },
      },
    },
  ]);
  const others = files.filter(({ name }) => name !== KEYSTORE_FILE);
  writeDataFiles(config.dataDirectory, others);
  await placeKeystore(settling, config, files);
  const tables = Object.fromEntries(Object.entries(end.tables).map(([name, { rows }]) => [name, rows]));
  return {
    ...{ madeAt: header.madeAt, restoredAt, digest: end.sha256, tables, audit: end.audit, findings: end.findings },
    ...{ lists, missingLists, after, erasures },
    ...(lost ? { lostHead: lost } : {}),
  };
}

function listsOf(texts: readonly string[]): ErasureRecord[] {
  return texts.flatMap((text) => {
    const rows = readErasures(text);
    if (!rows) throw new RestoreRefused('a list of erasures is not what /v1/erasures answers');
    return rows;
  });
}

async function publishedOf(
  config: RestoreConfig,
  { published }: RestoreRequest,
  settling: Settling,
): Promise<Published> {
  const all: Published = { lists: [], checkpoints: [] };
  const known = await settling.statusLists();
  const paths = known.map(({ listId, kind }) => `/${kind === 'revocations' ? 'revocations' : 'status'}/${listId}`);
  for (const place of published) {
    const found = /^https?:/.test(place)
      ? await publishedAt(place, paths, config.publicUrl)
      : publishedInDirectory(place, config.publicUrl);
    all.lists.push(...found.lists);
    all.checkpoints.push(...found.checkpoints);
  }
  return all;
}

async function carry(
  config: RestoreConfig,
  settling: Settling,
  given: readonly PublishedList[],
  at: string,
): Promise<Pick<RestoreReport, 'lists' | 'missingLists'>> {
  const { checks, close } = openOwnChecks(config, settling.reader);
  try {
    const tenantOf = (did: string) => tenantOfDid(config.didAuthority, did);
    const believed: PublishedList[] = [];
    for (const list of given) {
      const stored = await settling.reader.statusList(list.listId);
      // Of its own institution, and signed with its key where the form has signatures.
      if ((stored?.tenant ?? tenantOf(list.issuer)) !== tenantOf(list.issuer)) continue;
      if (!stored && (list.form === 'names' || !(await settling.reader.institution(tenantOf(list.issuer) ?? ''))))
        continue;
      if (list.form === 'bits' && (await checks.checkReleased(list.text)).outcome !== 'pass') continue;
      believed.push(list);
    }
    const lists: Carried[] = [];
    for (const list of believed) lists.push(await carryStatuses({ ...settling, tenantOf, at }, list));
    const known = await settling.statusLists();
    const seen = new Set(believed.map(({ listId }) => listId));
    return { lists, missingLists: known.map(({ listId }) => listId).filter((id) => !seen.has(id)) };
  } finally {
    await close();
  }
}
