// Random rule trees that pass the rules of saving (A3, A4).
import type { AllOf, RuleNode } from '../../../src/pathways/rule-model.ts';
import { amount } from './amounts.ts';
import * as checks from './generate-checks.ts';
import * as nodes from './generate-nodes.ts';
import type { Random } from './random.ts';
import { besideAbove, isCheck, isSlot, openNodes, scopeOf, type Tree, takes, treeOf } from './tree.ts';
import { BODIES, SYSTEMS } from './vocabulary.ts';

type Draw = (typeof nodes.FILTERS)[number] | (typeof nodes.LIMITS)[number] | (typeof checks.CHECKS)[number];
type Meta = 'equivalence' | 'carryOver' | 'conferrer' | 'exitAward' | 'not';
const OFTEN: readonly Meta[] = ['equivalence', 'equivalence', 'equivalence', 'exitAward', 'not'];
const META: readonly Meta[] = [...OFTEN, 'equivalence', 'carryOver', 'conferrer', 'exitAward', 'not'];
const DRAWS: readonly (Draw | Meta)[] = [
  ...nodes.FILTERS,
  ...nodes.LIMITS,
  ...checks.CHECKS,
  ...checks.CHECKS,
  ...META,
];

/** Systems that the slots below can supply: any, unless all are credit slots. */
function supplied(node: RuleNode): string[] {
  const slots = openNodes(node).filter(isSlot).filter(takes);
  if (slots.some((slot) => slot.kind !== 'creditMin')) return SYSTEMS;
  return SYSTEMS.filter((system) => slots.some((slot) => 'system' in slot && slot.system === system));
}

function group(maker: nodes.Maker, children: RuleNode[]): RuleNode {
  const { random } = maker;
  const kind = random.pick(['allOf', 'anyOf', 'anyOf', 'nOf'] as const);
  if (kind === 'allOf') return { ...nodes.base(maker, 0.06), kind, children };
  // An advisory alternative would always be met.
  const binding = children.map((child): RuleNode => ({ ...child, binding: 'Mandatory' }));
  const wrapped = binding.map((child): RuleNode => {
    if (child.kind === 'allOf' || random.chance(0.6)) return child;
    return { ...nodes.base(maker, 0), kind: 'allOf', children: [child] };
  });
  if (kind === 'anyOf') return { ...nodes.base(maker, 0.06), kind, children: wrapped };
  return { ...nodes.base(maker, 0.06), kind, n: 1 + random.below(children.length), children: wrapped };
}

function skeleton(maker: nodes.Maker): RuleNode {
  const { random } = maker;
  const count = random.pick([1, 1, 2, 2, 2, 3, 3, 4]);
  const units: RuleNode[] = Array.from({ length: count }, () => nodes.slot(maker));
  while (units.length > 1 && random.chance(0.45)) {
    units.push(group(maker, units.splice(0, 2 + random.below(Math.min(2, units.length - 1)))));
  }
  const only = units[0]!;
  if (units.length === 1 && random.chance(0.12)) return { ...only, binding: 'Mandatory' };
  return { ...nodes.base(maker, 0), kind: 'allOf', children: units };
}

function closed(maker: nodes.Maker): RuleNode {
  const { random } = maker;
  const child: RuleNode = { ...nodes.slot(maker), binding: 'Mandatory' };
  if (random.chance(0.5)) return { ...nodes.base(maker, 0.05), kind: 'not', children: [child] };
  const system = child.kind === 'creditMin' ? child.system : SYSTEMS[0]!;
  const draws: (() => RuleNode)[] = [
    () => nodes.filter(maker, random.pick(nodes.FILTERS)),
    () => nodes.filter(maker, random.pick(nodes.FILTERS)),
    () => checks.check(maker, random.pick(checks.CHECKS), system),
    () => nodes.limit(maker, random.pick(nodes.LIMITS), system),
    () => nodes.slot(maker),
  ];
  const more: RuleNode[] = [random.pick(draws)()];
  if (random.chance(0.12)) {
    const inner: RuleNode = { ...nodes.slot(maker), binding: 'Mandatory' };
    more.push({ ...nodes.base(maker, 0), kind: 'not', children: [inner] });
  }
  const inside: RuleNode = { ...nodes.base(maker, 0), kind: 'allOf', children: [child, ...more] };
  return { ...nodes.base(maker, 0.05), kind: 'not', children: [inside] };
}

const insert = (random: Random, list: RuleNode[], node: RuleNode): void => {
  list.splice(random.below(list.length + 1), 0, node);
};

