/** The architecture as tests: who may import whom, what an operator may touch, one door out, declared dependencies. */
import { readFileSync, readdirSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, normalize, relative } from 'node:path'
import t from 'tap'
import { packageRoot } from '../cli/package-root.ts'

const ROOT = packageRoot()
const FOLDERS = ['kernel', 'operators', 'schemas', 'cli', 'docs', 'bench', 'fixtures', 'golden']

interface Source { readonly path: string; readonly text: string; readonly code: string; readonly imports: readonly string[] }

/** The text with comments and the insides of string literals blanked, so that words in prose do not count. */
function codeOnly(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<![:'"`\\])\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, found => (found.startsWith('/') ? ' ' : found[0] + found[0]))
}

function importsOf(text: string): string[] {
  const pattern = /(?:^|[\n;])\s*(?:import|export)\s[^'";]*?from\s*['"]([^'"]+)['"]|(?:^|[\n;])\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|\brequire\(\s*['"]([^'"]+)['"]\s*\)/g
  return [...text.matchAll(pattern)].map(match => (match[1] ?? match[2] ?? match[3] ?? match[4])!)
}

function sources(): Source[] {
  return FOLDERS.flatMap(folder =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => /\.(ts|mjs)$/.test(name))
      .map(name => {
        const path = join(folder, name).split('\\').join('/')
        const text = readFileSync(join(ROOT, path), 'utf8')
        return { path, text, code: codeOnly(text), imports: importsOf(text) }
      })
  )
}

const ALL = sources()
const SHIPPED = ALL.filter(source => !/\.test\.ts$|\.case\.ts$|\.mjs$/.test(source.path))
const isPure = (path: string): boolean => path.startsWith('operators/') || (path.startsWith('kernel/') && !path.startsWith('kernel/host/'))

