import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser'
import { z } from 'zod'

export interface House {
  /** Files of the tree that were read, tests included. */
  readonly files: readonly string[]
  /** `<rule>: <importing file> → <imported file>`, sorted. */
  readonly violations: readonly string[]
}

const folders = ['apps', 'packages', 'bench', 'scripts', 'test']

/** Reads a whole tree and holds its imports against the rules of the house and the modules' manifests. */
export async function inspectHouse(root: string): Promise<House> {
  const { output } = await cruise(
    folders.filter((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }).length > 0),
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: [...rulesOfManifests(root), ...rules] },
      tsPreCompilationDeps: 'specify',
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '/node_modules/' },
    },
    { extensions: ['.ts', '.mjs', '.js', '.json'], exportsFields: ['exports'], conditionNames: ['import'] },
  )
  if (typeof output === 'string') throw new Error(output)
  const broken = output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
  return {
    files: output.modules.map(({ source }) => source).filter((source) => source.endsWith('.ts')),
    violations: [...new Set([...broken, ...meetingPlaces(output)])].sort(),
  }
}

const manifest = z.object({ name: z.string(), dependsOn: z.array(z.string()) })
const modules = '^apps/directory/src/modules'
const isTest = '(\\.(test|journey)\\.ts$|/test/|^(test|bench|scripts)/|^packages/testkit/)'

/** One rule per module: its own folder and those that its manifest names. */
function rulesOfManifests(root: string): readonly IForbiddenRuleType[] {
  return globSync('apps/directory/src/modules/*/module.json', { cwd: root }).map((file) => {
    const { name, dependsOn } = manifest.parse(JSON.parse(readFileSync(join(root, file), 'utf8')))
    if (name !== basename(dirname(file))) throw new Error(`${file} speaks of ${name}`)
    return {
      name: 'undeclared-neighbour',
      severity: 'error',
      from: { path: `${modules}/${name}/`, pathNot: isTest },
      to: { path: `${modules}/`, pathNot: `${modules}/(${[name, ...dependsOn].join('|')})/` },
    }
  })
}

const rules: readonly IForbiddenRuleType[] = [
  {
    name: 'through-the-door',
    severity: 'error',
    from: { path: `${modules}/([^/]+)/` },
    to: { path: `${modules}/[^/]+/`, pathNot: [`${modules}/$1/`, `${modules}/[^/]+/index\\.ts$`] },
  },
  {
    name: 'through-the-door-from-outside',
    severity: 'error',
    // Tests and benches of the whole may look inside: no door is widened for them.
    from: { pathNot: [`${modules}/`, isTest] },
    to: { path: `${modules}/[^/]+/`, pathNot: `${modules}/[^/]+/index\\.ts$` },
  },
  {
    name: 'nothing-circular',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'platform-knows-no-module',
    severity: 'error',
    from: { path: '^apps/directory/src/platform/', pathNot: isTest },
    to: { path: '^apps/directory/src/', pathNot: '^apps/directory/src/platform/' },
  },
  {
    name: 'modules-know-the-house-by-room-only',
    severity: 'error',
    from: { path: `${modules}/`, pathNot: isTest },
    to: { path: '^apps/directory/src/[^/]+\\.ts$', pathNot: '^apps/directory/src/room\\.ts$' },
  },
  {
    name: 'packages-know-no-app',
    severity: 'error',
    from: { path: '^packages/' },
    to: { path: '^apps/' },
  },
  {
    name: 'apps-know-no-other-app',
    severity: 'error',
    from: { path: '^apps/([^/]+)/' },
    to: { path: '^apps/', pathNot: '^apps/$1/' },
  },
  {
    name: 'package-door',
    severity: 'error',
    from: { path: '^(apps|packages)/([^/]+)/' },
    to: {
      path: '^packages/[^/]+/',
      // OpenPGP and snapshots have doors of their own: whoever reads a word of the glossary does not load them.
      pathNot: [
        '^packages/$2/',
        '^packages/[^/]+/src/index\\.ts$',
        '^packages/protocol/src/(openpgp|snapshot)/index\\.ts$',
      ],
    },
  },
  {
    name: 'runs-in-the-browser-too',
    severity: 'error',
    from: { path: ['^packages/(kernel|protocol)/', '\\.client\\.ts$'], pathNot: '\\.(test|journey)\\.ts$' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'tests-are-imported-by-nobody',
    severity: 'error',
    from: {},
    to: { path: '\\.(test|journey)\\.ts$' },
  },
  {
    name: 'testkit-in-tests-only',
    severity: 'error',
    from: { pathNot: isTest },
    to: { path: '(^packages/testkit/|^apps/[^/]+/test/|^(test|bench)/)' },
  },
  // What is not found is held against no rule.
  {
    name: 'every-import-is-found',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
]

const mayKnowSeveral = [
  'compose',
  'answer-requests',
  'subscriptions',
  'demonstrate',
  'serve',
  'open-directory',
  'cli',
]

/** Files beside the modules that bring several of them together without being one of the few that may. */
function meetingPlaces({ modules: files }: ICruiseResult): readonly string[] {
  const inModule = /^apps\/directory\/src\/modules\/([^/]+)\//
  return files
    .filter(({ source }) => /^apps\/directory\/src\/[^/]+\.ts$/.test(source))
    .filter(({ source }) => !mayKnowSeveral.includes(basename(source, '.ts')))
    .flatMap(({ source, dependencies }) => {
      const known = new Set(dependencies.flatMap(({ resolved }) => inModule.exec(resolved)?.[1] ?? []))
      return known.size > 1 ? [`few-know-several: ${source} → ${[...known].sort().join(', ')}`] : []
    })
}
