import { HASH_BYTES } from './merkle.ts';
import { type NoteKey, openNote } from './signed-note.ts';

/** A tree head as it is signed (c2sp.org/tlog-checkpoint). */
export interface TreeHead {
  /** Names the log, e.g. `badges.example.edu/log`. */
  origin: string;
  /** Entries covered: the first `size` of the log. */
  size: number;
  /** 32 bytes. */
  root: Uint8Array;
}

export function checkpointText({ origin, size, root }: TreeHead): string {
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
}

/**
 * Opens a checkpoint of the log that has this key; by c2sp.org/tlog-checkpoint the key is named like the log.
 * @returns undefined when it is malformed, of another log, or not signed by the key. Extension lines are malformed: this
 * log signs none, because nobody could audit them
 */
export function openCheckpoint(note: string, key: NoteKey): TreeHead | undefined {
  const text = openNote(note, key);
  const match = text && /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n$/u.exec(text);
  if (!match) return undefined;
  const head = { origin: match[1]!, size: Number(match[2]), root: Buffer.from(match[3]!, 'base64') };
  const exact = checkpointText(head) === text && Number.isSafeInteger(head.size) && head.root.length === HASH_BYTES;
  return exact && head.origin === key.name ? head : undefined;
}
