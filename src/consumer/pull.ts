import type { Imports } from '#imports';
import { type Clock, formatInstant, Problem, type Text } from '#kernel';
import { nextPage } from './next-page.ts';
import type { PulledBadge, Transfer } from './ports.ts';
import { credentialsOf } from './slices.ts';
import { Stopped, type Turn } from './turn.ts';

export interface PullDeps {
  imports: Pick<Imports, 'take'>;
  clock: Clock;
}

/** Asked for at once: each is verified, and may be as large as a picture. */
const PAGE = 10;
const PAGE_BYTES = 8 * 1024 * 1024;
/** Of one pull. */
const MOST_PAGES = 50;
const MOST_BADGES = 200;
/** When this service has taken as many as it takes in an hour. Milliseconds. */
const OUR_REST = 3_600_000;

/** @param since whole-second UTC: only what was issued later */
export function firstPage(apiUrl: string, since: string | undefined): string {
  const query = new URLSearchParams({ limit: String(PAGE), offset: '0', ...(since === undefined ? {} : { since }) });
  return `${apiUrl}/credentials?${query}`;
}

/** Reads one page, and brings what is on it. A page that was read in part is read again: what was brought is known then. */
export async function pullStep({ imports, clock }: PullDeps, turn: Turn, row: Transfer): Promise<void> {
  const { apiUrl } = turn.host.description;
  const page = row.next ?? firstPage(apiUrl, undefined);
  const answer = await turn.call(page, { method: 'GET', headers: {}, maxBytes: PAGE_BYTES }, [200]);
  const found = answer.contentType.includes('json') ? credentialsOf(answer.bytes) : undefined;
  if (!found) throw new Stopped({ code: 'not_understood', status: answer.status });

  const badges: PulledBadge[] = [...row.badges];
  const came = [
    ...found.documents.map((text) => ({ text, mediaType: 'application/vc+ld+json', fits: text.startsWith('{') })),
    ...found.tokens.map((text = '') => ({ text, mediaType: 'text/plain', fits: COMPACT.test(text) })),
  ];
  for (const { text, mediaType, fits } of came.slice(0, MOST_BADGES - badges.length)) {
    if (turn.signal.aborted) throw new Stopped({ code: 'no_answer' }, { rest: 0 });
    const badge = fits ? await take(text, mediaType) : ({ outcome: 'refused', code: 'not_a_badge' } as const);
    // What was brought before there was no room is told.
    if (badge === 'full') return turn.stop({ ...row, badges }, new Stopped({ code: 'quota' }));
    badges.push(badge);
    await turn.hold();
  }

  const { next: _, problem: __, ...rest } = row;
  const read: Transfer = { ...rest, badges, pages: row.pages + 1, attempts: 0, tries: 0 };
  const link = nextPage(answer.link, { page, apiUrl });
  const now = formatInstant(clock.now());
  if (link === 'elsewhere') return turn.stop(read, new Stopped({ code: 'link_elsewhere' }));
  const more = link.url !== undefined || came.length + row.badges.length > MOST_BADGES;
  const full = badges.length >= MOST_BADGES || read.pages >= MOST_PAGES || link.url === page;
  if (more && full) return turn.stop(read, new Stopped({ code: 'too_many' }));
  if (link.url !== undefined) return turn.settle({ ...read, next: link.url, dueAt: now });
  // What could not be verified now is asked for again next time.
  const whole = badges.every(({ code }) => code !== 'not_verified');
  return turn.settle({ ...read, state: 'done', settledAt: now }, whole ? { pulledAt: row.createdAt } : {});

  async function take(text: string, mediaType: string): Promise<PulledBadge | 'full'> {
    const { keeperKind: kind, keeperValue: value, connectionId } = turn.connection;
    try {
      const { outcome, imported } = await imports.take({
        holder: [{ kind, value }],
        brought: { bytes: Buffer.from(text), mediaType },
        ...{ source: 'host', address: new URL(apiUrl).host, actor: `host-connection:${connectionId}` },
      });
      const { importId, name } = imported;
      return { outcome, importId, ...(name === undefined ? {} : { name }) };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.kind === 'rate-limited') throw new Stopped({ code: 'later' }, { rest: OUR_REST });
      const { code, sentence } = error.extensions as { code?: string; sentence?: Text };
      if (code === 'import_quota') return 'full';
      return { outcome: 'refused', code: code ?? error.kind, ...(sentence ? { sentence } : {}) };
    }
  }
}

const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/;
