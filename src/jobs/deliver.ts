import { type MailLang, mailAddress } from '#delivery';
import { type FieldError, fieldProblem, type JsonObject, Problem } from '#kernel';
import type { RowInput } from './columns.ts';
import type { BatchWrite } from './ports.ts';

/** Of a batch whose people get their claim links by mail. */
export interface Delivering {
  /** For rows that name no language. */
  lang?: MailLang;
}

/** What the offers of issued rows are made of. */
export interface OffersOfRows {
  tenant: string;
  /** `key:ID`. */
  actor: string;
  rows: { credentialId: string; lang?: MailLang }[];
}

/** Makes offers whose links go out by mail, as writes that commit with whatever they belong to. */
export interface OffersByMail {
  /** @throws Problem `unavailable` where no mail can be sent */
  assertAvailable(): void;
  writes(of: OffersOfRows): Promise<BatchWrite[]>;
}

const LANGS = new Set<unknown>(['en', 'fil']);

/**
 * Options about mail, apart from those that rows share.
 * @throws Problem `invalid-request` with pointers such as `/options/deliver`
 */
export function splitOptions(options: JsonObject): { shared: JsonObject; delivering?: Delivering } {
  const { deliver, lang, ...shared } = options;
  if (lang !== undefined && !LANGS.has(lang))
    throw fieldProblem('invalid-request', '/options/lang', 'must be en or fil');
  if (deliver === undefined) {
    if (lang !== undefined)
      throw fieldProblem('invalid-request', '/options/lang', 'is the language of mail: say deliver');
    return { shared };
  }
  if (deliver !== 'mail') throw fieldProblem('invalid-request', '/options/deliver', 'must be mail');
  return { shared, delivering: lang === undefined ? {} : { lang: lang as MailLang } };
}

/** What keeps a claim link from reaching the person of a row. */
export function rowMailErrors({ email, lang }: RowInput, delivering: Delivering | undefined): FieldError[] {
  const errors: FieldError[] = [];
  if (lang !== undefined && !LANGS.has(lang)) errors.push({ pointer: '/lang', detail: 'must be en or fil' });
  if (!delivering) return errors;
  if (email === undefined)
    errors.push({ pointer: '/email', detail: 'is required: the link is sent there', code: 'required' });
  else if (mailAddress(email) === undefined)
    errors.push({ pointer: '/email', detail: 'is no address that mail can go to' });
  return errors;
}

/** @throws Problem `unavailable` where a batch wants mail and none can be sent */
export function mustDeliver(offers: OffersByMail | undefined, delivering: Delivering | undefined): void {
  if (!delivering) return;
  if (!offers) throw new Problem('unavailable', 'no mail can be sent here');
  offers.assertAvailable();
}

/** Offers for rows that were issued just now; none where the batch sends no mail. */
export async function offerWrites(
  offers: OffersByMail | undefined,
  delivering: Delivering | undefined,
  of: { tenant: string; actor: string; rows: readonly { input: Record<string, string>; credentialId: string }[] },
): Promise<BatchWrite[]> {
  if (!delivering || !offers || of.rows.length === 0) return [];
  const rows = of.rows.map(({ input, credentialId }) => {
    const lang = (input.lang ?? delivering.lang) as MailLang | undefined;
    return { credentialId, ...(lang === undefined ? {} : { lang }) };
  });
  return offers.writes({ tenant: of.tenant, actor: of.actor, rows });
}
