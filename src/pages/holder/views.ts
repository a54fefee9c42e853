import type { Text } from '#kernel';
import type { Door } from '#offers';
import type { StackReport } from '#verifier';
import type { IMPORT_STATES } from '../words/elsewhere.ts';
import type { BECOMES, KINDS } from '../words/privacy.ts';
import type { MyConnection } from './connections.ts';
import type { GoingToHost, MyHost } from './hosts.ts';

/** What went wrong or happened with a form: a word of `HOLDER`, and what stands in its place. */
export interface HolderNotice {
  tone: 'ok' | 'warn' | 'bad';
  word:
    | 'codeWrong'
    | 'codeDead'
    | 'codeLimited'
    | 'codeBadEmail'
    | 'noMail'
    | 'keyWrong'
    | 'noOffer'
    | 'noPathway'
    | 'signedOut'
    | 'staleForm'
    | 'txWrong'
    | 'chosen'
    | 'notChosen'
    | 'erased'
    | 'notErased'
    | 'brought'
    | 'replaced'
    | 'notNewer'
    | 'notBrought'
    | 'removed'
    | 'notRemoved'
    | 'actsAlone'
    | 'notAlone'
    | 'wardErased'
    | 'disconnected'
    | 'notDisconnected'
    | 'asked'
    | 'notConnected'
    | 'notAsked'
    | 'hostLeft'
    | 'hostForgotten';
  /** English only, or in both languages. */
  detail?: string | Text;
}

export interface MyIdentifier {
  kind: 'email' | 'did' | 'studentNumber';
  value: string;
  /** Name of the institution, of a student number. */
  institution?: string;
}

export interface MyBadge {
  id: string;
  name: string;
  issuerName: string;
  issuerSlug: string;
  awardedDate: string;
  state: 'active' | 'suspended' | 'revoked';
  boundBy: MyIdentifier;
  /** The learner is under age and only looks at it: the day from which they act alone. */
  guardianUntil?: string;
  /** What its page shows. */
  release: Readonly<Record<'name' | 'comparison' | 'page', string>>;
  /** Of the verification made for this page; absent: it was not looked into. */
  verdict?: { verdict: 'valid' | 'invalid' | 'undetermined'; sentence: Text };
}

/** A badge of another issuer that was brought here. */
export interface MyImport {
  id: string;
  name?: string;
  issuerName?: string;
  /** What it is worth to a stack, as far as was found out last. */
  state: keyof typeof IMPORT_STATES;
  sentence: Text;
  verifiedAt: string;
}

/** A learner under age for whom the session acts as guardian. */
export interface MyWard {
  id: string;
  /** As the institution recorded it. */
  name?: string;
  /** The day they come of age, `YYYY-MM-DD`. */
  until: string;
  /** Whether an address of their own is recorded, with which they could act alone. */
  hasAddress: boolean;
  badges: readonly MyBadge[];
}

export interface MyPage {
  /** Of a session; absent before one. */
  session?: {
    expiresAt: string;
    identifiers: readonly MyIdentifier[];
    badges: readonly MyBadge[];
    wards: readonly MyWard[];
    /** Badges left out of the list. */
    more: number;
    imports: readonly MyImport[];
    moreImports: number;
    /** Published here: address and name. */
    pathways: readonly { url: string; name: string }[];
    /** Applications that this learner let in. */
    connections: readonly MyConnection[];
    /** Of others, where this learner has badges. */
    hosts: readonly MyHost[];
  };
  /** Of the forms of this session. */
  formToken: string;
  /** An address to which a code was sent, and that is to be confirmed next. */
  codeFor?: string;
  challenge?: { challenge: string; domain: string };
  notice?: HolderNotice;
  /** A host that was asked for, before the learner leaves for it. */
  going?: GoingToHost;
  stack?: StackReport;
  /** What would be erased, to be confirmed. */
  erasure?: ErasureView;
  /** An offer of one of the badges that a code protects: shown now and never again. */
  offered?: { path: string; txCode: string };
}

export interface ErasureView {
  /** In the order in which they are told. `until`: the latest. */
  groups: readonly {
    becomes: keyof typeof BECOMES;
    counts: readonly { kind: keyof typeof KINDS; count: number }[];
    until?: string;
  }[];
  confirmation: string;
  /** Id of the learner for whom a guardian asks. */
  ward?: string;
}

export interface ClaimPage {
  /** Path of this page, with the text that opens it. */
  path: string;
  formToken: string;
  badge: {
    name: string;
    description?: string;
    imageUrl: string;
    issuerName: string;
    issuerSlug: string;
    awardedDate: string;
    awardType?: string;
    pqfLevel?: number;
    pqfLevelStatus?: string;
    /** Signed into it in plain text, or known to whoever confirmed by mail. */
    recipientName?: string;
    timeZone?: string;
  };
  expiresAt: string;
  /**
   * `ask`: a code by mail comes first; `choices`: how to take it; `taken`: was taken by a wallet; anything else: over, and why.
   */
  step: 'ask' | 'choices' | 'taken' | 'expired' | 'withdrawn' | 'locked' | 'revoked';
  /** A guardian takes it for a learner under age; for whom and until when, to whoever has shown to be the guardian. */
  guardian?: { name?: string; until?: string };
  /** The institution tells the recipient a code by another way. */
  needsTxCode: boolean;
  /** A code by mail is on its way. */
  codeSent?: boolean;
  taken?: { at: string; door: Door };
  /** Of `withdrawn`: by whoever had the link. */
  notMine?: boolean;
  /** Only with `choices` and `taken`, when whoever reads may have it. */
  own?: { pagePath: string; hasToken: boolean };
  /** Only with `choices`. */
  wallet?: { link: string; qrPath: string };
  notice?: HolderNotice;
}
