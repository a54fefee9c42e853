import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type JsonObject, partOf } from '#kernel';
import type { Report } from '#verifier';
import type { World } from '../verifier/world.ts';
import { openLarge, pagesOf, publishPages, REGISTER, schoolsNamed, worldWith } from './support/large-register.ts';
import { TENANT } from './support/rooms.ts';

const schools = schoolsNamed('school', 'withdrawn-school', 'unlisted-school');
const [school] = schools;
let pages: Map<string, string>;
let on: World & { badges: JsonObject[] };

beforeAll(async () => {
  const rooms = await openLarge(schools.slice(0, 2));
  const { accreditationId } = rooms.granted[1]!;
  const event = { type: 'withdrawn' as const, effectiveAt: '2026-03-01', reason: 'for the test' };
  await rooms.accreditations.recordEvent(TENANT, accreditationId, event, 'key:1');
  pages = await pagesOf(rooms);
  await rooms.storage.close();
}, 60_000);
beforeEach(async () => {
  on = await worldWith(schools);
  publishPages(on, pages);
});

const parts = () => [...pages.keys()].filter((url) => url !== REGISTER);
/** The address of the part that holds this school. */
const partAbout = (did: string) => parts()[partOf(did, parts().length)]!;
const verify = (which = 0) => on.verifier.verify({ document: on.badges[which]! });
const accreditationOf = (report: Report) => report.checks.find(({ check }) => check === 'accreditation')!;

describe('a register in parts', () => {
  it('is several files, each small enough to be fetched', () => {
    expect(parts().length).toBeGreaterThan(1);
    expect(Math.log2(parts().length) % 1).toBe(0);
    for (const text of pages.values()) expect(Buffer.byteLength(text)).toBeLessThan(256 * 1024);
  });

  it.each([
    ['listed', 0, ['recognised', 'pass', 'accredited']],
    ['withdrawn before the award, which its part says too', 1, ['not_recognised', 'fail', 'not_accredited']],
    ['in none of the parts', 2, ['not_shown', 'unknown', 'not_covered']],
  ] as const)('%s: the right answer from the head and one part', async (_name, which, expected) => {
    const report = await verify(which);
    const { result, code } = accreditationOf(report);
    expect([report.recognition, result, code]).toEqual(expected);
    const asked = on.asked.filter((url) => url.startsWith(REGISTER));
    expect(asked).toEqual([REGISTER, partAbout(schools[which]!.did)]);
  });

  const broken: [string, (url: string) => void, string][] = [
    [
      'a changed part',
      (url) => on.pages.set(url, { body: pages.get(url)!.replace('TvetMicroCredential', 'License') }),
      'register_part_digest',
    ],
    [
      'a part with other white space',
      (url) => on.pages.set(url, { body: `${pages.get(url)} ` }),
      'register_part_digest',
    ],
    [
      'another part of the same register',
      (url) => on.pages.set(url, { body: pages.get(parts().find((one) => one !== url)!)! }),
      'register_part_digest',
    ],
    ['an empty part', (url) => on.pages.set(url, { body: '{"grants":[],"events":[]}' }), 'register_part_digest'],
    ['a missing part', (url) => on.pages.set(url, { status: 404, body: '{}' }), 'register_part_http_status'],
    ['a part that does not answer', (url) => on.pages.delete(url), 'register_part_unreachable'],
  ];
  it.each(broken)('%s is unknown, never yes and never no', async (_name, breakIt, code) => {
    for (const which of [0, 1]) {
      breakIt(partAbout(schools[which]!.did));
      const report = await verify(which);
      expect([report.verdict, report.recognition]).toEqual(['valid', 'not_shown']);
      expect(accreditationOf(report)).toMatchObject({ result: 'unknown', code: 'register_unanswered' });
      expect(accreditationOf(report).evidence.unanswered).toMatchObject([{ code }]);
    }
  });

  it('a part of another register of the same authority is unknown', async () => {
    const other = await openLarge(schools.slice(0, 2), 401);
    const theirs = await pagesOf(other);
    await other.storage.close();
    const urls = [...theirs.keys()].filter((url) => url !== REGISTER);
    const wrong = theirs.get(urls[partOf(school!.did, urls.length)]!)!;
    expect(wrong).toContain(school!.did);
    on.pages.set(partAbout(school!.did), { body: wrong });
    expect((await verify()).recognition).toBe('not_shown');
  });

  it.each<[string, (parts: JsonObject) => unknown]>([
    ['fewer digests', (of) => void (of.digests as string[]).pop()],
    ['another count', (of) => Object.assign(of, { count: 3 })],
    ['a digest exchanged', (of) => void (of.digests as string[]).reverse()],
  ])('a head with %s has no valid signature', async (_name, change) => {
    const head = JSON.parse(pages.get(REGISTER)!) as { credentialSubject: { register: { parts: JsonObject } } };
    change(head.credentialSubject.register.parts);
    on.publish(REGISTER, head as unknown as JsonObject);
    const report = await verify();
    expect(report.recognition).toBe('not_shown');
    expect(accreditationOf(report).result).toBe('unknown');
  });
});
