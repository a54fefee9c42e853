import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '#kernel';
import { type RegisterWorld, registerWorld } from '../support/register-world.ts';
import { type ResponseLog, validateResponses } from '../support/responses.ts';

interface Row {
  accredited: { did: string; name: string; url?: string };
  accreditor: { name: string };
  accreditorAccredited: boolean;
  accreditation: { id: string; role: string; verb: string; standing: string; events: { type: string; by?: string }[] };
}
interface Found {
  items: Row[];
  at: string;
  next?: string;
}
interface OfInstitution {
  complete: boolean;
  at: string;
  knownAt: string;
  accreditations: Row[];
  successions: { predecessor: string; kind: string }[];
}

const COLLEGE = '/institutions/specimen-coastal-college/accreditations';
let world: RegisterWorld;
let log: ResponseLog;
beforeAll(async () => {
  world = await registerWorld(true, {
    onServer: (app) => {
      log = validateResponses(app);
    },
  });
}, 60_000);
afterAll(async () => {
  expect([...new Set(log.violations)]).toEqual([]);
  await world.service.close();
});

const get = <T>(url: string, accept = 'application/json') => world.service.call<T>('GET', url, { headers: { accept } });
const standings = (rows: Row[]) =>
  Object.fromEntries(rows.map(({ accreditation }) => [accreditation.id, accreditation.standing]));

describe('GET /registry', () => {
  it('stays the index without parameters, also when a form sends them empty', async () => {
    for (const url of ['/registry', '/registry?q=&role=&verb=&awardType=&at=', '/registry?lang=fil&utm=x']) {
      const { body } = await get<{ registers: { slug: string }[] }>(url);
      expect(body.registers.map(({ slug }) => slug)).toContain('specimen-skills-authority');
    }
  });

  it('finds by name without accents and capitals, by DID, and by nothing that is a wildcard', async () => {
    for (const q of ['PENAFRANCIA', 'Peñafrancia', 'coastal%20college', 'institutions:specimen-coastal']) {
      const { body } = await get<Found>(`/registry?q=${q}`);
      expect([q, new Set(body.items.map(({ accredited }) => accredited.name))]).toEqual([
        q,
        new Set(['Specimen Coastal College of Peñafrancia']),
      ]);
    }
    for (const q of ['coastal%25college', 'coastal_college', '!', "' or 1=1 --"]) {
      expect([q, (await get<Found>(`/registry?q=${encodeURIComponent(decodeURIComponent(q))}`)).body.items]).toEqual([
        q,
        [],
      ]);
    }
  });

  it('narrows by role, act and kind of award, and says who stands where on a day', async () => {
    const { body } = await get<Found>('/registry?q=coastal&role=Assess&verb=accredit&at=2025-08-31');
    expect(body.at).toBe('2025-08-30T16:00:00Z');
    expect(body.items.map(({ accreditation }) => [accreditation.role, accreditation.standing])).toEqual([
      ['Assess', 'active'],
      ['Assess', 'not_yet'],
    ]);
    const kinds = await get<Found>('/registry?awardType=GraduateCertificate&role=Award');
    expect(kinds.body.items.map(({ accreditation }) => accreditation.id)).toEqual([world.grants.provisional]);
    const endorsed = await get<Found>('/registry?verb=endorse');
    expect(endorsed.body.items.map(({ accreditation }) => accreditation.id)).toEqual([world.grants.endorsed]);
  });

  it('shows every grant once, whatever the page size', async () => {
    const all = (await get<Found>('/registry?limit=200')).body.items.map(({ accreditation }) => accreditation.id);
    const seen: string[] = [];
    let next: string | undefined = '/registry?limit=3';
    while (next) {
      const { body }: { body: Found } = await get<Found>(next);
      seen.push(...body.items.map(({ accreditation }) => accreditation.id));
      next = body.next && `/registry?limit=3&cursor=${body.next}`;
    }
    expect(seen).toEqual(all);
    expect(new Set(seen).size).toBe(12);
  });

  it('refuses what it does not understand, with the place', async () => {
    for (const [query, pointer] of [
      ['role=Teach', '/query/role'],
      ['verb=love', '/query/verb'],
      ['awardType=constructor', '/query/awardType'],
      ['at=yesterday', '/query/at'],
      ['at=2025-02-30', '/query/at'],
      ['at=2025-03-01T00:00:00', '/query/at'],
      ['limit=0', '/query/limit'],
      ['cursor=x', '/cursor'],
      [`q=${'x'.repeat(201)}`, '/query/q'],
    ]) {
      const { status, body } = await get<{ pointer: string }>(`/registry?${query}`);
      expect([query, status, body.pointer]).toEqual([query, 400, pointer]);
      const page = await get(`/registry?${query}`, 'text/html');
      expect([page.status, page.text.startsWith('<!doctype html>')]).toEqual([400, true]);
    }
  });
});

