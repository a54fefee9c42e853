import { type MailLang, mailAddress } from '#delivery';
import { type FieldError, fieldProblem, type JsonObject, Problem } from '#kernel';
import { type Confirmation, confirmationOf } from '#offers';
import type { RowInput } from './columns.ts';
import type { BatchWrite } from './ports.ts';

/** Of a batch whose awards are offered: the links stand in its result, and go out by mail where that was asked for. */
export interface Offering {
  mail: boolean;
  confirmation?: Confirmation;
  /** For rows that name no language. */
  lang?: MailLang;
}

/** What the offers of issued rows are made of. */
export interface OffersOfRows extends Pick<Offering, 'mail' | 'confirmation'> {
  tenant: string;
  /** `key:ID`. */
  actor: string;
  rows: { credentialId: string; lang?: MailLang }[];
}

/** Makes offers, and the mail about them, as writes that commit with whatever they belong to. */
export interface OffersOfBatches {
  /** @throws Problem `unavailable` where no mail can be sent */
  assertAvailable(): void;
  writes(of: OffersOfRows): Promise<BatchWrite[]>;
}

const LANGS = new Set<unknown>(['en', 'fil']);

/**
 * Options about offers, apart from those that rows share.
 * @throws Problem `invalid-request` with pointers such as `/options/deliver`
 */
export function splitOptions(options: JsonObject): { shared: JsonObject; offering?: Offering } {
  const { offer, confirmation, deliver, lang, ...shared } = options;
  const refuse = (option: string, detail: string) => fieldProblem('invalid-request', `/options/${option}`, detail);
  if (offer !== undefined && offer !== 'link') throw refuse('offer', 'must be link');
  if (deliver !== undefined && deliver !== 'mail') throw refuse('deliver', 'must be mail');
  if (lang !== undefined && !LANGS.has(lang)) throw refuse('lang', 'must be en or fil');
  if (lang !== undefined && deliver === undefined) throw refuse('lang', 'is the language of mail: say deliver');
  if (offer === undefined && deliver === undefined) {
    if (confirmation !== undefined) throw refuse('confirmation', 'is of offers: say offer or deliver');
    return { shared };
  }
  return {
    shared,
    offering: {
      mail: deliver !== undefined,
      ...(confirmation === undefined ? {} : { confirmation: confirmation as Confirmation }),
      ...(lang === undefined ? {} : { lang: lang as MailLang }),
    },
  };
}

/** @throws Problem `invalid-request` at `/options/confirmation`, as for a single offer */
export function checkConfirmation(offering: Offering | undefined, achievement: object): void {
  if (!offering) return;
  try {
    confirmationOf(offering.confirmation, { achievement, hasEmail: true });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const errors = error.errors.map((one) => ({ ...one, pointer: `/options${one.pointer}` }));
    throw new Problem(error.kind, error.message, { errors, cause: error });
  }
}

/** What keeps a claim link from reaching the person of a row. */
export function rowMailErrors({ email, guardianEmail, lang }: RowInput, offering: Offering | undefined): FieldError[] {
  const errors: FieldError[] = [];
  if (lang !== undefined && !LANGS.has(lang)) errors.push({ pointer: '/lang', detail: 'must be en or fil' });
  if (guardianEmail !== undefined && offering?.confirmation === 'none') {
    const detail = 'is not offered with confirmation none: whoever has the link need not be the guardian';
    errors.push({ pointer: '/guardianEmail', detail, code: 'confirmation_required' });
  }
  if (!offering?.mail && offering?.confirmation !== 'email') return errors;
  const why = offering.mail ? 'the link is sent there' : 'a code is sent there';
  const [member, address] = guardianEmail === undefined ? ['email', email] : ['guardianEmail', guardianEmail];
  if (address === undefined) errors.push({ pointer: '/email', detail: `is required: ${why}`, code: 'required' });
  else if (mailAddress(address) === undefined)
    errors.push({ pointer: `/${member}`, detail: 'is no address that mail can go to' });
  return errors;
}

/** @throws Problem `unavailable` where a batch wants offers and none can be made, or mail and none can be sent */
export function mustDeliver(offers: OffersOfBatches | undefined, offering: Offering | undefined): void {
  if (!offering) return;
  if (!offers) throw new Problem('unavailable', 'no mail can be sent here');
  if (offering.mail || offering.confirmation === 'email') offers.assertAvailable();
}

/** Offers for rows that were issued just now; none where the batch makes none. */
export async function offerWrites(
  offers: OffersOfBatches | undefined,
  offering: Offering | undefined,
  of: { tenant: string; actor: string; rows: readonly { input: Record<string, string>; credentialId: string }[] },
): Promise<BatchWrite[]> {
  if (!offering || !offers || of.rows.length === 0) return [];
  const rows = of.rows.map(({ input, credentialId }) => {
    const lang = (input.lang ?? offering.lang) as MailLang | undefined;
    return { credentialId, ...(lang === undefined ? {} : { lang }) };
  });
  const { mail, confirmation } = offering;
  const asked = { mail, ...(confirmation === undefined ? {} : { confirmation }) };
  return offers.writes({ tenant: of.tenant, actor: of.actor, ...asked, rows });
}
