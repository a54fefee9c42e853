import type { Overrides } from '#app';
import type { JsonObject } from '#kernel';
import { openService, type TestService } from './service.ts';

/** A service with one pathway of three units, and badges of one person, and of another, for it. All actors are fictitious. */
export interface PathwayWorld {
  service: TestService;
  /** Path of the page. */
  path: string;
  url: string;
  issuer: string;
  /** Addresses of badges of one person: two units of three, and one that nothing asks for. */
  units: string[];
  other: string;
  /** A third unit, of somebody else. */
  stranger: string;
  /** The same unit as the first, revoked. */
  revoked: string;
  /** Addresses of the definitions. */
  definitions: string[];
  /** Signed text. */
  text(url: string): Promise<string>;
  publish(name: string, stackingRule: object, more?: object): Promise<{ id: string; url: string }>;
  award(definition: string, subjectId?: string): Promise<string>;
}

const PERSON = 'urn:uuid:0b7f6c3e-6a0f-4f7e-9a44-7d0c00000001';

export const node = (kind: string, id: string, own: object) => ({
  ...{ kind, id, text: { en: `The ${id} part`, fil: `Ang bahaging ${id}` }, source: 'this test' },
  ...{ binding: 'Mandatory', realism: 'Illustrative', ...own },
});

export async function pathwayWorld(overrides: Overrides = {}): Promise<PathwayWorld> {
  const service = await openService(overrides);
  const { issuer } = await service.institution('specimen-college', 'Specimen College');
  let nth = 0;
  const post = async <T>(path: string, body: object): Promise<T> => {
    const headers = { 'idempotency-key': `world-${++nth}` };
    const made = await service.call<T>('POST', path, { key: issuer, body, headers });
    if (made.status !== 201) throw new Error(`${path}: ${made.text}`);
    return made.body;
  };
  const define = async (name: string) => {
    const achievement = {
      ...{ name, description: 'A unit.', criteria: { narrative: 'Passed.' }, achievementType: 'MicroCredential' },
      ...{ awardType: 'HeiMicroCredential', regime: 'CHED', pqfLevel: 6, pqfLevelStatus: 'ProviderClaimed' },
      ...{ assessmentType: ['Project'], credit: [{ system: 'HE-UNIT-18', value: '3', kind: 'lecture' }] },
    };
    const { achievementId } = await post<{ achievementId: string }>('/v1/achievements', { achievement });
    return `${service.publicUrl}/achievements/${achievementId}`;
  };
  const award = async (definition: string, subjectId = PERSON): Promise<string> => {
    const body = { achievementId: definition.split('/').at(-1), recipients: [{ subjectId }] };
    return (await post<{ credentials: { url: string }[] }>('/v1/credentials', body)).credentials[0]!.url;
  };
  const publish = (name: string, stackingRule: object, more: object = {}) =>
    post<{ id: string; url: string }>('/v1/pathways', { name, stackingRule, ...more });
  const definitions: string[] = [];
  for (const name of ['One', 'Two', 'Three', 'Other']) definitions.push(await define(`SPECIMEN Unit ${name}`));
  const rule = node('allOf', 'whole', {
    children: [
      node('requireAll', 'units', { items: definitions.slice(0, 3).map((achievement) => ({ achievement })) }),
      node('creditMin', 'credit', { system: 'HE-UNIT-18', min: '9' }),
      node('currentAt', 'current', {}),
    ],
  });
  const { url } = await publish('SPECIMEN Certificate of Three Units', rule);
  const units = [await award(definitions[0]!), await award(definitions[1]!)];
  const revoked = await award(definitions[0]!);
  await service.call('POST', `/v1/credentials/${revoked.split('/').at(-1)}/status`, {
    key: issuer,
    body: { action: 'revoke', reason: 'Awarded in error' },
  });
  return {
    ...{ service, issuer, units, revoked, url, path: new URL(url).pathname, definitions, publish, award },
    other: await award(definitions[3]!),
    stranger: await award(definitions[2]!, 'urn:uuid:0b7f6c3e-6a0f-4f7e-9a44-7d0c00000002'),
    text: async (address) => (await service.call<JsonObject>('GET', `${new URL(address).pathname}.json`)).text,
  };
}