/** Which top-level places each place may import from. */
const MAY_IMPORT: readonly (readonly [from: RegExp, to: RegExp])[] = [
  [/^schemas\//, /^schemas\//],
  [/^kernel\/host\//, /^(kernel|schemas)\//],
  [/^kernel\//, /^(kernel\/(?!host\/)|schemas\/)/],
  [/^operators\//, /^(operators\/|kernel\/(?!host\/|run\/|registry\/)|schemas\/)/],
  [/^cli\//, /^(cli|kernel|operators|schemas)\//]
]

t.test('imports go one way only', t => {
  let checked = 0
  for (const source of SHIPPED) {
    const rule = MAY_IMPORT.find(([from]) => from.test(source.path))
    if (rule === undefined) continue
    for (const target of source.imports.filter(name => name.startsWith('.'))) {
      const resolved = relative(ROOT, normalize(join(ROOT, dirname(source.path), target))).split('\\').join('/')
      checked++
      if (!rule[1].test(resolved)) t.fail(`${source.path} imports ${resolved}`)
    }
  }
  t.ok(checked > 100, `${checked} imports were looked at`)
  t.end()
})

t.test('the pure part touches nothing outside', t => {
  const doors = new Map([['kernel/hash.ts', 'node:crypto'], ['kernel/inflate.ts', 'node:zlib'], ['kernel/artifact/utf8.ts', 'node:buffer']])
  let checked = 0
  for (const source of SHIPPED.filter(({ path }) => isPure(path))) {
    checked++
    for (const name of source.imports) {
      if (name.startsWith('node:') && doors.get(source.path) !== name) t.fail(`${source.path} imports ${name}`)
    }
  }
  t.ok(checked > 50, `${checked} files were looked at`)
  t.end()
})

/** What gives other results with another clock, machine, locale, engine or Unicode version. */
const BANNED: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Date', /\bnew Date\b|\bDate\.(now|parse|UTC)\b|[^.\w]Date\(/],
  ['a timer or the performance clock', /\b(performance\.now|setTimeout|setInterval|setImmediate|queueMicrotask)\b/],
  ['randomness', /\bMath\.random\b|\brandomUUID\b|\bgetRandomValues\b/],
  ['an inexact Math function', /\bMath\.(?!abs\b|ceil\b|floor\b|max\b|min\b|round\b|sign\b|sqrt\b|trunc\b|imul\b|clz32\b|fround\b)\w+/],
  ['exponentiation', /[^*/]\*\*[^*/]/],
  ['locale', /\bIntl\b|\.toLocale\w*|\.localeCompare\b/],
  ['the process', /\bprocess\.\w|\bglobalThis\.process\b/],
  ['the console', /\bconsole\.\w/],
  ['the network', /\bfetch\(|\bXMLHttpRequest\b|\bWebSocket\b/],
  ['for…in', /\bfor\s*\(\s*(const|let|var)\s+\w+\s+in\s/],
  ['Unicode property classes', /\\p\{/i],
  ['code from strings', /\beval\(|\bnew Function\b/]
]

t.test('the pure part is deterministic', t => {
  for (const source of SHIPPED.filter(({ path }) => isPure(path))) {
    for (const [name, pattern] of BANNED) if (pattern.test(source.code)) t.fail(`${source.path} uses ${name}: ${pattern.exec(source.code)![0].trim()}`)
  }
  t.end()
})

t.test('the bans find what they ban', t => {
  const samples = ['new Date()', 'performance.now()', 'Math.random()', 'Math.pow(2, 3)', 'a ** b', 'a.localeCompare(b)', 'process.env', 'console.log(1)', 'fetch(x)', 'for (const k in o) {}', 'const r = x\\p{L}', 'eval(x)']
  samples.forEach((sample, index) => t.match(` ${sample}`, BANNED[index]![1], `${BANNED[index]![0]} is found`))
  t.same(importsOf("import { a } from './x.ts'\nexport * from '../y.ts'\nawait import('node:fs')\nimport 'z'"), ['./x.ts', '../y.ts', 'node:fs', 'z'])
  t.notMatch(codeOnly("// new Date()\nconst a = 'Math.random'"), /Date|random/)
  t.end()
})

t.test('the exit code is set in one place', t => {
  const places = SHIPPED.filter(({ path, code }) => !/^(bench|fixtures|docs|golden)\//.test(path) && /\bprocess\.exitCode\s*=|\bprocess\.exit\(/.test(code)).map(({ path }) => path)
  t.same(places.filter(path => path !== 'kernel/host/child.ts'), ['cli/bin.ts'], 'cli/bin.ts alone')
  t.end()
})

t.test('dependencies are declared and used', t => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies: Record<string, string>; devDependencies: Record<string, string>; scripts: Record<string, string> }
  const packageOf = (name: string): string => name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/')
  const bare = (list: readonly Source[]): Set<string> => new Set(list.flatMap(({ imports }) => imports.filter(name => !/^(\.|node:)/.test(name)).map(packageOf)))
  const runtime = bare(SHIPPED.filter(({ path }) => /^(kernel|operators|schemas|cli)\//.test(path)))
  t.same([...runtime].filter(name => !(name in manifest.dependencies)), [], 'every package that is imported is a dependency')
  t.same(Object.keys(manifest.dependencies).filter(name => !runtime.has(name)), [], 'every dependency is imported')
  const everything = bare(ALL)
  const byCommand = ['typescript', 'tap', 'tsx', 'oxlint', '@types/node', '@types/yargs']
  t.same(Object.keys(manifest.devDependencies).filter(name => !everything.has(name) && !byCommand.includes(name)), [], 'every development dependency is used')
  t.same([...everything].filter(name => !builtinModules.includes(name) && !(name in manifest.dependencies) && !(name in manifest.devDependencies)), [], 'every package that a test imports is declared')
  t.end()
})

t.test('tests sit beside what they test', t => {
  const paths = new Set(ALL.map(({ path }) => path))
  const lonely = ALL.filter(({ path }) => path.endsWith('.test.ts')).map(({ path }) => path).filter(path => {
    const folder = dirname(path)
    return ![...paths].some(other => !other.endsWith('.test.ts') && dirname(other) === folder)
  })
  t.same(lonely, [])
  t.end()
})
