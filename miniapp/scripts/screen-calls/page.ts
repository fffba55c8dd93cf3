import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { type Operation, operations } from './contract'
import { callsFrom, openProgram, variable } from './reach'

export const pagePath = fileURLToPath(new URL('../../../docs/screens.md', import.meta.url))

const lead = `# Screens, calls and what can go wrong

Written by \`npm run screen-calls\` in \`miniapp\` from the code of the client and the contract; \`make golden\` does it too, and a test
compares. A call is listed for a screen if the code of the screen refers to it, directly or through what it uses. [Pictures](screens) show
the screens, and [samples](api-samples.md) the calls.
`

/** Returns the page that lists what each screen calls, and what the calls may answer. */
export function screenCallsPage(): string {
  const program = openProgram()
  const known = operations(program)
  const table = variable(program, 'screens/screen-guard.tsx', 'components')
  const guard = table.getSourceFile().statements.find((node) => ts.isFunctionDeclaration(node))
  if (!guard || !table.initializer || !ts.isObjectLiteralExpression(table.initializer)) throw new Error('no screens')
  const everywhere = callsFrom(program, guard, table)
  const used = new Set(everywhere)
  const routes = (names: Iterable<string>) =>
    [...names].map((name) => `\`${known.get(name)?.route ?? name}\``).join('<br>') || '—'
  const rows = table.initializer.properties.filter(ts.isPropertyAssignment).map(({ name, initializer }) => {
    const own = [...callsFrom(program, initializer)].filter((call) => !everywhere.has(call))
    for (const call of own) used.add(call)
    return `| \`${name.getText()}\` | ${routes(own)} |`
  })
  const called = [...known].filter(([name]) => used.has(name)).map(([, operation]) => operation)
  return `${lead}
## Calls of each screen

Any screen may make these calls, when the app opens or when a call has failed: ${[...everywhere].map((name) => routes([name])).join(', ')}.

| screen (\`?s=\`) | calls |
|---|---|
${rows.join('\n')}

${problemTable(called)}`
}

/** Problems of how a request is written, which are the same for all calls that have a key or a body. */
const ofKeys = /^idempotency_key_/
const ofBodies = /^(body|content_type|content_encoding)_/

function problemTable(called: readonly Operation[]): string {
  const all = [...new Set(called.flatMap(({ problems }) => problems))].sort()
  const common = all.filter((code) => called.every(({ problems }) => problems.includes(code)))
  const list = (codes: readonly string[]) => codes.map((code) => `\`${code}\``).join(', ') || '—'
  const rows = called.map(({ route, problems, failure }) => {
    const own = problems.filter((code) => !common.includes(code) && !ofKeys.test(code) && !ofBodies.test(code))
    return `| \`${route}\` | ${list(own)} | ${failure ? 'yes' : ''} |`
  })
  return `## Problems of each call

- Any call: ${list(common)}
- Calls with an \`Idempotency-Key\`: ${list(all.filter((code) => ofKeys.test(code)))}
- Calls with a body: ${list(all.filter((code) => ofBodies.test(code) && !common.includes(code)))}

A problem that stops the person carries a \`failure\` of [the catalogue](failures.md), with its remedies. Where the last column says so, the
successful answer has a \`failure\` too if a check did not pass.

| call | problems of its own | \`failure\` in the answer |
|---|---|---|
${rows.join('\n')}
`
}
