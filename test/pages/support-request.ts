import { type RequestPage, renderRequest, renderRequestForm, type Site } from '#pages';
import { reportWith } from './support.ts';
import { ASSOCIATE, held, pathwayPage, stackOf } from './support-pathway.ts';

function pathwayWith(text: (field: string) => string): RequestPage['pathway'] {
  const stack = stackOf(ASSOCIATE, [held('x', { id: text('id'), name: text('badge'), competencies: [text('code')] })]);
  return pathwayPage(ASSOCIATE, { name: text('pathway'), conferrer: text('conferrer'), stack });
}

/** The pages by which a holder is asked for badges, in every stage. */
export function requestPages(
  site: Site,
  text: (field: string) => string,
  address: (field: string) => string,
): Record<string, string> {
  const request = (more: Partial<RequestPage>) =>
    renderRequest(site, {
      path: '/requests/0123456789abcdefghjkmnpqrs',
      asked: [{ achievement: address('achievement') }, { name: text('name') }, { achievementType: text('type') }],
      ...{ required: true, stage: 'waiting', expiresAt: '2026-06-30T01:00:00Z' },
      ...more,
    });
  const one = { report: reportWith(text), holder: text('holder') };
  const answered = { stage: 'answered', answeredAt: '2026-06-30T00:59:00Z' } as const;
  return {
    'request form': renderRequestForm(site, {
      ...{ achievement: address('achievement'), name: text('name'), achievementType: text('type') },
      ...{ pathway: address('pathway'), required: true, problem: { field: 'pathway', detail: text('detail') } },
    }),
    'request waiting': request({ link: 'openid4vp://?client_id=a&request_uri=b', qrCode: '<svg></svg>' }),
    'request expired': request({ stage: 'expired' }),
    'request declined': request({ stage: 'declined', error: text('error') }),
    'request elsewhere': request({ stage: 'elsewhere' }),
    'request one badge': request({ ...answered, badges: [one] }),
    'request badges': request({ ...answered, badges: [one, { report: reportWith(text) }] }),
    'request pathway': request({ ...answered, asked: [], badges: [one], pathway: pathwayWith(text) }),
  };
}
