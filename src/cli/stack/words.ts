import type { EquivalenceDecision, Evaluation, NodeResult, Pathway, Reason, RuleNode } from '#pathways';

/** An evaluation for people; the same text for the same evaluation. */
export function words(evaluation: Evaluation, pathway: Pathway, decisions: readonly EquivalenceDecision[]): string {
  const tree = treeOf(pathway.root);
  const { proved, total, carriesOver } = evaluation;
  const missing = (list: Evaluation['missing']) => list.map(({ node, text }) => `${text.en} (${node})`);
  const list = (found: { holding?: string; reasons: Reason[] }[]) =>
    found.map(({ holding, reasons }) => `${holding ? `${holding}: ` : ''}${reasons.map(because).join(' ')}`);
  const ways = evaluation.waysToFinish;
  return [
    `${pathway.name}, version ${pathway.version}`,
    `${evaluation.state.toUpperCase()} on ${evaluation.date}: ${evaluation.sentence.en}`,
    `Conferrer: ${pathway.conferrer}`,
    ...outside(pathway, evaluation.date),
    ...(proved.verdict && !proved.objective ? ['Not every combination was tried: a better one may exist.'] : []),
    '',
    ...evaluation.nodes.map((node) => `${'  '.repeat(tree.get(node.id)?.depth ?? 0)}${nodeWords(node)}`),
    ...section(
      'Counted',
      evaluation.placements.map(({ holding, node, items, guise }) => {
        const for_ = items.map((item) => itemName(tree.get(node)?.node, item)).join(', ');
        return `${holding} in ${node}${for_ ? ` for ${for_}` : ''}${guise ? `, by decision ${guise}` : ''}`;
      }),
    ),
    ...section('Total', amounts(total)),
    ...section('Missing', missing(evaluation.missing)),
    ...ways.flatMap((way, at) => section(`Way to finish ${at + 1} of ${ways.length}`, missing(way))),
    ...section('Waiting for', list(evaluation.waitingFor)),
    ...section('Not countable', list(evaluation.notCountable)),
    ...section('Surplus', list(evaluation.surplus)),
    ...section('Decisions not given', notGiven([...tree.values()], decisions)),
    ...section('Notes', list(evaluation.notes ?? [])),
    ...section(
      'Lesser awards met',
      evaluation.exitAwards.map(({ award, node }) => `${award} (${node})`),
    ),
    ...section('Carries over', amounts(carriesOver)),
    '',
  ].join('\n');
}

const because = ({ code, text, node }: Reason): string => `[${code}${node ? ` ${node}` : ''}] ${text.en}`;

const amounts = (of: Readonly<Record<string, string>>): string[] =>
  Object.entries(of).map(([system, amount]) => `${amount} ${system}`);

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)];

function nodeWords({ id, state, binding, alternative, text, reason }: NodeResult): string {
  const marks = [binding === 'Advisory' ? 'advisory' : '', alternative ? 'alternative not taken' : ''].filter(Boolean);
  const mark = marks.length > 0 ? ` (${marks.join(', ')})` : '';
  return `[${state}] ${id}${mark}: ${text.en} - ${reason.en}`;
}

function itemName(node: RuleNode | undefined, index: number): string {
  const item = node && 'items' in node ? node.items?.[index] : undefined;
  return item?.title ?? item?.code ?? item?.achievement ?? String(index);
}

/** A pathway outside its period is still evaluated (it may have been in force when somebody began). */
function outside({ effectivePeriod: period }: Pathway, date: string): string[] {
  if (period && date < period.from) return [`The pathway takes effect only on ${period.from}.`];
  if (period?.until !== undefined && date >= period.until) return [`The pathway was in effect until ${period.until}.`];
  return [];
}

/** Decisions that the pathway accepts: without them nothing stands for anything else. */
function notGiven(nodes: readonly { node: RuleNode }[], given: readonly EquivalenceDecision[]): string[] {
  const known = new Set(given.map(({ id }) => id));
  const named = nodes.flatMap(({ node }) => (node.kind === 'equivalence' ? (node.decisions ?? []) : []));
  return [...new Set(named)].filter((id) => !known.has(id));
}

function treeOf(root: RuleNode): Map<string, { node: RuleNode; depth: number }> {
  const out = new Map<string, { node: RuleNode; depth: number }>();
  const walk = (node: RuleNode, depth: number): void => {
    out.set(node.id, { node, depth });
    if ('children' in node) for (const child of node.children) walk(child, depth + 1);
  };
  walk(root, 0);
  return out;
}
