import { PATHS } from './names.ts';
import type { OAuthAnswer } from './ports.ts';

/**
 * What the authorization endpoint answers before any person has said a word. A stranger may register any address, so to lead
 * a browser there for a wrong request would make this service his redirector (RFC 9700, 4.11.2): an error stays here.
 * @returns the way to the page of the request, or an error
 */
export function keptHere(publicUrl: string, answer: OAuthAnswer): OAuthAnswer {
  const { location, ...headers } = answer.headers;
  if (location === undefined && isJson(answer)) return answer;
  const to = new URL(String(location ?? ''), publicUrl);
  if (to.origin === publicUrl && to.pathname.startsWith(`${PATHS.interaction}/`) && to.search === '') return answer;
  const said = new URLSearchParams(to.search || to.hash.slice(1));
  const { error = 'invalid_request', error_description = 'the request was refused' } = Object.fromEntries(said);
  const body = Buffer.from(JSON.stringify({ error, error_description }));
  return { status: 400, headers: { ...headers, 'content-type': 'application/json; charset=utf-8' }, body };
}

const isJson = ({ headers }: OAuthAnswer) => String(headers['content-type']).startsWith('application/json');