describe('one institution', () => {
  it('is told with every grant, its standing and history, and who of the staff did what stays inside', async () => {
    const { body } = await get<OfInstitution>(`${COLLEGE}`);
    const { courses, micro, training, assess, expired, provisional, endorsed, withdrawn } = world.grants;
    expect(standings(body.accreditations)).toMatchObject({
      [courses]: 'active',
      [micro]: 'active',
      [training]: 'active',
      [assess]: 'active',
      [expired]: 'expired',
      [provisional]: 'provisional',
      [endorsed]: 'active',
      [withdrawn]: 'withdrawn',
    });
    expect(body.complete).toBe(true);
    expect(body.successions.map(({ kind }) => kind)).toEqual(['Merger']);
    const history = body.accreditations.find(({ accreditation }) => accreditation.id === courses)!.accreditation.events;
    expect(history.map(({ type }) => type)).toEqual(['suspended', 'reinstated']);
    expect(JSON.stringify(body)).not.toContain('"by"');
    const accredits = body.accreditations.filter(({ accreditation }) => accreditation.verb === 'accredit');
    expect(accredits.every((row) => row.accreditorAccredited)).toBe(true);
    const document = await get<OfInstitution>(`${COLLEGE}.json`, 'text/html,*/*;q=0.1');
    expect(document.body).toEqual(body);
  });

  it('is told as of another day, and as it was known then', async () => {
    const { courses } = world.grants;
    const on = async (query: string) =>
      standings((await get<OfInstitution>(`${COLLEGE}?${query}`)).body.accreditations)[courses];
    expect(await on('at=2025-03-01')).toBe('suspended');
    expect(await on('at=2025-04-01')).toBe('active');
    // The suspension was recorded on 12 February, the reinstatement on 3 April with effect from 1 April.
    expect(await on('at=2025-03-01&knownOn=2025-02-12')).toBe('active');
    expect(await on('at=2025-04-02&knownOn=2025-04-03')).toBe('suspended');
    expect(await on('at=2024-06-02&knownOn=2024-05-20')).toBeUndefined();
    const then = await get<OfInstitution>(`${COLLEGE}?knownOn=2025-04-03`);
    expect([then.body.at, then.body.successions]).toEqual([then.body.knownAt, []]);
    const future = await get<{ pointer: string }>(`${COLLEGE}?knownOn=2099-01-01`);
    expect([future.status, future.body.pointer]).toEqual([400, '/query/knownOn']);
    expect((await get('/institutions/specimen-nobody/accreditations')).status).toBe(404);
  });

  it('that merged is closed by the register that says so, from that day on', async () => {
    const page = '/institutions/specimen-upland-institute/accreditations';
    expect(Object.values(standings((await get<OfInstitution>(page)).body.accreditations))).toEqual(['closed']);
    expect(Object.values(standings((await get<OfInstitution>(`${page}?at=2026-05-31`)).body.accreditations))).toEqual([
      'active',
    ]);
    const { text } = await get(page, 'text/html');
    expect(text).toContain('merged into');
    expect((await get('/institutions/specimen-upland-institute', 'text/html')).text).toContain('merged into');
  });
});

describe('the pages', () => {
  it('show a register one page at a time', async () => {
    const first = await get('/registry/specimen-skills-authority?limit=2', 'text/html');
    expect(first.text.split('<article').length).toBe(3);
    const next = /href="([^"]*cursor=[^"]*)"/.exec(first.text)![1]!.replaceAll('&amp;', '&');
    const second = await get(next, 'text/html');
    expect(second.text.split('<article').length).toBe(3);
    expect(second.text).not.toContain('Next page');
  });

  it('show on whose authority a grant stands', async () => {
    const { text } = await get(`/accreditations/${world.grants.courses}?lang=fil`, 'text/html');
    const chain = text.slice(text.indexOf('class="chain"'), text.indexOf('class="timeline"'));
    const order = ['Framework Council', 'Higher Education Authority', 'Coastal College'].map((name) =>
      chain.indexOf(name),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
  });
});

describe('a register in parts', () => {
  it('serves each part by its digest for ever, and all of it as one file', async () => {
    const { service } = world;
    const key = await service.key('specimen-software-association', 'authority');
    for (let n = 0; n < 140; n++) {
      const made = await service.call('POST', '/v1/accreditations', {
        key,
        body: {
          accredited: `did:web:party-${n}.example`,
          verb: 'endorse',
          role: 'Train',
          scope: [{ awardType: ['HeiCourse'] }],
          validFrom: '2025-01-01',
        },
      });
      expect(made.status).toBe(201);
    }
    const path = '/registry/specimen-software-association';
    const register = await get<{ credentialSubject: { register: { parts: { digests: string[]; url: string } } } }>(
      path,
    );
    const { digests, url } = register.body.credentialSubject.register.parts;
    expect(url).toBe(`${service.publicUrl}${path}/parts/`);
    const texts: string[] = [];
    for (const digest of digests) {
      const part = await service.server.inject(`${path}/parts/${digest}`);
      expect(sha256Hex(part.body)).toBe(digest);
      expect(part.headers).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'content-type': 'application/json',
        'access-control-allow-origin': '*',
      });
      texts.push(part.body);
    }
    const snapshot = await service.server.inject(`${path}/snapshot`);
    expect(snapshot.headers['content-disposition']).toBe(
      'attachment; filename="register-specimen-software-association-2026-11-16.json"',
    );
    expect(snapshot.json()).toEqual({ register: register.body, parts: texts, didDocuments: expect.any(Object) });
    for (const missing of [
      `${path}/parts/${'0'.repeat(64)}`,
      `${path}/parts/x`,
      '/registry/specimen-nobody/snapshot',
      `/registry/specimen-nobody/parts/${digests[0]}`,
    ]) {
      expect((await service.server.inject(missing)).statusCode).toBe(404);
    }
    const page = await get(path, 'text/html');
    expect(page.text.length).toBeLessThan(200 * 1024);
  }, 60_000);
});

describe('without a trust anchor', () => {
  it('says that nobody vouches for the authorities, and counts nothing', async () => {
    const other = await registerWorld(false);
    try {
      const { body } = await other.service.call<OfInstitution>('GET', COLLEGE);
      expect(body.accreditations.some((row) => row.accreditorAccredited)).toBe(false);
      const { text } = await other.service.call('GET', COLLEGE, { headers: { accept: 'text/html' } });
      expect(text).not.toContain('banner tone-ok');
    } finally {
      await other.service.close();
    }
  }, 60_000);
});
