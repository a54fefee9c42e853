/**
 * JSON text of `head` with one more member whose value is the JSON text `stored`, byte for byte: what was signed is never
 * serialised again. Without `stored` the member is left out.
 */
export function splice(head: object, member: string, stored: string | undefined): string {
  const text = JSON.stringify(head);
  if (stored === undefined) return text;
  const comma = text === '{}' ? '' : ',';
  return `${text.slice(0, -1)}${comma}${JSON.stringify(member)}:${stored}}`;
}
