import { isObject, parseStrictJson } from '#kernel';
import type { AuditEntry } from '#observability';
import type { PlainDeps } from '../plain/deps.ts';
import { plainErrors, statusEntry } from '../plain/draw-up.ts';
import type { PlainCredentialRecord, PlainStatusEntry } from '../plain/ports.ts';
import { isWhatWasLinted } from '../plain/secure.ts';
import { attempt, bytes, fault } from './badge.ts';
import type { Fault, Setting } from './model.ts';

/** The same for a credential that is no badge: an endorsement, or whatever another system drew up. A removed one has nothing left. */
export async function plainFaults(
  row: PlainCredentialRecord,
  entry: AuditEntry,
  setting: Setting,
  { contexts, checkSigned }: Pick<PlainDeps, 'contexts' | 'checkSigned'>,
): Promise<Fault[]> {
  if (row.removedAt !== undefined) {
    return row.sha256 === entry.objectSha256 ? [] : [fault('bytes', 'its digest is not the one that was recorded')];
  }
  if (row.phase !== 'issued' || row.signed === undefined) return [fault('missing', 'its text is not there any more')];
  const faults = bytes(row.signed, [row.sha256, entry.objectSha256], 'the document');
  const [document, unsigned] = [row.signed, row.unsigned].map((text) => attempt(() => parseStrictJson(text)));
  if (!isObject(document) || !isObject(unsigned))
    return [...faults, fault('unreadable', 'the document is no strict JSON')];
  if (attempt(() => isWhatWasLinted(document, row.unsigned)) !== true) {
    faults.push(fault('changed', 'the document is not what was linted'));
  }
  for (const { pointer, code } of plainErrors(unsigned, { contexts, now: new Date(row.proofCreated) })) {
    faults.push(fault('lint', `${code ?? 'rule'} at ${pointer}`));
  }
  if (row.statusListId !== undefined) {
    const own = statusEntry(setting.publicUrl, row as PlainStatusEntry);
    if (JSON.stringify(own) !== JSON.stringify(unsigned.credentialStatus)) {
      faults.push(fault('status', 'its status entry is not the one of its record'));
    }
  }
  if (entry.detail?.key !== row.keyId)
    faults.push(fault('columns', 'key: the record says something else than the log'));
  const report = await checkSigned(row.signed, setting.did).catch(() => undefined);
  // Ours is the last; others may be of anybody.
  const ours = report?.proofs.at(-1) ?? report;
  if (ours?.outcome !== 'pass') faults.push(fault('proof', ours?.code ?? 'unreadable'));
  return faults;
}
