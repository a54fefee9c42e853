/** Numbers of types, which are the same in every database (`pg_type.dat`). */
const OID = { text: 25, bigint: 20 };
const INT4 = 4;
const INT8 = 8;
/** Of an array of one dimension: how many there are, whether one may be null, the type, the length, the first index. */
const HEAD = 5 * INT4;

/**
 * An array of texts as the server receives it (`array_recv`). Written out as a literal, each text would be escaped here and
 * read character by character there: half of what it takes to send a credential.
 * @throws TypeError for what is no text
 */
export function textArray(values: readonly unknown[]): Buffer {
  const texts = values.map((value) => {
    if (value !== null && typeof value !== 'string') throw new TypeError(`a ${typeof value} where a text is stored`);
    return value;
  });
  const lengths = texts.map((text) => (text === null ? -1 : Buffer.byteLength(text)));
  const size = lengths.reduce((sum, length) => sum + INT4 + Math.max(length, 0), HEAD);
  const bytes = begun(size, OID.text, values.length);
  let at = HEAD;
  for (const [n, text] of texts.entries()) {
    at = bytes.writeInt32BE(lengths[n]!, at);
    if (text !== null) at += bytes.write(text, at);
  }
  return bytes;
}

/** @throws RangeError for what is no safe integer */
export function bigintArray(values: readonly unknown[]): Buffer {
  const size = values.reduce((sum: number, value) => sum + INT4 + (value === null ? 0 : INT8), HEAD);
  const bytes = begun(size, OID.bigint, values.length);
  let at = HEAD;
  for (const value of values) {
    if (value !== null && !Number.isSafeInteger(value)) throw new RangeError('a number that is no safe integer');
    at = bytes.writeInt32BE(value === null ? -1 : INT8, at);
    if (value !== null) at = bytes.writeBigInt64BE(BigInt(value as number), at);
  }
  return bytes;
}

function begun(size: number, oid: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  for (const [n, value] of [1, 1, oid, length, 1].entries()) bytes.writeInt32BE(value, n * INT4);
  return bytes;
}