/** One more node; nothing when it does not fit. */
function decorate(maker: nodes.Maker, root: RuleNode, kind: (typeof DRAWS)[number]): void {
  const { random } = maker;
  const open = openNodes(root);
  const scopes = open.filter((node): node is AllOf => node.kind === 'allOf');
  const first = scopes[0];
  if (first === undefined) return;
  const target = random.chance(0.5) ? first : random.pick(scopes);
  const system = random.pick([...supplied(target), ...SYSTEMS]);
  const is = <T extends string>(list: readonly T[]): boolean => (list as readonly string[]).includes(kind);
  if (is(nodes.FILTERS)) insert(random, target.children, nodes.filter(maker, kind as (typeof nodes.FILTERS)[number]));
  else if (is(nodes.LIMITS)) {
    insert(random, target.children, nodes.limit(maker, kind as (typeof nodes.LIMITS)[number], system));
  } else if (is(checks.CHECKS)) {
    const node = checks.check(maker, kind as (typeof checks.CHECKS)[number], system);
    const choices = open.filter((one) => (one.kind === 'anyOf' || one.kind === 'nOf') && scopes.length > 0);
    const choice = random.chance(0.2) && choices.length > 0 ? random.pick(choices) : undefined;
    if (choice !== undefined && 'children' in choice)
      insert(random, choice.children, { ...node, binding: 'Mandatory' });
    else insert(random, target.children, node);
    if (kind === 'creditMin' && choice === undefined && random.chance(0.3)) {
      insert(random, target.children, {
        ...nodes.base(maker, 0),
        kind: 'carryOver',
        system,
        max: random.pick(['1', '2']),
      });
    }
  } else if (kind === 'not') insert(random, target.children, closed(maker));
  else if (kind === 'equivalence') {
    const decisions = random.some(['urn:d:1', 'urn:d:2', 'urn:d:3'], 1, 3);
    const decidedBy = random.some(BODIES, 1, 2);
    const what = random.pick([{ decisions }, { decisions }, { decidedBy }, { decisions, decidedBy }]);
    insert(random, random.chance(0.7) ? first.children : target.children, { ...nodes.base(maker, 0), kind, ...what });
  } else if (kind === 'carryOver') {
    insert(random, target.children, { ...nodes.base(maker, 0), kind, system, max: random.pick(['1', '2']) });
  } else if (kind === 'conferrer') {
    const node: RuleNode = { ...nodes.base(maker, 0), kind, bodies: ['did:web:q.example'] };
    insert(random, target.children, node);
    if (random.chance(0.7)) {
      const { bodies: _, ...residency } = checks.check(maker, 'residencyMin', system) as RuleNode & {
        bodies?: unknown;
      };
      insert(random, target.children, residency as RuleNode);
    }
  } else if (kind === 'exitAward') {
    const named = open.filter((node) => node !== root && (isSlot(node) || node.kind === 'allOf'));
    if (named.length === 0) return;
    const meta = nodes.base(maker, 0);
    insert(random, first.children, { ...meta, kind, award: `urn:exit:${meta.id}`, node: random.pick(named).id });
  }
}

const PLAIN = ['shareMin', 'shareMax', 'residencyMin', 'levelShare', 'categoryMin', 'perPeriodMin', 'resultThreshold'];

/** What a check needs at least in its scope, in its system. */
function need(node: RuleNode): bigint {
  if (node.kind === 'creditMin' || node.kind === 'categoryMin') return amount(node.min);
  if (node.kind === 'perPeriodMin') return amount(node.min) * BigInt(node.periods);
  if (node.kind === 'residencyMin' && node.min !== undefined) return amount(node.min);
  if ('percent' in node && node.total !== undefined && node.kind !== 'shareMax') {
    return (amount(node.total) * amount(node.percent!)) / 1_000_000n;
  }
  return 1n;
}

function checkFits(tree: Tree, node: RuleNode): boolean {
  const scope = scopeOf(tree, node);
  const system = 'system' in node ? node.system! : '';
  if (scope === undefined || !supplied(scope).includes(system)) return false;
  const slots = tree.slots.get(scope.id)!;
  const truncates = slots.some((slot) => slot.kind === 'creditMin' && slot.excess === 'truncate');
  if (PLAIN.includes(node.kind) && truncates) return false;
  // Shares that can exclude one another in one scope.
  const shares = openNodes(scope).filter((one) => 'percent' in one || one.kind === 'residencyMin');
  if (shares.length > 1 && shares.some((one) => one.kind === 'shareMax')) return false;
  if (shares.filter((one) => one.kind === 'shareMin').length > 1) return false;
  // The most that the slots and limits leave.
  const most = slots.map((slot) =>
    slot.kind === 'creditMin' && slot.system === system && slot.max !== undefined ? amount(slot.max) : undefined,
  );
  const bounded = most.every((one) => one !== undefined);
  if (bounded && most.reduce((sum, one) => sum + one!, 0n) < need(node)) return false;
  return [...scope.children, ...besideAbove(tree, scope)].every(
    (one) => one.kind !== 'creditMax' || one.system !== system || amount(one.max) >= need(node),
  );
}

function fits(tree: Tree, node: RuleNode): boolean {
  if (isCheck(node)) return checkFits(tree, node);
  if (node.kind !== 'creditMax') return true;
  const scope = scopeOf(tree, node)!;
  const mins = tree.slots
    .get(scope.id)!
    .map((slot) => (slot.kind === 'creditMin' && slot.system === node.system ? amount(slot.min) : 0n));
  return supplied(scope).includes(node.system) && mins.reduce((sum, one) => sum + one, 0n) <= amount(node.max);
}

/** A tree that may be saved, of at most twelve nodes and depth four. */
export function treeFor(maker: nodes.Maker): RuleNode {
  for (;;) {
    maker.made = 0;
    const root = skeleton(maker);
    const extra = maker.random.pick([0, 1, 2, 3, 3, 4, 4, 5]);
    for (let i = 0; i < extra; i++) decorate(maker, root, maker.random.pick(DRAWS));
    const tree = treeOf(root);
    const depth = Math.max(...tree.nodes.map((node) => tree.allAbove.get(node.id)!.length));
    const asked = tree.nodes.filter((node) => node.kind === 'carryOver' || node.kind === 'conferrer');
    const twice = asked.some((node) => asked.some((one) => one !== node && one.kind === node.kind));
    if (tree.nodes.length <= 12 && depth <= 4 && !twice && tree.nodes.every((node) => fits(tree, node))) return root;
  }
}
