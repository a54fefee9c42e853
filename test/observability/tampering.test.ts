import { generateKeyPairSync, sign as signData } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AuditEntry, checkpointText, ExportFault, signNote, verifierKey } from '#observability';
import {
  chained,
  checkpointsOf,
  entries,
  exported,
  ORIGIN,
  type SignHead,
  VKEY,
  verdictOn,
} from './support/exported.ts';

const COUNT = 60;
const SIZES = [1, 13, 32, 47, COUNT];
const original = entries(COUNT);
const notes = await checkpointsOf(original, SIZES);
const file = exported(original, notes);
/** The file as it was at each checkpoint. */
const whole = new Set(SIZES.map((size) => exported(original.slice(0, size), notes).join()));
const newest = notes.get(COUNT)!;

const own = generateKeyPairSync('ed25519');
const ownKey = { name: ORIGIN, publicKey: own.publicKey.export({ format: 'der', type: 'spki' }).subarray(12) };
const signWithOwn: SignHead = (size, root) =>
  signNote(checkpointText({ origin: ORIGIN, size, root }), ownKey, async (data) =>
    signData(null, data, own.privateKey),
  );

const MEMBERS = [
  ...['seq', 'at', 'tenant', 'actor', 'operation', 'object', 'objectSha256', 'detail', 'previousHash', 'hash'],
] as (keyof AuditEntry)[];

/** Changes of the list of entries; `a` and `b` are positions. */
const CHANGES: Record<string, (list: AuditEntry[], a: number, b: number) => AuditEntry[]> = {
  edit: (list, a, b) => {
    const entry = list[a]!;
    const member = MEMBERS[b % MEMBERS.length]!;
    const value = entry[member];
    const changed = {
      seq: entry.seq + 1,
      detail: { ...entry.detail, forged: true },
      objectSha256: 'cd'.repeat(32),
    }[member as string];
    return list.with(a, { ...entry, [member]: changed ?? `${value}x` });
  },
  dropMember: (list, a, b) => {
    const { objectSha256, detail, ...rest } = list[a]!;
    return list.with(
      a,
      (b % 2
        ? { ...rest, ...(detail ? { detail } : {}) }
        : { ...rest, ...(objectSha256 ? { objectSha256 } : {}) }) as AuditEntry,
    );
  },
  delete: (list, a) => list.toSpliced(a, 1),
  deleteMany: (list, a, b) => list.toSpliced(Math.min(a, b), Math.abs(a - b) + 1),
  insert: (list, a) => list.toSpliced(a, 0, { ...list[a]!, object: 'forged' }),
  append: (list) => [...list, { ...list.at(-1)!, object: 'forged' }],
  duplicate: (list, a) => list.toSpliced(a, 0, list[a]!),
  swap: (list, a, b) => list.with(a, list[b]!).with(b, list[a]!),
  move: (list, a, b) => list.toSpliced(a, 1).toSpliced(b, 0, list[a]!),
  reverse: (list, a, b) => {
    const [from, to] = [Math.min(a, b), Math.max(a, b) + 1];
    return [...list.slice(0, from), ...list.slice(from, to).reverse(), ...list.slice(to)];
  },
  truncate: (list, a) => list.slice(0, a),
  behead: (list, a) => list.slice(a),
};

const change = fc.constantFrom(...Object.keys(CHANGES));
const place = fc.nat(COUNT - 1);
const bool = fc.boolean();

