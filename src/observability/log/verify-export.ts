import { AUDIT_START, type AuditPosition, verifyAuditChain } from '../hash.ts';
import type { AuditEntry } from '../ports.ts';
import { openCheckpoint, type TreeHead } from './checkpoint.ts';
import { type ExportHeader, readLine } from './export.ts';
import { CompactRange, sameHash } from './merkle.ts';
import { type NoteKey, parseVerifierKey } from './signed-note.ts';
import { entryLeaf, hexOf } from './tree.ts';

/** Why a log is not believed; stable. */
export type ExportFaultCode = 'line' | 'header' | 'key' | 'chain' | 'checkpoint' | 'held' | 'truncated';

/** The first thing that is wrong with an exported log. */
export class ExportFault extends Error {
  readonly code: ExportFaultCode;
  /** Line of the file, from 1; undefined when something is missing at the end. */
  readonly line: number | undefined;
  constructor(code: ExportFaultCode, detail: string, line?: number) {
    super(detail);
    this.name = 'ExportFault';
    this.code = code;
    this.line = line;
  }
}

export interface ExportResult {
  origin: string;
  size: number;
  /** Hex. */
  root: string;
  checkpoints: number;
  /** Checkpoints kept outside that lie on this log. */
  held: number;
}

/**
 * Verifies an exported log line by line, in constant memory and without the service: the chain, the signature and root of
 * every checkpoint, and that checkpoints kept elsewhere lie on the same tree. The last is what finds a log that its own
 * operator cut or rewrote and signed again.
 */
export class ExportVerifier {
  readonly #trusted: { key?: string | undefined; held: readonly string[] };
  readonly #tree = new CompactRange();
  #held: TreeHead[] = [];
  #lines = 0;
  #position: AuditPosition = AUDIT_START;
  #header: ExportHeader | undefined;
  #key: NoteKey | undefined;
  #signed = 0;
  #checkpoints = 0;
  /** Entry by which the log says that what others may hold is lost. */
  #restored: AuditEntry | undefined;

  /**
   * @param trusted `key`: the verifier key as known from elsewhere; without it the file's own word is taken. `held`: notes
   * of checkpoints kept outside the operator's reach
   */
  constructor(trusted: { key?: string | undefined; held: readonly string[] }) {
    this.#trusted = trusted;
  }

  /** @param text one line without its line feed @throws ExportFault */
  line(text: string): void {
    this.#lines++;
    const line = readLine(text);
    if (!line) throw this.#fault('line', 'not a line of an exported log as it is written');
    if ('header' in line) this.#open(line.header);
    else if (!this.#header) throw this.#fault('header', 'the first line is not the header of an exported log');
    else if ('entry' in line) this.#add(line.entry);
    else this.#check(line.checkpoint);
  }

  /** After the last line. @throws ExportFault */
  end(): ExportResult {
    const { size } = this.#tree;
    if (!this.#header) throw new ExportFault('header', 'the file is empty');
    if (size !== this.#header.size) {
      throw new ExportFault('truncated', `${this.#header.size} entries are announced and ${size} are there`);
    }
    if (this.#checkpoints === 0 || this.#signed !== size) {
      throw new ExportFault(
        'truncated',
        `no checkpoint covers the last entries: ${this.#signed} of ${size} are signed`,
      );
    }
    const beyond = this.#held.find((head) => head.size > size);
    if (beyond) {
      throw new ExportFault(
        'truncated',
        `a held checkpoint covers ${beyond.size} entries and the log has ${size}${this.#told()}`,
      );
    }
    const { origin } = this.#header;
    const counts = { checkpoints: this.#checkpoints, held: this.#held.length };
    return { origin, size, root: hexOf(this.#tree.root()), ...counts };
  }

  #open(header: ExportHeader): void {
    if (this.#header) throw this.#fault('header', 'a second header');
    if (this.#trusted.key !== undefined && this.#trusted.key !== header.key) {
      throw this.#fault('key', 'the log is signed with another key than the trusted one');
    }
    const key = parseVerifierKey(header.key);
    if (key?.name !== header.origin) throw this.#fault('key', 'the key cannot be read or is not that of this log');
    this.#header = header;
    this.#key = key;
    this.#held = this.#trusted.held.map((note, at) => {
      const head = openCheckpoint(note, key);
      if (!head) throw this.#fault('held', `held checkpoint ${at + 1} is not signed with the key of this log`);
      return head;
    });
    this.#compareHeld();
  }

  #add(entry: AuditEntry): void {
    const verdict = verifyAuditChain([entry], this.#position);
    if (!verdict.ok) throw this.#fault('chain', `the chain breaks at entry ${verdict.seq}: ${verdict.reason}`);
    this.#position = verdict.last;
    this.#tree.append(entryLeaf(entry.hash));
    if (entry.operation === 'store.restore') this.#restored ??= entry;
    this.#compareHeld();
  }

  #check(note: string): void {
    const head = openCheckpoint(note, this.#key!);
    if (!head) throw this.#fault('checkpoint', 'a checkpoint is malformed or not signed with the key of this log');
    if (head.size !== this.#tree.size || !sameHash(head.root, this.#tree.root())) {
      throw this.#fault(
        'checkpoint',
        `the checkpoint of ${head.size} entries was not signed over the entries before it`,
      );
    }
    if (this.#checkpoints > 0 && head.size <= this.#signed)
      throw this.#fault('checkpoint', 'a checkpoint stands twice');
    this.#signed = head.size;
    this.#checkpoints++;
  }

  #compareHeld(): void {
    for (const { size, root } of this.#held) {
      if (size !== this.#tree.size || sameHash(root, this.#tree.root())) continue;
      throw this.#fault('held', `the first ${size} entries are not those of the held checkpoint${this.#told()}`);
    }
  }

  /** No excuse: the log says itself why it is another one, and its operator has to answer for what was lost. */
  #told(): string {
    if (!this.#restored) return '';
    const { seq, at } = this.#restored;
    return `; entry ${seq} says that the log was restored from a backup at ${at}, and what was signed since is lost`;
  }

  #fault(code: ExportFaultCode, detail: string): ExportFault {
    return new ExportFault(code, detail, this.#lines);
  }
}
