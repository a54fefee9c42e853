import { describe, expect, it } from 'vitest';
import { judge } from '#accreditation';
import { ANCHOR, AUTHORITY, AWARD, delegate, grant, POLICY, register, SCHOOL } from './support/build.ts';

const SECOND = 'did:web:second-anchor.example';

describe('several authorities', () => {
  const registers = [
    register(SECOND, [delegate(SECOND, AUTHORITY), grant(SECOND, SCHOOL)]),
    register(ANCHOR, [delegate(ANCHOR, AUTHORITY)]),
    register(AUTHORITY, [grant(AUTHORITY, SCHOOL)]),
  ];
  const asked = (anchors: string[], order = registers) => {
    const known = new Map(order.map((one) => [one.accreditor, one]));
    return judge(known, { ...POLICY, anchors }, SCHOOL, AWARD).matched.map(({ accreditor, anchor }) => [
      accreditor,
      anchor,
    ]);
  };

  it('the anchor of highest precedence is named, and its grants first', () => {
    expect(asked([ANCHOR, SECOND])).toEqual([
      [AUTHORITY, ANCHOR],
      [SECOND, SECOND],
    ]);
    expect(asked([SECOND, ANCHOR]).map(([, anchor]) => anchor)).toEqual([SECOND, SECOND]);
  });

  it('whatever the order in which registers come', () => {
    expect(asked([ANCHOR, SECOND], registers.toReversed())).toEqual(asked([ANCHOR, SECOND]));
  });

  it('an anchor may be believed for fewer authorities than others', () => {
    const known = new Map(registers.map((one) => [one.accreditor, one]));
    const policy = { ...POLICY, anchors: [ANCHOR, SECOND], depthBelow: new Map([[ANCHOR, 1]]) };
    const judged = judge(known, policy, SCHOOL, AWARD);
    expect(judged.matched.map(({ accreditor, anchor }) => [accreditor, anchor])).toEqual(
      expect.arrayContaining([[AUTHORITY, SECOND]]),
    );
    const alone = judge(known, { ...policy, anchors: [ANCHOR] }, SCHOOL, AWARD);
    expect(alone.matched).toEqual([]);
  });
});
