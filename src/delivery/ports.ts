import type { Page, PageRequest } from '#kernel';
import type { AuditWrite } from '#observability';

export type MailKind = 'offer' | 'mailCode' | 'signIn';
/** `failed`: refused for good, or not taken after the last attempt. */
export type MailState = 'queued' | 'sent' | 'failed';

/** One message on its way. What it says is made when it is sent, and what only its reader may know is forgotten then. */
export interface MailRecord {
  /** `system` for messages of the service itself. */
  tenant: string;
  mailId: string;
  kind: MailKind;
  to: string;
  lang: 'en' | 'fil';
  /** What it is about, e.g. an offer id. */
  object: string;
  /** Members that the words of its kind need (JSON); among them the link or the code. Absent once it is sent or given up. */
  content?: string;
  state: MailState;
  attempts: number;
  /** Not before this instant. */
  dueAt: string;
  createdAt: string;
  sentAt?: string;
  /** What the mail server said last, in one line, without addresses. */
  lastAnswer?: string;
}

export interface MailReader {
  mail(mailId: string): Promise<MailRecord | undefined>;
  dueMail(at: string, limit: number): Promise<MailRecord[]>;
  mailAbout(
    filter: { tenant: string; object?: string; state?: MailState },
    page: PageRequest,
  ): Promise<Page<MailRecord>>;
}

export type MailWrite =
  | { op: 'mail.queue'; row: MailRecord }
  /** Takes it for sending until `until`; fails with `UniqueViolation('mail.state')` when another process has it. */
  | { op: 'mail.claim'; mailId: string; at: string; until: string }
  | { op: 'mail.sent'; mailId: string; at: string; answer: string }
  | { op: 'mail.failed'; mailId: string; answer: string; retryAt?: string }
  | AuditWrite;

export interface Mail {
  /** The write by which a message leaves together with whatever it tells of: committed by the caller. */
  queued(message: Pick<MailRecord, 'tenant' | 'kind' | 'to' | 'lang' | 'object'> & { content: object }): MailWrite;
  /** Whether messages can be sent at all: a mail server is set. */
  readonly available: boolean;
  /** Sends what is due. @returns whether there was anything */
  sendOnce(): Promise<boolean>;
  close(): Promise<void>;
}
