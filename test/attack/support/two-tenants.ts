import type { InjectOptions } from 'fastify';
import { loadOpenApi, type Operation } from '#api';
import type { Role } from '#auth';
import { BODIES, requestFor } from '../../api/support/samples.ts';
import { ID } from '../../api/support/stub.ts';
import { browser } from '../../holders/support/client.ts';
import { bearer, form } from '../../oauth/support/world.ts';
import { officer } from '../../people/support/officer.ts';
import type { TestService } from '../../support/service.ts';

export const ROLES: readonly Role[] = ['authority', 'issuer', 'approver', 'auditor'];

/** Whoever asks: headers that say who they are. */
export interface Who {
  name: string;
  headers: Record<string, string>;
}

/** One institution with something in every table that has tenants, and its mark in every text that somebody typed. */
export interface Tenant {
  slug: string;
  /** In texts that only this institution may see. */
  secret: string;
  /** In texts that it publishes. */
  open: string;
  /** By the name of the parameter that takes it; several where it matters. */
  ids: Record<string, string[]>;
  /** Of its officers and systems, by API key, session and token; of a learner whose badge it issued. */
  people: Who[];
}

export const api = loadOpenApi();

/** @throws Error for anything that was refused: a table that stays empty hides what leaks from it */
export async function openTenant(service: TestService, name: string): Promise<Tenant> {
  const slug = `specimen-${name}`;
  const [secret, open] = [`zzsecret${name}`, `zzopen${name}`];
  const email = `${secret}@students.example`;
  const must = async (method: InjectOptions['method'], url: string, key: string, body?: unknown) => {
    const answer = await service.call<Record<string, never>>(method, url, {
      key,
      ...(body === undefined ? {} : { body }),
    });
    if (answer.status >= 300) throw new Error(`${method} ${url}: ${answer.status} ${answer.text}`);
    // biome-ignore lint/suspicious/noExplicitAny: members of many answers
    return answer.body as any;
  };
  const operator = service.operatorKey;
  await must('POST', '/v1/institutions', operator, { slug, profile: { name: `Specimen ${open}` } });
  const keys = {} as Record<Role, string>;
  const keyIds: string[] = [];
  const people: Who[] = [];
  for (const role of ROLES) {
    const body = { institution: slug, role, label: `${secret} key`, person: `${secret}-${role}` };
    const made = await must('POST', '/v1/api-keys', operator, body);
    keys[role] = made.secret;
    keyIds.push(made.key?.keyId ?? made.keyId ?? made.id);
    people.push({ name: `key of ${role}`, headers: { authorization: bearer(made.secret) } });
    const roles = [{ institution: slug, role }];
    const one = await officer(service, {
      ...{ email: `${role}.${secret}@staff.example`, person: `${secret}-${role}`, roles },
    });
    const cookie = [...one.browser.cookies].map((pair) => pair.join('=')).join('; ');
    const same = { origin: service.publicUrl, 'sec-fetch-site': 'same-origin' };
    people.push({ name: `session of ${role}`, headers: { cookie, ...same } });
  }
  const clientIds: string[] = [];
  for (const role of ['authority', 'issuer', 'auditor']) {
    const { client, secret: text } = await must('POST', '/v1/oauth-clients', operator, {
      ...{ institution: slug, role, label: `${secret} system` },
    });
    clientIds.push(client.clientId);
    const basic = `Basic ${Buffer.from(`${client.clientId}:${text}`).toString('base64')}`;
    const token = await form(service, '/oauth/token', { grant_type: 'client_credentials' }, { authorization: basic });
    people.push({ name: `system of ${role}`, headers: { authorization: bearer(token.body.access_token) } });
  }

  const { issuer, authority } = keys;
  const achievement = {
    ...{ name: `SPECIMEN ${open}`, description: `About ${open}`, criteria: { narrative: `Passed ${open}` } },
    achievementType: 'MicroCredential',
  };
  const { achievementId } = await must('POST', '/v1/achievements', issuer, { achievement });
  const recipient = { name: `Name ${secret}`, email, studentNumber: `${secret}-0042` };
  const issued = await must('POST', '/v1/credentials', issuer, { achievementId, recipients: [recipient, recipient] });
  const [first, second] = issued.credentials as { id: string; url: string; statusListId: string }[];
  await must('POST', `/v1/credentials/${second!.id}/status`, issuer, { action: 'revoke', reason: `Why ${open}` });
  const batch = await must(
    'POST',
    `/v1/batches?achievementId=${achievementId}`,
    issuer,
    `name,email\nRow ${secret},row.${email}\nRow two ${secret},two.${email}\n`,
  );
  await must('POST', `/v1/batches/${batch.batchId}/start`, issuer);
  for (let n = 0; n < 400; n++) {
    if ((await must('GET', `/v1/batches/${batch.batchId}`, issuer)).state === 'done') break;
    await new Promise((next) => setTimeout(next, 25));
  }
  const made = await service.app.offers.create({
    ...{ tenant: slug, credentialId: first!.id, actor: 'system', confirmation: 'email' },
  });
  const priorLearning = await must('POST', '/v1/prior-learning', issuer, {
    ...{ achievementId, route: 'RPL', candidate: { name: `Candidate ${secret}`, email: `candidate.${email}` } },
  });
  const stackingRule = {
    ...{ id: 'all', kind: 'requireAll', text: { en: 'All', fil: 'Lahat' }, source: `Source ${open}` },
    ...{ binding: 'Mandatory', realism: 'Illustrative', items: [{ code: 'UNIT 1', title: `Unit ${open}` }] },
  };
  const pathway = await must('POST', '/v1/pathways', issuer, { name: `SPECIMEN Pathway ${open}`, stackingRule });
  const evaluation = await must('POST', '/v1/stored-evaluations', issuer, {
    ...{ pathway: pathway.url, credentials: [first!.url] },
  });
  const endorsement = await must('POST', '/v1/endorsements', issuer, {
    endorses: { kind: 'achievement', id: 'https://college.example/achievements/1' },
    name: `SPECIMEN Endorsement ${open}`,
  });
  const equivalence = await must('POST', '/v1/equivalences', issuer, {
    ...BODIES.createEquivalence,
    from: { achievement: `https://college.example/${secret}` },
  });
  const accreditation = await must('POST', '/v1/accreditations', authority, {
    ...{ accredited: `did:web:${open}.example`, role: 'Award', validFrom: '2026-01-01' },
    scope: [{ awardType: ['HeiCourse'] }],
  });
  await must('POST', `/v1/institutions/${slug}/issuing-decisions`, operator, {
    ...{ reason: `Decision ${secret}`, validUntil: '2027-06-01' },
  });
  await must('PUT', `/v1/institutions/${slug}/openid-provider`, operator, {
    ...{ issuer: `https://login.${secret}.example`, clientId: secret },
  });
  const credential = {
    ...{ '@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiableCredential'] },
    ...{ id: `urn:uuid:${secret}`, issuer: undefined, credentialSubject: { id: `urn:x:${secret}` } },
  };
  await must('POST', '/vc-api/credentials/issue', issuer, { credential });
  await must('PUT', `/v1/institutions/${slug}/issuing-policy`, operator, { approval: 'two-person' });
  const { approval } = await must('POST', '/v1/credentials', issuer, { achievementId, recipients: [recipient] });
  // Paused: whatever is done afterwards stays in the log.
  const { webhook } = await must('POST', '/v1/webhooks', issuer, {
    ...{ url: `https://hooks.${secret}.example/x`, description: `System ${secret}` },
  });
  await must('PATCH', `/v1/webhooks/${webhook.webhookId}`, issuer, { active: false });
  const learner = browser(service);
  await learner.prove(email);
  people.push({ name: 'learner', headers: { cookie: `tatak-holder=${learner.cookie}` } });
  return {
    ...{ slug, secret, open, people },
    ids: {
      ...{ slug: [slug], institution: [slug], achievementId: [achievementId], clientId: clientIds, keyId: keyIds },
      ...{ credentialId: [first!.id, second!.id], batchId: [batch.batchId], caseId: [priorLearning.id] },
      ...{ offerId: [made.offer.offerId], approvalId: [approval.id], pathwayId: [pathway.pathwayId ?? pathway.id] },
      ...{ evaluationId: [evaluation.id ?? evaluation.evaluationId], endorsementId: [endorsement.id] },
      ...{ equivalenceId: [equivalence.id ?? equivalence.equivalenceId], localId: [`urn:uuid:${secret}`] },
      ...{ accreditationId: [accreditation.id ?? accreditation.accreditationId], listId: [first!.statusListId] },
      ...{ accountId: await accountsOf(service, slug), webhookId: [webhook.webhookId] },
    },
  };
}

