import { fieldProblem, LIMITS } from '#kernel';
import { readBytes } from './bytes.ts';
import type { Origin, Read } from './model.ts';

const DATA_URL = /^data:([^,]{0,200}),/i;
/** Envelopes in envelopes are nobody's habit, only a way to keep a reader busy. */
const MAX_CARRIERS = 3;

/** What a `data:` address holds (RFC 2397). The type before the comma is not asked; the content is. @throws Problem */
export async function openDataUrl(address: string, origin: Origin): Promise<Read> {
  const refuse = (detail: string) => fieldProblem('invalid-request', '', detail, 'data_url');
  const head = DATA_URL.exec(address);
  if (!head) throw refuse('it holds no readable data: address');
  const carriers = [...(origin.carriers ?? []), 'data-url'];
  if (carriers.length > MAX_CARRIERS) throw refuse('it is wrapped too often');
  if (address.length > LIMITS.imageBytes * 2) throw refuse('the data: address is too long');
  const body = address.slice(head[0].length);
  return readBytes(/;\s*base64$/i.test(head[1]!) ? fromBase64(body) : fromPercent(body), { ...origin, carriers });

  function fromBase64(text: string): Uint8Array {
    if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(text)) throw refuse('the data: address is not base64');
    return Buffer.from(text, 'base64');
  }

  function fromPercent(text: string): Uint8Array {
    try {
      return Buffer.from(decodeURIComponent(text));
    } catch {
      throw refuse('the data: address is not well formed');
    }
  }
}