describe('OB-1: an exported log', () => {
  it('is believed as it was written, with and without what was kept elsewhere', () => {
    expect(verdictOn(file, { key: VKEY })).toMatchObject({ origin: ORIGIN, size: COUNT, checkpoints: 5, held: 0 });
    expect(verdictOn(file)).toMatchObject({ size: COUNT });
    expect(verdictOn(file, { key: VKEY, held: [...notes.values()] })).toMatchObject({ held: 5 });
  });

  it('shows every tampering by who has not the key: 2,000 at random', async () => {
    let tried = 0;
    const kinds = new Set<string>();
    await fc.assert(
      fc.asyncProperty(change, place, place, bool, bool, bool, async (kind, a, b, repaired, announced, resigned) => {
        const changed = CHANGES[kind]!([...original], a, b);
        const list = repaired ? chained(changed) : changed;
        // Checkpoints cannot be forged: they stay, or the attacker signs with a key of their own and says so.
        const signed = resigned ? await checkpointsOf(list, [...SIZES, list.length], signWithOwn) : notes;
        const size = announced ? list.length : COUNT;
        const forged = exported(list, signed, { size, ...(resigned ? { key: verifierKey(ownKey) } : {}) });
        // Nothing was changed, or a whole earlier log is left and says so: what was kept elsewhere tells, below.
        if (whole.has(forged.join())) return;
        tried++;
        kinds.add(`${kind} ${repaired}`);
        expect(verdictOn(forged, { key: VKEY }), `${kind} ${a} ${b}`).toBeInstanceOf(ExportFault);
        // Whoever has no key but one old checkpoint is not fooled by a key of the attacker's either.
        if (resigned) expect(verdictOn(forged, { held: [notes.get(13)!] })).toBeInstanceOf(ExportFault);
      }),
      { numRuns: 2_300, seed: 6 },
    );
    expect(tried).toBeGreaterThanOrEqual(2_000);
    expect(kinds.size).toBe(2 * Object.keys(CHANGES).length);
  }, 60_000);

  it('shows every tampering by who has the key, when the newest checkpoint was kept elsewhere: 1,000 at random', async () => {
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(change, place, place, bool, async (kind, a, b, cut) => {
        const list = chained(CHANGES[kind]!([...original], a, b));
        const sizes = cut ? [list.length] : [...SIZES, list.length];
        const forged = exported(list, await checkpointsOf(list, sizes));
        const held = { key: VKEY, held: [newest] };
        // Nothing was changed, or entries stand after those that were signed: that is the log going on.
        if (list[COUNT - 1]?.hash === original[COUNT - 1]!.hash) {
          expect(verdictOn(forged, held)).not.toBeInstanceOf(ExportFault);
          return;
        }
        tried++;
        // By itself it is a perfect log: only what was kept outside tells.
        if (list.length > 0) expect(verdictOn(forged, { key: VKEY })).not.toBeInstanceOf(ExportFault);
        expect(verdictOn(forged, held), `${kind} ${a} ${b}`).toBeInstanceOf(ExportFault);
      }),
      { numRuns: 1_300, seed: 7 },
    );
    expect(tried).toBeGreaterThanOrEqual(1_000);
  }, 60_000);

  it('shows a cut at every line, also when a valid earlier log is left', () => {
    let valid = 0;
    for (let cut = 0; cut < file.length; cut++) {
      expect(verdictOn(file.slice(0, cut), { key: VKEY })).toBeInstanceOf(ExportFault);
      const size = file.slice(0, cut).filter((line) => line.startsWith('{"seq"')).length;
      const announced = cut === 0 ? [] : [exported(original.slice(0, size), new Map())[0]!, ...file.slice(1, cut)];
      if (!(verdictOn(announced, { key: VKEY }) instanceof ExportFault)) valid++;
      expect(verdictOn(announced, { key: VKEY, held: [newest] })).toMatchObject({
        code: expect.stringMatching(/truncated|header/),
      });
    }
    expect(valid).toBe(SIZES.length - 1);
  });

  it('shows every other byte: 1,000 at random', () => {
    const text = file.join('\n');
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 32, max: 126 }), (at, code) => {
        const byte = String.fromCharCode(code);
        fc.pre(text[at] !== byte);
        const lines = `${text.slice(0, at)}${byte}${text.slice(at + 1)}`.split('\n');
        expect(verdictOn(lines, { key: VKEY })).toBeInstanceOf(ExportFault);
      }),
      { numRuns: 1_000, seed: 8 },
    );
  });

  it('shows lines that are lost, doubled or moved, checkpoints included', () => {
    for (let at = 0; at < file.length; at++) {
      // Without one of the earlier checkpoints it is still a whole log, only less often signed.
      const whole = file[at]!.startsWith('{"checkpoint"') && at !== file.length - 1;
      expect(verdictOn(file.toSpliced(at, 1)) instanceof ExportFault).toBe(!whole);
      expect(verdictOn(file.toSpliced(at, 0, file[at]!))).toBeInstanceOf(ExportFault);
      const next = (at + 1) % file.length;
      expect(verdictOn(file.with(at, file[next]!).with(next, file[at]!))).toBeInstanceOf(ExportFault);
      expect(verdictOn(file.with(at, ` ${file[at]}`))).toMatchObject({ code: 'line', line: at + 1 });
    }
  });

  it('is refused for what it says of itself', () => {
    const name = (changed: string[], trusted = {}) => (verdictOn(changed, trusted) as ExportFault).code;
    expect(name([])).toBe('header');
    expect(name(file.slice(1))).toBe('header');
    expect(name(file, { key: verifierKey(ownKey) })).toBe('key');
    expect(name(exported(original, notes, { key: 'x' }))).toBe('key');
    expect(name(file, { held: ['x'] })).toBe('held');
    expect(name(exported([], new Map()))).toBe('truncated');
    expect(name(exported(original, new Map([[13, notes.get(13)!]])))).toBe('truncated');
  });
});
