import type { BrowserContext } from 'playwright-core';
import { HIGHER_AUTHORITY, OPEN_UNIVERSITY } from '../../src/cli/demo/actors.ts';
import { issueAwards } from '../../src/cli/demo/awards.ts';
import { choosePorts, startService } from '../../src/cli/demo/instances.ts';
import { anchorDid, buildWorld } from '../../src/cli/demo/world.ts';
import { pagesOfPeople } from './pages-of-people.ts';
import { visitors } from './visitors.ts';

/** A service with the demonstration's world in it, and the address of every kind of page it has. */
export interface EveryPage {
  url: string;
  /** Name -> path and query, without the language. */
  pages: Readonly<Record<string, string>>;
  /** Makes a browser that of whoever sees this page: signed in where it is not public. */
  visitAs(context: BrowserContext, name: string): Promise<void>;
  close(): Promise<void>;
}

/** @param directory for its data, empty */
export async function everyPage(directory: string, port = 8480): Promise<EveryPage> {
  const ports = await choosePorts({ port, tlsPort: port + 3 });
  const service = await startService(ports, directory, anchorDid(ports.tlsPort));
  const world = await buildWorld(service.url, service.operatorKey!);
  const awards = await issueAwards(world);
  const verify = (url: string) => `/verify?url=${encodeURIComponent(url)}`;
  const stack = (pathway: string, badges: readonly string[]) =>
    `${pathway}?${new URLSearchParams(badges.map((url): [string, string] => ['credential', url]))}`;
  const credentialId = awards.classList.urls[1]!.split('/').at(-1)!;
  const offer = await world.issuer(OPEN_UNIVERSITY).post<{ claimUrl: string }>('/v1/offers', { credentialId });
  const authority = world.authority(HIGHER_AUTHORITY);
  const { items: grants } = await authority.get<{ items: { id: string }[] }>('/v1/accreditations?limit=1');
  const who = visitors({ publicUrl: service.url, directory, operatorKey: service.operatorKey! });
  const signedIn = await pagesOfPeople(who, world, { awards: awards.classList.urls, grant: grants[0]!.id });
  const cookies = new Map(
    signedIn.flatMap((one) => Object.keys(one.pages).map((name) => [name, one.cookies] as const)),
  );
  const { kept } = await world.issuer(OPEN_UNIVERSITY).post<{ kept: { url: string } }>('/v1/verifications', {
    ...{ url: awards.cocs[0]!, keep: true },
  });
  return {
    url: service.url,
    pages: {
      home: '/',
      'verify-form': '/verify',
      verify: verify(awards.cocs[0]!),
      'verify-revoked': verify(awards.revoked),
      'verify-lapsed': verify(awards.lapsed),
      'verify-problem': verify('https://localhost/nothing'),
      credential: awards.cocs[0]!,
      'credential-revoked': awards.revoked,
      achievement: `/achievements/${world.cocs[0]}`,
      institution: '/institutions/specimen-open-university',
      'institution-accreditations': '/institutions/specimen-open-university/accreditations',
      registry: '/registry',
      'authority-register': '/registry/specimen-higher-education-authority',
      accreditation: `/accreditations/${grants[0]!.id}`,
      pathway: stack(world.pathways.certificate, [...awards.courses.slice(0, 3), awards.courses[5]!]),
      'pathway-empty': world.pathways.certificate,
      'pathway-met': stack(world.pathways.nationalCertificate, awards.cocs),
      framework: '/framework',
      crosswalk: '/framework/crosswalk',
      docs: '/docs',
      'docs-operation': '/docs/issueCredentials',
      'docs-changes': '/docs/changes',
      problems: '/problems',
      problem: '/problems/not-accredited',
      privacy: '/privacy',
      statistics: '/statistics',
      'kept-report': new URL(kept.url).pathname,
      requests: '/requests',
      my: '/my',
      claim: offer.claimUrl,
      'sign-in': '/sign-in',
      'credential-hidden': awards.classList.urls[2]!,
      ...Object.assign({}, ...signedIn.map(({ pages }) => pages)),
    },
    async visitAs(context, name) {
      await context.clearCookies();
      await context.addCookies([...(cookies.get(name) ?? [])]);
    },
    close: () => service.stop(),
  };
}

/** The same page in a language. */
export const inLanguage = (path: string, lang: 'en' | 'fil'): string =>
  lang === 'en' ? path : `${path}${path.includes('?') ? '&' : '?'}lang=fil`;
