import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemRandom } from '#kernel';
import { openTokenKeystore, type TokenKeystore } from '#keystore';
import { makeToken, noToken, type TestToken, TOKEN } from './support/token.ts';

const DID = 'did:web:badges.example:institutions:specimen-university';
const missing = noToken();
if (missing) console.log(`failures of a PKCS#11 token: NOT RUN, ${missing}`);
const random = systemRandom;
const directory = mkdtempSync(join(tmpdir(), 'tatak-tool-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** A program in place of pkcs11-tool: `body` is a shell script that finds the real one in $REAL. */
function program(body: string): string {
  const path = join(mkdtempSync(join(directory, 'tool-')), 'tool');
  writeFileSync(path, `#!/bin/sh\nREAL=pkcs11-tool\n${body}\n`, { mode: 0o755 });
  return path;
}

describe.runIf(missing === undefined)('FT-4: a token that misbehaves', () => {
  let token: TestToken;
  let keystore: TokenKeystore;
  let key: Parameters<TokenKeystore['signer']>[0];
  beforeAll(async () => {
    token = makeToken();
    keystore = await openTokenKeystore({ ...token.options, random });
    const place = { tenant: 'specimen-university', keyId: 'key-1-assertion' };
    key = { ...place, ...(await keystore.generate(place.tenant, place.keyId)) };
  });
  afterAll(() => token?.remove());

  /** Only signing goes another way than through the real tool. */
  const signing = async (body: string, timeoutMs?: number) => {
    const tool = program(`case "$*" in *--sign*) ${body};; *) exec $REAL "$@";; esac`);
    const opened = await openTokenKeystore({
      ...token.options,
      ...(timeoutMs ? { timeoutMs } : {}),
      random,
      program: tool,
    });
    return opened.signer(key, DID);
  };
  const data = Buffer.from('data');

  it.each<[string, string]>([
    ['nothing', 'exit 0'],
    ['garbage', 'head -c 64 /dev/urandom'],
    ['too little', 'printf x'],
    ['a good signature of other data', 'printf other | $REAL "$@"'],
  ])('%s: no signature is given on', async (_, body) => {
    await expect((await signing(body)).sign(data)).rejects.toThrow('is not the one of its public key');
  });

  it('garbage after good signatures stops signing', async () => {
    const once = join(directory, 'once');
    const signer = await signing(`if [ -e ${once} ]; then head -c 64 /dev/urandom; else exec $REAL "$@"; fi`);
    await expect(signer.sign(data)).resolves.toHaveLength(64);
    writeFileSync(once, '');
    await expect(signer.sign(data)).rejects.toMatchObject({ kind: 'signing-stopped' });
  });

  it.each<[string, string, string]>([
    ['a crash', 'kill -SEGV $$', 'the token did not do it'],
    ['endless output', 'exec yes', 'too much'],
    ['a hang', 'exec sleep 60', 'did not answer within 700 ms'],
    ['a code of the library', 'echo "rv = CKR_DEVICE_ERROR (0x30)" >&2; exit 1', '(CKR_DEVICE_ERROR)'],
  ])('%s: unavailable', async (_, body, detail) => {
    const signer = await signing(body, 700);
    await expect(signer.sign(data)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining(detail),
    });
  });

  it('after a hang others are served', async () => {
    const first = join(directory, 'first');
    const signer = await signing(`if mkdir ${first}; then exec sleep 60; else exec $REAL "$@"; fi`, 700);
    const [hung, next] = await Promise.allSettled([signer.sign(data), signer.sign(data)]);
    expect(hung.status).toBe('rejected');
    expect(next.status).toBe('fulfilled');
  });

  it('gone and back', async () => {
    const signer = keystore.signer(key, DID);
    const tokens = join(token.directory, 'tokens');
    renameSync(tokens, `${tokens}-away`);
    await expect(signer.sign(data)).rejects.toMatchObject({ kind: 'unavailable' });
    renameSync(`${tokens}-away`, tokens);
    await expect(signer.sign(data)).resolves.toHaveLength(64);
  });

  it('another token does not have the key', async () => {
    const other = makeToken();
    const opened = await openTokenKeystore({ ...other.options, random });
    await expect(opened.signer(key, DID).sign(data)).rejects.toThrow('no such key');
    other.remove();
  });

  it('a wrong PIN is noticed at start; one refused later is not tried again, so that the token does not lock', async () => {
    const wrong = 'a wrong pin that nobody may see';
    const starting = openTokenKeystore({ ...token.options, pin: wrong, random });
    const error: Error = await starting.catch((one) => one);
    expect(error).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('refused its PIN') });
    expect(inspect(error, { depth: 10 })).not.toContain(wrong);
    await expect(openTokenKeystore({ ...token.options, pin: '', random })).rejects.toThrow('PIN');
    const tries = join(directory, 'tries');
    const signer = await signing(`echo try >> ${tries}; echo CKR_PIN_INCORRECT >&2; exit 1`);
    for (let n = 0; n < 5; n++) await expect(signer.sign(data)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(readFileSync(tries, 'utf8')).toBe('try\n');
  });

  it('nothing there: tool, library, token', async () => {
    for (const [wrong, text] of [
      [{ program: join(directory, 'nothing') }, 'pkcs11-tool'],
      [{ module: '/nothing.so' }, 'cannot be loaded'],
      [{ tokenLabel: 'another token' }, 'not there'],
    ] as const) {
      const opening = openTokenKeystore({ ...token.options, random, ...wrong });
      await expect(opening).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringContaining(text) });
    }
  });

  it('the PIN is no argument, and the tool sees no setting of the service', async () => {
    const seen = join(directory, 'seen');
    const tool = program(`echo "$@" >> ${seen}.args; env >> ${seen}.env; exec $REAL "$@"`);
    const opened = await openTokenKeystore({ ...token.options, random, program: tool });
    const made = { ...key, ...(await opened.generate(key.tenant, key.keyId, 'RSA')) };
    await opened.signer(made, DID).sign(data);
    const args = readFileSync(`${seen}.args`, 'utf8');
    expect(args).toContain('--sign');
    expect(args).not.toContain(TOKEN.pin);
    const names = readFileSync(`${seen}.env`, 'utf8').matchAll(/^(TATAK_\w+)=/gm);
    expect(new Set([...names].map((match) => match[1]))).toEqual(new Set(['TATAK_TOKEN_PIN']));
    for (const value of [opened, made]) {
      expect(inspect(value, { depth: 20, showHidden: true, getters: true })).not.toContain(TOKEN.pin);
    }
  });

  it('a key that the token would give away is not used', async () => {
    const tool = program('case "$*" in *--keypairgen*) exec $REAL "$@" --extractable;; *) exec $REAL "$@";; esac');
    const opened = await openTokenKeystore({ ...token.options, random, program: tool });
    await expect(opened.generate('specimen-university', 'key-9-assertion')).rejects.toThrow(
      'give the private key away',
    );
  });

  it('a token without Ed25519 is refused at start', async () => {
    const tool = program('$REAL "$@" | grep -v EDDSA');
    const opening = openTokenKeystore({ ...token.options, random, program: tool });
    await expect(opening).rejects.toThrow('does not know Ed25519');
  });

  it('the reference says nothing but where the key is', () => {
    expect(key.wrappedPrivateKey).toMatch(/^pkcs11:id=(%[0-9A-F]{2}){48};type=private$/);
  });
});
