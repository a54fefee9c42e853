import {
  formatInstant,
  isObject,
  type JsonObject,
  Problem,
  parseStrictJson,
  sha256Hex,
  UniqueViolation,
} from '#kernel';
import type { ListKind, StatusListRecord } from '../ports.ts';
import { bitsOf, buildListCredential, publishedBits, REFRESH_HOURS, VALID_HOURS } from './list-credential.ts';
import { revocationListText } from './revocation-list.ts';
import type { StatusDeps } from './status.ts';

export interface Publisher {
  /** Makes the list as it is now and stores it; many changes at once share one publication. @returns the text as served */
  publish(listId: string): Promise<string>;
  /** The signed text to serve; made again first when it is stale or does not say what the store says. */
  listCredential(listId: string): Promise<string>;
  /** The same of a list that names what was revoked. @throws Problem `not-found` when there is none of that form */
  revocationList(listId: string): Promise<string>;
}

const PUBLISH_TRIES = 4;
/**
 * Milliseconds for which a text that was found true need not be held against the store again: under load that costs more than
 * all the rest of serving it. Whoever changes a status publishes, here or in another process, and then the text is another
 * one; only what a crash left between the two is seen so much later.
 */
const TRUE_FOR = 1_000;
/** Lists remembered so. */
const REMEMBERED = 200;

interface Made {
  /** Ready to serve. */
  text: string;
  /** Whether the store still says what the text was made of: no need to read it again. */
  stillTrue(): Promise<boolean>;
}

/** How lists of one form are made. */
interface Form {
  make(list: StatusListRecord): Promise<Made>;
  /** Whether what is published says what the store says: also after a crash between a change and its publication. */
  isTrue(list: StatusListRecord, published: string): Promise<boolean>;
  /** A signed list is signed again before it expires. */
  expires: boolean;
}

/** Lists as they are published: signed bits, or the names of what was revoked. */
export function createPublisher(deps: StatusDeps): Publisher {
  const { reader, transactor, clock } = deps;
  /** Publications of one list follow one another: an older reading must not be published after a newer one. */
  const publishing = new Map<string, Promise<string>>();
  /** Of each list the one that has not begun: it will read what all who ask until then have stored. */
  const waiting = new Map<string, Promise<string>>();

  const found = new Map<string, { text: string; at: number }>();

  const bits = async (list: StatusListRecord) => bitsOf(list.length, await reader.setStatusIndexes(list.listId));
  const bitstring: Form = {
    async make(list) {
      const set = await bits(list);
      const stillTrue = async () => Buffer.compare(set, await bits(list)) === 0;
      return { text: await signList(list, set), stillTrue };
    },
    isTrue: async (list, published) => Buffer.compare(publishedBits(published, list.length), await bits(list)) === 0,
    expires: true,
  };
  const revocations: Form = {
    async make(list) {
      const text = await namesOf(list);
      return { text, stillTrue: async () => (await namesOf(list)) === text };
    },
    isTrue: async (list, published) => (await namesOf(list)) === published,
    expires: false,
  };
  async function namesOf({ tenant, listId }: StatusListRecord): Promise<string> {
    const { did } = await deps.authority.forTenant(tenant, 'status');
    const { publicUrl } = deps;
    return revocationListText({ publicUrl, listId, issuer: did }, await reader.revokedCredentials(listId));
  }
  const formOf = (list: StatusListRecord): Form => (list.kind === 'revocations' ? revocations : bitstring);

  function publish(listId: string): Promise<string> {
    found.delete(listId);
    const joined = waiting.get(listId);
    if (joined) return joined;
    const before = publishing.get(listId) ?? Promise.resolve();
    const mine = before
      .catch(() => undefined)
      .then(() => {
        waiting.delete(listId);
        return publishNow(listId);
      });
    waiting.set(listId, mine);
    publishing.set(listId, mine);
    const forget = () => {
      if (publishing.get(listId) === mine) publishing.delete(listId);
    };
    mine.then(forget, forget);
    return mine;
  }

  async function publishNow(listId: string): Promise<string> {
    const list = await reader.statusList(listId);
    if (!list) throw new Problem('not-found', 'there is no such status list');
    for (let tries = 0; tries < PUBLISH_TRIES; tries++) {
      const { text, stillTrue } = await formOf(list).make(list);
      const publishedAt = formatInstant(clock.now());
      try {
        await transactor.commit([
          { op: 'statusList.publish', listId, published: text, publishedAt },
          {
            op: 'audit.append',
            at: publishedAt,
            tenant: list.tenant,
            actor: 'system',
            operation: 'statusList.publish',
            object: listId,
            objectSha256: sha256Hex(text),
          },
        ]);
      } catch (error) {
        // Another process published later than this clock says; what it published is looked at below.
        if (!(error instanceof UniqueViolation)) throw error;
      }
      const now = await reader.statusList(listId);
      if (now?.published === undefined) continue;
      if (await (now.published === text ? stillTrue() : formOf(now).isTrue(now, now.published))) return now.published;
    }
    throw new Problem('unavailable', 'the status list changes faster than it can be signed');
  }

  async function signList(list: StatusListRecord, set: Uint8Array): Promise<string> {
    const { did, signer } = await deps.authority.forTenant(list.tenant, 'status');
    const at = clock.now();
    const url = `${deps.publicUrl}/status/${list.listId}`;
    const unsigned = buildListCredential({ url, issuer: did, purpose: list.purpose, bits: set, at });
    const text = JSON.stringify(await deps.proofs.sign(unsigned, signer, formatInstant(at)));
    // What is about to be served must say exactly these bits, and verify.
    const released = parseStrictJson(text);
    const { proof: _, ...rest } = isObject(released) ? released : ({} as JsonObject);
    const same = JSON.stringify(rest) === JSON.stringify(unsigned);
    const exact = same && Buffer.compare(publishedBits(text, list.length), set) === 0;
    const report = await deps.checkReleased(text);
    if (!exact || report.outcome !== 'pass') {
      throw new Problem('signing-stopped', `a signed status list did not pass its own check (${report.code})`);
    }
    return text;
  }

  async function isTrue(list: StatusListRecord, published: string): Promise<boolean> {
    const known = found.get(list.listId);
    const at = clock.now().getTime();
    if (known?.text === published && Math.abs(at - known.at) < TRUE_FOR) return true;
    if (!(await formOf(list).isTrue(list, published))) return false;
    if (found.size >= REMEMBERED) found.clear();
    found.set(list.listId, { text: published, at });
    return true;
  }

  function isYoungerThan(list: StatusListRecord, hours: number): boolean {
    return clock.now().getTime() - Date.parse(list.publishedAt ?? '') < hours * 3_600_000;
  }

  async function current(listId: string, revocationsOnly: boolean): Promise<string> {
    const list = await reader.statusList(listId);
    const wanted = (kind: ListKind | undefined) => (kind === 'revocations') === revocationsOnly;
    if (!list || !wanted(list.kind)) throw new Problem('not-found', 'there is no such status list');
    const { published } = list;
    const form = formOf(list);
    const stillTrue = published !== undefined && (await isTrue(list, published));
    if (stillTrue && (!form.expires || isYoungerThan(list, REFRESH_HOURS))) return published;
    return publish(listId).catch((error: unknown) => {
      // A signer that is down for an hour must not take away a list that is true and valid.
      if (stillTrue && isYoungerThan(list, VALID_HOURS)) return published;
      throw error;
    });
  }

  return {
    publish,
    listCredential: (listId) => current(listId, false),
    revocationList: (listId) => current(listId, true),
  };
}
