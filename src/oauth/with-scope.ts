import { isPlatformId } from './platforms.ts';
import type { OAuthAnswer } from './ports.ts';
import type { Records } from './records.ts';

/** OB 3.0, 7.1.2.2: with the code, a platform is told what was allowed. */
export async function withScope(records: Records, answer: OAuthAnswer): Promise<OAuthAnswer> {
  const { location, ...headers } = answer.headers;
  if (typeof location !== 'string' || !URL.canParse(location)) return answer;
  const back = new URL(location);
  const code = back.searchParams.get('code');
  const kept = code === null ? undefined : await records.find('AuthorizationCode', code);
  if (!kept || !isPlatformId(kept.clientId) || typeof kept.scope !== 'string') return answer;
  back.searchParams.set('scope', kept.scope);
  return { ...answer, headers: { ...headers, location: back.href } };
}
