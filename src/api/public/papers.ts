import { readCredential } from '#credentials';
import { type Attachment, COMPONENT } from '#documents';
import { type JsonObject, Problem } from '#kernel';
import {
  type AwardOnPaper,
  attachedWords,
  type ComponentOnPaper,
  certificateWords,
  type Lang,
  transcriptWords,
} from '#pages';
import type { ApiDeps } from '../deps.ts';
import { type BadgePictures, picturedIn } from './badge-pictures.ts';
import type { IssuedCredential } from './credential-forms.ts';
import { shownName } from './shown-name.ts';
import { stateNow } from './state-now.ts';
import { termsOf } from './terms.ts';

/** What Open Badges tools know (the newer `application/vc` few do). */
const DOCUMENT = 'application/vc+ld+json';

/** The papers of a credential: like its page, only what is signed into it, its status, and our own register's names. */
export interface CredentialPapers {
  certificate(row: IssuedCredential, lang: Lang): Promise<Uint8Array>;
  /** @throws Problem `not-found` when it was not conferred by a stack */
  transcript(row: IssuedCredential, lang: Lang): Promise<Uint8Array>;
}

type PapersDeps = Pick<
  ApiDeps,
  'clock' | 'reader' | 'institutions' | 'publicUrl' | 'specimen' | 'papers' | 'attestations'
>;

export function createCredentialPapers(deps: PapersDeps, pictures: BadgePictures): CredentialPapers {
  const { papers, reader, publicUrl, specimen } = deps;

  /** A credential of ours at an address of ours. */
  async function ownAt(address: string): Promise<IssuedCredential | undefined> {
    const prefix = `${publicUrl}/credentials/`;
    const row = address.startsWith(prefix) ? await reader.credential(address.slice(prefix.length)) : undefined;
    return row?.phase === 'issued' && row.signed !== undefined ? { ...row, signed: row.signed } : undefined;
  }

  /** A badge that is too long for a code, or of a name that the institution no longer has, is printed without one. */
  async function attestationOf(credentialId: string): Promise<string | undefined> {
    try {
      return await deps.attestations.text(credentialId);
    } catch (error) {
      if (error instanceof Problem && error.kind === 'conflict') return undefined;
      throw error;
    }
  }

  return {
    async certificate(row, lang) {
      const { award, signatories, createdAt } = await awardOn(row, deps);
      const { pictureAlt, ...words } = certificateWords(award, lang, await attestationOf(row.credentialId));
      const png = await pictures.plain(picturedIn(row, specimen), 'png');
      return papers.certificate({
        ...words,
        ...{ createdAt, signatories, picture: { png, alt: pictureAlt }, attachments: attachmentsOf(row, lang) },
      });
    },

    async transcript(row, lang) {
      const conferral = await reader.conferralOfCredential(row.credentialId);
      if (!conferral) throw new Problem('not-found', 'this credential was not conferred by a stack');
      const { award, evidence, createdAt } = await awardOn(row, deps);
      const components: ComponentOnPaper[] = [];
      const attachments = attachmentsOf(row, lang);
      for (const { id, name } of evidence.filter(({ genre }) => genre === 'Component credential')) {
        const own = id === undefined ? undefined : await ownAt(id);
        const known = own && (await awardOn(own, deps)).award;
        components.push({ name: known?.award ?? name ?? id ?? '', address: id ?? '', ...(known ? { known } : {}) });
        if (own) attachments.push(partOf(own, components.length, attachedWords(lang).part(known!.award)));
      }
      const pathway = {
        name: evidence.find(({ genre }) => genre === 'Pathway')?.name ?? conferral.pathway,
        version: conferral.pathwayVersion,
      };
      return papers.transcript({ ...transcriptWords(award, { pathway, components }, lang), createdAt, attachments });
    },
  };
}

/** What papers say of one credential. */
async function awardOn(
  row: IssuedCredential,
  { reader, institutions, publicUrl, specimen, clock }: Omit<PapersDeps, 'papers' | 'attestations'>,
) {
  const model = readCredential(JSON.parse(row.signed) as JsonObject);
  if (!model) throw new Error(`the stored credential ${row.credentialId} cannot be read`);
  const { achievement, ph } = model;
  const institution = await institutions.get(row.tenant);
  const events = row.state === 'active' ? [] : await reader.statusEvents(row.credentialId);
  const awardedDate = model.awardedDate ?? model.validFrom ?? row.awardedDate;
  const { awardType, pqfLevel, pqfLevelStatus, credit } = termsOf(achievement.document);
  const award: AwardOnPaper = {
    award: model.name ?? achievement.name,
    institution: institution?.profile.name ?? row.tenant,
    address: `${publicUrl}/credentials/${row.credentialId}`,
    ...{ awardedDate, validUntil: model.validUntil, timeZone: institution?.profile.timeZone },
    ...{ awardType, pqfLevel, pqfLevelStatus, credit, certificateNumber: ph.certificateNumber },
    ...shownName(row, model),
    ...{
      state: stateNow(row, model.validUntil, clock.now()),
      stateSince: events.at(-1)?.at,
      specimen: specimen || ph.realism === 'Illustrative',
    },
  };
  return {
    ...{ award, evidence: model.evidence, createdAt: new Date(awardedDate) },
    signatories: institution?.profile.signatories ?? [],
  };
}

/** The credential, byte for byte as it was signed, and its token where there is one. */
function attachmentsOf({ signed, jwt }: IssuedCredential, lang: Lang): Attachment[] {
  const { json, jwt: token } = attachedWords(lang);
  const relationship = 'Source';
  return [
    { name: 'credential.json', mediaType: DOCUMENT, relationship, description: json, bytes: Buffer.from(signed) },
    ...(jwt === undefined
      ? []
      : [
          {
            ...{ name: 'credential.jwt', mediaType: 'application/vc+jwt', description: token },
            ...({ relationship, bytes: Buffer.from(jwt) } as const),
          },
        ]),
  ];
}

/** Whoever reads the file for a badge passes over what is so called. */
const partOf = ({ signed }: IssuedCredential, number: number, description: string): Attachment => ({
  name: `${COMPONENT}${String(number).padStart(2, '0')}.json`,
  ...{ mediaType: DOCUMENT, relationship: 'Supplement', description, bytes: Buffer.from(signed) },
});
