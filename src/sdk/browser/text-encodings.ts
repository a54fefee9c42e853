const encoder = new TextEncoder();
/** Node keeps the mark of byte order. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Node reads either alphabet under either name. */
const VALUES = new Map(
  [...`${DIGITS}+/`, ...'-_'].map((digit, at) => [digit.charCodeAt(0), at < 64 ? at : at - 2] as const),
);

const PADDING = 0x3d;

/** Text as bytes, as Node has it. @throws TypeError for an encoding that is not needed here */
export function writeText(text: string, encoding = 'utf8'): Uint8Array<ArrayBuffer> {
  switch (encoding) {
    case 'utf8':
    case 'utf-8':
      return encoder.encode(text);
    case 'latin1':
    case 'binary':
    case 'ascii':
      return Uint8Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
    case 'hex':
      return fromHex(text);
    case 'base64':
    case 'base64url':
      return fromBase64(text);
    default:
      throw new TypeError(`no such encoding here: ${encoding}`);
  }
}

/** Bytes as text, as Node has it. @throws TypeError as `writeText` */
export function readText(bytes: Uint8Array, encoding = 'utf8'): string {
  switch (encoding) {
    case 'utf8':
    case 'utf-8':
      return decoder.decode(bytes);
    case 'latin1':
    case 'binary':
      return characters(bytes);
    case 'ascii':
      return characters(bytes.map((byte) => byte & 0x7f));
    case 'hex':
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    case 'base64': {
      const text = digits(bytes, `${DIGITS}+/`);
      return text + '='.repeat((4 - (text.length % 4)) % 4);
    }
    case 'base64url':
      return digits(bytes, `${DIGITS}-_`);
    default:
      throw new TypeError(`no such encoding here: ${encoding}`);
  }
}

/** Fewer than an engine lets through as arguments. */
const AT_ONCE = 8_192;

function characters(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += AT_ONCE) text += String.fromCharCode(...bytes.subarray(at, at + AT_ONCE));
  return text;
}

/** Up to the first pair that is none. Of a character beyond Latin-1 Node looks at the last eight bits. */
function fromHex(text: string): Uint8Array<ArrayBuffer> {
  const low = text.replace(/[^\x00-\xff]/g, (one) => String.fromCharCode(one.charCodeAt(0) & 0xff));
  const pairs = /^(?:[0-9a-f]{2})*/i.exec(low)![0];
  return Uint8Array.from({ length: pairs.length / 2 }, (_, at) => Number.parseInt(pairs.slice(2 * at, 2 * at + 2), 16));
}

/** What is no digit is passed over, and padding ends it; of a character the last eight bits are looked at. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const out: number[] = [];
  let [held, bits] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at) & 0xff;
    if (code === PADDING) break;
    const value = VALUES.get(code);
    if (value === undefined) continue;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out.push((held >> bits) & 0xff);
    }
  }
  return Uint8Array.from(out);
}

function digits(bytes: Uint8Array, alphabet: string): string {
  const out: string[] = [];
  let [held, bits] = [0, 0];
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      out.push(alphabet[(held >> bits) & 63]!);
    }
  }
  if (bits > 0) out.push(alphabet[(held << (6 - bits)) & 63]!);
  return out.join('');
}
