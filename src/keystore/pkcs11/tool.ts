import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Problem } from '#kernel';
import { KeyUnwrapError } from '../wrapping.ts';

export interface ToolOptions {
  /** Of the PKCS#11 library that reaches the token, e.g. `/usr/lib/softhsm/libsofthsm2.so`. */
  module: string;
  tokenLabel: string;
  /** Of the user, not of the security officer. */
  pin: string;
  /** What the library itself reads, e.g. `SOFTHSM2_CONF`; no setting of this service, no secret. */
  environment?: Readonly<Record<string, string>>;
  /** `pkcs11-tool` of OpenSC. */
  program?: string;
  /** Milliseconds for one signature or look-up. */
  timeoutMs?: number;
}

export interface Tool {
  /**
   * One call, logged in. @param input what the tool reads @returns what it writes
   * @throws Problem `unavailable` when there is no answer or the token refuses; KeyUnwrapError when it has no such key
   */
  run(args: readonly string[], input?: Uint8Array, timeoutMs?: number): Promise<Buffer>;
}

const PIN_NAME = 'TATAK_TOKEN_PIN';
const TIMEOUT_MS = 4_000;
const MAX_OUTPUT = 65_536;
/** A token locks itself after a few of these, some for good. */
const PIN_REFUSED = new Set(['CKR_PIN_INCORRECT', 'CKR_PIN_LOCKED', 'CKR_PIN_EXPIRED', 'CKR_PIN_INVALID']);
/** Texts of the tool for what has no code. */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/No slot with (a )?token (named )?/i, 'the token is not there'],
  [/Failed to load pkcs11 module/i, 'the PKCS#11 library cannot be loaded'],
];

/**
 * A process for each call, and a login with it: a library that hangs or crashes is killed and harms nothing else. The PIN
 * goes through the environment of that process, which only its owner can read, never through its arguments.
 */
export function createTool(options: ToolOptions): Tool {
  const { module, tokenLabel, pin, environment = {}, program = 'pkcs11-tool', timeoutMs = TIMEOUT_MS } = options;
  if (pin === '') throw new RangeError('the PIN of the token is missing');
  const login = ['--module', module, '--token-label', tokenLabel, '--login', '--pin', `env:${PIN_NAME}`];
  const env = { ...environment, [PIN_NAME]: pin };
  let last: Promise<unknown> = Promise.resolve();
  let refusedPin: Problem | undefined;

  async function call(args: readonly string[], input: Uint8Array, limitMs: number): Promise<Buffer> {
    if (refusedPin) throw refusedPin;
    const child = spawn(program, [...login, ...args], { env, stdio: 'pipe' });
    const { code, out, err } = await ended(child, input, limitMs);
    if (code === 0) return out;
    const refusal = /CKR_[A-Z_]+/.exec(err)?.[0];
    if (refusal && PIN_REFUSED.has(refusal)) {
      refusedPin = unavailable(`the token refused its PIN (${refusal}); it is not tried again before the next start`);
      throw refusedPin;
    }
    if (/(key|object) not found/i.test(err)) throw new KeyUnwrapError('the token has no such key');
    // Only what is known is repeated: the rest of the text is the library's own.
    const text = TEXTS.find(([pattern]) => pattern.test(err))?.[1];
    throw unavailable(text ?? `the token did not do it${refusal ? ` (${refusal})` : ''}`);
  }

  return Object.freeze({
    run(args: readonly string[], input: Uint8Array = new Uint8Array(), limitMs = timeoutMs) {
      // One after the other: SoftHSM does not find its token while another process opens it.
      const mine = last.then(() => call(args, input, limitMs));
      last = mine.catch(() => {});
      return mine;
    },
  });
}

interface Ended {
  code: number | null;
  out: Buffer;
  err: string;
}

function ended(child: ChildProcessWithoutNullStreams, input: Uint8Array, limitMs: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const out: Buffer[] = [];
    let [size, err] = [0, ''];
    const stop = (detail: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(unavailable(detail));
    };
    const timer = setTimeout(() => stop(`the token did not answer within ${limitMs} ms`), limitMs);
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_OUTPUT) return stop('the tool that reaches the token says too much');
      out.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err = (err + chunk.toString('latin1')).slice(-MAX_OUTPUT);
    });
    child.on('error', () => stop('the program pkcs11-tool (OpenSC) is not there'));
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, out: Buffer.concat(out), err });
    });
    // A tool that ends before it reads says why on its own.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

const unavailable = (detail: string) => new Problem('unavailable', detail);
