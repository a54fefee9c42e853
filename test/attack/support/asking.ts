import type { Operation } from '#api';
import type { TestService } from '../../support/service.ts';
import { requestsFor, type Tenant, type Who } from './two-tenants.ts';

const KINDS = ['application/json', 'text/html', 'text/csv'];

interface Seen {
  who: string;
  what: string;
  secured: boolean;
  status: number;
  text: string;
}

/** Requests that name something of `of`, made by each of these. @returns what was seen: who, what, and the text */
export const asking =
  (service: () => TestService) =>
  async (
    those: readonly Operation[],
    of: Tenant,
    by: readonly Who[],
    kinds: readonly string[] = KINDS,
  ): Promise<Seen[]> => {
    const seen: Seen[] = [];
    for (const operation of those) {
      for (const request of requestsFor(operation, of)) {
        for (const who of by) {
          for (const accept of kinds) {
            const headers = { ...request.headers, accept, ...who.headers };
            const answer = await service().server.inject({ ...request, headers });
            const text = `${answer.body}\n${JSON.stringify(answer.headers)}`;
            const what = `${operation.operationId} ${request.url} ${accept}`;
            seen.push({ who: who.name, what, secured: operation.secured, status: answer.statusCode, text });
          }
        }
      }
    }
    return seen;
  };

/**
 * What somebody typed comes back in what they asked for: the address of the request itself says nothing. What is inside of
 * a token or an image is text as well, wherever it begins in the groups of base64.
 */
export function holds(text: string, mark: string, what: string): boolean {
  const rest = text.replaceAll(what.split(' ')[1]!, '');
  if (rest.toLowerCase().includes(mark)) return true;
  return [0, 1, 2].some((shift) => {
    const bytes = Buffer.from(`${' '.repeat(shift)}${mark}`);
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64url');
    return rest.includes(whole.slice(shift === 0 ? 0 : 4));
  });
}
