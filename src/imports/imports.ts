import { limitedUse, unlessUsedUp } from '#holders';
import { type Clock, formatInstant, LIMITS, Problem, type Random, randomId, type Transactor } from '#kernel';
import { boundTo, type Verifier } from '#verifier';
import { keepable } from './keepable.ts';
import { keepersOf, keyOf, type Proven } from './keeper.ts';
import type {
  ImportedCredential,
  ImportPage,
  ImportReader,
  ImportSource,
  ImportSummary,
  ImportWrite,
} from './ports.ts';
import { retryOnce } from './retry.ts';
import { type CountedImport, countable } from './stack.ts';
import { store } from './store.ts';

/** A badge as it comes. */
export type Brought =
  | { bytes: Uint8Array; mediaType?: string }
  /** Pasted: JSON, a token, a `data:` address, or an address by itself. */
  | { text: string; mediaType?: string }
  | { url: string };

export interface TakeInput {
  holder: Proven;
  brought: Brought;
  source: ImportSource;
  /** Where it came from, when it was not fetched here: the host. */
  address?: string;
  /** For the log: `holder:...`, `client:...`. */
  actor: string;
}

/** `replaced`: a later edition took the place of an earlier. `not_newer`: what is kept was left as it is. */
export type TakeOutcome = 'created' | 'replaced' | 'not_newer';

export interface Taken {
  outcome: TakeOutcome;
  imported: ImportSummary;
}

/**
 * Badges that were made elsewhere, kept for whoever brought them. Every method with a holder throws
 * Problem `conflict` for one who has proven neither an address nor a key.
 */
export interface Imports {
  /**
   * Reads, verifies, keeps: the bytes as they came. One that is not valid is refused, unless all that could not be found out
   * is its status: then it is kept and asked about again. Whom it is of is no condition, since a person has several addresses:
   * `belongsTo` says it.
   * @throws Problem as `Verifier.verify`; `invalid-request` with code `not_kept` and the sentence of the report in both
   *   languages; `unavailable` when the issuer could not be asked; `rate-limited`; `conflict` with code `import_quota`
   */
  take(input: TakeInput): Promise<Taken>;
  /** Newest first. */
  list(holder: Proven, page: ImportPage): Promise<{ items: ImportSummary[]; total: number }>;
  /** @throws Problem `not-found`, also for what somebody else keeps */
  read(holder: Proven, importId: string): Promise<ImportedCredential>;
  /** @throws Problem `not-found` */
  remove(holder: Proven, importId: string, actor: string): Promise<void>;
  /** What may count for this holder, each badge once; whether it does, a verification says anew. */
  countable(holder: Proven): Promise<CountedImport[]>;
  /** What was found out about some of them since: for the list. */
  looked(found: readonly Omit<Extract<ImportWrite, { op: 'import.looked' }>, 'op' | 'verifiedAt'>[]): Promise<void>;
  /** One round: asks again about what could not be found out. For a loop. */
  retryOnce(): Promise<boolean>;
}

export interface ImportsDeps {
  reader: ImportReader;
  transactor: Transactor<ImportWrite>;
  verifier: Pick<Verifier, 'verifyArrival'>;
  clock: Clock;
  random: Random;
}

/** Attempts of one holder in an hour: each may fetch. */
export const IMPORTS_AN_HOUR = 300;

export function createImports(deps: ImportsDeps): Imports {
  const { reader, transactor, verifier, clock, random } = deps;

  async function mine(holder: Proven, importId: string): Promise<ImportedCredential> {
    const keepers = keepersOf(holder);
    const row = await reader.imported(importId);
    const own = row && keepers.some(({ kind, value }) => kind === row.keeperKind && value === row.keeperValue);
    if (!own) throw new Problem('not-found', 'this is no badge of this session');
    return row;
  }

  return {
    async take({ holder, brought, source, address, actor }) {
      const keepers = keepersOf(holder);
      // 1. Not too large, not too many.
      const input = sized(brought);
      const now = clock.now();
      const use = limitedUse({ key: `import ${keyOf(keepers[0]!)}`, ms: 3_600_000, most: IMPORTS_AN_HOUR, now });
      const counted = transactor.commit([{ op: 'limitedUse.take', use, at: formatInstant(now) }]);
      await unlessUsedUp(counted, 'too many badges were brought in this hour; try again in an hour');

      // 2. Verified, and refused unless it holds.
      const arrival = await verifier.verifyArrival(input);
      const kept = keepable(arrival, brought);

      // 3. By the identifier it is bound to, where it is; else by the first.
      const bound = boundTo(kept.subject, keepers);
      const keeper = keepers[bound?.identifier ?? 0]!;
      const row: ImportedCredential = {
        ...kept,
        ...{ importId: randomId(random), keeperKind: keeper.kind, keeperValue: keeper.value, source },
        ...(address === undefined ? {} : { address }),
        receivedAt: formatInstant(now),
      };

      // 4. Stored, unless what is kept is as new.
      return store(deps, keepers, row, actor);
    },

    list: (holder, page) => reader.importsOf(keepersOf(holder), page),
    read: mine,

    async remove(holder, importId, actor) {
      const { receivedSha256: objectSha256 } = await mine(holder, importId);
      const at = formatInstant(clock.now());
      await transactor.commit([
        { op: 'import.remove', importId },
        {
          ...{ op: 'audit.append', at, tenant: 'system', actor, operation: 'import.remove' },
          ...{ object: importId, objectSha256 },
        },
      ]);
    },

    countable: async (holder) => countable(reader, keepersOf(holder)),

    async looked(found) {
      const verifiedAt = formatInstant(clock.now());
      if (found.length > 0)
        await transactor.commit(found.map((one) => ({ op: 'import.looked', ...one, verifiedAt }) as const));
    },

    retryOnce: () => retryOnce(deps),
  };
}

function sized(brought: Brought): { bytes: Uint8Array } | { text: string } | { url: string } {
  if ('url' in brought) return { url: brought.url };
  const [size, input] =
    'bytes' in brought
      ? [brought.bytes.byteLength, { bytes: brought.bytes }]
      : [Buffer.byteLength(brought.text), { text: brought.text }];
  if (size > LIMITS.imageBytes) throw new Problem('payload-too-large', 'it is larger than a badge may be');
  return input;
}
