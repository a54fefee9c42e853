import type { FastifyRequest } from 'fastify';
import { type CredentialRecord, readCredential, type StatusEventRecord } from '#credentials';
import { qrCodeSvg } from '#documents';
import type { NameAnswer } from '#holders';
import type { Institution } from '#institutions';
import { type JsonObject, Problem } from '#kernel';
import { type CredentialPage, renderCredential, renderHiddenCredential } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { addressKey } from '../http/address-key.ts';
import { type Form, publishForm, splitForm } from '../http/forms.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { langInAddress, siteOf } from '../http/site.ts';
import type { BadgePictures } from './badge-pictures.ts';
import { credentialForms, fileNameOf, hiddenFrom, type IssuedCredential } from './credential-forms.ts';
import { endorsementsAbout } from './endorsed.ts';
import { createCredentialPapers } from './papers.ts';
import { shownName } from './shown-name.ts';
import { stateNow } from './state-now.ts';
import { shownImage, termsOf } from './terms.ts';
import { createOwnToward, type OwnToward } from './toward.ts';

export function publicCredentials(
  deps: ApiDeps,
  pictures: BadgePictures,
): Handlers<'getCredential' | 'compareRecipientName' | 'getCredentialTranscript'> {
  const ownToward = createOwnToward(deps);
  const page = (credential: IssuedCredential, request: FastifyRequest) =>
    credentialPage(credential, request, forms, { ...deps, ownToward });
  const papers = createCredentialPapers(deps, pictures);
  const forms = credentialForms({ page, pictures, papers, specimen: deps.specimen });
  const issued = async (id: string): Promise<IssuedCredential> => {
    const row = await deps.reader.credential(id);
    if (row?.phase !== 'issued') throw new Problem('not-found', 'there is no such credential');
    const { signed } = row;
    if (signed === undefined) throw erased(row);
    return { ...row, signed, release: await deps.releases.of(row) };
  };
  return {
    async getCredential(request, reply) {
      const { id, form } = splitForm((request.params as { credentialId: string }).credentialId, forms);
      return publishForm(request, reply, forms, { one: await issued(id), form, fileName: fileNameOf });
    },

    async compareRecipientName(request, reply) {
      const { credentialId } = request.params as { credentialId: string };
      const { name } = request.body as { name: string };
      const one = await issued(credentialId);
      const nameAnswer = await compared(
        deps.nameMatch.compare({ credentialId, name, address: addressKey(request.ip) }),
      );
      if (nameAnswer === 'too_many') reply.code(429);
      const body = await credentialPage(one, request, forms, { ...deps, ownToward }, nameAnswer);
      return publish(request, reply, { body, type: 'text/html', cache: 'never' });
    },

    async getCredentialTranscript(request, reply) {
      const row = await issued((request.params as { credentialId: string }).credentialId);
      const hidden = hiddenFrom(row);
      if (hidden !== undefined) throw new Problem('not-found', hidden);
      const body = await papers.transcript(row, langInAddress(request) ?? 'en');
      return publish(request, reply, { body, type: 'application/pdf', cache: 'fresh' });
    },
  };
}

/** Whoever has a copy can hold it against the digest, and its status list still says how it stands. */
function erased({ sha256, state, erasedAt }: CredentialRecord): Problem {
  const detail =
    'the learner of this badge had it erased here. Copies of it can still be verified: its digest and its status are kept';
  return new Problem('gone', detail, { extensions: { sha256, state, erasedAt } });
}

/** That there are no more tries today is an answer on the page too. */
async function compared(answer: Promise<NameAnswer>): Promise<NameAnswer | 'too_many'> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Problem && error.kind === 'rate-limited') return 'too_many';
    throw error;
  }
}

