import { type ErasureRecord, REMEMBERED_KINDS } from '#holders';
import { isObject, parseStrictJson } from '#kernel';
import type { Settling } from '#storage';

const KEPT: readonly unknown[] = ['document', 'digest', 'entry'];

/**
 * What was erased, as `GET /v1/erasures` answers it: pages of it, or one list.
 * @returns undefined when it is no such list
 */
export function readErasures(text: string): ErasureRecord[] | undefined {
  const document = attempt(() => parseStrictJson(text));
  const items = isObject(document) ? document.items : undefined;
  if (!Array.isArray(items)) return undefined;
  const rows: ErasureRecord[] = [];
  for (const item of items) {
    if (!isObject(item)) return undefined;
    const { institution: tenant, erasedAt, kind, object, objectSha256, kept } = item;
    const texts = [tenant, erasedAt, kind, object].every((value) => typeof value === 'string' && value !== '');
    if (!REMEMBERED_KINDS.some((one) => one === kind)) return undefined;
    if (!texts || !KEPT.includes(kept) || (objectSha256 !== undefined && typeof objectSha256 !== 'string'))
      return undefined;
    rows.push({
      tenant,
      erasedAt,
      kind,
      object,
      kept,
      ...(objectSha256 === undefined ? {} : { objectSha256 }),
    } as ErasureRecord);
  }
  return rows;
}

/**
 * Erases again what was erased after the backup was made; what it does not have is not there.
 * @returns how many there were, and ids of badges that were being issued then: they are to be erased once they are
 */
export async function eraseAgain(
  settling: Settling,
  lists: readonly ErasureRecord[],
): Promise<{ again: number; waiting: string[] }> {
  const known = new Set<string>();
  for (let cursor: string | undefined; ; ) {
    const page = await settling.reader.erasures(undefined, { limit: 500, ...(cursor === undefined ? {} : { cursor }) });
    for (const row of page.items) known.add(nameOf(row));
    if (page.next === undefined) break;
    cursor = page.next;
  }
  const waiting: string[] = [];
  let again = 0;
  for (const row of lists) {
    if (known.has(nameOf(row))) continue;
    known.add(nameOf(row));
    const credential = row.kind === 'credential' ? await settling.reader.credential(row.object) : undefined;
    if (credential?.phase === 'prepared') waiting.push(row.object);
    else await settling.commit([{ op: 'personal.erase', row }]);
    if (credential?.phase !== 'prepared') again++;
  }
  return { again, waiting };
}

const nameOf = ({ tenant, kind, object }: ErasureRecord): string => JSON.stringify([tenant, kind, object]);

function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}
