import { isUtf8 } from 'node:buffer';

/** A row has a picture at most. */
const LINE_BYTES = 256 * 1024 * 1024;

/**
 * Lines of a stream without their line feeds. Line feeds only: other characters that end lines elsewhere stand in texts.
 * @throws RangeError for a line that is too long, not UTF-8, or without a line feed at the end
 */
export async function* backupLinesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      parts.push(chunk.subarray(start, end));
      yield textOf(parts);
      [parts, length] = [[], 0];
      start = end + 1;
    }
    if (start === chunk.length) continue;
    parts.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > LINE_BYTES) throw new RangeError('a line is too long');
  }
  if (length > 0) throw new RangeError('the last line has no end');
}

function textOf(parts: readonly Uint8Array[]): string {
  const line = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  if (!isUtf8(line)) throw new RangeError('a line is not UTF-8');
  return Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('utf8');
}
