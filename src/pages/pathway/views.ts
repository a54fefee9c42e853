import type { LegalInstrument, RuleNode } from '#pathways';
import type { StackReport } from '#verifier';
import type { ShownProblem } from '../problem-words.ts';

/** What this service knows of an achievement that a rule names. */
export interface Definition {
  name: string;
  /** Its own code, e.g. of a course. */
  code?: string;
  /** E.g. `3 HE-UNIT-16 (lecture)`. */
  credit?: readonly string[];
}

/** The form as it was sent, to fill it again. */
export interface StackForm {
  /** Addresses, one a line. */
  credential?: string;
  /** Pasted. */
  text?: string;
  date?: string;
  problem?: FormProblem;
}

/** What is wrong, at the field it is wrong in. */
export interface FormProblem extends ShownProblem {
  field: 'credential' | 'text' | 'date';
  /** Which badge of the field, from 1, and how it begins. */
  badge?: { n: number; what: string };
}

export interface PathwayPage {
  url: string;
  name: string;
  description?: string;
  /** Our name for it, else the DID. */
  conferrer: string;
  version: string;
  /** Only when the address asked for one: links and the form stay with it. */
  askedVersion?: string;
  /** Address of the definition of the qualification. */
  achievement?: string;
  legalInstrument?: readonly LegalInstrument[];
  /** Days, half-open. */
  effectivePeriod?: { from: string; until?: string };
  specimen: boolean;
  root: RuleNode;
  /** By IRI. */
  definitions: Readonly<Record<string, Definition>>;
  /** By DID. */
  names: Readonly<Record<string, string>>;
  form: StackForm;
  stack?: StackReport;
  /** Addresses that were asked about: a permanent link exists only when nothing was pasted. */
  addresses?: readonly string[];
}
