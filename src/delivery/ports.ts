import type { Page, PageRequest } from '#kernel';

/** What each kind of message tells. Links stand under the public address of the service and name no person. */
export interface MailContents {
  /**
   * An award waits to be taken; `object` is the offer, whose link is made when the message is sent and stored nowhere.
   * `confirmation` as in `#offers`: what whoever opens the link is asked for besides.
   */
  offer: {
    institution: string;
    achievement: string;
    confirmation?: 'none' | 'txCode' | 'email';
    /** It goes to the guardian of a learner under age, who acts until this day (`YYYY-MM-DD`). */
    guardianUntil?: string;
    /** Name of that learner, where it is recorded. */
    learner?: string;
  };
  /** A code that shows that the reader has this address. */
  mailCode: { code: string };
  /**
   * A link that signs a person in, once; or, with a reason, the page where one is asked for: there is an account now, or its
   * passkeys were removed because somebody said they are lost.
   */
  signIn: {
    link: string;
    institution?: string;
    reason?: 'invitation' | 'recovery' | 'passkeyAdded' | 'passkeyRemoved';
  };
}

export type MailKind = keyof MailContents;
export type MailLang = 'en' | 'fil';
/** `failed`: refused for good, not taken after the last attempt, over, or called back. */
export type MailState = 'queued' | 'sent' | 'failed';

/** One message on its way. Where it goes and what only its reader may know are forgotten once it is sent or given up. */
export interface MailRecord {
  /** `system` for messages of the service itself. */
  tenant: string;
  mailId: string;
  kind: MailKind;
  /** Absent when it is not `queued`, as is `content`. */
  to?: string;
  lang: MailLang;
  /** What it is about, e.g. an offer id. */
  object: string;
  /** `MailContents` of its kind, as JSON text. */
  content?: string;
  state: MailState;
  /** Each taking for sending counts, also one that a crash cut off. */
  attempts: number;
  /** Not before this instant; while somebody sends it, the end of their lease. */
  dueAt: string;
  createdAt: string;
  /** Its link or code is worth nothing from here: it is not sent any more. */
  expiresAt?: string;
  /** When it was sent or given up. */
  settledAt?: string;
  /** What the mail server said last, in one line, without addresses. */
  lastAnswer?: string;
}

/** What may be shown of it. */
export type MailView = Omit<MailRecord, 'to' | 'content'>;

export interface MailFilter {
  tenant: string;
  kind?: MailKind;
  object?: string;
  state?: MailState;
  /** Made at this instant or later. */
  since?: string;
}

export interface MailReader {
  mail(mailId: string): Promise<MailRecord | undefined>;
  /** Waiting and due at `at`; those for which somebody sits and waits (all but offers) first, then the longest due. */
  dueMail(at: string, limit: number): Promise<MailRecord[]>;
  mailAbout(filter: MailFilter, page: PageRequest): Promise<Page<MailRecord>>;
  /** The newest message about each of these, by what it is about. At most 200. */
  lastMailAbout(tenant: string, objects: readonly string[]): Promise<Map<string, MailRecord>>;
}

export type MailWrite =
  /** Makes room as well: settled messages of the service itself from before `forgetBefore` are deleted. */
  | { op: 'mail.queue'; row: MailRecord; forgetBefore: string }
  /**
   * Takes it for sending until `until`. `attempts` as read, one more afterwards: a number that is no longer right belongs
   * to somebody who was too slow. Fails with `UniqueViolation('mail.state')` then, as do `sent`, `later` and `failed`.
   */
  | { op: 'mail.claim'; mailId: string; attempts: number; at: string; until: string }
  | { op: 'mail.sent'; mailId: string; attempts: number; at: string; answer: string }
  | { op: 'mail.later'; mailId: string; attempts: number; dueAt: string; answer: string }
  | { op: 'mail.failed'; mailId: string; attempts: number; at: string; answer: string }
  /** Whatever still waits about `object` is given up: its link is dead. Nothing waiting is no error. */
  | { op: 'mail.callBack'; tenant: string; object: string; at: string; answer: string };

/** A message to queue. */
export type Message = {
  [K in MailKind]: {
    tenant: string;
    kind: K;
    /** As `mailAddress` gives it. */
    to: string;
    lang: MailLang;
    object: string;
    /** Instant; absent: it is sent however late. */
    expiresAt?: string;
    content: MailContents[K];
  };
}[MailKind];

export interface Mail {
  /**
   * The write by which a message leaves together with whatever it tells of: committed by the caller.
   * @throws Problem `unavailable` when no mail can be sent here; `invalid-request` for an address that cannot have mail
   */
  queued(message: Message): Extract<MailWrite, { op: 'mail.queue' }>;
  /** Whether messages can be sent at all. */
  readonly available: boolean;
  /** Sends what is due. @returns whether to go on at once: something went out, and nothing kept it from the server */
  sendOnce(stopping?: () => boolean): Promise<boolean>;
  /** Lets what is being sent end, for five seconds at most; what is cut off is sent again by whoever starts next. */
  close(): Promise<void>;
}

/** One message as it goes to a server. */
export interface Letter {
  messageId: string;
  /** Instant. */
  date: string;
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  html: string;
  lang: MailLang;
}

/** What became of one letter. `later`: nothing is wrong with it; `unreachable`: nor would another get through now. */
export type Outcome =
  | { result: 'sent' | 'refused' | 'later'; answer: string }
  | { result: 'unreachable'; answer: string };

/** A way out for letters: a mail server, or a folder on a developer's machine. Never throws. */
export interface Post {
  send(letter: Letter, signal: AbortSignal): Promise<Outcome>;
  /** Ends connections that nothing is sent over; the next letter opens another. */
  rest(): void;
}
