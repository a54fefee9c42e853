import { LABELS } from '#framework';
import { isAmount, isObject, parseAmount } from '#kernel';
import type { Dimension } from '../dimension.ts';
import { onlyMembers } from '../members.ts';

/**
 * At most so much, in one credit system. Systems are never converted (framework 0, point 2): an award that is not sized
 * in this system is outside, whatever its size elsewhere.
 */
export const maxCredit: Dimension<'maxCredit'> = {
  name: 'maxCredit',
  reason: 'scope_max_credit',
  check(limit, at, bad) {
    if (!isObject(limit)) return bad(at, 'must be an object with system and value');
    onlyMembers(limit, ['system', 'value'], at, bad);
    const systems = Object.keys(LABELS.system);
    if (!systems.includes(limit.system as string)) bad(`${at}/system`, `must be one of ${systems.join(', ')}`);
    if (!isAmount(limit.value)) return bad(`${at}/value`, 'must be a decimal number as text, e.g. "3" or "0.25"');
    return undefined;
  },
  matches({ system, value }, { credit }) {
    const size = credit && Object.hasOwn(credit, system) ? credit[system] : undefined;
    return size !== undefined && isAmount(size) && parseAmount(size) <= parseAmount(value);
  },
  contains: ({ system, value }, { maxCredit: inner }) =>
    inner !== undefined && inner.system === system && parseAmount(inner.value) <= parseAmount(value),
  // JSON Schema cannot add up the parts of one credit system, and an amount is text.
  schema: () => undefined,
};
