import { createHash } from 'node:crypto';
import { LIMITS, Problem } from '#kernel';

/** A file as it comes in. */
export type UploadSource = string | Uint8Array | AsyncIterable<Uint8Array>;

export interface UploadText {
  /** Once. @throws Problem `payload-too-large`; `invalid-csv` when it is not UTF-8 */
  pieces: AsyncIterable<string>;
  /** Of the bytes as received, after the last piece. */
  sha256(): string;
}

/** The text of an upload, piece by piece as it arrives. */
export function uploadText(source: UploadSource): UploadText {
  const hash = createHash('sha256');
  let sha256: string | undefined;
  async function* pieces(): AsyncGenerator<string> {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const whole = typeof source === 'string' ? Buffer.from(source, 'utf8') : source;
    let bytes = 0;
    for await (const chunk of whole instanceof Uint8Array ? [whole] : whole) {
      bytes += chunk.byteLength;
      if (bytes > LIMITS.batchBytes) {
        throw new Problem('payload-too-large', `the file is larger than ${LIMITS.batchBytes} bytes`);
      }
      hash.update(chunk);
      yield decode(decoder, chunk);
    }
    sha256 = hash.digest('hex');
    yield decode(decoder);
  }
  return {
    pieces: pieces(),
    sha256() {
      if (sha256 === undefined) throw new Error('an upload that was not read to its end has no digest');
      return sha256;
    },
  };
}

function decode(decoder: InstanceType<typeof TextDecoder>, chunk?: Uint8Array): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch (cause) {
    throw new Problem('invalid-csv', 'the file is not UTF-8: save it as "CSV UTF-8"', { cause });
  }
}
