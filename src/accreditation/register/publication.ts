import type { SigningAuthority } from '#institutions';
import {
  BUCKETS,
  type Clock,
  formatInstant,
  type JsonObject,
  joining,
  LIMITS,
  nextTurn,
  Problem,
  sha256Hex,
} from '#kernel';
import type { ProofMaker } from '#proofs';
import type { AccreditationReader, GrantRows } from '../ports.ts';
import { type DocumentSettings, registerDocument, registerEntries } from './documents.ts';

export interface PublicationDeps extends DocumentSettings {
  authority: SigningAuthority;
  proofs: ProofMaker;
  reader: AccreditationReader;
  clock: Clock;
  /** DID document of an institution of this service; undefined for everybody else. */
  didDocument(did: string): Promise<JsonObject | undefined>;
}

export interface Publication {
  /** The signed register of one authority, exactly as served. @throws Problem `not-found` for no such institution */
  register(tenant: string): Promise<string>;
  /** A part that a register published here names by its digest; undefined for any other digest. */
  part(tenant: string, sha256: string): Promise<string | undefined>;
  /**
   * Register and parts in one file, piece by piece, for somebody who wants to hold it, with the DID documents of the authority
   * and of those of its parties that are institutions here: what is checked without a network needs their keys. The signature
   * of the register does not cover these: they are as good as the way by which the file came.
   * @throws Problem `conflict`
   */
  snapshot(tenant: string): AsyncIterable<string>;
}

interface Published {
  content: string;
  /** Of the authority. */
  did: string;
  at: number;
  text: string;
  parts: Part[];
}

interface Part {
  sha256: string;
  from: number;
  to: number;
}

/** Older than this the register is signed again, well before its 24 hours are over. */
const RESIGN_AFTER_MS = 12 * 3_600_000;
/** A signed grant with its share of events: enough to choose the number of parts before they are made. */
const BYTES_A_GRANT = 2_000;

/**
 * Signs the register of an authority. A small one holds every entry. A large one holds the delegations, which every chain
 * needs, and the digests of parts with the others: whoever asks about one party fetches the register and one part, and
 * the signature covers both. Parts are kept as digests only, and made again from the rows when asked for.
 */
export function createPublication(deps: PublicationDeps): Publication {
  const { authority, proofs, reader, clock, publicUrl } = deps;
  const published = new Map<string, Published>();
  const making = joining<Published>();

  async function build(tenant: string, content: string): Promise<Published> {
    const now = clock.now();
    const [all, successions] = await Promise.all([sizeOf(tenant), reader.successionsBy(tenant)]);
    const parts: Part[] = [];
    let register: JsonObject;
    if (all * BYTES_A_GRANT <= LIMITS.registerInlineBytes) {
      register = registerEntries(publicUrl, await reader.registerPart(tenant, 0, BUCKETS), successions);
    } else {
      const count = partsFor(all);
      for (let part = 0; part < count; part++) {
        const [from, to] = [(part * BUCKETS) / count, ((part + 1) * BUCKETS) / count];
        parts.push({ from, to, sha256: sha256Hex(await partText(tenant, from, to)) });
        // A large register must not keep everybody else waiting.
        await nextTurn();
      }
      const url = `${publicUrl}/registry/${tenant}/parts/`;
      register = {
        ...registerEntries(publicUrl, await reader.delegationsOf(tenant), successions),
        parts: { count, digests: parts.map(({ sha256 }) => sha256), url },
      };
    }
    const { did, signer } = await authority.forTenant(tenant, 'assertion');
    const unsigned = registerDocument(deps, tenant, did, register, now);
    const text = JSON.stringify(await proofs.sign(unsigned, signer, formatInstant(now)));
    return { content, did, at: now.getTime(), text, parts };
  }

  const sizeOf = async (tenant: string) => (await reader.registerSize(tenant)).grants;
  const partText = async (tenant: string, from: number, to: number) =>
    JSON.stringify(registerEntries(publicUrl, await reader.registerPart(tenant, from, to)));

  async function current(tenant: string): Promise<Published> {
    const content = JSON.stringify(await reader.registerSize(tenant));
    const held = published.get(tenant);
    const age = held ? clock.now().getTime() - held.at : -1;
    if (held && held.content === content && age >= 0 && age < RESIGN_AFTER_MS) return held;
    // One at a time for each authority: who asks meanwhile gets the same one.
    const done = await making(`${tenant} ${content}`, () => build(tenant, content));
    published.set(tenant, done);
    return done;
  }

  return {
    register: async (tenant) => (await current(tenant)).text,

    async part(tenant, sha256) {
      const part = (await current(tenant)).parts.find((one) => one.sha256 === sha256);
      if (!part) return undefined;
      const text = await partText(tenant, part.from, part.to);
      return sha256Hex(text) === sha256 ? text : undefined;
    },

    async *snapshot(tenant) {
      const { did, text, parts } = await current(tenant);
      const parties = new Set([did]);
      const note = ({ grants }: GrantRows) => {
        for (const { accredited } of grants) parties.add(accredited);
      };
      yield `{"register":${text},"parts":[`;
      for (const [index, { from, to, sha256 }] of parts.entries()) {
        const rows = await reader.registerPart(tenant, from, to);
        note(rows);
        const part = JSON.stringify(registerEntries(publicUrl, rows));
        // Something was added meanwhile: what was sent so far ends without its end, and is no JSON.
        if (sha256Hex(part) !== sha256)
          throw new Problem('conflict', 'the register changed while it was read: ask again');
        yield `${index === 0 ? '' : ','}${JSON.stringify(part)}`;
        await nextTurn();
      }
      if (parts.length === 0) note(await reader.registerPart(tenant, 0, BUCKETS));
      yield '],"didDocuments":{';
      let first = true;
      for (const did of parties) {
        const document = await deps.didDocument(did);
        if (!document) continue;
        yield `${first ? '' : ','}${JSON.stringify(did)}:${JSON.stringify(document)}`;
        first = false;
        await nextTurn();
      }
      yield '}}';
    },
  };
}

/** The fewest parts, a power of two, of which none is likely to be too large to be fetched. */
function partsFor(grants: number): number {
  let count = 2;
  // Buckets fill unevenly: half of what a part may hold is what it is planned for.
  while ((grants * BYTES_A_GRANT) / count > LIMITS.registerPartBytes / 2) count *= 2;
  return Math.min(count, BUCKETS);
}
