const OB = 'https://purl.imsglobal.org/spec/ob/v3p0/scope/';

/** OB 3.0, 6.2.1: what each transfer needs, by its full name. */
export const SCOPES = { pull: `${OB}credential.readonly`, push: `${OB}credential.upsert` } as const;

/** Named in examples of the standard; asked for where a host knows it. */
const OFFLINE = 'offline_access';

export const scopesOf = (text: string): string[] => text.split(' ').filter((one) => one !== '');

/** What this service asks of a host: no more than it uses. Empty where the host offers none of it. */
export function scopeToAsk(offered: readonly string[]): string {
  const wanted = Object.values(SCOPES).filter((one) => offered.includes(one));
  return wanted.length === 0 ? '' : [...wanted, ...(offered.includes(OFFLINE) ? [OFFLINE] : [])].join(' ');
}