async function credentialPage(
  row: IssuedCredential,
  request: FastifyRequest,
  forms: readonly Form<IssuedCredential>[],
  deps: ApiDeps & { ownToward: OwnToward },
  nameAnswer?: CredentialPage['nameAnswer'],
): Promise<string> {
  const { reader, specimen, publicUrl, ownToward, clock } = deps;
  const url = `${publicUrl}/credentials/${row.credentialId}`;
  const institution = await deps.institutions.get(row.tenant);
  if (row.release?.page === 'hidden') {
    const name = institution?.profile.name ?? row.tenant;
    return renderHiddenCredential(siteOf(request, specimen), {
      ...{ url, state: stateNow(row, row.validUntil, clock.now()), issuerName: name, issuerSlug: row.tenant },
    });
  }
  const conferral = await reader.conferralOfCredential(row.credentialId);
  const shown = pageOf(row, institution, await reader.statusEvents(row.credentialId), deps);
  // What is revoked or expired counts toward nothing, and need not be asked about.
  const toward = shown.state === 'active' ? await ownToward.of(row) : undefined;
  const underReview = conferral?.state === 'under_review' ? conferral.flaggedAt : undefined;
  return renderCredential(siteOf(request, specimen), {
    ...shown,
    ...(underReview === undefined ? {} : { underReview }),
    ...(conferral === undefined ? {} : { conferred: true }),
    ...(nameAnswer === undefined ? {} : { nameAnswer }),
    comparesNames: row.release?.comparison !== 'refused',
    forms: forms.flatMap(({ suffix, absent }) => (suffix === undefined || absent?.(row) ? [] : [suffix])),
    qr: `data:image/svg+xml;base64,${Buffer.from(await qrCodeSvg(url)).toString('base64')}`,
    ...(toward === undefined ? {} : { toward }),
    endorsements: await endorsementsAbout(url, deps),
  });
}

/** An institution's own page there, as its profile states it (Open Badges 3.0 `otherIdentifier`). */
const LINKED_IN = 'ext:linkedInOrganizationId';

/** Everything on the page is signed into the credential, or is its status; and the recorded name where its learner shows it. */
function pageOf(
  row: IssuedCredential,
  institution: Institution | undefined,
  events: readonly StatusEventRecord[],
  { publicUrl, specimen, clock }: Pick<ApiDeps, 'publicUrl' | 'specimen' | 'clock'>,
): Omit<CredentialPage, 'forms'> {
  const model = readCredential(JSON.parse(row.signed) as JsonObject);
  // The name from our own register of institutions: what the badge says of its issuer is only its own word.
  const profile = institution?.profile;
  const linkedIn = profile?.otherIdentifier?.find(({ identifierType }) => identifierType === LINKED_IN)?.identifier;
  if (!model) throw new Error(`the stored credential ${row.credentialId} cannot be read`);
  const { achievement } = model;
  const last = row.state === 'active' ? undefined : events.at(-1);
  const { outcomes: _, regime: __, ...terms } = termsOf(achievement.document);
  return {
    url: `${publicUrl}/credentials/${row.credentialId}`,
    name: model.name ?? achievement.name,
    ...(achievement.description === undefined ? {} : { description: achievement.description }),
    imageUrl: shownImage(achievement.document, row, publicUrl),
    issuerName: profile?.name ?? row.tenant,
    ...(linkedIn === undefined ? {} : { issuerLinkedInId: linkedIn }),
    issuerSlug: row.tenant,
    achievementUrl: achievement.id,
    awardedDate: model.awardedDate ?? model.validFrom ?? row.awardedDate,
    ...(model.validUntil === undefined ? {} : { validUntil: model.validUntil }),
    state: stateNow(row, model.validUntil, clock.now()),
    ...(last ? { stateReason: last.reason, stateSince: last.at } : {}),
    ...terms,
    ...(model.ph.certificateNumber === undefined ? {} : { certificateNumber: model.ph.certificateNumber }),
    ...(model.ph.learningRoute === undefined ? {} : { learningRoute: model.ph.learningRoute }),
    ...(model.ph.assessor === undefined ? {} : { assessor: model.ph.assessor }),
    ...(model.source === undefined ? {} : { source: model.source }),
    evidence: model.evidence,
    ...(achievement.criteria?.narrative === undefined ? {} : { criteria: achievement.criteria.narrative }),
    ...shownName(row, model),
    specimen: specimen || model.ph.realism === 'Illustrative',
    ...(profile?.timeZone === undefined ? {} : { timeZone: profile.timeZone }),
  };
}
