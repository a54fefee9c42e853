import type { Overrides } from '#app';
import { node } from '../../support/pathway-world.ts';
import { openService, type TestService } from '../../support/service.ts';

export interface HolderInstitution {
  slug: string;
  did: string;
  issuer: string;
  achievementId: string;
  /** The learner's address as this institution typed it. */
  typed: string;
}

/** Three institutions with one definition each, and a pathway that asks for all three. All actors are fictitious. */
export interface HolderWorld {
  service: TestService;
  institutions: HolderInstitution[];
  pathway: string;
  /** Issues by CSV batch and waits for the end. @returns ids in the order of the rows */
  classList(of: HolderInstitution, csv: string): Promise<string[]>;
  /** The same, but with more credit than three awards carry. */
  publishTwice(): Promise<string>;
  /** A form of the award for a wallet key. @returns its address */
  walletCopy(credentialId: string, did: string): Promise<string>;
}

const TYPED = ['maria@students.example', 'Maria@Students.Example', 'MARIA@students.example'];

export async function holderWorld(overrides: Overrides = {}): Promise<HolderWorld> {
  const service = await openService(overrides);
  const must = async <T>(...args: Parameters<TestService['call']>): Promise<T> => {
    const answer = await service.call<T>(...args);
    if (answer.status >= 300) throw new Error(`${args[1]}: ${answer.status} ${answer.text}`);
    return answer.body;
  };
  const institutions: HolderInstitution[] = [];
  for (const [index, name] of ['university', 'college', 'centre'].entries()) {
    const slug = `specimen-${name}`;
    const { did, issuer } = await service.institution(slug, `Specimen ${name}`);
    const achievement = {
      ...{ name: `SPECIMEN Unit of the ${name}`, description: 'A unit.', criteria: { narrative: 'Passed.' } },
      ...{ achievementType: 'MicroCredential', awardType: 'HeiMicroCredential', regime: 'CHED', pqfLevel: 6 },
      ...{ pqfLevelStatus: 'ProviderClaimed', assessmentType: ['Project'] },
      credit: [{ system: 'HE-UNIT-18', value: '3', kind: 'lecture' }],
    };
    const made = await must<{ achievementId: string }>('POST', '/v1/achievements', {
      key: issuer,
      body: { achievement },
    });
    institutions.push({ slug, did, issuer, achievementId: made.achievementId, typed: TYPED[index]! });
  }
  const [university] = institutions;
  const urls = institutions.map(({ achievementId }) => `${service.publicUrl}/achievements/${achievementId}`);
  const publish = async (name: string, stackingRule: object) => {
    const body = { name, stackingRule };
    return (await must<{ url: string }>('POST', '/v1/pathways', { key: university!.issuer, body })).url;
  };
  const units = node('requireAll', 'units', { items: urls.map((achievement) => ({ achievement })) });
  const credit = node('creditMin', 'credit', { system: 'HE-UNIT-18', min: '9' });
  return {
    service,
    institutions,
    pathway: await publish('SPECIMEN Certificate', node('allOf', 'whole', { children: [units, credit] })),
    publishTwice: () => {
      const twelve = node('creditMin', 'twelve', { system: 'HE-UNIT-18', min: '12' });
      return publish('SPECIMEN Twelve', node('allOf', 'all', { children: [units, twelve] }));
    },
    async classList({ issuer, achievementId }, csv) {
      const url = `/v1/batches?achievementId=${achievementId}`;
      const { batchId: id, invalid } = await must<{ batchId: string; invalid: object[] }>('POST', url, {
        key: issuer,
        body: csv,
      });
      if (invalid.length > 0) throw new Error(JSON.stringify(invalid));
      await must('POST', `/v1/batches/${id}/start`, { key: issuer });
      for (let n = 0; n < 600; n++) {
        const { state } = await must<{ state: string }>('GET', `/v1/batches/${id}`, { key: issuer });
        if (state === 'done') break;
        await new Promise((next) => setTimeout(next, 50));
      }
      const rows = await must<{ items: { credentialId: string }[] }>('GET', `/v1/batches/${id}/rows`, { key: issuer });
      return rows.items.map(({ credentialId }) => credentialId);
    },
    async walletCopy(credentialId, did) {
      const { tenant } = (await service.app.storage.reader.credential(credentialId))!;
      const { offer } = await service.app.offers.create({ tenant, credentialId, actor: 'system' });
      const [form] = await service.app.offers.take({ offerId: offer.offerId, holders: [did], door: 'vc-api' });
      return form!.url;
    },
  };
}
