import { isObject } from '#kernel';
import type { FetchedDocument } from '#net';
import { jsonOf } from './client.ts';
import type { TransferCode, TransferProblem } from './ports.ts';
import { cleaned } from './refusal.ts';

const CODES: Readonly<Record<number, TransferCode>> = {
  401: 'connect_again',
  403: 'forbidden',
  408: 'busy',
  425: 'busy',
  429: 'busy',
};

/** What an answer that is no success means, with what the host says of it (OB 3.0, Imsx_StatusInfo). */
export function problemOf(answer: FetchedDocument): TransferProblem {
  const { status } = answer;
  const body = jsonOf(answer);
  const field = objectOf(objectOf(body?.imsx_codeMinor)?.imsx_codeMinorField, 0);
  const minor = cleaned(field?.imsx_codeMinorFieldValue, 60);
  const said = cleaned(body?.imsx_description);
  const usual: TransferCode = status >= 500 ? 'busy' : status >= 400 ? 'refused' : 'not_understood';
  return {
    ...{ code: CODES[status] ?? usual, status },
    ...(minor === undefined ? {} : { minor }),
    ...(said === undefined ? {} : { said }),
  };
}

function objectOf(value: unknown, index?: number) {
  const one = index !== undefined && Array.isArray(value) ? value[index] : value;
  return isObject(one) ? one : undefined;
}
