/**
 * What is not changed, because no test should hold it: text for people, citations, and the examples a lint carries (they are
 * its test). Codes, outcomes, pointers and every other string are changed.
 */
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

interface Node {
  type: string;
  key?: { name?: string };
  value?: { type: string };
  callee?: { name?: string };
  arguments?: unknown[];
}

/** Members whose literal value is read by people only. */
const WORDS = new Set(['en', 'fil', 'detail', 'message', 'source', 'effective']);

/** Which argument of which function is the sentence. */
const SENTENCES: Record<string, number> = {
  bad: 1,
  BitstringError: 1,
  CanonicalizationError: 1,
  Error: 0,
  fail: 1,
  failed: 1,
  fault: 1,
  fieldProblem: 2,
  malformed: 0,
  pass: 0,
  Problem: 1,
  RangeError: 0,
  refuse: 1,
  refused: 0,
  TypeError: 0,
  unknown: 1,
};

const LITERALS = new Set(['StringLiteral', 'TemplateLiteral']);

function shouldIgnore({ node, parent }: { node: Node; parent?: Node }): string | undefined {
  if (node.type === 'ObjectProperty') {
    const name = node.key?.name ?? '';
    if (name === 'examples') return 'examples';
    if (WORDS.has(name) && LITERALS.has(node.value?.type ?? '')) return 'words';
  }
  if (LITERALS.has(node.type) && parent?.arguments) {
    const at = SENTENCES[parent.callee?.name ?? ''];
    if (at !== undefined && parent.arguments[at] === node) return 'words';
  }
  return undefined;
}

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'words', { shouldIgnore } as never)];
