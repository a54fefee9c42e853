import type { Text } from '#kernel';
import type { Evaluation } from '#pathways';
import type { Binding, ProvenIdentifier } from './person.ts';
import type { Recognition, Verdict } from './report.ts';

export interface StackCredential {
  /** Position in the request. */
  index: number;
  /** Only when its proof holds. */
  id?: string;
  name?: string;
  awardId?: string;
  issuerId?: string;
  verdict: Verdict;
  recognition: Recognition;
  sentence: Text;
  /** Whether the pathway was asked about it at all: a badge that is not genuine is not a holding. */
  evaluated: boolean;
  /** Why it is this person's; only when the badges are of what one session has proven. */
  boundBy?: Binding;
}

export interface StackDecision {
  /** Its address. */
  id?: string;
  /** Position in `decisions` of the request; absent when only the pathway names it. */
  index?: number;
  verdict: Verdict;
  /** `in_force` is the only one with which it is used. */
  code: string;
  sentence: Text;
  /** DID of the body that decided; only when it is valid. */
  decidedBy?: string;
  /** Last day in force; only when it is valid. */
  validUntil?: string;
  /** Whether the pathway accepts it. */
  accepted: boolean;
}

export interface StackReport {
  /** `undecided`: more combinations than were tried; `undetermined`: the pathway itself could not be relied on. */
  outcome: 'met' | 'unmet' | 'pending' | 'undecided' | 'undetermined';
  sentence: Text;
  /** Whole-second UTC instant. */
  checkedAt: string;
  /** The day for which it was evaluated. */
  date: string;
  specimen: boolean;
  pathway: {
    verdict: Verdict;
    code: string;
    issuer?: string;
    id?: string;
    version?: string;
    name?: string;
    conferrer?: string;
    /** Whether the evaluation day is inside its own effective period; it is evaluated all the same. */
    inEffect?: boolean;
  };
  /** The one subject all badges are of. */
  subjectId?: string;
  /** Who handed them over and proved it; absent when nobody was asked to. */
  holder?: string;
  /** What one session has proven; the badges may then be of several subjects. */
  person?: { identifiers: ProvenIdentifier[] };
  credentials: StackCredential[];
  /** Every decision that the pathway names or the caller gave, and what was found out about it. */
  decisions: StackDecision[];
  /** Credit carried in, by system: as stated by the caller, not verified. */
  carried?: Readonly<Record<string, string>>;
  evaluation?: Evaluation;
}

const SENTENCES: Record<StackReport['outcome'], Text> = {
  met: {
    en: 'Every requirement of the pathway is met; the qualification itself is for its awarding body to confer.',
    fil: 'Natugunan ang lahat ng kahingian ng landas; ang nagkakaloob na institusyon ang magbibigay ng kuwalipikasyon.',
  },
  unmet: {
    en: 'Not every requirement of the pathway is met yet.',
    fil: 'Hindi pa natutugunan ang lahat ng kahingian ng landas.',
  },
  pending: {
    en: 'It cannot be decided yet: something that it depends on could not be found out.',
    fil: 'Hindi pa mapagpasiyahan: may hindi natiyak na kinasasalalayan nito.',
  },
  undecided: {
    en: 'It was not decided: the badges can be combined in more ways than were tried.',
    fil: 'Hindi napagpasiyahan: mas marami ang paraan ng pagsasama ng mga badge kaysa nasubok.',
  },
  undetermined: {
    en: 'Nothing was evaluated, because the pathway itself could not be relied on.',
    fil: 'Walang tinaya, dahil hindi maaasahan ang landas mismo.',
  },
};

export function stackSentence(outcome: StackReport['outcome'], specimen: boolean): Text {
  const text = SENTENCES[outcome];
  if (!specimen) return text;
  const lower = (words: string) => words.charAt(0).toLowerCase() + words.slice(1);
  return { en: `Specimen: ${lower(text.en)}`, fil: `Specimen: ${lower(text.fil)}` };
}