async function accountsOf(service: TestService, slug: string): Promise<string[]> {
  const { items } = await service.app.storage.reader.accounts({ limit: 100 });
  const roles = await Promise.all(items.map(({ accountId }) => service.app.storage.reader.accountRoles(accountId)));
  return items.flatMap(({ accountId }, at) => (roles[at]!.some(({ tenant }) => tenant === slug) ? [accountId] : []));
}

/** Every request of this operation that names something of that institution: in the path, in the filters, in the body. */
export function requestsFor(operation: Operation, { ids }: Tenant): InjectOptions[] {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const main = names.find((name) => name !== 'slug' && ids[name]) ?? names[0];
  const choices = (main && ids[main]) || [''];
  return choices.flatMap((value) => {
    const chosen = Object.fromEntries(Object.entries(ids).map(([name, [one]]) => [name, one!]));
    const request = requestFor(operation, { ...chosen, ...(main && value ? { [main]: value } : {}) });
    const payload = 'payload' in request && request.payload;
    const body = isJson(payload) ? { payload: renamed(payload, chosen) } : {};
    const filters = operation.method === 'GET' && names.length === 0 ? filtersOf(operation, ids) : [];
    return [{ ...request, ...body }, ...filters.map((query) => ({ ...request, url: `${request.url}?${query}` }))];
  });
}

const isJson = (payload: unknown): payload is object =>
  typeof payload === 'object' && payload !== null && !Buffer.isBuffer(payload);

/** The same body, with the ids of the samples replaced by those of the same name. */
function renamed(body: object, ids: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (name === 'institution') return [name, ids.slug];
      return [name, value === ID ? (ids[name] ?? value) : value];
    }),
  );
}

interface Parameter {
  in?: string;
  name?: string;
}

function filtersOf(operation: Operation, ids: Record<string, string[]>): string[] {
  const raw = api.document.paths[operation.path]![operation.method.toLowerCase()] as { parameters?: Parameter[] };
  return (raw.parameters ?? []).flatMap(({ in: place, name }) =>
    place === 'query' && name && ids[name] ? ids[name].map((id) => `${name}=${encodeURIComponent(id)}`) : [],
  );
}
