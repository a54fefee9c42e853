import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { openCheckpoint, openNote, parseVerifierKey, signNote, verifierKey } from '#observability';
import { must, type Target, textOf, utf8 } from '../target.ts';

const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)]);
const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
const raw = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
const key = { name: 'log.example/log', publicKey: Uint8Array.from(raw) };
const TEXTS = [`log.example/log\n5\n${Buffer.alloc(32, 1).toString('base64')}\n`, 'a\n\nb\n', 'x\n'];
const notes = await Promise.all(TEXTS.map((text) => signNote(text, key, async (data) => sign(null, data, privateKey))));
const signed = new Set(TEXTS);

export const note: Target = {
  name: 'note',
  seeds: [...notes, verifierKey(key), `${notes[1]}\u2014 witness.example x08go/ZJkuBS9UG/SffcvIAQxVBt\n`].map(utf8),
  dictionary: [
    '\u2014 ',
    '\n\n',
    '\n',
    '+',
    ' ',
    '=',
    key.name,
    verifierKey(key),
    '\r',
    '\u0000',
    '9007199254740993',
    '-1',
    '00',
  ],
  run(input) {
    const text = textOf(input);
    const opened = openNote(text, key);
    if (opened !== undefined) must(signed.has(opened) && text.startsWith(opened), 'opened what was never signed');
    const head = openCheckpoint(text, key);
    if (head) must(head.size === 5 && head.origin === key.name, 'a tree head that was never signed');
    const parsed = parseVerifierKey(text);
    if (parsed) must(verifierKey(parsed) === text, 'a key with two spellings');
  },
};
