/** What a still picture needs. No links, no foreign markup, no animation (it can rewrite addresses), no raster pictures. */
export const ELEMENTS: ReadonlySet<string> = new Set([
  ...['svg', 'g', 'defs', 'symbol', 'use', 'title', 'desc', 'style'],
  ...['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon'],
  ...['text', 'tspan', 'textPath'],
  ...['linearGradient', 'radialGradient', 'stop', 'pattern', 'clipPath', 'mask', 'marker', 'filter'],
  ...['feBlend', 'feColorMatrix', 'feComponentTransfer', 'feComposite', 'feDropShadow', 'feFlood', 'feGaussianBlur'],
  ...['feMerge', 'feMergeNode', 'feMorphology', 'feOffset', 'feFuncR', 'feFuncG', 'feFuncB', 'feFuncA'],
]);

/** Elements whose `href` may name another element of the same file. */
export const MAY_REFER: ReadonlySet<string> = new Set([
  ...['use', 'textPath', 'linearGradient', 'radialGradient', 'pattern', 'filter'],
]);

/** Without namespace. `href`, `style` and `xml:*` have rules of their own. */
export const ATTRIBUTES: ReadonlySet<string> = new Set([
  ...['id', 'class', 'version', 'baseProfile', 'viewBox', 'preserveAspectRatio', 'width', 'height', 'lang', 'role'],
  ...['aria-label', 'aria-labelledby', 'aria-describedby', 'aria-hidden', 'focusable', 'enable-background'],
  ...['x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'rx', 'ry', 'fx', 'fy', 'fr', 'dx', 'dy', 'd', 'points'],
  ...['pathLength', 'rotate', 'textLength', 'lengthAdjust', 'startOffset', 'method', 'spacing', 'side'],
  ...['transform', 'transform-origin', 'transform-box', 'gradientTransform', 'gradientUnits', 'spreadMethod', 'offset'],
  ...['patternTransform', 'patternUnits', 'patternContentUnits', 'clipPathUnits', 'maskUnits', 'maskContentUnits'],
  ...['mask-type', 'markerWidth', 'markerHeight', 'markerUnits', 'refX', 'refY', 'orient', 'filterUnits'],
  ...['primitiveUnits', 'in', 'in2', 'result', 'mode', 'type', 'values', 'tableValues', 'slope', 'intercept'],
  ...['amplitude', 'exponent', 'operator', 'k1', 'k2', 'k3', 'k4', 'stdDeviation', 'edgeMode', 'radius'],
  ...['fill', 'fill-opacity', 'fill-rule', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-linecap'],
  ...['stroke-linejoin', 'stroke-miterlimit', 'stroke-dasharray', 'stroke-dashoffset', 'opacity', 'color', 'display'],
  ...['visibility', 'overflow', 'clip-path', 'clip-rule', 'mask', 'filter', 'marker-start', 'marker-mid', 'marker-end'],
  ...['stop-color', 'stop-opacity', 'flood-color', 'flood-opacity', 'color-interpolation', 'paint-order'],
  ...[
    'color-interpolation-filters',
    'shape-rendering',
    'text-rendering',
    'vector-effect',
    'mix-blend-mode',
    'isolation',
  ],
  ...['font-family', 'font-size', 'font-style', 'font-weight', 'font-variant', 'font-stretch', 'text-anchor'],
  ...['text-decoration', 'letter-spacing', 'word-spacing', 'baseline-shift', 'dominant-baseline', 'alignment-baseline'],
  ...['writing-mode', 'direction', 'unicode-bidi'],
]);

/**
 * Anything that can load, run or hide: functions with addresses, escapes, at-rules. `url(#id)` is the one exception and is
 * taken out before.
 */
const UNSAFE_VALUE =
  /url\s*\(|image\s*\(|image-set|src\s*\(|element\s*\(|expression|javascript:|data:|behavior|-moz-binding|[@\\<]/i;
const LOCAL_URL = /url\(\s*(['"]?)#([A-Za-z_][\w.-]*)\1\s*\)/g;

/** @returns the ids referred to, or undefined when the value is not harmless */
export function safeValue(value: string): string[] | undefined {
  const ids = [...value.matchAll(LOCAL_URL)].map((match) => match[2]!);
  return UNSAFE_VALUE.test(value.replace(LOCAL_URL, '#')) ? undefined : ids;
}
