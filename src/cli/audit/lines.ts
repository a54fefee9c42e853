import { isUtf8 } from 'node:buffer';

/** Far more than any line of a log. */
const LINE_BYTES = 64 * 1024;

/**
 * Lines of a stream, without their line feed; never holds more than one.
 * @throws RangeError for a line that is too long, not UTF-8, or without a line feed at the end
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, start)) {
      const line = rest.subarray(start, end);
      if (!isUtf8(line)) throw new RangeError('a line is not UTF-8');
      yield line.toString('utf8');
      start = end + 1;
    }
    rest = rest.subarray(start);
    if (rest.length > LINE_BYTES) throw new RangeError(`a line is longer than ${LINE_BYTES} bytes`);
  }
  if (rest.length > 0) throw new RangeError('the last line has no end');
}
