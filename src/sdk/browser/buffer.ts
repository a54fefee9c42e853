import { readText, writeText } from './text-encodings.ts';

/**
 * As much of Node's `Buffer` as the rooms use that the client is made of, for browsers. It answers as Node does, or throws:
 * test/sdk/browser-parts.test.ts holds it against the original.
 */
class BrowserBuffer extends Uint8Array<ArrayBuffer> {
  constructor(from: number | ArrayBuffer, at?: number, length?: number) {
    // A number is a length; the types know this constructor only with bytes.
    super(from as ArrayBuffer, at, length);
  }

  static override from(value: unknown, second?: unknown, length?: unknown): BrowserBuffer {
    if (typeof value === 'string') return over(writeText(value, second as string | undefined));
    if (value instanceof ArrayBuffer) {
      return new BrowserBuffer(value, (second ?? 0) as number, length as number | undefined);
    }
    if (ArrayBuffer.isView(value) || Array.isArray(value)) return over(Uint8Array.from(value as ArrayLike<number>));
    throw new TypeError('Buffer.from: not text, bytes or a list of them');
  }

  static alloc(size: number): BrowserBuffer {
    return new BrowserBuffer(size);
  }

  static allocUnsafe(size: number): BrowserBuffer {
    return new BrowserBuffer(size);
  }

  static concat(parts: readonly Uint8Array[]): BrowserBuffer {
    const all = new BrowserBuffer(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  static byteLength(value: string | ArrayBufferView, encoding?: string): number {
    return typeof value === 'string' ? writeText(value, encoding).length : value.byteLength;
  }

  static isBuffer(value: unknown): boolean {
    return value instanceof BrowserBuffer;
  }

  static compare(a: Uint8Array, b: Uint8Array): number {
    const shorter = Math.min(a.length, b.length);
    for (let at = 0; at < shorter; at++) if (a[at] !== b[at]) return a[at]! < b[at]! ? -1 : 1;
    return Math.sign(a.length - b.length);
  }

  override toString(encoding?: string, start = 0, end = this.length): string {
    return readText(this.subarray(start, end), encoding);
  }

  equals(other: Uint8Array): boolean {
    return BrowserBuffer.compare(this, other) === 0;
  }

  compare(other: Uint8Array): number {
    return BrowserBuffer.compare(this, other);
  }

  /** Node's shares the bytes; that of a typed array would copy them. */
  override slice(start?: number, end?: number): BrowserBuffer {
    return this.subarray(start, end) as BrowserBuffer;
  }

  readUInt16BE(at = 0): number {
    return this.number(at, 2).getUint16(0);
  }

  readUInt16LE(at = 0): number {
    return this.number(at, 2).getUint16(0, true);
  }

  readUInt32BE(at = 0): number {
    return this.number(at, 4).getUint32(0);
  }

  readUInt32LE(at = 0): number {
    return this.number(at, 4).getUint32(0, true);
  }

  private number(at: number, bytes: number): DataView {
    if (!Number.isInteger(at) || at < 0 || at + bytes > this.length) throw new RangeError(`no ${bytes} bytes at ${at}`);
    return new DataView(this.buffer, this.byteOffset + at, bytes);
  }
}

const over = (bytes: Uint8Array<ArrayBuffer>): BrowserBuffer =>
  new BrowserBuffer(bytes.buffer, bytes.byteOffset, bytes.length);

export { BrowserBuffer as Buffer };
