import { limitedUse } from '#holders';
import { formatInstant, LIMITS, Problem, type Transactor, UniqueViolation } from '#kernel';
import type { ImportsDeps, Taken } from './imports.ts';
import { keyOf } from './keeper.ts';
import type { ImportedCredential, ImportQuota, ImportSummary, ImportWrite, Keeper } from './ports.ts';

/**
 * What one keeper may have, and how many are stored in a day. Whoever wants a thousand keys makes them, so that what is kept by
 * keys is little, and counted together; an address takes a mail, which is limited. The row that counts is held to the end of the
 * commit: no two look at one quota at once.
 */
const QUOTAS: Record<Keeper['kind'], { most: ImportQuota; aDay: number; countedBy: (keeper: Keeper) => string }> = {
  email: { most: { count: LIMITS.importsKept, bytes: LIMITS.importsKeptBytes }, aDay: 1_000, countedBy: keyOf },
  did: { most: { count: 20, bytes: LIMITS.imageBytes }, aDay: 200, countedBy: () => 'by keys' },
};

/**
 * A badge that is not there is added; a later edition takes the place of an earlier, which keeps its id here; anything else is
 * left as it is.
 * @throws Problem `conflict` with code `import_quota`; `rate-limited`
 */
export async function store(
  { reader, transactor, clock }: Pick<ImportsDeps, 'reader' | 'transactor' | 'clock'>,
  keepers: readonly Keeper[],
  row: ImportedCredential,
  actor: string,
): Promise<Taken> {
  // Somebody else may be faster: then there is something to compare with.
  for (let attempt = 0; attempt < 3; attempt++) {
    const known = (await reader.importedByIdentity(keepers, row.identity))[0];
    if (known && row.validFrom <= known.validFrom) {
      return { outcome: 'not_newer', imported: await lookedAt(transactor, known, row) };
    }
    const next = known ? { ...row, ...only(known, ['importId', 'keeperKind', 'keeperValue']) } : row;
    const { most } = QUOTAS[next.keeperKind];
    const write = { op: known ? 'import.replace' : 'import.insert', row: next, most } as const;
    try {
      await transactor.commit([use(next), write, logged(next, known ? 'import.replace' : 'import.take')]);
      return { outcome: known ? 'replaced' : 'created', imported: summaryOf(next) };
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      if (error.table === 'limitedUse.limit') {
        const more = next.keeperKind === 'did' ? '; with an e-mail address shown there is more room' : '';
        throw new Problem('rate-limited', `too many badges were kept today${more}`);
      }
      if (error.table === 'import.quota') {
        const detail = `no more than ${most.count} badges are kept, and ${most.bytes / 1024 / 1024} MiB of them: remove some`;
        throw new Problem('conflict', detail, { extensions: { code: 'import_quota' }, cause: error });
      }
    }
  }
  throw new Problem('conflict', 'this badge is being changed by others just now: try again');

  function use({ keeperKind: kind, keeperValue: value }: ImportedCredential): ImportWrite {
    const now = clock.now();
    const { aDay, countedBy } = QUOTAS[kind];
    const key = `import kept ${countedBy({ kind, value })}`;
    return {
      ...{ op: 'limitedUse.take', at: formatInstant(now) },
      use: limitedUse({ key, ms: 86_400_000, most: aDay, now }),
    };
  }

  function logged({ importId: object, receivedSha256: objectSha256, format }: ImportedCredential, operation: string) {
    const at = formatInstant(clock.now());
    const entry = { at, tenant: 'system', actor, operation, object, objectSha256, detail: { format } };
    return { op: 'audit.append', ...entry } as const;
  }
}

/** The very same again was verified just now: that is what is known of it from now on. */
async function lookedAt(
  transactor: Transactor<ImportWrite>,
  known: ImportSummary,
  { receivedSha256, verdict, sentence, verifiedAt }: ImportedCredential,
): Promise<ImportSummary> {
  if (receivedSha256 !== known.receivedSha256) return known;
  const { importId } = known;
  await transactor.commit([{ op: 'import.looked', importId, verdict, sentence, verifiedAt }]);
  return { ...known, verdict, sentence, verifiedAt };
}

const only = <T, K extends keyof T>(from: T, keys: readonly K[]) =>
  Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;

function summaryOf({ received: _, credential: __, ...summary }: ImportedCredential): ImportSummary {
  return summary;
}
