import type { FastifyRequest } from 'fastify';
import { type CredentialRecord, readCredential, type StatusEventRecord } from '#credentials';
import { type JsonObject, Problem } from '#kernel';
import { type CredentialPage, renderCredential } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { publishForm, splitForm } from '../http/forms.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { siteOf } from '../http/site.ts';
import type { BadgePictures } from './badge-pictures.ts';
import { credentialForms, fileNameOf, type IssuedCredential } from './credential-forms.ts';
import { endorsementsAbout } from './endorsed.ts';
import { createCredentialPapers } from './papers.ts';
import { shownImage, termsOf } from './terms.ts';

export function publicCredentials(
  deps: ApiDeps,
  pictures: BadgePictures,
): Handlers<'getCredential' | 'getCredentialTranscript'> {
  const page = (credential: IssuedCredential, request: FastifyRequest) => credentialPage(credential, request, deps);
  const papers = createCredentialPapers(deps, pictures);
  const forms = credentialForms({ page, pictures, papers, specimen: deps.specimen });
  const issued = async (id: string): Promise<IssuedCredential> => {
    const row = await deps.reader.credential(id);
    const signed = row?.phase === 'issued' ? row.signed : undefined;
    if (!row || signed === undefined) throw new Problem('not-found', 'there is no such credential');
    return { ...row, signed };
  };
  return {
    async getCredential(request, reply) {
      const { id, form } = splitForm((request.params as { credentialId: string }).credentialId, forms);
      return publishForm(request, reply, forms, { one: await issued(id), form, fileName: fileNameOf });
    },

    async getCredentialTranscript(request, reply) {
      const row = await issued((request.params as { credentialId: string }).credentialId);
      const body = await papers.transcript(row, siteOf(request, deps.specimen).lang);
      return publish(request, reply, { body, type: 'application/pdf', cache: 'fresh' });
    },
  };
}

async function credentialPage(row: IssuedCredential, request: FastifyRequest, deps: ApiDeps): Promise<string> {
  const { reader, specimen, publicUrl } = deps;
  const events = await reader.statusEvents(row.credentialId);
  const institution = await deps.institutions.get(row.tenant);
  // The name from our own register of institutions: what the badge says of its issuer is only its own word.
  const issuer = { name: institution?.profile.name ?? row.tenant, timeZone: institution?.profile.timeZone };
  const document = JSON.parse(row.signed) as JsonObject;
  const conferral = await reader.conferralOfCredential(row.credentialId);
  const underReview = conferral?.state === 'under_review' ? conferral.flaggedAt : undefined;
  return renderCredential(siteOf(request, specimen), {
    ...pageOf(row, document, issuer, events, deps),
    ...(underReview === undefined ? {} : { underReview }),
    endorsements: await endorsementsAbout(`${publicUrl}/credentials/${row.credentialId}`, deps),
  });
}

/** Everything on the page is signed into the credential, or is its status. The stored recipient is not looked at. */
function pageOf(
  row: CredentialRecord,
  document: JsonObject,
  issuer: { name: string; timeZone?: string | undefined },
  events: readonly StatusEventRecord[],
  { publicUrl, specimen }: Pick<ApiDeps, 'publicUrl' | 'specimen'>,
): CredentialPage {
  const model = readCredential(document);
  if (!model) throw new Error(`the stored credential ${row.credentialId} cannot be read`);
  const { achievement, subject } = model;
  const name = subject.identifiers.find((one) => one.identityType === 'name' && !one.hashed)?.identityHash;
  const last = row.state === 'active' ? undefined : events.at(-1);
  const { outcomes: _, regime: __, ...terms } = termsOf(achievement.document);
  return {
    url: `${publicUrl}/credentials/${row.credentialId}`,
    name: model.name ?? achievement.name,
    ...(achievement.description === undefined ? {} : { description: achievement.description }),
    imageUrl: shownImage(achievement.document, row, publicUrl),
    issuerName: issuer.name,
    issuerSlug: row.tenant,
    achievementUrl: achievement.id,
    awardedDate: model.awardedDate ?? model.validFrom ?? row.awardedDate,
    ...(model.validUntil === undefined ? {} : { validUntil: model.validUntil }),
    state: row.state,
    ...(last ? { stateReason: last.reason, stateSince: last.at } : {}),
    ...terms,
    ...(model.ph.learningRoute === undefined ? {} : { learningRoute: model.ph.learningRoute }),
    ...(model.ph.assessor === undefined ? {} : { assessor: model.ph.assessor }),
    ...(model.source === undefined ? {} : { source: model.source }),
    evidence: model.evidence,
    ...(achievement.criteria?.narrative === undefined ? {} : { criteria: achievement.criteria.narrative }),
    ...(name === undefined ? {} : { recipientName: name }),
    specimen: specimen || model.ph.realism === 'Illustrative',
    ...(issuer.timeZone === undefined ? {} : { timeZone: issuer.timeZone }),
  };
}
