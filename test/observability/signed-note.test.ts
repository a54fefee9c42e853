import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  checkpointText,
  EMPTY_ROOT,
  openCheckpoint,
  openNote,
  parseVerifierKey,
  signNote,
  verifierKey,
} from '#observability';

/** The example of golang.org/x/mod/sumdb/note, the format's first implementation. */
const NEUMANN = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const NOTE = `${TEXT}
\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`;

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(12);
const key = { name: 'log.example/log', publicKey: Uint8Array.from(raw) };
const make = (text: string) => signNote(text, key, async (data) => sign(null, data, privateKey));

describe('signed notes', () => {
  it('reads the published key and note', () => {
    const neumann = parseVerifierKey(NEUMANN)!;
    expect(neumann.name).toBe('PeterNeumann');
    expect(verifierKey(neumann)).toBe(NEUMANN);
    expect(openNote(NOTE, neumann)).toBe(TEXT);
  });

  it('opens what it signs, whatever witnesses add; and nothing after any change', async () => {
    const note = await make('a\n\nb\n');
    expect(openNote(note, key)).toBe('a\n\nb\n');
    expect(openNote(note + NOTE.slice(NOTE.indexOf('\u2014')), key)).toBe('a\n\nb\n');
    for (let at = 0; at < note.length; at++) {
      const changed = `${note.slice(0, at)}${note[at] === 'x' ? 'y' : 'x'}${note.slice(at + 1)}`;
      expect(openNote(changed, key), JSON.stringify(changed)).toBeUndefined();
      expect(openNote(note.slice(0, at), key)).toBeUndefined();
    }
    for (const bad of [
      '',
      '\n\n',
      `${note}\n`,
      `${note}x\n`,
      note.replace('a', 'a\r'),
      note.replaceAll('\u2014', '-'),
    ]) {
      expect(openNote(bad, key)).toBeUndefined();
    }
  });

  it('refuses keys that are not what they say', () => {
    const text = verifierKey(key);
    expect(parseVerifierKey(text)).toEqual(key);
    const zero = { name: 'x', publicKey: Uint8Array.of(1, ...new Uint8Array(31)) };
    for (const bad of [
      text.replace('+', '+0'),
      `x${text}`,
      text.slice(0, -1),
      '',
      'x+00000000+AQ==',
      verifierKey(zero),
    ]) {
      expect(parseVerifierKey(bad)).toBeUndefined();
    }
    expect(() => verifierKey({ ...key, name: 'a b' })).toThrow(RangeError);
  });

  it('signs no text that could not be opened again', async () => {
    await expect(make('no end')).rejects.toThrow(RangeError);
    await expect(make('a\tb\n')).rejects.toThrow(RangeError);
  });
});

describe('checkpoints', () => {
  it('are three lines of the log that has the key', async () => {
    const head = { origin: key.name, size: 20_852_163, root: EMPTY_ROOT };
    const text = checkpointText(head);
    expect(text).toBe(`${key.name}\n20852163\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n`);
    expect(openCheckpoint(await make(text), key)).toEqual({ ...head, root: Buffer.from(EMPTY_ROOT) });
    const others = [
      text.replace('20852163', '020852163'),
      text.replace('20852163', '-1'),
      text.replace('20852163', '9999999999999999'),
      text.replace(key.name, 'other.example/log'),
      `${text}extension\n`,
      text.replace('U=', 'V='),
      text.replace('FU=', 'F='),
      'x\n',
    ];
    for (const other of others) expect(openCheckpoint(await make(other), key), other).toBeUndefined();
  });
});
