import type { JsonObject } from '#kernel';
import type { Decided, Ended, Match } from './model.ts';

export interface EquivalenceSettings {
  publicUrl: string;
  /** `@context` of every decision, in order: VC 2.0, Open Badges 3.0.3, ph. */
  contexts: readonly string[];
  /** Marks the documents `realism: Illustrative`, whatever the input says. */
  specimen: boolean;
}

export interface Edition {
  equivalenceId: string;
  edition: number;
  /** DID of the deciding institution. */
  decidedBy: string;
  decisionDate: string;
  /** Whole-second UTC instant of the signature. */
  signedAt: string;
  ended?: Ended;
}

export const equivalenceUrl = (publicUrl: string, equivalenceId: string): string =>
  `${publicUrl}/equivalences/${equivalenceId}`;

const MODES = { specified: 'Specified', block: 'Block', unspecified: 'Unspecified' } as const;
const MATCHES: Record<Match, string> = { full: 'Full', partial: 'Partial', none: 'None' };
const ENDINGS = { withdrawn: 'Withdrawn', superseded: 'Superseded', overturned: 'Overturned' } as const;

/** The unsigned decision credential. Ending a decision makes another edition; what was decided is the same in all. */
export function decisionDocument(settings: EquivalenceSettings, edition: Edition, input: Decided): JsonObject {
  const url = equivalenceUrl(settings.publicUrl, edition.equivalenceId);
  const { from, to, credit, cap, panel, legalInstrument, evidence, appeal, supersedes } = input;
  const { ended } = edition;
  const validUntil = ended?.validUntil ?? input.validUntil;
  const realism = settings.specimen ? 'Illustrative' : input.realism;
  const category = to.mode === 'unspecified' ? to.category : input.category;
  return {
    '@context': [...settings.contexts],
    id: `${url}?edition=${edition.edition}`,
    type: ['VerifiableCredential', 'PhEquivalenceCredential'],
    issuer: edition.decidedBy,
    validFrom: edition.signedAt,
    credentialSubject: {
      id: url,
      type: ['PhEquivalenceDecision'],
      edition: edition.edition,
      decidedBy: edition.decidedBy,
      decisionDate: edition.decisionDate,
      ...(panel ? { panel: { type: ['PhPanel'], name: panel.name, member: panel.members } } : {}),
      from: [achievement(from)],
      mode: MODES[to.mode],
      ...(to.mode === 'specified'
        ? { to: [achievement({ ...to, ...(to.version ? { version: [to.version] } : {}) } as AchievementNamed)] }
        : {}),
      ...(to.mode === 'block' ? { to: to.achievements.map((one) => achievement({ achievement: one })) } : {}),
      ...(category ? { category } : {}),
      credit: { type: ['PhCredit'], ...credit },
      ...(cap ? { cap } : {}),
      inForceFrom: input.validFrom,
      ...(validUntil ? { inForceUntil: validUntil } : {}),
      ...(legalInstrument
        ? { legalInstrument: legalInstrument.map((one) => ({ type: ['PhLegalInstrument'], ...one })) }
        : {}),
      outcomeMatching: input.outcomeMatching.map(({ match, ...row }) => ({
        ...{ type: ['PhOutcomeMatch'], ...row },
        match: MATCHES[match],
      })),
      ...(evidence ? { evidence: evidence.map((one) => ({ type: ['PhDocumentReference'], ...one })) } : {}),
      appeal: appeal.how,
      ...(appeal.until ? { appealUntil: appeal.until } : {}),
      ...(supersedes ? { supersedes } : {}),
      ...(ended ? { ending: ENDINGS[ended.state], endReason: ended.reason } : {}),
      ...(ended?.supersededBy ? { supersededBy: ended.supersededBy } : {}),
      ...(realism ? { realism } : {}),
    },
  };
}

interface AchievementNamed {
  achievement: string;
  version?: string[];
  title?: string;
}

const achievement = ({ achievement: iri, version, title }: AchievementNamed): JsonObject => ({
  type: ['PhAwardedAchievement'],
  achievement: iri,
  ...(version ? { version } : {}),
  ...(title ? { title } : {}),
});
